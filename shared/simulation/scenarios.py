"""What `hall simulate --scenario` can show: each scenario with its figures, its targets, and a seed."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from time import perf_counter

import numpy as np

from shared.domain.estimate import Estimator
from shared.domain.moments import HALL_ZONE
from shared.domain.ordering import Priority
from shared.domain.rules import Rules
from shared.domain.windows import Takes
from shared.figures.table import Figure
from shared.figures.waits import total
from shared.simulation.booked_hall import BookedHall, called_in_time
from shared.simulation.busy_hall import HOUR, BusyHall, strict
from shared.simulation.checks import Referee
from shared.simulation.draw import MINUTE
from shared.simulation.engine import simulate
from shared.simulation.forecaster import Forecaster
from shared.simulation.model import Leg, Scene, Visit, Visitor
from shared.simulation.textbook import TEXTBOOKS, Textbook
from shared.simulation.year import simulated_year

NEAR = 0.03
"""How far from theory a textbook hall may be, over all seeds."""
ON_TIME = 10 * MINUTE
_FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is simulated: `seeds` runs from `seed` on; `visitors` in each run of a textbook hall.

    None takes as many visitors as that hall needs.
    """

    seed: int = 1
    seeds: int = 10
    visitors: int | None = None

    @property
    def each(self) -> range:
        """The seeds."""
        return range(self.seed, self.seed + self.seeds)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named scenario: what it is, and what gives its figures."""

    title: str
    show: Callable[[Size], list[Figure]]


def _textbook(book: Textbook, size: Size) -> list[Figure]:
    number = size.visitors or book.visitors_needed
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # each seed is a run of its own
        found = np.array(list(pool.map(_measured, size.each, repeat(book.name), repeat(number))))
    return [
        _compared(f"{book.title}: {name}", values, expected)
        for (name, _, expected), values in zip(book.expected, found.T, strict=True)
    ]


def _measured(seed: int, name: str, number: int) -> list[float]:
    return TEXTBOOKS[name].measure(seed, number)


def _compared(name: str, values: Sequence[float], expected: float) -> Figure:
    mean = float(np.mean(values))
    off = mean / expected - 1
    spread = f"{min(values):.3f} to {max(values):.3f} in {len(values)} runs"
    target = f"{expected:g} within {NEAR:.0%}"
    return Figure(name, f"{mean:.3f}, {off:+.1%} ({spread})", "", target, abs(off) <= NEAR)


# -- slots booked to the last place --------------------------------------------------------------------


def _booked(size: Size) -> list[Figure]:
    return [
        _kept("hours for appointments only, 80 % of the clerks' time booked", BookedHall(), size),
        _kept("35 % booked beside walk-ins, load 0.80", BookedHall(booked=0.35, walk_ins=0.45), size),
        _kept("35 % booked beside walk-ins, load 0.97", BookedHall(booked=0.35, walk_ins=0.62), size),
    ]


def _kept(name: str, hall: BookedHall, size: Size) -> Figure:
    days = [called_in_time(simulate(hall.scene(seed))) for seed in size.each]
    kept, on_time = sum(day[0] for day in days), sum(day[1] for day in days)
    value = f"{kept / on_time:.2%} of {on_time:,} on time called within 10 min"
    return Figure(name, value, "", "at least 98 %", kept >= 0.98 * on_time)


# -- the hall at its limit ----------------------------------------------------------------------------


def _busy(size: Size) -> list[Figure]:
    hall = BusyHall()
    scenes = [hall.scene(seed) for seed in size.each]
    referees = [Referee(scene.rules) for scene in scenes]
    fair = [simulate(scene, referee) for scene, referee in zip(scenes, referees, strict=True)]
    others = [simulate(strict(scene)) for scene in scenes]
    return [
        _on_time([visit for visits in fair for visit in visits]),
        _gain(fair, others),
        _violations(referees),
        _shifted(scenes[0], fair[0]),
        _later_walk_ins(size),
    ]


def _on_time(visits: Sequence[Visit]) -> Figure:
    late = Rules().appointment_late * MINUTE
    waits = [
        visit.called_at - max(visit.visitor.booked_for, visit.visitor.at)
        for visit in visits
        if visit.visitor.booked_for is not None
        and visit.called_at is not None
        and visit.visitor.at <= visit.visitor.booked_for + late
    ]
    share = sum(wait <= ON_TIME for wait in waits) / len(waits)
    return Figure(
        "appointments called within 10 min of their time", f"{share:.2%} of {len(waits):,}", "",
        "at least 98.5 %", share >= 0.985,
    )  # fmt: skip


def _gain(fair: Sequence[Sequence[Visit]], others: Sequence[Sequence[Visit]]) -> Figure:
    """The 95th percentile of plain walk-ins, of all days together."""
    here = float(np.quantile([wait for visits in fair for wait in _plain_waits(visits, visits)], 0.95))
    there = float(
        np.quantile([w for v, o in zip(fair, others, strict=True) for w in _plain_waits(o, v)], 0.95)
    )
    value = f"{here:.1f} min, under strict priority {there:.1f} min: {there - here:.1f} below"
    return Figure("walk-in 95th percentile", value, "", "at least 10 min below", there - here >= 10)


def _plain_waits(visits: Sequence[Visit], as_drawn: Sequence[Visit]) -> list[float]:
    """Minutes of those who were drawn without booking and priority."""
    return [
        visit.wait / MINUTE
        for visit, drawn in zip(visits, as_drawn, strict=True)
        if drawn.visitor.booked_for is None
        and drawn.visitor.priority is Priority.NONE
        and visit.wait is not None
    ]


def _violations(referees: Sequence[Referee]) -> Figure:
    found = sum((referee.violations for referee in referees), Counter[str]())
    calls = sum(referee.calls for referee in referees)
    value = ", ".join(f"{name}: {count}" for name, count in found.items()) or f"none in {calls:,} calls"
    name = "smallest key, skill, no idle window, credit, restart"
    return Figure(f"violations of the rules ({name})", value, "", "none", not found)


def _shifted(scene: Scene, visits: Sequence[Visit]) -> Figure:
    """The same day with every clock 100 days later."""
    by = 100 * 24 * HOUR
    moved = simulate(
        replace(
            scene,
            visitors=tuple(_later(visitor, by) for visitor in scene.visitors),
            shifts=tuple(replace(s, start=s.start + by, end=s.end + by) for s in scene.shifts),
        )
    )
    different = sum(
        (a.window, a.called_at and a.called_at + by) != (b.window, b.called_at)
        for a, b in zip(visits, moved, strict=True)
    )
    value = f"{different} of {len(visits):,} calls differ"
    return Figure("the same calls under a shift of all clocks", value, "", "none", different == 0)


def _later(visitor: Visitor, by: int) -> Visitor:
    booked = None if visitor.booked_for is None else visitor.booked_for + by
    return replace(visitor, at=visitor.at + by, booked_for=booked)


def _later_walk_ins(size: Size) -> Figure:
    """One more walk-in at a time, in a hall of plain walk-ins: who came before waits no longer.

    With appointments or credits it holds for the order, not for every minute: the newcomer may hold up
    somebody due, who then goes before others at another window than else.
    """
    hall = BusyHall(appointments=0.0, priorities=0.0, transfers=0.0, takes=Takes())
    tried = harmed = 0
    for seed in size.each:
        scene = hall.scene(seed)
        before = {id(visit.visitor): visit for visit in simulate(scene)}
        for at in range(10 * HOUR, 16 * HOUR, 3 * HOUR):
            more = Visitor(at, (Leg("ACDE"[tried % 4], 30 * MINUTE),))
            with_more = simulate(replace(scene, visitors=(*scene.visitors, more)))
            tried += 1
            harmed += sum(_is_harmed(before, visit, at) for visit in with_more)
    value = f"{harmed} waited longer after {tried} more walk-ins"
    return Figure("a later walk-in makes nobody before it wait longer", value, "", "none", harmed == 0)


def _is_harmed(before: dict[int, Visit], visit: Visit, at: int) -> bool:
    if visit.visitor.at >= at:
        return False
    was = before[id(visit.visitor)].wait
    return visit.wait is not None and was is not None and visit.wait > was


# -- estimates and a year -----------------------------------------------------------------------------


def _forecast(size: Size) -> list[Figure]:
    """Promises in the busy hall, by pace alone and with rollouts; the first days teach."""
    found = []
    for rollouts in (False, True):
        forecaster = _days(size, rollouts)
        first = _midnight(0) + timedelta(days=max(1, size.seeds // 3))
        line = total([o for o in forecaster.outcomes if o.taken_at >= first and o.ahead >= 2])
        if line is None:
            continue
        name = (
            "promises by pace or rollout, whichever was right lately"
            if rollouts
            else "promises by pace alone"
        )
        coverage = line.coverage or 0.0
        found.append(
            Figure(
                name,
                f"{coverage:.1%} of {line.promised:,} held; mean error {line.mean_error:.1f} min",
                "", "70 to 90 % held", 0.7 <= coverage <= 0.9,
            )
        )  # fmt: skip
    return found


def _days(size: Size, rollouts: bool) -> Forecaster:
    hall = BusyHall()
    day = [0]
    forecaster = Forecaster(
        Estimator(dict.fromkeys(hall.lanes, 3.0)),
        lambda now: _midnight(day[0]) + timedelta(milliseconds=now),
        rollouts=rollouts,
    )
    for n, seed in enumerate(size.each):
        day[0] = n
        scene = hall.scene(seed)
        forecaster.start(scene.rules, scene.visitors)
        simulate(scene, forecaster)
    return forecaster


def _midnight(day: int) -> datetime:
    return datetime.combine(_FIRST_DAY, time(), HALL_ZONE) + timedelta(days=day)


def _year(size: Size) -> list[Figure]:
    start = perf_counter()
    year = simulated_year(size.seed)
    seconds = perf_counter() - start
    line = total([outcome for outcome in year.outcomes if outcome.ahead >= 2])
    held = "" if line is None or line.coverage is None else f"{line.coverage:.1%} of promises held"
    return [
        Figure(
            "one simulated year of a 24-window hall",
            f"{seconds:.1f} s for {year.tickets:,} tickets of {year.days} days; {held}",
            "", "under 60 s", seconds < 60,
        )
    ]  # fmt: skip


SCENARIOS: dict[str, Scenario] = {
    **{name: Scenario(book.title, partial(_textbook, book)) for name, book in TEXTBOOKS.items()},
    "busy": Scenario("12 windows at load 0.97 with appointments, priorities, no-shows, transfers", _busy),
    "booked": Scenario("12 clerks with 4 lanes between them, every place booked", _booked),
    "forecast": Scenario("the estimate in that hall, by pace and with rollouts", _forecast),
    "year": Scenario("a year of 24 windows with the production order and estimate", _year),
}
