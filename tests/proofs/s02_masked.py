"""S2: names are masked everywhere, the photo is nowhere, and each look at a full name is a fact.

Marked people (tests.proofs.s01_clear) stand in every state at once: waiting, called, missed, done, booked.
Then everything that shows anything is read by everybody: every GET route, the event stream from its first
fact and every page, as each role and as a stranger; every text of the windows of a kiosk, a counter and a
display; the slip. The name stands in one place, the window of the clerk who serves, and after that look there
is one fact more.

The control is a hub that keeps the name as it is where it should keep 欧阳**.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from shared.client.api import HubClient, HubRefused
from shared.domain.moments import HALL_ZONE
from shared.hub.manage_frame import BOOKINGS, HOURS, SECTIONS, WAITS
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.protocol.routes import EVENTS_PATH, ROUTES, Route
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, PIN, RunningHub, put_slots
from shared.testing_gateway import gateway_double
from shared.testing_phone import MATTER
from tests.proofs.disk import AREA, id_numbers, in_bytes, marked
from tests.proofs.marked_screens import BARE, MASKED, THE_LOOK, looked
from tests.proofs.outcome import Outcome
from tests.proofs.s01_clear import (
    NAME,
    PHOTO,
    REHEARSED,
    TELEPHONE,
    person,
    take,
    watched_hall,
)
from tests.proofs.watched_hub import DISCREET, UNMASKED

ROLES: tuple[m.Role, ...] = ("citizen-kiosk", "counter", "display", "manager")
_DAY = "2026-11-24"
MANAGED = (
    *(path for _, path in SECTIONS),
    f"{HOURS}/A",
    f"{HOURS}/1",
    f"{WAITS}/day.svg",
    f"{BOOKINGS}?day={_DAY}",
)
LEAKS = ("the kiosk", "the counter", "the display", "a display, /api/v1/board", "/manage/bookings")
"""Where the control shows a name."""
_NAME_BYTES = [NAME.encode(coding) for coding in ("utf-8", "utf-16-le", "gb18030")]


def shown_in(where: str, data: bytes) -> list[str]:
    """What is somebody's own among these bytes, in any dress."""
    marks = marked([*_NAME_BYTES, TELEPHONE.encode(), PHOTO])
    numbers = id_numbers([REHEARSED, AREA])
    found = {(dress, each) for seek in (marks, numbers) for dress, each in in_bytes(data, seek)}
    return [f"{where} shows {each} ({dress})" for dress, each in sorted(found)]


@dataclass
class Hall:
    """A hub with marked people in every state, and how many answers were read."""

    hub: RunningHub
    kiosk: HubClient
    serving: HubClient
    other: HubClient
    tickets: dict[str, m.Ticket] = field(default_factory=dict)
    bookings: list[b.Booking] = field(default_factory=list)
    read: int = 0

    def look(self, where: str, data: bytes) -> list[str]:
        self.read += 1
        return shown_in(where, data)


def populate(hall: Hall) -> None:
    """One marked person in every state that somebody may look at."""
    slots = put_slots(hall.hub.house, "A", MONDAY_MORNING + timedelta(hours=23, minutes=30), places=[1, 4])
    for state in ("done", "missed", "called", "waiting"):
        hall.tickets[state] = take(hall.kiosk, person())
    for state in ("done", "missed", "called"):
        called = hall.serving.call("call_next", m.CallNext(), no=1)
        if called.id != hall.tickets[state].id:
            raise AssertionError(f"{called.number} was called out of turn")
        if state == "done":
            hall.serving.call("start_ticket", m.Nothing(), id=called.id)
            hall.serving.call("finish_ticket", m.Nothing(), id=called.id)
        elif state == "missed":
            hall.serving.call("miss_ticket", m.Nothing(), id=called.id)
    for client, slot in ((hall.kiosk, slots[0]), (hall.other, slots[1])):
        wanted = b.Reserve(slot=slot, matter=MATTER, identity=person(), phone=TELEPHONE)
        held = client.ask(b.Booking, "reserve", wanted)
        client.call("confirm_booking", m.Nothing(), token=held.token)
        hall.bookings.append(held)
    tomorrow = MONDAY_MORNING.astimezone(HALL_ZONE).date() + timedelta(days=1)
    wish = b.WaitForPlace(day=tomorrow, matter=MATTER, identity=person(), phone=TELEPHONE)
    with suppress(HubRefused):  # places are left: then nobody waits
        hall.kiosk.call("wait_for_place", wish)


