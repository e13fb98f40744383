"""The route table, walked: every route refuses a stranger, a wrong, a foreign and a revoked credential."""

import re
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import pytest

from shared.client.api import HubRefused
from shared.domain.manual import Step
from shared.protocol import booking as b
from shared.protocol import leases as n
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.protocol import rota as r
from shared.protocol.events import Event, FactEvent
from shared.protocol.request_id import new_request_id
from shared.protocol.routes import EVENTS_PATH, ROUTES, Permission, Route
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, PIN, RunningHub, id_number, running_hub

GUARDED = [route for route in ROUTES if route.permission is not Permission.OPEN]
IDENTITY = m.Identity(number=id_number(), name="张三")
DAY = date(2026, 11, 30)
BODIES: dict[type[m.Request], m.Request] = {
    m.Nothing: m.Nothing(),
    m.TakeTicket: m.TakeTicket(channel="kiosk", lane="A"),
    m.FindTickets: m.FindTickets(identity=IDENTITY),
    m.ReadCode: m.ReadCode(code="1-abc"),
    m.RecordSlip: m.RecordSlip(outcome="printed"),
    m.CallNext: m.CallNext(),
    m.CallTicket: m.CallTicket(reason="急事"),
    m.Transfer: m.Transfer(lane="B"),
    m.Reason: m.Reason(reason="午餐"),
    m.RateTicket: m.RateTicket(window=1, level=5),
    m.VoidTicket: m.VoidTicket(why="no_slip"),
    m.Enrol: m.Enrol(code="00000000"),
    m.SignIn: m.SignIn(clerk="1001", pin=PIN),
    m.OfferDevice: m.OfferDevice(role="display", name="屏"),
    m.ReportParts: m.ReportParts(parts=[m.PartReport(kind="printer", state="ready")]),
    m.PostNotice: m.PostNotice(zh="通知"),
    m.ChangeRules: m.ChangeRules(return_penalty=5),
    o.LeaveContact: o.LeaveContact(phone="13800001234", purposes=["turn"]),
    m.ChangeWorkdays: m.ChangeWorkdays(text=""),
    r.DraftRota: r.DraftRota(first=DAY, last=DAY, shifts={}),
    r.SwapDays: r.SwapDays(clerk="1001", day=DAY, other="1002", other_day=DAY),
    r.TakeLeave: r.TakeLeave(clerk="1001", first=DAY, last=DAY),
    r.StandInFor: r.StandInFor(clerk="1001", day=DAY, shift="D"),
    r.SetRotaClerk: r.SetRotaClerk(clerk="1001", lanes="A"),
    b.Reserve: b.Reserve(slot=1, matter="yyzz-bg", identity=IDENTITY),
    b.ChangeBooking: b.ChangeBooking(slot=1),
    b.Whose: b.Whose(identity=IDENTITY),
    b.WaitForPlace: b.WaitForPlace(day=DAY, matter="yyzz-bg", identity=IDENTITY),
    b.AskToMove: b.AskToMove(day=DAY),
    b.SetPlaces: b.SetPlaces(places=1),
    b.SetPlaceTerms: b.SetPlaceTerms(automatic=False),
    n.LeaseNumbers: n.LeaseNumbers(held=[]),
    h.NoteManualCall: h.NoteManualCall(
        key=UUID(int=1),
        day=DAY,
        series="A",
        number=1,
        clerk="1001",
        proved=True,
        steps=[h.NotedStep(Step.CALLED, MONDAY_MORNING)],
    ),
    h.JudgeManualCalls: h.JudgeManualCalls(keys=[]),
    h.SettleManualCall: h.SettleManualCall(verdict="hall", reason="问过了"),
    n.ReconcileNumber: n.ReconcileNumber(number=1, taken_at=MONDAY_MORNING, slip="printed"),
    m.RollDay: m.RollDay(day=date(2099, 1, 1)),
}
WHO_MAY: dict[Permission, set[str]] = {
    Permission.HALL: {"citizen-kiosk", "counter", "display", "office", "clerk", "manager", "operator"},
    Permission.TAKE: {"citizen-kiosk", "clerk", "manager", "operator"},
    Permission.SIGN_IN: {"counter"},
    Permission.RATE: {"counter"},
    Permission.NOTE: {"counter"},
    Permission.SERVE: {"clerk", "manager"},
    Permission.MANAGE: {"manager", "operator"},
}


