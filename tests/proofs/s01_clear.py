"""S1: an ID number is on no disk in clear. S2's part of it: no photo, full name or telephone number either.

The rehearsal does with marked people everything that handles an identity: a card and a typed number at the
kiosk, refusals of all kinds, bookings by kiosk, desk and phone, the waiting list, check-in, the clerk's look
at the name, requests that are broken around a number, a failing store's refusal, a kill in the middle. The
long form also runs the whole suite and keeps every file that it writes. Then every file is searched
(tests.proofs.disk).

The control is a hub that logs the number once.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from shared.client.api import HubClient, HubRefused
from shared.domain.identity import check_character
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.protocol.routes import REQUEST_ID_HEADER
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, put_slots, rehearsal
from shared.testing_gateway import configure, gateway_double
from shared.testing_phone import MATTER, Phone, path_of
from tests.proofs.disk import AREA, id_numbers, marked, search
from tests.proofs.forgotten import forgotten_alone, lived
from tests.proofs.hubs import ROOT, start_program
from tests.proofs.outcome import Outcome
from tests.proofs.watched_hub import DISCREET, TALKATIVE

REHEARSED = "469029"
"""An area of two hundred thousand people: no other test makes up a number of it."""
NAME = "欧阳慕白"
TELEPHONE, OWN_TELEPHONE = "13977774444", "13977775555"
PHOTO = b"WLf\x00\x7e\x00"
"""How the simulated card's photo begins."""
_NAME_BYTES = [NAME.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
_BIRTHS = _OLD, _YOUNG = ("19520229", "19991231")
_SERIALS = count(1)


def person(birth: str = _OLD) -> m.Identity:
    """Somebody new, with a number of the rehearsal's own area."""
    first = f"{REHEARSED}{birth}{next(_SERIALS):03d}"
    return m.Identity(number=first + check_character(first), name=NAME)


def found_in(folder: Path) -> list[str]:
    """Where a number, the full name, the telephone number or the photo stands in clear."""
    begun = [f"{REHEARSED}{birth}".encode() for birth in _BIRTHS]  # mistyped, it is still somebody's
    personal = marked([*_NAME_BYTES, *begun, TELEPHONE.encode(), OWN_TELEPHONE.encode(), PHOTO])
    return [*search(folder, id_numbers([REHEARSED, AREA]), is_input), *search(folder, personal, is_input)]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks the hub in the rehearsal."""

    hub: RunningHub
    kiosk: HubClient
    clerk: HubClient
    slots: Sequence[int]
    phone: Phone


# -- everything that handles an identity ----------------------------------------------------------------


def rehearse(folder: Path, mode: str) -> None:
    """Leave in `folder` what a hall leaves on its disk, killed and started again in between."""
    with gateway_double() as gateway, watched_hall(folder, mode, gateway.address) as hub:
        slots = put_slots(hub.house, "A", MONDAY_MORNING + timedelta(hours=23, minutes=30), places=[2] * 6)
        kiosk = hub.client("citizen-kiosk")
        phone = Phone(hub.url, kiosk, gateway)
        phone.number, phone.tel = person().number, OWN_TELEPHONE
        desk = Desk(hub, kiosk, hub.clerk(window=1), slots, phone)
        with closing(phone.web):
            for act in (at_the_kiosk, at_the_window, by_booking, by_phone, by_mistake):
                act(desk)
            hub.kill()
            shutil.copytree(folder, folder.with_name("killed"))
            restarted(hub, folder, mode)
            at_the_kiosk(desk)
            out_of_order(desk)


def refused(client: HubClient, route: str, body: m.Request) -> None:
    """Asked, and refused as it should be."""
    with suppress(HubRefused):
        client.call(route, body)
        raise AssertionError(f"{route} was not refused")


def take(client: HubClient, who: m.Identity, channel: str = "kiosk") -> m.Ticket:
    body = m.TakeTicket(channel=channel, lane="A", identity=who)  # type: ignore[arg-type]
    ticket: m.Ticket = client.call("take_ticket", body).ticket
    return ticket


def at_the_kiosk(desk: Desk) -> None:
    """A card, the same card again, a typed number, one mistyped, one from before there were such cards."""
    who = person()
    take(desk.kiosk, who)
    again = m.TakeTicket(channel="kiosk", lane="A", identity=who)
    refused(desk.kiosk, "take_ticket", again)
    take(desk.kiosk, m.Identity(number=person().number, name=NAME, source="typed"))
    wrong = who.number[:17] + ("1" if who.number[17] != "1" else "2")
    refused(
        desk.kiosk, "take_ticket", m.TakeTicket(channel="kiosk", lane="B", identity=m.Identity(number=wrong))
    )
    refused(desk.kiosk, "take_ticket", m.TakeTicket(channel="kiosk", lane="Z", identity=who))


def at_the_window(desk: Desk) -> None:
    """The clerk calls, looks at the name, sends on, and takes a number for somebody at the desk."""
    called = desk.clerk.call("call_next", m.CallNext(), no=1)
    desk.clerk.call("start_ticket", m.Nothing(), id=called.id)
    if desk.clerk.call("reveal_name", m.Nothing(), id=called.id).name != NAME:
        raise AssertionError("the serving clerk was not told the name")
    desk.clerk.call("transfer_ticket", m.Transfer(lane="B", note="补材料"), id=called.id)
    take(desk.clerk, person(_YOUNG), "desk")


def by_booking(desk: Desk) -> None:
    """Kiosk and desk: hold, confirm, find, wait for a place of a full day, check in."""
    for client, slot in ((desk.kiosk, desk.slots[0]), (desk.clerk, desk.slots[1])):
        who = person()
        wanted = b.Reserve(slot=slot, matter=MATTER, identity=who, phone=TELEPHONE)
        held = client.ask(b.Booking, "reserve", wanted)
        client.call("confirm_booking", m.Nothing(), token=held.token)
        client.call("find_bookings", b.Whose(identity=who))
        refused(client, "reserve", wanted)
        refused(client, "check_in", b.Whose(identity=who))  # tomorrow
        day = MONDAY_MORNING.astimezone(HALL_ZONE).date() + timedelta(days=1)
        refused(
            client,
            "wait_for_place",
            b.WaitForPlace(day=day, matter=MATTER, identity=person(), phone=TELEPHONE),
        )


def by_phone(desk: Desk) -> None:
    """The pages: a code to the telephone, a booking, its calendar file, its cancellation."""
    path = f"/book/{MATTER}/slot/{desk.slots[2]}"
    told = {"name": NAME, "act": "go"}
    page = path_of(desk.phone.web.post(path, data=desk.phone.told(path, code=desk.phone.code(path), **told)))
    desk.phone.web.get(f"{page}/calendar.ics").raise_for_status()
    desk.phone.web.post(f"{page}/cancel", data=desk.phone.form(f"{page}/cancel"))


def by_mistake(desk: Desk) -> None:
    """Numbers where none belongs: in addresses, headers, broken bodies, and forms sent twice."""
    number, token = person().number, desk.kiosk.credential
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with httpx.Client(base_url=desk.hub.url, headers=headers, timeout=10) as web:
        for path in (
            f"/{number}",
            f"/t/{number}",
            f"/b/{number}",
            f"/book/{number}",
            f"/book?number={number}",
        ):
            web.get(path)
        web.get("/api/v1/matters/search", params={"q": number})
        web.get("/api/v1/board", headers={"Authorization": f"Bearer {number}", "User-Agent": number})
        for body in (
            f'{{"number": "{number}"',
            f'"{number}"',
            f'{{"{number}": 1, "channel": 7}}',
            f"\xff{number}",
        ):
            web.post("/api/v1/tickets", content=body.encode("latin-1"), headers={REQUEST_ID_HEADER: number})
        web.post(f"/book/{MATTER}/slot/1", data={"number": number, "name": NAME, "phone": TELEPHONE})


def out_of_order(desk: Desk) -> None:
    """The store fails under a card: what the hub then logs is searched as well."""
    with closing(connect(desk.hub.house.database)) as connection:
        connection.execute("DROP TABLE stays")
    refused(desk.kiosk, "take_ticket", m.TakeTicket(channel="kiosk", lane="A", identity=person()))


# -- the hall it happens in -----------------------------------------------------------------------------


@contextmanager
def watched_hall(folder: Path, mode: str, gateway: str) -> Iterator[RunningHub]:
    """A small hall with a gateway for messages; whatever its hub says goes to a file beside it."""
    configure(folder, gateway)
    with rehearsal(folder) as made:
        house = made.house
    process, url = _start(folder, mode, "0")
    hub = RunningHub(house, url, process, ())
    try:
        yield hub
    finally:
        for client in hub.clients:
            client.close()
        if hub.process.poll() is None:
            hub.kill()


def restarted(hub: RunningHub, folder: Path, mode: str) -> None:
    """On the same port, as after a power cut."""
    hub.process, _ = _start(folder, mode, hub.url.rpartition(":")[2])


def _start(folder: Path, mode: str, port: str) -> "tuple[subprocess.Popen[str], str]":
    arguments = ("--start", MONDAY_MORNING.isoformat(), "--port", port)
    return start_program(folder, ("tests.proofs.watched_hub", mode), arguments, log=folder / "hub.log")


def rehearsed(folder: Path, mode: str = DISCREET) -> tuple[int, list[str]]:
    """How many files a rehearsal left, and what stands in them in clear."""
    rehearse(folder / "hall", mode)
    return sum(path.is_file() for path in folder.rglob("*")), found_in(folder)


# -- everything the suite writes --------------------------------------------------------------------------


KEPT = """
import tempfile
tempfile.TemporaryDirectory.cleanup = lambda self: self._finalizer.detach()
"""
"""Imported by every Python of the suite before anything else: temporary folders stay to be searched."""

SPREAD = ("-n", "2", "--dist", "loadfile")
"""As in `make test`: one process would need half an hour."""

INPUTS: Mapping[str, str] = {}
"""Ends of paths that a test writes as its input, as a person would hand it over; with the reason."""


def suite(folder: Path, tests: Sequence[str] = ("tests",)) -> list[str]:
    """Run tests so that all their files stay below `folder`; says so when they could not be run."""
    (folder / "early").mkdir(parents=True)
    (folder / "early" / "sitecustomize.py").write_text(KEPT, "ascii")
    (folder / "tmp").mkdir()
    log = folder / "suite.log"
    options = ("-q", "-p", "no:cacheprovider", "--basetemp", str(folder / "base"), "--ignore=tests/proofs")
    told = ("-o", f"log_file={log}", "-o", "log_file_mode=a", "-o", "log_file_level=DEBUG")
    kept = ("-o", "tmp_path_retention_policy=all")
    with (folder / "output").open("w") as output:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *SPREAD, *told, *kept, *tests],
            cwd=ROOT,
            env={
                **os.environ,
                "TMPDIR": str(folder / "tmp"),
                "PYTHONPATH": f"{folder / 'early'}:{ROOT}",
                "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "hypothesis"),
                "QT_QPA_PLATFORM": "offscreen",
                "QT_QUICK_BACKEND": "software",
            },
            stdout=output,
            stderr=output,
            check=False,
        )
    return [] if ended.returncode in (0, 1) else [f"the suite did not run (exit code {ended.returncode})"]


def is_input(path: Path) -> bool:
    """Whether a test put it there itself."""
    return any(str(path).endswith(end) for end in INPUTS)


def prove() -> Outcome:
    """The rehearsal, the whole suite, people forgotten, and two controls: a hub that talks, one that only
    unlinks.
    """
    with TemporaryDirectory(prefix="s1-") as made:
        folder = Path(made)
        tried, wrong = rehearsed(folder / "rehearsal")
        wrong += suite(folder / "suite")
        wrong += found_in(folder / "suite")
        tried += sum(path.is_file() for path in (folder / "suite").rglob("*"))
        marks, _, known = lived(folder / "lived")
        tried, wrong = tried + len(marks), [*wrong, *known]
        caught = any("hub.log has" in each for each in rehearsed(folder / "control", TALKATIVE)[1])
        caught = caught and bool(forgotten_alone(folder / "unlinked", overwritten=False)[1])
    return Outcome("S1", tried, wrong, caught)