# -- everybody reads everything ---------------------------------------------------------------------------


def addresses(hall: Hall, route: Route) -> Iterator[str]:
    """The route's address for each thing that it can be about."""
    if "{" not in route.path:
        yield route.path
        return
    things: Mapping[str, Sequence[object]] = {
        "{id}": [ticket.id for ticket in hall.tickets.values()],
        "{year}": [2026],
    }
    for slot, values in things.items():
        if slot in route.path:
            yield from (route.path.replace(slot, str(value)) for value in values)
            return
    raise LookupError(f"{route.path}: what stands in it is not known here")


def credentials(hall: Hall) -> Iterator[tuple[str, str | None]]:
    """Each role, the clerks, the operator and nobody."""
    yield "a stranger", None
    for role in ROLES:
        yield f"a {role}", hall.hub.enrol(role)
    yield "the serving clerk", hall.serving.credential
    yield "another clerk", hall.other.credential
    yield "the operator", hall.hub.house.operator_token.read_text("ascii").strip()


def by_every_route(hall: Hall) -> Iterator[str]:
    """Every GET route, and the whole event stream, as everybody."""
    for who, token in credentials(hall):
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=hall.hub.url, headers=headers, timeout=30) as web:
            for route in ROUTES:
                if route.method != "GET":
                    continue
                for path in addresses(hall, route):
                    answer = web.get(path, params=queries(hall, route))
                    yield from hall.look(f"{who}, {path}", answer.content)
            yield from hall.look(f"{who}, {EVENTS_PATH}", streamed(web, f"{EVENTS_PATH}?after=0"))


def queries(hall: Hall, route: Route) -> dict[str, str]:
    """Something for each query parameter."""
    known = {"q": "执照", "number": hall.tickets["waiting"].number, "day": _DAY, "matter": MATTER}
    return {name: known.get(name, "") for name, _ in route.query if name in known}


def streamed(web: httpx.Client, path: str) -> bytes:
    """The stream up to its second beat, with every fact before."""
    taken = b""
    with web.stream("GET", path) as answer:
        for piece in answer.iter_raw():
            taken += piece
            if answer.status_code != 200 or taken.count(b"event: beat") >= 2:
                break
    return taken


def on_every_page(hall: Hall) -> Iterator[str]:
    """The phone's pages with every token, the booking's, and all that a manager sees."""
    with httpx.Client(base_url=hall.hub.url, timeout=30, follow_redirects=True) as web:
        for token in phone_tokens(hall):
            for path in (f"/t/{token}", f"/t/{token}/why", f"/t/{token}/remind", f"/t/{token}/cancel"):
                yield from hall.look(path, web.get(path).content)
            yield from hall.look(f"/t/{token}/events", streamed_page(web, f"/t/{token}/events"))
        for booking in hall.bookings:
            for rest in ("", "/calendar.ics", "/change", "/cancel"):
                yield from hall.look(f"/b/...{rest}", web.get(f"/b/{booking.token}{rest}").content)
        for path in ("/book", f"/book/{MATTER}", f"/book/{MATTER}/{_DAY}", "/b"):
            yield from hall.look(path, web.get(path).content)
    with closing(manager_of(hall.hub)) as web:
        for path in MANAGED:
            answer = web.get(path, follow_redirects=True)
            if "退出登录" not in answer.text and not path.endswith(".svg"):
                yield f"{path} was not shown to the manager: nothing was looked at"
            yield from hall.look(path, answer.content)


def streamed_page(web: httpx.Client, path: str) -> bytes:
    """A page's own stream, as far as it comes at once."""
    with web.stream("GET", path) as answer:
        return next(answer.iter_raw(), b"")