def request_of(route: Route, authorization: str | None) -> dict[str, Any]:
    """A request, for httpx, that would be right, but for who sends it."""
    path = re.sub(r"{(id|no)}", "1", route.path).replace("{letter}", "A").replace("{year}", "2026")
    headers = {"Idempotency-Key": new_request_id()}
    if authorization is not None:
        headers["Authorization"] = authorization
    content = None if route.body is None else msgspec.json.encode(BODIES[route.body])
    return {"method": route.method, "url": path, "headers": headers, "content": content}


def send(hub: RunningHub, route: Route, authorization: str | None) -> httpx.Response:
    """Send it to a hub in clear."""
    with httpx.Client(base_url=hub.url) as web:
        return web.request(**request_of(route, authorization))


def credentials_of(hub: RunningHub) -> dict[str, str]:
    """A credential of every standing."""
    counter = hub.enrol("counter")
    desk = hub.with_credential(counter)
    return {
        "citizen-kiosk": hub.enrol("citizen-kiosk"),
        "counter": counter,
        "display": hub.enrol("display"),
        "office": hub.enrol("manager"),
        "clerk": desk.call("sign_in", m.SignIn(clerk="1001", pin=PIN)).token,
        "manager": desk.call("sign_in", m.SignIn(clerk="9001", pin=PIN)).token,
        "operator": str(hub.operator.credential),
    }


@pytest.fixture(scope="module")
def credentials(hub: RunningHub) -> dict[str, str]:
    return credentials_of(hub)


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Bearer", "Basic YTpi"])
def test_a_stranger_is_refused(hub: RunningHub, route: Route, authorization: str | None) -> None:
    response = send(hub, route, authorization)
    assert response.status_code == 401
    assert response.json()["code"] == "unauthenticated"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_a_foreign_credential_is_forbidden(
    hub: RunningHub, route: Route, credentials: dict[str, str]
) -> None:
    outsiders = set(credentials) - WHO_MAY[route.permission]
    for standing in outsiders:
        response = send(hub, route, f"Bearer {credentials[standing]}")
        assert (response.status_code, response.json()["code"]) == (403, "forbidden"), standing
    assert outsiders or route.permission is Permission.HALL


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_a_revoked_credential_is_refused_at_once(hub: RunningHub, route: Route) -> None:
    token = hub.enrol("counter")
    assert send(hub, ROUTES[1], f"Bearer {token}").status_code == 200
    newest = max(device.id for device in hub.operator.call("devices").devices)
    hub.operator.call("revoke_device", m.Nothing(), id=newest)
    response = send(hub, route, f"Bearer {token}")
    assert (response.status_code, response.json()["code"]) == (401, "revoked")


def test_a_session_ends_with_its_device(hub: RunningHub) -> None:
    counter = hub.client("counter")
    signed_in = counter.call("sign_in", m.SignIn(clerk="1002", pin=PIN))
    clerk = hub.with_credential(signed_in.token)
    clerk.call("my_day")
    newest = max(device.id for device in hub.operator.call("devices").devices)
    hub.operator.call("revoke_device", m.Nothing(), id=newest)
    with pytest.raises(HubRefused, match="revoked"):
        clerk.call("my_day")


def test_a_browser_enrolled_for_managers_manages_nothing_by_itself(
    hub: RunningHub, credentials: dict[str, str]
) -> None:
    """Somebody has to sign in at it; then it is that person's credential which manages."""
    office = hub.with_credential(credentials["office"])
    for route in ("devices", "outbox_now"):
        with pytest.raises(HubRefused, match="forbidden"):
            office.call(route)
    with pytest.raises(HubRefused, match="forbidden"):
        office.call("take_ticket", m.TakeTicket(channel="desk", lane="A"))
    assert hub.with_credential(credentials["manager"]).call("devices").devices


