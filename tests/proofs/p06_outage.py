"""P6: kiosks go on through an outage of 72 hours, and what they gave is reconciled without duplicates.

Kiosks in processes of their own (tests.proofs.kiosk_alone) lose their line (tests.proofs.links): it is cut,
or only the answers are lost. They give numbers on simulated clocks, one of them hours off, are killed before
and after every commit and every slip, and come back while a third kiosk takes numbers online. The hub is
killed and started again at each leap of the clock. Then the paper in citizens' hands is compared with the
hub's file.

The controls are kiosks that use numbers before they are stored, and that print before they note.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kiosk.spool import FILE
from shared.client.api import HubClient
from shared.domain.moments import from_millis
from shared.domain.ordering import Priority
from shared.domain.rules import Rules
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, running_hub
from tests.proofs.alone import Alone
from tests.proofs.links import Cable, Relay, can_lay_cables, linked
from tests.proofs.outcome import Outcome

OUTAGE = timedelta(hours=72)
LANES = ("A", "B", "C")
KILLS_WHILE_GIVING = (
    "print:after",
    "take:uncommitted",
    "take:committed",
    "print:before",
    "note:uncommitted",
    "note:committed",
)
KILLS_WHILE_BACK = ("joined:uncommitted", "joined:committed", "keep:uncommitted", "keep:committed")
NEAR = timedelta(seconds=30)
"""A ticket's moment and its slip's may differ by as much: the hub started a little before the proof's clock,
and a kiosk asks three times before it gives the hub up.
"""
Slip = dict[str, Any]
Wire = type[Relay] | type[Cable]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long the form is."""

    leaps: int
    citizens: int
    """Of each kiosk, after each leap."""
    kill_one_in: int
    seed: int
    wire: Wire = Relay
    manner: str = "careful"
    loses_answers: bool = True


@dataclass
class Clock:
    """The hall's moment; it leaps with the hub."""

    base: datetime = MONDAY_MORNING
    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.base + timedelta(seconds=time.monotonic() - self.began)

    def leap(self, hub: RunningHub, step: timedelta) -> None:
        """Let `step` pass: the hub is killed, and started again that much later."""
        self.base = self.now() + step
        hub.kill()
        hub.arguments = ("--start", self.base.isoformat(), "--host", "0.0.0.0")
        hub.restart()
        self.began = time.monotonic()


@dataclass
class Kiosk(Alone):
    """One kiosk's process, its line, and what its printer has put out."""

    module: str = "tests.proofs.kiosk_alone"

    def take(self, lane: str, *, online: bool, priority: Priority = Priority.NONE, kill: str = "") -> None:
        """A citizen takes a number; one who saw the kiosk die without a slip tries again."""
        order = new_request_id()
        self.tell("take", kill, lane=lane, priority=priority, order=order, online=online)
        if kill and order not in {slip["order"] for slip in self.paper()}:
            self.tell("take", lane=lane, priority=priority, order=new_request_id(), online=online)

    def catch_up(self) -> None:
        """Bring everything in, whatever kills it takes."""
        for _ in range(20):
            if (self.tell("catch up") or {}).get("done"):
                return
        raise RuntimeError("what was given could not be brought in")

    def paper(self) -> list[Slip]:
        path = self.folder / "paper"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@dataclass
class Hall:
    """A hub, two kiosks on lines that fail, and one whose line holds."""

    hub: RunningHub
    clock: Clock
    kiosks: list[Kiosk]
    steady: HubClient
    chance: random.Random
    plan: Plan
    online: set[int] = field(default_factory=set)
    """Tickets of the steady kiosk."""

    def take_online(self, count: int) -> None:
        for _ in range(count):
            body = m.TakeTicket(channel="kiosk", lane=self.chance.choice(LANES))
            self.online.add(self.steady.ask(m.TakenTicket, "take_ticket", body).ticket.id)

    def lose_lines(self) -> None:
        """Each line is lost in its own way while citizens stand before the kiosk."""
        first, second = self.kiosks
        first.link.cut()
        first.take("A", online=False, kill="print:after")
        first.take("B", online=True)
        if not self.plan.loses_answers:
            second.link.cut()
            return
        second.link.deafen()
        second.take("A", online=True)
        second.link.heal()
        second.catch_up()
        second.link.deafen()
        second.take("B", online=True)
        second.link.cut()
        second.take("C", online=True)

    def go_on(self) -> None:
        """Citizens without the hub, and some of them before a kiosk that is killed."""
        for kiosk in self.kiosks:
            for _ in range(self.plan.citizens):
                is_killed = self.chance.randrange(self.plan.kill_one_in) == 0
                kill = KILLS_WHILE_GIVING[kiosk.kills % len(KILLS_WHILE_GIVING)] if is_killed else ""
                kiosk.take(self.chance.choice(LANES), online=False, priority=self._right(), kill=kill)
        self.take_online(self.plan.citizens)

    def come_back_shortly(self) -> None:
        """The line holds for part of the way back, then is lost again."""
        kiosk = self.chance.choice(self.kiosks)
        kiosk.link.heal()
        kiosk.tell("catch up", self.chance.choice(KILLS_WHILE_BACK))
        kiosk.link.deafen()
        kiosk.tell("catch up")
        kiosk.link.cut()

    def come_back(self) -> None:
        """Everybody at once: two kiosks bring in what they gave while a third goes on."""
        for kiosk, kill in zip(self.kiosks, KILLS_WHILE_BACK, strict=False):
            kiosk.link.heal()
            kiosk.tell("catch up", kill)
        with ThreadPoolExecutor() as pool:
            waiting = [pool.submit(kiosk.catch_up) for kiosk in self.kiosks]
            waiting.append(pool.submit(self.take_online, self.plan.citizens))
            for each in waiting:
                each.result()

    def _right(self) -> Priority:
        return self.chance.choice((Priority.NONE, Priority.NONE, Priority.ELDERLY))


