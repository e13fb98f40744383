"""A real hub and a gateway on loopback that fails in every way a gateway fails."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.testing import MONDAY_MORNING, RunningHub, running_hub
from shared.testing_gateway import Do, GatewayDouble, Got, configure, gateway_double, self_signed, until

NOW = ("--start", MONDAY_MORNING.isoformat())
FAST = (*NOW, "--rehearse", "60")
"""A minute is a second: pauses and deadlines pass quickly."""
BEAT = 2.5
"""Seconds in which the hub looks once more, whatever happens."""
_phones = (f"138{n:08d}" for n in count(1))


@dataclass(slots=True)
class Hall:
    """A hub with its gateway, and the citizens of one test."""

    hub: RunningHub
    gateway: GatewayDouble
    kiosk: HubClient
    taken: list[m.Ticket] = field(default_factory=list)

    def take(self, lane: str = "A") -> m.Ticket:
        self.taken.append(self.kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane=lane)).ticket)
        return self.taken[-1]

    def leave(self, ticket: m.Ticket, phone: str, language: Any = "zh", purpose: Any = "turn") -> None:
        body = o.LeaveContact(phone=phone, language=language, purposes=[purpose])
        self.kiosk.call("leave_contact", body, id=ticket.id)

    def near(self, lane: str = "A", steps: tuple[Do, ...] = ()) -> tuple[m.Ticket, str]:
        """A citizen at the head of a line who asks to be told, and is told at once; and what meets that."""
        ticket, phone = self.take(lane), next(_phones)
        self.gateway.steps_for[phone] = list(steps)
        self.leave(ticket, phone)
        return ticket, phone

    @property
    def outbox(self) -> o.Outbox:
        found: o.Outbox = self.hub.operator.call("outbox_now")
        return found

    def messages(self, ticket: m.Ticket) -> list[o.OutboxMessage]:
        """The message about a ticket, or none yet."""
        now = self.outbox
        listed = [*now.dead, *now.waiting, *now.latest]
        return [message for message in listed if message.about == f"ticket:{ticket.id}"]

    def message(self, ticket: m.Ticket) -> o.OutboxMessage:
        """The message about a ticket."""
        (found,) = self.messages(ticket)
        return found

    def ends(self, ticket: m.Ticket, state: str, seconds: float = 20) -> o.OutboxMessage:
        """The message about a ticket, once it is in this state."""
        until(lambda: [x.state for x in self.messages(ticket)] == [state], seconds)
        return self.message(ticket)

    def go_home(self) -> None:
        """Give the numbers up that still wait."""
        for ticket in self.taken:
            with suppress(HubRefused):  # called meanwhile
                self.kiosk.call("void_ticket", m.VoidTicket(why="no_slip"), id=ticket.id)
        self.taken.clear()

    def nothing_personal(self, phone: str) -> None:
        """Neither a file nor a fact says the number; no row of an ended message keeps it, sealed or not."""
        for file in self.hub.house.folder.iterdir():
            assert phone.encode() not in file.read_bytes(), file
        with sqlite3.connect(self.hub.house.database) as connection:
            kept = "SELECT count(*) FROM outbox WHERE address IS NOT NULL OR recipient IS NOT NULL"
            assert connection.execute(kept).fetchone()[0] == 0
            assert connection.execute("SELECT count(*) FROM ticket_contacts").fetchone()[0] == 0
            assert phone not in json.dumps(connection.execute("SELECT data FROM facts").fetchall())


@contextmanager
def new_hall(folder: Path, *arguments: str, **settings: Any) -> Iterator[Hall]:
    """A hall of a test's own."""
    with ExitStack() as stack:
        gateway = stack.enter_context(gateway_double())
        configure(folder / "hall", gateway.address, **settings)
        hub = stack.enter_context(running_hub(folder / "hall", None, *(arguments or FAST)))
        yield Hall(hub, gateway, hub.client("citizen-kiosk"))


@pytest.fixture(scope="module")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with new_hall(tmp_path_factory.mktemp("sending")) as found:
        yield found


@pytest.fixture
def hall(shared_hall: Hall) -> Iterator[Hall]:
    """The hall of this file, with nobody in it and a gateway that takes everything."""
    shared_hall.gateway.forget()
    yield shared_hall
    shared_hall.go_home()