def test_the_operator_of_an_older_hall_stays_the_operator(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        hub.enrol("manager", "operator")
        hub.kill()
        with closing(connect(hub.house.database)) as connection:
            connection.execute("DROP INDEX one_operator")
            connection.execute("ALTER TABLE devices DROP COLUMN is_operator")
            connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0016_wire'")
        hub.restart()
        assert len(hub.operator.call("devices").devices) == 2
        with closing(connect(hub.house.database)) as connection:
            found = connection.execute("SELECT id FROM devices WHERE is_operator = 1").fetchall()
        assert found == [(1,)], "and one who only took its name is none"


@pytest.mark.parametrize("is_secure", [True, False])
def test_a_revoked_device_is_cut_off_at_once(hub: RunningHub, is_secure: bool) -> None:
    """Its idle stream, and that of who is signed in at it, within a beat; another's goes on."""
    client_of = hub.pinned if is_secure else hub.with_credential
    counter, display = hub.enrol("counter"), hub.enrol("display")
    session = hub.with_credential(counter).call("sign_in", m.SignIn(clerk="1004", pin=PIN)).token
    number = max(device.id for device in hub.operator.call("devices").devices if device.role == "counter")
    head = hub.operator.call("health").seq
    with ExitStack() as stack:
        streams = [
            iter(stack.enter_context(client_of(token).events(head))) for token in (counter, session, display)
        ]
        for stream in streams:
            next(stream)
        hub.operator.call("revoke_device", m.Nothing(), id=number)
        for stream in streams[:2]:
            assert not [event for events in stream for event in events if event_seq(event) > head]
        told = (event for events in streams[2] for event in events)
        assert next(event for event in told if event_seq(event) > head).name == "device.revoked"  # type: ignore[union-attr]
    for token in (counter, session):
        with pytest.raises(HubRefused, match="revoked"):
            client_of(token).call("board")


def event_seq(event: Event) -> int:
    return event.seq if isinstance(event, FactEvent) else 0


def test_the_event_stream_is_guarded_too(hub: RunningHub) -> None:
    assert httpx.get(hub.url + EVENTS_PATH).json()["code"] == "unauthenticated"


def test_five_wrong_pins_lock_a_clerk_out(hub: RunningHub) -> None:
    counter = hub.client("counter")
    codes = []
    for _ in range(6):
        with pytest.raises(HubRefused) as refused:
            counter.call("sign_in", m.SignIn(clerk="1003", pin="0000"))
        codes.append(refused.value.code)
    assert codes == ["bad_sign_in"] * 4 + ["locked_out"] * 2
    with pytest.raises(HubRefused, match="locked_out"):
        counter.call("sign_in", m.SignIn(clerk="1003", pin=PIN))


def test_an_unknown_clerk_is_refused_like_a_wrong_pin(hub: RunningHub) -> None:
    counter = hub.client("counter")
    with pytest.raises(HubRefused) as unknown:
        counter.call("sign_in", m.SignIn(clerk="7777", pin=PIN))
    assert unknown.value.code == "bad_sign_in"


def test_an_enrolment_code_works_once(hub: RunningHub) -> None:
    offer = hub.operator.call("offer_device", m.OfferDevice(role="display", name="一号屏"))
    stranger = hub.with_credential(None)
    assert stranger.call("enrol", m.Enrol(code=offer.code)).role == "display"
    with pytest.raises(HubRefused, match="bad_enrolment_code"):
        stranger.call("enrol", m.Enrol(code=offer.code))


def test_secrets_are_not_kept_in_clear(hub: RunningHub) -> None:
    """Neither a credential, nor a PIN, nor an ID number, nor a full name stands in the file or its WAL."""
    kiosk = hub.client("citizen-kiosk")
    number = id_number("19770707", 77)
    kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="B",
               identity=m.Identity(number=number, name="欧阳标记")))  # fmt: skip
    token = hub.enrol("counter")
    files = [path for path in hub.house.folder.iterdir() if path.name.startswith("hall.db")]
    stored = b"".join(path.read_bytes() for path in files)
    for secret in (number, "欧阳标记", token, PIN):
        assert secret.encode() not in stored
    assert "欧*".encode() in stored, "the control: what is kept is found this way"


def test_codes_cannot_be_tried_out(tmp_path: Path) -> None:
    """A hub of its own: once locked, nobody enrols, not even with the right code."""
    with running_hub(tmp_path / "hall") as hub:
        offer = hub.operator.call("offer_device", m.OfferDevice(role="display", name="屏"))
        stranger = hub.with_credential(None)
        codes = []
        for n in range(22):
            with pytest.raises(HubRefused) as refused:
                stranger.call("enrol", m.Enrol(code=f"{n:08d}"))
            codes.append(refused.value.code)
        assert codes == ["bad_enrolment_code"] * 20 + ["locked_out"] * 2
        with pytest.raises(HubRefused, match="locked_out"):
            stranger.call("enrol", m.Enrol(code=offer.code))
