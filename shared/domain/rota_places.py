"""Who sits where: places for those on duty, as many as can be had, and what is missing by name.

A maximum matching for each span (augmenting paths, Kuhn 1955), so that nobody with a rare skill sits where
somebody else could. Who already had a place that day keeps it where that costs nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from shared.domain.rota import Duty
from shared.domain.rota_plan import Clerk, Demand, RotaPlan
from shared.domain.rota_shortage import Shortage, Unmet

_STEP = 7
"""Places by which the turn moves on from day to day: few halls have a multiple of it in clerks."""
OnShift = Mapping[str, str]
"""Clerk number -> code of the shift, of one day."""


def placed(plan: RotaPlan, day: date, on: OnShift) -> tuple[Duty, ...]:
    """The duties of a date, a span each, with the places."""
    return tuple(_duties(plan, day, on))


def unplaced(plan: RotaPlan, day: date, duties: tuple[Duty, ...]) -> Iterator[Shortage]:
    """What the duties of a date leave short, by span and lanes."""
    for demand in demands_of(plan, day):
        at = {duty.clerk: duty.place for duty in duties if duty.span == demand.span}
        there = sum(place == demand.lanes for place in at.values())
        if there < demand.wanted:
            yield named(plan, demand, demand.wanted - there, at)


def named(plan: RotaPlan, demand: Demand, missing: int, at: Mapping[str, str]) -> Shortage:
    """A demand that is so many short, and where those are who have the skill. `at`: clerk -> place, then."""
    able = [clerk for clerk in plan.clerks if clerk.can(demand.lanes)]
    away = sum(demand.day in clerk.leave for clerk in able)
    return Shortage(
        Unmet.PLACE,
        missing,
        demand.day,
        demand.span,
        demand.lanes,
        demand.wanted,
        len(able),
        away,
        sum(clerk.number not in at for clerk in able) - away,
        sum(at.get(clerk.number, "") not in ("", demand.lanes) for clerk in able),
    )


def leader_short(plan: RotaPlan, day: date, on: OnShift) -> Shortage | None:
    """The leaders that an open day is short of."""
    there = sum(clerk.leads for clerk in plan.clerks if clerk.number in on)
    missing = plan.rules.leaders - there
    return Shortage(Unmet.LEADER, missing, day) if missing > 0 else None


def demands_of(plan: RotaPlan, day: date) -> list[Demand]:
    """The demands of a date, those first that the fewest can meet."""
    found = [demand for demand in plan.demands if demand.day == day]
    return sorted(found, key=lambda demand: (demand.span, _able(plan, demand), demand.lanes))


def _able(plan: RotaPlan, demand: Demand) -> int:
    return sum(clerk.can(demand.lanes) for clerk in plan.clerks)


def _duties(plan: RotaPlan, day: date, on: OnShift) -> Iterator[Duty]:
    before: dict[str, list[str]] = {}
    clerks = _in_turn([clerk for clerk in plan.clerks if clerk.number in on], day)
    for span in plan.spans_on(day):
        there = [clerk for clerk in clerks if plan.shift(on[clerk.number]).covers(span)]
        demands = [demand for demand in demands_of(plan, day) if demand.span == span]
        seated = _matched(demands, there, before)
        for clerk in there:
            place = seated.get(clerk.number, "")
            before.setdefault(clerk.number, []).insert(0, place)
            yield Duty(day, span, clerk.number, on[clerk.number], place)


def _in_turn(clerks: list[Clerk], day: date) -> list[Clerk]:
    """Another one first each day, so that nobody is always in reserve; it changes nothing else."""
    turn = _STEP * day.toordinal() % max(1, len(clerks))
    return clerks[turn:] + clerks[:turn]


def _matched(demands: list[Demand], clerks: list[Clerk], before: Mapping[str, list[str]]) -> dict[str, str]:
    """Clerk number -> lanes, of as many as can have a place."""
    seats = [demand.lanes for demand in demands for _ in range(demand.wanted)]
    taken: dict[int, Clerk] = {}
    for clerk in clerks:
        seat = _kept_seat(seats, taken, before.get(clerk.number, []))
        if seat is not None:
            taken[seat] = clerk
    seated = {clerk.number for clerk in taken.values()}
    for clerk in clerks:
        if clerk.number not in seated:
            _augment(clerk, seats, taken, set())
    return {clerk.number: seats[seat] for seat, clerk in taken.items()}


def _kept_seat(seats: list[str], taken: Mapping[int, Clerk], before: list[str]) -> int | None:
    """A free seat at the place that a clerk had last; else at one of earlier that day."""
    free = [(lanes, n) for n, lanes in enumerate(seats) if n not in taken]
    return next((n for place in before for lanes, n in free if lanes == place), None)


def _augment(clerk: Clerk, seats: list[str], taken: dict[int, Clerk], tried: set[int]) -> bool:
    """Seat a clerk, moving others if need be; False when nobody more can be seated."""
    for seat, lanes in enumerate(seats):
        if seat in tried or not clerk.can(lanes):
            continue
        tried.add(seat)
        sitting = taken.get(seat)
        if sitting is None or _augment(sitting, seats, taken, tried):
            taken[seat] = clerk
            return True
    return False