def outage(folder: Path, plan: Plan) -> tuple[int, list[str]]:
    """One outage; how many numbers, kills and losses were tried, and what went wrong."""
    clock = Clock()
    with ExitStack() as stack:
        start = ("--start", clock.base.isoformat(), "--host", "0.0.0.0")
        hub = stack.enter_context(running_hub(folder / "hall", None, *start))
        kiosks = []
        for n, skew in enumerate((timedelta(0), timedelta(hours=-7, minutes=3))):
            link = stack.enter_context(linked(plan.wire, hub.secure_url))
            token = hub.enrol("citizen-kiosk", f"取号机{n}")
            pinned = hub.authority.pem
            kiosks.append(
                Kiosk(link, token, folder / f"kiosk{n}", plan.manner, clock, skew, authority=pinned)
            )
            stack.callback(kiosks[-1].end)
        with ThreadPoolExecutor() as pool:
            list(pool.map(Kiosk.start, kiosks))
        hall = Hall(hub, clock, kiosks, hub.client("citizen-kiosk"), random.Random(plan.seed), plan)
        _play(hall)
        tried = sum(len(each.paper()) + each.kills for each in kiosks) + len(hall.online) + 2 * plan.leaps
        return tried, list(_violations(hall))


def _play(hall: Hall) -> None:
    for kiosk in hall.kiosks:
        kiosk.tell("catch up")
        kiosk.take("A", online=True)
    hall.take_online(hall.plan.citizens)
    hall.lose_lines()
    for leap in range(hall.plan.leaps):
        hall.go_on()
        if leap % 3 == 1:
            hall.come_back_shortly()
        hall.clock.leap(hall.hub, OUTAGE / hall.plan.leaps)
    hall.go_on()
    hall.come_back()
    hall.clock.leap(hall.hub, timedelta(days=5))
    for kiosk in hall.kiosks:
        kiosk.catch_up()


# -- what must hold ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """A ticket in the hub's file."""

    id: int
    number: str
    taken_at: datetime
    sort_at: datetime
    state: str
    priority: str
    lease: int | None


def _violations(hall: Hall) -> Iterator[str]:
    with closing(connect(hall.hub.house.database, read_only=True)) as connection:
        rows = connection.execute(
            "SELECT id, series || substr('00' || number, -max(3, length(number))), taken_at, sort_at, state, "
            "priority, lease FROM tickets"
        ).fetchall()
        tickets = [
            Given(n, number, from_millis(at), from_millis(sort), *rest) for n, number, at, sort, *rest in rows
        ]
        yield from _against_paper(hall, tickets)
        yield from _places(tickets)
        yield from _gaps(connection)
        for line in audit(connection, load_keys(hall.hub.house.key)).wrong:
            yield f"hall check: {line}"
    for kiosk in hall.kiosks:
        yield from _left_behind(kiosk)


def _against_paper(hall: Hall, tickets: Sequence[Given]) -> Iterator[str]:
    """Every slip is one ticket, every ticket at most one slip, each kiosk's in the order of issue."""
    held: Counter[int] = Counter()
    for kiosk in hall.kiosks:
        before: Given | None = None
        for slip in kiosk.paper():
            found = _ticket_of(slip, tickets)
            if found is None:
                yield f"{slip['number']}, printed at {slip['at']}, is not known to the hub"
                continue
            held[found.id] += 1
            if found.state == "cancelled":
                yield f"{slip['number']}, printed at {slip['at']}, was given up at the hub"
            if slip["offline"] != (found.lease is not None):
                yield f"{slip['number']}, printed at {slip['at']}, does not say truly who gave it"
            if before is not None and (before.taken_at >= found.taken_at or before.id >= found.id):
                yield f"{slip['number']} came after {before.number}, but joined before it"
            before = found
    for ticket in tickets:
        if held[ticket.id] > 1:
            yield f"{ticket.number} of {ticket.taken_at} was printed {held[ticket.id]} times"
    yield from _nobody_holds(hall, [ticket for ticket in tickets if not held[ticket.id]])