def test_a_citizen_is_told_once_signed_and_then_forgotten(hall: Hall) -> None:
    ticket, phone = hall.near()
    message = hall.ends(ticket, "sent")
    (got,) = hall.gateway.got
    assert got.is_signed
    assert got.headers["webhook-id"] == got.headers["idempotency-key"] == got.body["id"]
    assert (got.body["kind"], got.body["channel"], got.body["to"]) == ("three_ahead", "sms", phone)
    assert got.body["text"] == f"{ticket.number} 号：前面不到 4 人，请到一楼等候。"
    assert got.body["fields"] == {"number": ticket.number, "place": "一楼"}
    assert got.body["parts"] == 1
    span = datetime.fromisoformat(got.body["deadline"]) - datetime.fromisoformat(got.body["made_at"])
    assert timedelta() < span <= timedelta(minutes=20), "the gateway knows until when it makes sense"
    assert (message.masked, message.attempts) == (f"138****{phone[-4:]}", 1)
    hall.nothing_personal(phone)
    time.sleep(BEAT)
    assert len(hall.gateway.got) == 1, "nothing goes twice"


PASSING = (
    Do(500),
    Do(503, {"retry-after": "1"}),
    Do(429, {"retry-after": "1"}),
    Do(408),
    Do(cut="before"),
    Do(cut="status"),
    Do(pause=3),
)


def test_faults_that_pass_are_outlived_under_the_same_id(hall: Hall) -> None:
    lanes = cycle("ABC")
    met = [(fault, *hall.near(next(lanes), (fault,))) for fault in PASSING]
    for fault, ticket, phone in met:
        assert hall.ends(ticket, "sent", 40).attempts == 2, fault
        first, second = hall.gateway.to(phone)
        assert first.body == second.body, "the same message, not a new one"
        assert first.is_signed, fault
        assert second.is_signed, "signed anew"
    assert len(hall.gateway.got) == 2 * len(PASSING)


def test_a_status_counts_though_its_body_is_cut(hall: Hall) -> None:
    ticket, phone = hall.near(steps=(Do(202, cut="body"),))
    assert hall.ends(ticket, "sent").attempts == 1
    assert len(hall.gateway.to(phone)) == 1


def test_retry_after_is_honoured_for_all(hall: Hall) -> None:
    first, phone = hall.near(steps=(Do(429, {"retry-after": "3"}),))
    hall.gateway.wait(1)
    until(lambda: hall.outbox.gateway.resting_seconds > 0)
    second, _ = hall.near("B")
    hall.ends(first, "sent")
    hall.ends(second, "sent")
    one, *others = hall.gateway.got
    assert all(got.at - one.at >= 2.9 for got in others), "in real seconds, though the hall's clock is faster"
    assert len(hall.gateway.to(phone)) == 2


def test_what_is_refused_is_dead_at_once_and_a_manager_decides(hall: Hall) -> None:
    elsewhere = {"location": hall.gateway.address}
    met = [
        hall.near(lane, (Do(status, elsewhere),))
        for status, lane in zip((400, 404, 422, 301), "ABCA", strict=True)
    ]
    for (ticket, phone), status in zip(met, (400, 404, 422, 301), strict=True):
        dead = hall.ends(ticket, "dead")
        assert (dead.status, dead.reason, dead.attempts) == (status, "status", 1)
        assert len(hall.gateway.to(phone)) == 1, "not followed, not repeated"
    again, dropped = hall.message(met[0][0]).id, hall.message(met[1][0]).id
    hall.hub.operator.call("send_again", m.Nothing(), id=again)
    hall.ends(met[0][0], "sent")
    first, second = hall.gateway.to(met[0][1])
    assert first.body["id"] == second.body["id"]
    hall.hub.operator.call("drop_message", m.Nothing(), id=dropped)
    hall.ends(met[1][0], "dropped")
    for route, number, code in (
        ("drop_message", again, "message_over"),
        ("send_again", dropped, "message_over"),
        ("send_again", 9999, "unknown_message"),
    ):
        with pytest.raises(HubRefused, match=code):
            hall.hub.operator.call(route, m.Nothing(), id=number)


