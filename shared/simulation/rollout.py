"""The next hours, played forward from the live state by the production order: who is called when.

Each run draws how long those at the windows still take (given how long they have been there), how long those
who wait will take, which appointments come, and whom a credit brings ahead. The median over the runs is the
foreseen wait. Later walk-ins without a credit are left out: by the rules they make nobody wait longer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from random import Random
from statistics import median

from shared.domain.estimate import Foreseen
from shared.domain.ordering import Key, Place, Priority
from shared.domain.rules import MINUTE, Rules
from shared.domain.windows import Desk
from shared.simulation.engine import SimulatedHall
from shared.simulation.model import Leg, Scene, Shift, Visit, Visitor

_LAST = 2**40
"""A number after all others."""
_CALLS_PER_FORECAST = 900
"""How many simulated calls one forecast may cost: what keeps it below its 50 ms."""
_FIRST_OF_LANE = 60
"""No minutes are promised to anybody further back in a lane, so nobody further back is played."""
_HORIZON = 120 * MINUTE
"""No minutes are promised beyond it, so nothing after it is played."""


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A citizen at a window since a moment; their lane tells how long that usually takes."""

    no: int
    lane: str
    since: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket in line."""

    id: int
    lane: str
    place: Place
    for_window: int | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment that has not checked in yet."""

    booked_for: int
    lane: str


@dataclass(frozen=True, slots=True)
class Live:
    """The hall at `now`, as much as decides who waits how long."""

    now: int
    rules: Rules
    desks: tuple[Desk, ...]
    """Windows that are open now."""
    at_windows: tuple[AtWindow, ...]
    waiting: tuple[Waiting, ...]
    spans: Mapping[str, Sequence[int]]
    """What the last services of each lane took, in ms; one at least for each lane that anybody may call."""
    booked: tuple[Booked, ...] = ()
    no_shows: float = 0.0
    """The part of calls that nobody answers."""
    priorities: Mapping[str, float] = field(default_factory=dict)
    """Expected arrivals with a credit, per lane and minute."""


def foresee(live: Live, seed: int = 0, runs: int | None = None) -> Foreseen:
    """Play the live state forward. A ticket that no run called has no foreseen wait."""
    random = Random(seed)  # noqa: S311 - chance, not secrets
    ghosts = _ghosts(live)
    live = replace(live, waiting=_near(live))
    found: defaultdict[object, list[float]] = defaultdict(list)
    for _ in range(_runs(live) if runs is None else runs):
        for key, visit in _play(live, random, ghosts):
            called = visit.called_at
            found[key].append(inf if called is None else (called - live.now) / MINUTE)
    likely = {key: wait for key, waits in found.items() if (wait := median(waits)) < inf}
    return Foreseen(
        live.now,
        {key: wait for key, wait in likely.items() if isinstance(key, int)},
        {key[1]: wait for key, wait in likely.items() if isinstance(key, tuple) and key[0] == "plain"},
        {key[1]: wait for key, wait in likely.items() if isinstance(key, tuple) and key[0] == "credit"},
    )


def _near(live: Live) -> tuple[Waiting, ...]:
    """The first of each lane, in the order of the rule."""
    ordered = sorted(live.waiting, key=lambda ticket: ticket.place.key(live.now))
    seen: Counter[str] = Counter()
    near = []
    for ticket in ordered:
        seen[ticket.lane] += 1
        if seen[ticket.lane] <= _FIRST_OF_LANE:
            near.append(ticket)
    return tuple(near)