def phone_tokens(hall: Hall) -> list[str]:
    """Of every slip."""
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        return [token for (token,) in connection.execute("SELECT id || '-' || secret FROM tickets")]


def manager_of(hub: RunningHub) -> httpx.Client:
    """A browser in which a manager is signed in."""
    code = hub.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室")).code
    web = httpx.Client(base_url=hub.url, timeout=30)
    for path, fields in (("enrol", {"code": code}), ("sign-in", {"clerk": "9001", "pin": PIN})):
        found = re.search(r'name="csrf" value="(\w+)"', web.get("/manage").text)
        web.post(f"/manage/{path}", data={"csrf": "" if found is None else found[1], **fields})
    return web


# -- screens and paper ------------------------------------------------------------------------------------


def on_every_screen(hall: Hall, folder: Path, mode: str) -> Iterator[str]:
    """A kiosk that reads a card and prints, a counter that serves, a board that calls."""
    for app in ("kiosk", "counter", "display"):
        (folder / app).mkdir()
        for where, text in looked(app, mode, hall.hub, folder / app, person()):
            found = hall.look(where, text.encode("utf-8", "surrogatepass"))
            if where != THE_LOOK:
                yield from found
            elif not found:
                yield "the serving clerk looked at the name, and it was not on the desk"
    if (after := looks(hall.hub)) != ["clerk:1001", "clerk:1003"]:
        yield f"one look each of clerks 1001 and 1003 left the facts {after}"


# -- the one look -----------------------------------------------------------------------------------------


def looks(hub: RunningHub) -> list[str]:
    """Who looked at a name, by the facts."""
    with closing(connect(hub.house.database, read_only=True)) as connection:
        rows = connection.execute("SELECT actor FROM facts WHERE name = 'ticket.name_shown' ORDER BY seq")
        return [actor for (actor,) in rows]


def by_looking(hall: Hall) -> Iterator[str]:
    """The serving clerk sees the name, with a fact for each look; nobody else does, whatever the state."""
    if before := looks(hall.hub):
        yield f"{before} looked at a name before anybody did"
    for who, token in credentials(hall):
        client = HubClient(hall.hub.url, token)
        try:
            for state, ticket in hall.tickets.items():
                hall.read += 1
                may = who == "the serving clerk" and state == "called"
                try:
                    shown = client.call("reveal_name", m.Nothing(), id=ticket.id).name
                except HubRefused:
                    shown = None
                if may and shown != NAME:
                    yield f"{who} was shown {shown!r} of the ticket in hand"
                if not may and shown is not None:
                    yield f"{who} was shown the name of a ticket that is {state}"
        finally:
            client.close()
    if (after := looks(hall.hub)) != ["clerk:1001"]:
        yield f"one look of clerk 1001 left the facts {after}"


# -- both forms -------------------------------------------------------------------------------------------


@contextmanager
def marked_hall(folder: Path, mode: str) -> Iterator[Hall]:
    """A hub with marked people in it."""
    with ExitStack() as stack:
        gateway = stack.enter_context(gateway_double())
        hub = stack.enter_context(watched_hall(folder / "hall", mode, gateway.address))
        serving, other = hub.clerk("1001", window=1), hub.clerk("1002", window=2)
        hall = Hall(hub, hub.client("citizen-kiosk"), serving, other)
        populate(hall)
        yield hall


def tried(folder: Path, mode: str = DISCREET, *, screens: bool = True) -> tuple[int, list[str]]:
    """How many answers and texts were read, and what was shown in them."""
    with marked_hall(folder, mode) as hall:
        wrong = [*by_every_route(hall), *on_every_page(hall), *by_looking(hall)]
        if screens:
            wrong += on_every_screen(hall, folder, MASKED if mode == DISCREET else BARE)
        return hall.read, wrong


def prove() -> Outcome:
    """Everything, and the hub that does not mask."""
    with TemporaryDirectory(prefix="s2-") as made:
        folder = Path(made)
        count, wrong = tried(folder / "true")
        _, found = tried(folder / "control", UNMASKED)
    caught = [any(each.startswith(where) for each in found) for where in LEAKS]
    return Outcome("S2", count, wrong, all(caught))