def test_a_slow_gateway_keeps_nobody_waiting(hall: Hall) -> None:
    ticket, _ = hall.near(steps=(Do(pause=0.9),))
    hall.gateway.wait(1)
    asked = 0
    while hall.message(ticket).state == "waiting":
        asked += 1
    assert asked > 3, "the hub answered while the gateway did not"


def test_told_when_three_are_ahead_and_not_before(hall: Hall) -> None:
    for _ in range(5):
        hall.take("B")
    last, phone = hall.take("B"), next(_phones)
    hall.leave(last, phone, "en")
    time.sleep(BEAT)
    assert hall.gateway.got == [], "five ahead"
    for ticket in hall.taken[:2]:
        hall.kiosk.call("void_ticket", m.VoidTicket(why="no_slip"), id=ticket.id)
    (got,) = hall.gateway.wait(1)
    assert got.body["text"] == f"{last.number}: three people or fewer ahead of you. Please come to 1F."


def test_a_result_is_told_by_a_clerk(hall: Hall) -> None:
    ticket, phone = hall.take("C"), next(_phones)
    hall.leave(ticket, phone, purpose="result")
    clerk = hall.hub.clerk("1003", window=3)
    clerk.call("call_next", m.CallNext(), no=3)
    clerk.call("start_ticket", m.Nothing(), id=ticket.id)
    clerk.call("finish_ticket", m.Nothing(), id=ticket.id)
    assert hall.gateway.got == []
    clerk.call("tell_result", m.Nothing(), id=ticket.id)
    (got,) = hall.gateway.wait(1)
    assert (got.body["kind"], got.body["to"]) == ("result_ready", phone)
    hall.ends(ticket, "sent")
    with pytest.raises(HubRefused, match="no_contact"):
        clerk.call("tell_result", m.Nothing(), id=ticket.id)
    hall.nothing_personal(phone)


def test_contacts_are_for_whoever_gave_the_number(hall: Hall) -> None:
    ticket = hall.take("C")
    body = o.LeaveContact(phone="13900001234", purposes=["turn"])
    for client, code in (
        (hall.hub.client("citizen-kiosk"), "taken_elsewhere"),
        (hall.hub.client("display"), "forbidden"),
    ):
        with pytest.raises(HubRefused, match=code):
            client.call("leave_contact", body, id=ticket.id)
    with pytest.raises(HubRefused, match="bad_contact"):
        hall.leave(ticket, "12345")
    hall.go_home()
    with pytest.raises(HubRefused, match="too_late_to_remind"):
        hall.leave(ticket, "13900001234")


def test_the_trial_says_what_came_of_it(hall: Hall) -> None:
    hall.gateway.script = [Do(), Do(401), Do(cut="before")]
    tried = [hall.hub.operator.call("gateway_tried") for _ in range(3)]
    assert [(one.is_taken, one.status, one.reason) for one in tried] == [
        (True, 200, ""), (False, 401, "status"), (False, None, "cut"),
    ]  # fmt: skip
    first = hall.gateway.got[0]
    assert (first.is_signed, first.body["kind"], first.body["to"]) == (True, "test", None)
    assert "key=" not in json.dumps([one.host for one in tried]), "an address may hold a key"


# -- what changes beneath a running hub -------------------------------------------------------------------


