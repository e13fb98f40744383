"""What if a window had been open, or closed: the same day with other windows, and its other waits."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from shared.domain.rules import MINUTE
from shared.domain.windows import Desk
from shared.simulation.engine import simulate
from shared.simulation.model import Scene, Shift, Visit

AFTERWARDS = 60 * MINUTE
"""How long after the change its effect is looked at."""


@dataclass(frozen=True, slots=True)
class Change:
    """Window `no` calls `lanes` from `start` to `end` (ms), whatever it did before; none: it is closed."""

    no: int
    lanes: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits in minutes of the tickets that waited for their first call in a span of time."""

    tickets: int
    mean: float
    longest: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A lane before and after."""

    lane: str
    before: Waits
    after: Waits


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Both runs, in the same order of visitors, and the effect on every lane that anybody waited in."""

    before: tuple[Visit, ...]
    after: tuple[Visit, ...]
    effects: tuple[Effect, ...]


_OPEN = re.compile(r"([0-9]{1,3}):([A-Z](?:,[A-Z])*)@([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")
_CLOSE = re.compile(r"([0-9]{1,3})@([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})")


def opening(text: str, moment: Callable[[str], int]) -> Change:
    """`7:F,G@10:10-11:20` as a change; `moment` turns a time of the day into ms. Raises ValueError."""
    found = _OPEN.fullmatch(text)
    if found is None:
        raise ValueError(f'{text!r} is no opening: write "7:F@10:10-11:20", window 7 for lane F')
    return _change(found[1], tuple(found[2].split(",")), moment(found[3]), moment(found[4]))


def closing(text: str, moment: Callable[[str], int]) -> Change:
    """`3@10:00-11:00` as a change. Raises ValueError."""
    found = _CLOSE.fullmatch(text)
    if found is None:
        raise ValueError(f'{text!r} is no closing: write "3@10:00-11:00"')
    return _change(found[1], (), moment(found[2]), moment(found[3]))


def _change(no: str, lanes: tuple[str, ...], start: int, end: int) -> Change:
    if end <= start:
        raise ValueError(f"window {no}: the change must end after it begins")
    return Change(int(no), lanes, start, end)


def changed(scene: Scene, changes: Sequence[Change]) -> Scene:
    """The scene with other windows."""
    shifts = scene.shifts
    for change in changes:
        shifts = tuple(part for shift in shifts for part in _around(shift, change))
        if change.lanes:
            shifts += (Shift(Desk(change.no, change.lanes), change.start, change.end),)
    return replace(scene, shifts=shifts)


def _around(shift: Shift, change: Change) -> list[Shift]:
    """What is left of a shift outside the change."""
    if shift.desk.no != change.no or shift.end <= change.start or shift.start >= change.end:
        return [shift]
    parts = [replace(shift, end=change.start), replace(shift, start=change.end)]
    return [part for part in parts if part.start < part.end]


def what_if(scene: Scene, changes: Sequence[Change]) -> WhatIf:
    """Run the scene as it is and as it would be."""
    start, end = min(c.start for c in changes), max(c.end for c in changes) + AFTERWARDS
    before = simulate(replace(scene, until=_until(scene, end)))
    after = simulate(replace(changed(scene, changes), until=_until(scene, end)))
    lanes = sorted({visit.visitor.legs[0].lane for visit in before})
    concerned = [n for n, visit in enumerate(before) if _waits_within(visit, start, end)]
    concerned += [n for n, visit in enumerate(after) if _waits_within(visit, start, end)]
    effects = [
        Effect(lane, _waits(before, lane, set(concerned), end), _waits(after, lane, set(concerned), end))
        for lane in lanes
    ]
    return WhatIf(tuple(before), tuple(after), tuple(e for e in effects if e.before.tickets))


def _until(scene: Scene, end: int) -> int:
    """The run ends with the day: long after the last visitor came."""
    return max([end, *(visitor.at for visitor in scene.visitors)]) + 12 * 60 * MINUTE


def _waits_within(visit: Visit, start: int, end: int) -> bool:
    called_at = visit.called_at
    return visit.visitor.at < end and (called_at is None or called_at >= start)


def _waits(visits: Sequence[Visit], lane: str, concerned: Collection[int], end: int) -> Waits:
    """Those of the lane; one who was never called waited until the end that is looked at."""
    found = [
        (visit.called_at if visit.called_at is not None else visit.ended_at or end) - visit.visitor.at
        for n, visit in enumerate(visits)
        if n in concerned and visit.visitor.legs[0].lane == lane
    ]
    minutes = [max(0, wait) / MINUTE for wait in found]
    return Waits(len(minutes), fmean(minutes), max(minutes)) if minutes else Waits(0, 0.0, 0.0)


def by_lane(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    """Visits by the lane that they came for."""
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.visitor.legs[0].lane].append(visit)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How like the recorded day its replay is: mean waits in minutes, and the part of first calls near."""

    recorded: float
    simulated: float
    near: float


NEAR = 2 * MINUTE


def fidelity(scene: Scene, waited: Sequence[int | None]) -> Fidelity:
    """Play the scene and compare first calls with those recorded (ms waited, None for no call)."""
    visits = simulate(replace(scene, until=_until(scene, 0)))
    by_visitor = {id(visit.visitor): visit for visit in visits}
    pairs = [
        (was, wait)
        for visitor, was in zip(scene.visitors, waited, strict=True)
        if was is not None and (wait := by_visitor[id(visitor)].wait) is not None
    ]
    if not pairs:
        return Fidelity(0.0, 0.0, 0.0)
    return Fidelity(
        fmean(was for was, _ in pairs) / MINUTE,
        fmean(wait for _, wait in pairs) / MINUTE,
        fmean(abs(was - wait) <= NEAR for was, wait in pairs),
    )
