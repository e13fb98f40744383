"""A real hub and a gateway on loopback that fails in every way a gateway fails."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.testing import MONDAY_MORNING, RunningHub, running_hub
from shared.testing_gateway import (
    Do,
    GatewayDouble,
    configure,
    gateway_double,
    self_signed,
    until,
)

FAST = ("--start", MONDAY_MORNING.isoformat(), "--rehearse", "60")
"""A minute is a second: pauses and deadlines pass quickly."""


@pytest.fixture
def gateway() -> Iterator[GatewayDouble]:
    with gateway_double() as double:
        yield double


@contextmanager
def hall(folder: Path, gateway: GatewayDouble, *arguments: str, **settings: Any) -> Iterator[RunningHub]:
    configure(folder / "hall", gateway.address, **settings)
    with running_hub(folder / "hall", None, *(arguments or FAST)) as hub:
        yield hub


def near(hub: RunningHub, phone: str = "13800001234", lane: str = "A", language: Any = "zh") -> m.Ticket:
    """A citizen at the head of a line who asks to be told: told at once."""
    kiosk = hub.client("citizen-kiosk")
    ticket: m.Ticket = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane=lane)).ticket
    leave(kiosk, ticket, phone, language)
    return ticket


def leave(kiosk: HubClient, ticket: m.Ticket, phone: str, language: Any = "zh") -> None:
    kiosk.call(
        "leave_contact", o.LeaveContact(phone=phone, language=language, purposes=["turn"]), id=ticket.id
    )


def outbox(hub: RunningHub) -> o.Outbox:
    found: o.Outbox = hub.operator.call("outbox_now")
    return found


def sent(hub: RunningHub, count: int = 1) -> None:
    until(lambda: outbox(hub).counts["sent"] == count)


def test_a_citizen_is_told_once_signed_and_then_forgotten(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway) as hub:
        ticket = near(hub)
        (got,) = gateway.wait(1)
        sent(hub)
        assert got.is_signed
        assert got.headers["webhook-id"] == got.headers["idempotency-key"] == got.body["id"]
        assert (got.body["kind"], got.body["channel"], got.body["to"]) == (
            "three_ahead",
            "sms",
            "13800001234",
        )
        assert got.body["text"] == f"{ticket.number} 号：前面不到 4 人，请到一楼等候。"
        assert got.body["parts"] == 1
        assert got.body["fields"] == {"number": ticket.number, "place": "一楼"}
        time.sleep(2.5)  # more than a beat: nothing goes twice
        assert len(gateway.got) == 1
        (message,) = outbox(hub).latest
        assert (message.masked, message.state, message.attempts) == ("138****1234", "sent", 1)
        nothing_personal(hub, "13800001234")


def nothing_personal(hub: RunningHub, phone: str) -> None:
    """Neither a file nor a fact says the number; no row keeps it, sealed or not."""
    for file in hub.house.folder.iterdir():
        assert phone.encode() not in file.read_bytes(), file
    with sqlite3.connect(hub.house.database) as connection:
        kept = "SELECT count(*) FROM outbox WHERE address IS NOT NULL OR recipient IS NOT NULL"
        assert connection.execute(kept).fetchone()[0] == 0
        assert connection.execute("SELECT count(*) FROM ticket_contacts").fetchone()[0] == 0
        facts = connection.execute("SELECT data FROM facts").fetchall()
        assert phone[-4:] not in json.dumps(facts)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Do(500), "status"),
        (Do(503, {"retry-after": "1"}), "status"),
        (Do(429, {"retry-after": "1"}), "status"),
        (Do(408), "status"),
        (Do(cut="before"), "cut"),
        (Do(cut="status"), "cut"),
        (Do(pause=3), "timeout"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value.status}{value.cut}{value.pause or ''}",
)
def test_a_fault_that_passes_is_outlived_under_the_same_id(
    tmp_path: Path, gateway: GatewayDouble, fault: Do, reason: str
) -> None:
    gateway.script = [fault]
    with hall(tmp_path, gateway) as hub:
        near(hub)
        gateway.wait(2)
        sent(hub)
        assert len(set(gateway.names())) == 1
        assert gateway.got[0].body == gateway.got[1].body, "the same message, not a new one"
        assert all(got.is_signed for got in gateway.got), "signed anew each time"
        assert outbox(hub).latest[0].attempts == 2
    assert reason


def test_a_status_counts_though_its_body_is_cut(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.script = [Do(202, cut="body")]
    with hall(tmp_path, gateway) as hub:
        near(hub)
        sent(hub)
        assert len(gateway.got) == 1


def test_retry_after_is_honoured(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.script = [Do(429, {"retry-after": "3"})]
    with hall(tmp_path, gateway) as hub:
        near(hub)
        near(hub, "13900001234")
        first, second, *_ = gateway.wait(3)
        assert gateway.got[-1].at - first.at >= 2.9, "in real seconds, though the hall's clock is faster"
        assert outbox(hub).gateway.host is not None
        assert second.at >= first.at


@pytest.mark.parametrize("status", [400, 403, 404, 422, 301])
def test_what_is_refused_is_dead_at_once_and_a_manager_decides(
    tmp_path: Path, gateway: GatewayDouble, status: int
) -> None:
    gateway.script = [Do(status, {"location": gateway.address})]
    with hall(tmp_path, gateway) as hub:
        near(hub)
        until(lambda: len(outbox(hub).dead) == 1)
        (dead,) = outbox(hub).dead
        assert (dead.status, dead.reason, dead.attempts) == (status, "status", 1)
        assert len(gateway.got) == 1, "not followed, not repeated"
        hub.operator.call("send_again", m.Nothing(), id=dead.id)
        sent(hub)
        assert gateway.names()[0] == gateway.names()[1]
        with pytest.raises(HubRefused, match="message_over"):
            hub.operator.call("drop_message", m.Nothing(), id=dead.id)
        with pytest.raises(HubRefused, match="unknown_message"):
            hub.operator.call("send_again", m.Nothing(), id=999)


def test_a_dropped_message_is_gone(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.script = [Do(422)]
    with hall(tmp_path, gateway) as hub:
        near(hub)
        until(lambda: len(outbox(hub).dead) == 1)
        hub.operator.call("drop_message", m.Nothing(), id=outbox(hub).dead[0].id)
        assert outbox(hub).counts["dropped"] == 1
        nothing_personal(hub, "13800001234")
        time.sleep(2.5)
        assert len(gateway.got) == 1


def test_killed_between_send_and_mark_it_is_sent_again_under_the_same_id(
    tmp_path: Path, gateway: GatewayDouble
) -> None:
    gateway.script = [Do(pause=30)]
    with hall(tmp_path, gateway, "--start", MONDAY_MORNING.isoformat(), timeout=20) as hub:
        near(hub)
        gateway.wait(1)  # the gateway has it, and the hub does not know yet
        hub.kill()
        hub.restart()
        gateway.wait(2)
        sent(hub)
        assert gateway.names()[0] == gateway.names()[1]
        assert gateway.got[0].body == gateway.got[1].body
        time.sleep(2.5)
        assert len(gateway.got) == 2


def test_a_dead_gateway_is_not_hammered_and_holds_nobody_up(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.usual = Do(500)
    slow = ("--start", MONDAY_MORNING.isoformat())
    with hall(tmp_path, gateway, *slow) as hub:
        kiosk = hub.client("citizen-kiosk")
        for lane in "ABC":
            for nth in range(4):
                ticket = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane=lane)).ticket
                leave(kiosk, ticket, f"138{ord(lane):04d}{nth:04d}")
        until(lambda: outbox(hub).gateway.resting_seconds > 0)
        tried = len(gateway.got)
        assert 5 <= tried <= 5 + 3, "as many as were on their way when it opened"
        assert gateway.most_at_once <= 4
        began = time.monotonic()
        for _ in range(50):
            hub.operator.call("board")
        assert time.monotonic() - began < 10, "the hub answers as ever"
        time.sleep(2.5)
        assert len(gateway.got) == tried


def test_after_its_rest_one_message_tries_the_gateway_then_all_go(
    tmp_path: Path, gateway: GatewayDouble
) -> None:
    gateway.script = [Do(500) for _ in range(6)]
    with hall(tmp_path, gateway) as hub:
        for nth in range(4):
            near(hub, f"1380000{nth:04d}")
        for nth in range(4):
            near(hub, f"1390000{nth:04d}", lane="B")
        sent(hub, 8)
        assert len(set(gateway.names())) == 8
        assert outbox(hub).gateway.resting_seconds == 0


def test_the_slow_gateway_keeps_nobody_waiting(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.usual = Do(pause=2)
    with hall(tmp_path, gateway, timeout=10) as hub:
        near(hub)
        gateway.wait(1)
        slowest = 0.0
        for _ in range(30):
            began = time.monotonic()
            hub.operator.call("health")
            slowest = max(slowest, time.monotonic() - began)
        assert slowest < 1.5, "no request waits for the gateway"
        sent(hub)


def test_too_late_is_never_sent(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.usual = Do(500)
    with hall(tmp_path, gateway) as hub:
        near(hub)
        gateway.wait(1)
        until(lambda: outbox(hub).counts["expired"] == 1, 40)  # twenty minutes of the hall's clock
        gateway.usual = Do()
        tried = len(gateway.got)
        time.sleep(2.5)
        assert len(gateway.got) == tried
        nothing_personal(hub, "13800001234")


def test_who_was_called_meanwhile_is_not_told(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.script = [Do(500)]
    with hall(tmp_path, gateway, "--start", MONDAY_MORNING.isoformat()) as hub:
        near(hub)
        gateway.wait(1)
        hub.clerk("1001", window=1).call("call_next", m.CallNext(), no=1)
        until(lambda: outbox(hub).counts["withdrawn"] == 1)
        time.sleep(6)  # longer than the first pause
        assert len(gateway.got) == 1


def test_told_when_three_are_ahead_and_not_before(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway) as hub:
        kiosk = hub.client("citizen-kiosk")
        for _ in range(5):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        last = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
        leave(kiosk, last, "13800001234", "en")
        clerk = hub.clerk("1001", window=1)
        first = clerk.call("call_next", m.CallNext(), no=1)
        time.sleep(2.5)
        assert gateway.got == [], "four ahead"
        clerk.call("miss_ticket", m.Nothing(), id=first.id)
        clerk.call("call_next", m.CallNext(), no=1)
        (got,) = gateway.wait(1)
        assert got.body["text"] == f"{last.number}: three people or fewer ahead of you. Please come to 1F."
        sent(hub)
        assert len(gateway.got) == 1


def test_a_result_is_told_by_a_clerk(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway) as hub:
        kiosk = hub.client("citizen-kiosk")
        ticket = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
        kiosk.call("leave_contact", o.LeaveContact(phone="13800001234", purposes=["result"]), id=ticket.id)
        clerk = hub.clerk("1001", window=1)
        clerk.call("call_next", m.CallNext(), no=1)
        clerk.call("start_ticket", m.Nothing(), id=ticket.id)
        clerk.call("finish_ticket", m.Nothing(), id=ticket.id)
        assert gateway.got == []
        clerk.call("tell_result", m.Nothing(), id=ticket.id)
        (got,) = gateway.wait(1)
        assert got.body["kind"] == "result_ready"
        sent(hub)
        with pytest.raises(HubRefused, match="no_contact"):
            clerk.call("tell_result", m.Nothing(), id=ticket.id)
        nothing_personal(hub, "13800001234")


def test_contacts_are_for_whoever_gave_the_number(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway) as hub:
        ticket = near(hub)
        for client, code in (
            (hub.client("citizen-kiosk"), "taken_elsewhere"),
            (hub.client("display"), "forbidden"),
        ):
            with pytest.raises(HubRefused, match=code):
                leave(client, ticket, "13900001234")
        clerk = hub.clerk("1001", window=1)
        with pytest.raises(HubRefused, match="bad_contact"):
            leave(clerk, ticket, "12345")
        called = clerk.call("call_next", m.CallNext(), no=1)
        with pytest.raises(HubRefused, match="too_late_to_remind"):
            leave(clerk, called, "13900001234")


# -- trust --------------------------------------------------------------------------------------------


def test_over_tls_with_the_halls_own_certificate(tmp_path: Path) -> None:
    pair = self_signed(tmp_path)
    with gateway_double(pair) as gateway, hall(tmp_path, gateway, ca_file=str(pair[0])) as hub:
        near(hub)
        sent(hub)
        assert gateway.got[0].is_signed


def test_an_unknown_certificate_gets_no_number(tmp_path: Path) -> None:
    with gateway_double(self_signed(tmp_path)) as gateway, hall(tmp_path, gateway) as hub:
        near(hub)
        until(lambda: any(waits.reason == "tls" for waits in outbox(hub).waiting))
        assert gateway.got == []


def test_a_certificate_of_another_host_gets_no_number(tmp_path: Path) -> None:
    pair = self_signed(tmp_path, "127.0.0.2")
    with gateway_double(pair) as gateway, hall(tmp_path, gateway, ca_file=str(pair[0])) as hub:
        near(hub)
        until(lambda: any(waits.reason == "tls" for waits in outbox(hub).waiting))
        assert gateway.got == []


# -- configuration ------------------------------------------------------------------------------------


def test_without_a_gateway_nobody_is_asked_for_a_number(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        with pytest.raises(HubRefused, match="no_gateway"):
            near(hub)
        assert outbox(hub).gateway == o.GatewayNow(host=None, problem="", resting_seconds=0)
        with pytest.raises(HubRefused, match="no_gateway"):
            hub.operator.call("gateway_tried")


def test_a_gateway_that_is_taken_away_leaves_nothing_behind(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.usual = Do(500)
    with hall(tmp_path, gateway, "--start", MONDAY_MORNING.isoformat()) as hub:
        near(hub)
        gateway.wait(1)
        hub.house.gateway.unlink()
        until(lambda: outbox(hub).counts["dropped"] == 1)
        nothing_personal(hub, "13800001234")


def test_a_mistake_in_the_file_ends_nothing_that_waits(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.usual = Do(500)
    with hall(tmp_path, gateway) as hub:
        near(hub)
        gateway.wait(1)
        right = hub.house.gateway.read_text()
        hub.house.gateway.write_text("url = nonsense")
        until(lambda: outbox(hub).gateway.problem != "")
        assert outbox(hub).counts["dropped"] == 0
        gateway.usual = Do()
        hub.house.gateway.write_text(right)
        sent(hub)


def test_a_secret_that_others_can_read_is_not_used(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway) as hub:
        secret = hub.house.folder / "gateway.secret"
        secret.chmod(0o644)
        hub.house.gateway.touch()
        until(lambda: "chmod 600" in outbox(hub).gateway.problem)
        near(hub)
        time.sleep(2.5)
        assert gateway.got == []
        secret.chmod(0o600)
        sent(hub)


def test_the_trial_says_what_came_of_it(tmp_path: Path, gateway: GatewayDouble) -> None:
    gateway.script = [Do(), Do(401), Do(cut="before")]
    with hall(tmp_path, gateway) as hub:
        tried = [hub.operator.call("gateway_tried") for _ in range(3)]
        assert [(one.is_taken, one.status, one.reason) for one in tried] == [
            (True, 200, ""), (False, 401, "status"), (False, None, "cut"),
        ]  # fmt: skip
        assert gateway.got[0].is_signed
        assert (gateway.got[0].body["kind"], gateway.got[0].body["to"]) == ("test", None)
        assert "key=" not in json.dumps([one.host for one in tried]), "the address may hold a key"


def test_the_rate_is_kept(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway, "--start", MONDAY_MORNING.isoformat(), per_minute=60) as hub:
        for lane in "ABC":
            for nth in range(4):
                near(hub, f"138{ord(lane):04d}{nth:04d}", lane)
        got = gateway.wait(9)
        assert got[8].at - got[0].at >= 2, "five at once, then one a second"


def test_deadlines_are_told_to_the_gateway(tmp_path: Path, gateway: GatewayDouble) -> None:
    with hall(tmp_path, gateway, "--start", MONDAY_MORNING.isoformat()) as hub:
        near(hub)
        (got,) = gateway.wait(1)
        from datetime import datetime

        span = datetime.fromisoformat(got.body["deadline"]) - datetime.fromisoformat(got.body["made_at"])
        assert timedelta() < span <= timedelta(minutes=20)