def _runs(live: Live) -> int:
    return max(
        5, min(40, _CALLS_PER_FORECAST // (len(live.waiting) + len(live.booked) + len(live.desks) + 1))
    )


def _ghosts(live: Live) -> list[tuple[object, Visitor]]:
    """One newcomer of each kind and lane, who takes no window's time and so delays nobody.

    None where more stand before them than are played: their wait would be that of somebody further ahead.
    """
    credit = max(live.rules.credits.values()) * MINUTE
    lanes = sorted({lane for desk in live.desks for lane in desk.lanes})
    places = [
        ((kind, lane), Place(live.now - lead, None, _LAST, lane))
        for kind, lead in (("plain", 0), ("credit", credit))
        for lane in lanes
    ]
    lines: defaultdict[str, list[Key]] = defaultdict(list)
    for ticket in live.waiting:
        lines[ticket.lane].append(ticket.place.key(live.now))
    return [
        ((kind, lane), Visitor(live.now - 1, (Leg(lane, 0),), place=place))
        for (kind, lane), place in places
        if sum(map(place.key(live.now).__gt__, lines[lane])) <= _FIRST_OF_LANE
    ]


def _play(live: Live, random: Random, ghosts: list[tuple[object, Visitor]]) -> list[tuple[object, Visit]]:
    """One run: the visits of those who wait now and of the newcomers."""
    draw = Draw(live, random)
    known: list[tuple[object, Visitor]] = [(ticket.id, draw.waiting(ticket)) for ticket in live.waiting]
    known += ghosts
    others = [*draw.appointments(), *draw.credited()]
    desks = sorted(live.desks, key=lambda desk: len(desk.lanes))  # of two free ones, as the rule chooses
    shifts = tuple(Shift(desk, draw.free_at(desk.no), 2**60) for desk in desks)
    visitors = tuple(visitor for _, visitor in known) + tuple(others)
    scene = Scene(visitors, shifts, live.rules, until=live.now + _HORIZON)
    visits = {id(visit.visitor): visit for visit in _Played(scene, known).run()}
    return [(key, visits[id(visitor)]) for key, visitor in known]


class _Played(SimulatedHall):
    """A hall where the line is not longer for its ghosts: no window helps on their account."""

    def __init__(self, scene: Scene, known: Sequence[tuple[object, Visitor]]) -> None:
        super().__init__(scene)
        self._ghosts: defaultdict[str, list[int]] = defaultdict(list)
        for number, (key, visitor) in enumerate(known, 1):  # they join first, in this order
            if isinstance(key, tuple):
                self._ghosts[visitor.legs[0].lane].append(number)

    def _length(self, lane: str) -> int:
        line = self.lines[lane]
        return len(line) - sum(ghost in line for ghost in self._ghosts[lane]) or len(line)


class Draw:
    """What one run draws from the live state."""

    def __init__(self, live: Live, random: Random) -> None:
        self._live = live
        self._random = random
        self._busy = {at.no: at for at in live.at_windows}

    def span(self, lane: str) -> int:
        spans = self._live.spans[lane]
        return self._random.choice(spans)

    def waiting(self, ticket: Waiting) -> Visitor:
        comes = bool(self._random.random() >= self._live.no_shows)
        leg = Leg(ticket.lane, self.span(ticket.lane), ticket.for_window)
        joined = self._live.now - 1  # so that a window which is free at once finds the whole line
        return Visitor(joined, (leg,), comes=comes, place=ticket.place)

    def free_at(self, no: int) -> int:
        """When a window is free: a span at least as long as they have been there already, less that."""
        now, at = self._live.now, self._busy.get(no)
        if at is None:
            return now
        age = now - at.since
        longer = [span for span in self._live.spans[at.lane] if span > age]
        if longer:
            return at.since + self._random.choice(longer)
        return now + self.span(at.lane) // 2  # longer than any before: nobody knows, so about half of one

    def appointments(self) -> list[Visitor]:
        """Those who are still to come, a little before their time."""
        early = self._live.rules.appointment_early * MINUTE
        return [
            Visitor(
                max(self._live.now, booked.booked_for - int(early * self._random.random())),
                (Leg(booked.lane, self.span(booked.lane)),),
                booked_for=booked.booked_for,
            )
            for booked in self._live.booked
            if self._random.random() >= self._live.no_shows and booked.lane in self._live.spans
        ]

    def credited(self) -> list[Visitor]:
        """Whom a credit will bring ahead of somebody who waits now: they come within the longest credit."""
        now, credit = self._live.now, max(self._live.rules.credits.values())
        return [
            Visitor(at, (Leg(lane, self.span(lane)),), Priority.ELDERLY)
            for lane, rate in self._live.priorities.items()
            for at in self.moments(rate, now, now + credit * MINUTE)
        ]

    def moments(self, rate: float, start: int, end: int) -> Iterator[int]:
        """A Poisson process of `rate` a minute."""
        at = float(start)
        while rate > 0 and (at := at + self._random.expovariate(rate) * MINUTE) < end:
            yield int(at)