def _nobody_holds(hall: Hall, unheld: Sequence[Given]) -> Iterator[str]:
    """No slip: the steady kiosk's; a request whose answer was lost; or a kiosk that died before anybody could
    know of a slip.
    """
    lost = [ticket for ticket in unheld if ticket.lease is None and ticket.id not in hall.online]
    for ticket in lost:
        if ticket.state not in ("cancelled", "expired"):
            yield f"{ticket.number} of {ticket.taken_at} is {ticket.state}, but its answer was lost"
    if hall.plan.loses_answers and "cancelled" not in {ticket.state for ticket in lost}:
        yield "no number whose answer was lost was given up on the same day"
    perhaps = sum(1 for ticket in unheld if ticket.lease is not None)
    kills = sum(kiosk.kills for kiosk in hall.kiosks)
    if perhaps > kills:
        yield f"{perhaps} lent numbers joined without a slip, but the kiosks died only {kills} times"


def _ticket_of(slip: Slip, tickets: Sequence[Given]) -> Given | None:
    at = datetime.fromisoformat(slip["at"])
    return next((t for t in tickets if t.number == slip["number"] and abs(t.taken_at - at) < NEAR), None)


def _places(tickets: Sequence[Given]) -> Iterator[str]:
    """Each stands where the rules put one who came then."""
    earlier: Mapping[Priority, int] = Rules().credits
    for ticket in tickets:
        expected = ticket.taken_at - timedelta(minutes=earlier.get(Priority(ticket.priority), 0))
        if ticket.sort_at != expected:
            yield f"{ticket.number} of {ticket.taken_at} stands at {ticket.sort_at}, not at {expected}"


def _gaps(connection: Any) -> Iterator[str]:
    """Of every lease of a past day, each number is a ticket or a gap in the facts, never both."""
    told: dict[int, list[dict[str, Any]]] = {}
    for (data,) in connection.execute("SELECT data FROM facts WHERE name = 'numbers.settled'"):
        told.setdefault(json.loads(data)["lease"], []).append(json.loads(data))
    leases = connection.execute(
        "SELECT id, series, day, first, last FROM leases WHERE day < (SELECT day FROM hall)"
    )
    for lease, lane, day, first, last in leases.fetchall():
        facts = told.get(lease, [])
        if len(facts) != 1:
            yield f"lease {lease} ({lane}, {day}) was settled {len(facts)} times"
            continue
        unused = [n for begin, end in facts[0]["unused"] for n in range(begin, end + 1)]
        given = connection.execute("SELECT number FROM tickets WHERE lease = ?", (lease,)).fetchall()
        if sorted(unused + [n for (n,) in given]) != list(range(first, last + 1)):
            yield f"lease {lease} ({lane}, {day}): its tickets and its gaps are not {first} to {last}"


def _left_behind(kiosk: Kiosk) -> Iterator[str]:
    with closing(connect(kiosk.folder / FILE, read_only=True)) as connection:
        rows = connection.execute("SELECT lane, number, ended FROM entries WHERE ended IS NOT 'joined'")
        for lane, number, ended in rows.fetchall():
            yield f"{lane}{number} was left behind at its kiosk: {ended}"


# -- both forms ----------------------------------------------------------------------------------------------

SHORT = Plan(leaps=2, citizens=1, kill_one_in=2, seed=6)
CONTROLS = ("early", "late")


def tried_in_a_folder(plan: Plan) -> tuple[int, list[str]]:
    with TemporaryDirectory(prefix="p06-") as folder:
        tried, violations = outage(Path(folder), plan)
    where = f"seed {plan.seed}, {plan.wire.__name__}"
    return tried, [f"{violation} ({where})" for violation in violations]


def control_is_caught(manner: str) -> bool:
    """The broken kiosk, through the same outage."""
    plan = Plan(leaps=0, citizens=1, kill_one_in=9, seed=6, manner=manner, loses_answers=False)
    return bool(tried_in_a_folder(plan)[1])


def prove() -> Outcome:
    """Three outages of 72 hours in leaps of six, on cables between namespaces where root may lay them."""
    wires: list[Wire] = [Relay, Cable, Cable] if can_lay_cables() else [Relay] * 3
    tried, violations = 0, []
    for seed, wire in enumerate(wires):
        count, found = tried_in_a_folder(Plan(leaps=12, citizens=4, kill_one_in=6, seed=seed, wire=wire))
        tried += count
        violations += found
    return Outcome("P6", tried, violations, control_caught=all(map(control_is_caught, CONTROLS)))


if __name__ == "__main__":
    sys.exit(0 if prove().holds else 1)