def test_the_gateway_and_its_secret_may_change_while_the_hub_runs(hall: Hall, tmp_path: Path) -> None:
    """In one test, since each change takes the hub a look: TLS, trust, mistakes, and no gateway at all."""
    folder, secret = hall.hub.house.folder, hall.hub.house.folder / "gateway.secret"
    good, other = self_signed(tmp_path), self_signed(tmp_path, "127.0.0.2")
    with gateway_double(good) as right, gateway_double(other) as foreign:
        refused = []
        for gateway, trusted in ((right, other[0]), (foreign, other[0])):
            configure(folder, gateway.address, ca_file=str(trusted))
            refused.append(hall.near()[0])
            until(lambda: [x.reason for x in hall.messages(refused[-1])] == ["tls"])
            assert gateway.got == [], "an unknown certificate, or another host's, gets no number"
        configure(folder, right.address, ca_file=str(good[0]))
        hall.ends(refused[0], "sent")
        assert right.got[0].is_signed
        hall.go_home()

    secret.chmod(0o644)
    configure_again(hall)
    until(lambda: "chmod 600" in hall.outbox.gateway.problem)
    ticket, phone = hall.near()
    hall.hub.house.gateway.write_text("url = nonsense")
    until(lambda: "TOML" in hall.outbox.gateway.problem)
    time.sleep(BEAT)
    assert (hall.gateway.got, hall.message(ticket).state) == ([], "waiting"), (
        "a mistake ends nothing that waits"
    )
    secret.chmod(0o600)
    configure_again(hall)
    hall.ends(ticket, "sent")

    ticket, _ = hall.near(steps=(Do(422),))
    hall.ends(ticket, "dead")
    hall.hub.house.gateway.unlink()
    hall.ends(ticket, "dropped")
    hall.nothing_personal(phone)
    with pytest.raises(HubRefused, match="no_gateway"):
        hall.near()
    with pytest.raises(HubRefused, match="no_gateway"):
        hall.hub.operator.call("gateway_tried")
    assert hall.outbox.gateway == o.GatewayNow(host=None, problem="", resting_seconds=0)
    configure_again(hall)
    until(lambda: hall.outbox.gateway.host is not None)


def configure_again(hall: Hall) -> None:
    """The gateway of this file, and nothing said of its secret's mode."""
    mode = (hall.hub.house.folder / "gateway.secret").stat().st_mode
    configure(hall.hub.house.folder, hall.gateway.address)
    assert (hall.hub.house.folder / "gateway.secret").stat().st_mode == mode


# -- halls of their own -----------------------------------------------------------------------------------


def test_killed_between_send_and_mark_it_is_sent_again_under_the_same_id(tmp_path: Path) -> None:
    with new_hall(tmp_path, *NOW, timeout=20) as hall:
        ticket, phone = hall.near(steps=(Do(pause=30),))
        hall.gateway.wait(1)  # the gateway has it, and the hub does not know yet
        hall.hub.kill()
        hall.hub.restart()
        hall.ends(ticket, "sent")
        first, second = hall.gateway.to(phone)
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        time.sleep(BEAT)
        assert len(hall.gateway.got) == 2


def test_a_dead_gateway_is_left_alone_then_tried_with_one_then_all_go(tmp_path: Path) -> None:
    with new_hall(tmp_path, *NOW, "--rehearse", "20") as hall:
        hall.gateway.usual = Do(500, pause=0.1)
        for lane in "ABCABCABCABC":
            hall.near(lane)
        until(lambda: hall.outbox.gateway.resting_seconds > 0)
        time.sleep(0.5)
        tried = len(hall.gateway.got)
        assert 5 <= tried <= 5 + 3, "as many as were on their way when it opened"
        assert hall.gateway.most_at_once <= 4
        until(lambda: len(hall.gateway.got) > tried)
        time.sleep(0.5)
        assert len(hall.gateway.got) == tried + 1, "one tries it"
        hall.gateway.usual = Do()
        for ticket in hall.taken:
            hall.ends(ticket, "sent", 60)
        assert hall.outbox.gateway.resting_seconds == 0


def test_too_late_is_never_sent(tmp_path: Path) -> None:
    with new_hall(tmp_path, *NOW, "--rehearse", "300") as hall:
        hall.gateway.usual = Do(500)
        ticket, phone = hall.near()
        hall.gateway.wait(1)
        hall.ends(ticket, "expired")  # twenty minutes of the hall's clock
        hall.gateway.usual = Do()
        tried = len(hall.gateway.got)
        time.sleep(BEAT)
        assert len(hall.gateway.got) == tried
        hall.nothing_personal(phone)


def test_who_was_called_meanwhile_is_not_told_and_the_rate_is_kept(tmp_path: Path) -> None:
    with new_hall(tmp_path, *NOW, per_minute=30) as hall:
        called, phone = hall.near(steps=(Do(500),))
        hall.gateway.wait(1)
        hall.hub.clerk("1001", window=1).call("call_next", m.CallNext(), no=1)
        hall.ends(called, "withdrawn")
        for lane in "ABC":
            hall.near(lane)
        got: list[Got] = hall.gateway.wait(4)
        assert got[3].at - got[0].at >= 2, "two at once, then one in two seconds"
        time.sleep(3)  # longer than the first pause
        assert len(hall.gateway.to(phone)) == 1
