"""Which window to open, close or move in the next hour, and what it is worth: rollouts with and without it.

Every alternative meets the same drawn people, so that the difference is the window's and not chance's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from statistics import fmean

from shared.domain.rules import MINUTE
from shared.domain.windows import Desk
from shared.simulation.engine import simulate
from shared.simulation.model import End, Leg, Scene, Shift, Visit, Visitor
from shared.simulation.rollout import Draw, Live

HOUR = 60 * MINUTE
RUNS = 12
LEAST_GAIN = 5.0
"""Minutes that the longest wait must fall for advice to be worth a walk."""
LEAST_SAVED = 30.0
"""Or so many minutes of waiting saved, of all people together."""
HARMLESS = 3.0
"""Minutes that a mean wait may grow where a window is closed."""
SHORT = 10.0
"""A hall whose longest wait is shorter may close a window."""
_MOVES_TRIED = 6


class Action(StrEnum):
    """What to do with a window."""

    OPEN = "open"
    CLOSE = "close"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Waits of those who wait now or come within the hour: minutes to the call, counted to the hour's end."""

    people: float
    mean: float
    longest: float


@dataclass(frozen=True, slots=True)
class Advice:
    """One action: `window` is opened or closed; for a move, its clerk comes from window `from_window`."""

    action: Action
    window: int
    from_window: int | None
    lanes: tuple[str, ...]
    before: Outlook
    after: Outlook

    @property
    def saved(self) -> float:
        """Minutes of waiting saved, of all people together."""
        return (self.before.mean - self.after.mean) * self.before.people


def advise(
    live: Live, closed: Sequence[Desk], arrivals: Mapping[str, float], seed: int = 0
) -> tuple[Advice, ...]:
    """The worthwhile actions, the best first. `arrivals`: numbers taken in each lane a minute."""
    scenes = [_scene(live, arrivals, Random(seed + run)) for run in range(RUNS)]  # noqa: S311 - chance
    before = _outlook(scenes, live.now)
    found = [
        Advice(
            action,
            no,
            source,
            lanes,
            before,
            _outlook([_with(s, action, desk, source, live.now) for s in scenes], live.now),
        )
        for action, no, source, lanes, desk in _candidates(live, closed, before)
    ]
    worth = [advice for advice in found if _is_worthwhile(advice)]
    return tuple(sorted(worth, key=lambda advice: -advice.saved))


def _is_worthwhile(advice: Advice) -> bool:
    if advice.action is Action.CLOSE:
        return advice.after.longest < SHORT and advice.after.mean - advice.before.mean < HARMLESS
    return advice.saved > 0 and (
        advice.before.longest - advice.after.longest >= LEAST_GAIN or advice.saved >= LEAST_SAVED
    )


Candidate = tuple[Action, int, int | None, tuple[str, ...], Desk]


def _candidates(live: Live, closed: Sequence[Desk], before: Outlook) -> Iterator[Candidate]:
    if before.longest < SHORT:
        if len(live.desks) > 1:
            yield from ((Action.CLOSE, desk.no, None, desk.lanes, desk) for desk in _spare(live))
        return
    waiting = {ticket.lane for ticket in live.waiting}
    useful = _one_of_each(desk for desk in closed if waiting & set(desk.lanes))
    yield from ((Action.OPEN, desk.no, None, desk.lanes, desk) for desk in useful)
    sources = [desk for desk in live.desks if not waiting & set(desk.own)]
    moves = [(source, desk) for source in _one_of_each(sources) for desk in useful]
    for source, desk in moves[:_MOVES_TRIED]:
        yield Action.MOVE, desk.no, source.no, desk.lanes, desk


def _spare(live: Live) -> list[Desk]:
    """Windows whose lanes others serve too, nobody at them first."""
    busy = {at.no for at in live.at_windows}
    found = [
        desk
        for desk in live.desks
        if all(any(lane in other.lanes for other in live.desks if other is not desk) for lane in desk.lanes)
    ]
    return sorted(_one_of_each(found), key=lambda desk: (desk.no in busy, desk.no))


def _one_of_each(desks: "Iterator[Desk] | Sequence[Desk]") -> list[Desk]:
    """The first window of each kind: two with the same skills are one question."""
    found: dict[object, Desk] = {}
    for desk in desks:
        found.setdefault((desk.own, desk.also, desk.takes), desk)
    return list(found.values())


def _scene(live: Live, arrivals: Mapping[str, float], random: Random) -> Scene:
    draw = Draw(live, random)
    end = live.now + HOUR
    waiting = sorted(live.waiting, key=lambda ticket: ticket.place.key(live.now))
    visitors: list[Visitor] = [draw.waiting(ticket) for ticket in waiting]
    visitors += draw.appointments()
    visitors += [
        Visitor(at, (Leg(lane, draw.span(lane)),))
        for lane, rate in sorted(arrivals.items())
        for at in draw.moments(rate, live.now, end)
    ]
    shifts = tuple(Shift(desk, draw.free_at(desk.no), 2**60) for desk in live.desks)
    return Scene(tuple(visitors), shifts, live.rules, until=end)


def _with(scene: Scene, action: Action, desk: Desk, source: int | None, now: int) -> Scene:
    gone = desk.no if action is Action.CLOSE else source
    shifts = tuple(shift for shift in scene.shifts if shift.desk.no != gone)
    if action is not Action.CLOSE:
        freed = next((shift.start for shift in scene.shifts if shift.desk.no == source), None)
        start = min((shift.start for shift in scene.shifts), default=now) if freed is None else freed
        shifts += (Shift(desk, start, 2**60),)
    return replace(scene, shifts=shifts)


def _outlook(scenes: Sequence[Scene], now: int) -> Outlook:
    """The means over all runs."""
    results = [_minutes(simulate(scene), now) for scene in scenes]
    full = [minutes for minutes in results if minutes]
    if not full:
        return Outlook(0.0, 0.0, 0.0)
    return Outlook(
        fmean(len(minutes) for minutes in results), fmean(map(fmean, full)), fmean(max(m) for m in full)
    )


def _minutes(visits: Sequence[Visit], now: int) -> list[float]:
    """From the ticket to the call, or to the end of the hour for whoever still waits then."""
    end = now + HOUR
    return [
        ((visit.called_at or end) - _taken(visit)) / MINUTE
        for visit in visits
        if visit.end is not End.LEFT and visit.visitor.booked_for is None
    ]


def _taken(visit: Visit) -> int:
    """The moment of the ticket: for those who wait already, their place knows it nearly enough."""
    place = visit.visitor.place
    return visit.visitor.at if place is None else min(place.sort_at, visit.visitor.at)
