"""A rota put together from who is on which shift: places, owed rest booked, and what is missing by name."""

from collections.abc import Iterator, Mapping
from datetime import date

from shared.domain.rota import Goal, OwedRest, Rota
from shared.domain.rota_places import OnShift, leader_short, placed, unplaced
from shared.domain.rota_plan import DAY, WEEK, Clerk, RotaPlan, fairness_counts, monday_of
from shared.domain.rota_shortage import Shortage, Unmet, gravest_first


def assembled(plan: RotaPlan, on: Mapping[date, OnShift], goals: tuple[Goal, ...] = ()) -> Rota:
    """The rota of who is on which shift each day; every rest that can be taken is booked."""
    found = [duty for day, shifts in on.items() if shifts for duty in placed(plan, day, shifts)]
    rests = tuple(sorted(rest for clerk in plan.clerks for rest in _rests(plan, clerk, on)))
    return with_shortages(Rota(plan, tuple(sorted(found)), rests, (), goals))


def shifts_of(rota: Rota) -> dict[date, dict[str, str]]:
    """Who is on which shift each day of the period: what `assembled` takes."""
    on: dict[date, dict[str, str]] = {day: {} for day in rota.plan.days}
    for duty in rota.duties:
        on[duty.day][duty.clerk] = duty.shift
    return on


def with_shortages(rota: Rota) -> Rota:
    """The same rota with everything it leaves unmet, as its duties and rests are now."""
    found = (*_short_places(rota), *_overdue(rota), *_uneven(rota))
    return Rota(rota.plan, rota.duties, rota.rests, gravest_first(found), rota.goals)


def _short_places(rota: Rota) -> Iterator[Shortage]:
    for day in sorted(rota.plan.open_days):
        duties = tuple(duty for duty in rota.duties if duty.day == day)
        yield from unplaced(rota.plan, day, duties)
        missing = leader_short(rota.plan, day, {duty.clerk: duty.shift for duty in duties})
        if missing is not None:
            yield missing


def _overdue(rota: Rota) -> Iterator[Shortage]:
    for number, past in rota.carried().items():
        for earned in past.owed:
            if due_by(earned, rota.plan.rules.owed_weeks) <= rota.plan.last:
                yield Shortage(Unmet.REST, 1, earned, clerk=number)


def due_by(earned: date, weeks: int) -> date:
    """The last day on which the rest for a day on duty may be taken."""
    return monday_of(earned) + DAY * (WEEK * (weeks + 1) - 1)


def _uneven(rota: Rota) -> Iterator[Shortage]:
    beyond = weekend_range(rota) - 1
    if beyond > 0:
        yield Shortage(Unmet.EVEN, beyond)


def weekend_range(rota: Rota) -> int:
    """By how much weekend days differ: the most of those who serve one here, the least of those who share."""
    serving = [
        rota.weekend_load(clerk.number)
        for clerk in rota.plan.clerks
        if rota.days_of(clerk.number) & rota.plan.weekend_days
    ]
    sharing = [rota.weekend_load(clerk.number) for clerk in fairness_counts(rota.plan)]
    return max(0, max(serving) - min(sharing)) if serving and sharing else 0


def _rests(plan: RotaPlan, clerk: Clerk, on: Mapping[date, OnShift]) -> Iterator[OwedRest]:
    """Each rest for the oldest day on duty that it can be for."""
    worked = {day for day, shifts in on.items() if clerk.number in shifts}
    owed = sorted([*clerk.past.owed, *(worked & plan.weekend_days)])
    for day in sorted((plan.open_days & plan.workdays) - clerk.leave - worked):
        while owed and due_by(owed[0], plan.rules.owed_weeks) < day:
            owed.pop(0)  # too late for this one: it stays owed, by name
        if owed and monday_of(owed[0]) <= monday_of(day):
            yield OwedRest(day, clerk.number, owed.pop(0))
