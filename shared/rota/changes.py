"""Changes of a rota that stands: a swap of days, a clerk who falls ill, and who could stand in.

Each returns the rota as it would be, checked by the same rules as a new one; what would break a rule, or
leave something short that was not, is refused with its sentence. That weekends are shared less evenly is no
reason to refuse: the two agreed, and the next rota makes up for it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shared.domain.hours_words import Words
from shared.domain.rota import Rota
from shared.domain.rota_assembly import assembled, shifts_of
from shared.domain.rota_plan import DAY, Clerk
from shared.domain.rota_shortage import Shortage, Unmet
from shared.rota.checker import Violation, check


class ChangeError(ValueError):
    """A change that cannot be: `words` say why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words: Words = (zh, en)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who could take over, within all rules. `short` is what the day still lacks then."""

    clerk: Clerk
    was_in_reserve: bool
    """Comes anyway, and has no place."""
    running: int
    """Days on duty in a row up to and with this one."""
    weekends: int
    short: tuple[Shortage, ...]


def swapped(rota: Rota, one: str, day: date, other: str, other_day: date) -> Rota:
    """Two clerks exchange days: `one` gives `day` away and takes `other_day` over. Raises ChangeError."""
    on = shifts_of(rota)
    _require_duty(on, one, day)
    _require_duty(on, other, other_day)
    if one == other or (day != other_day and (other in on[day] or one in on[other_day])):
        raise ChangeError(
            "双方须各在自己的一天上班、在对方的一天休息",
            "each of the two must work on the day that they give, and be free on the day that they take",
        )
    first, second = on[day].pop(one), on[other_day].pop(other)
    on[day][other], on[other_day][one] = first, second
    return _allowed(rota, assembled(rota.plan, on))


def without(rota: Rota, number: str, days: frozenset[date]) -> Rota:
    """The rota once a clerk is on leave on these days; what that leaves short is named in it."""
    clerks = tuple(
        replace(clerk, leave=clerk.leave | days) if clerk.number == number else clerk
        for clerk in rota.plan.clerks
    )
    on = shifts_of(rota)
    for day in days & on.keys():
        on[day].pop(number, None)
    return assembled(replace(rota.plan, clerks=clerks), on)


def with_stand_in(rota: Rota, number: str, day: date, shift: str) -> Rota:
    """The rota once somebody takes a shift over. Raises ChangeError."""
    clerk = rota.plan.clerk(number)
    on = shifts_of(rota)
    if clerk is None or day not in on:
        raise ChangeError("人员或日期不在这份排班内", "this clerk or day is not in the rota")
    on[day][number] = shift
    return _allowed(rota, assembled(rota.plan, on))


def stand_ins(rota: Rota, day: date, shift: str) -> list[StandIn]:
    """Who could take a shift of a day over, best first.

    Those in reserve come first, then whoever is most rested, has served the fewest weekends, and has the
    fewest skills that another place might need.
    """
    found = [candidate for clerk in rota.plan.clerks if (candidate := _candidate(rota, clerk, day, shift))]
    return sorted(found, key=_rank)


def missing(shortages: tuple[Shortage, ...], day: date | None = None) -> int:
    """Clerks short, of one day or all."""
    return sum(s.missing for s in shortages if s.kind is Unmet.PLACE and day in (None, s.day))


def _rank(stand_in: StandIn) -> tuple[object, ...]:
    clerk = stand_in.clerk
    return (
        missing(stand_in.short),
        not stand_in.was_in_reserve,
        stand_in.running,
        stand_in.weekends,
        len(clerk.skills),
        clerk.number,
    )


def _candidate(rota: Rota, clerk: Clerk, day: date, shift: str) -> StandIn | None:
    """The clerk as a stand-in, if that is within the rules and fills a place that is short now."""
    before = missing(rota.shortages, day)
    try:
        after = with_stand_in(rota, clerk.number, day, shift)
    except ChangeError:
        return None
    short = tuple(s for s in after.shortages if s.day == day)
    if missing(short) >= before:
        return None
    was_there = day in rota.days_of(clerk.number)
    running = _running(after, clerk, day)
    return StandIn(clerk, was_there, running, after.weekend_load(clerk.number), short)


def _running(rota: Rota, clerk: Clerk, day: date) -> int:
    worked = rota.days_of(clerk.number) | clerk.past.worked
    count = 0
    while day - DAY * count in worked:
        count += 1
    return count


def _require_duty(on: Mapping[date, Mapping[str, str]], number: str, day: date) -> None:
    if number not in on.get(day, {}):
        raise ChangeError(f"{number} 在 {day} 没有班", f"{number} is not on duty on {day}")


def _allowed(before: Rota, after: Rota) -> Rota:
    """The changed rota, if it breaks nothing and lacks nothing more than before. Raises ChangeError."""
    standing = {_key(violation) for violation in check(before)}
    for violation in check(after):
        if _key(violation) not in standing:
            raise ChangeError(*violation.in_words())
    for shortage in _worse(before, after):
        raise ChangeError(*shortage.in_words())
    return after


def _worse(before: Rota, after: Rota) -> Iterator[Shortage]:
    known = Counter({shortage.key: shortage.missing for shortage in before.shortages})
    grown = (shortage for shortage in after.shortages if shortage.missing > known[shortage.key])
    return (shortage for shortage in grown if shortage.kind is not Unmet.EVEN)


def _key(violation: Violation) -> tuple[object, ...]:
    return violation.rule, violation.clerk, violation.day
