"""The checker sees each rule broken: a good rota is changed in one place, and exactly that is told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.domain.rota import Duty, OwedRest, Rota
from shared.domain.rota_assembly import assembled
from shared.domain.rota_plan import DAY, Demand, Past, RotaRules
from shared.domain.rota_shortage import Shortage, Unmet
from shared.rota.checker import _RULES, Rule, check
from tests.rota.plans import AFTERNOON, EVENING, MONDAY, MORNING, WEEKEND, clerk, plan_of, week

SATURDAY, FRIDAY = MONDAY + DAY * 5, MONDAY + DAY * 4
ON_DUTY = "12"


@pytest.fixture
def good() -> Rota:
    """Clerk 1 leads and works Tuesday to Saturday; clerk 2 the weekdays; clerk 3 is on leave."""
    people = [
        clerk("1", "AB", leads=True),
        clerk("2", "B", leads=True, past=Past(weekends=1, worked=frozenset({MONDAY - DAY}))),
        clerk("3", "A", leave=frozenset(MONDAY + DAY * n for n in range(7))),
    ]
    demands = [*week("AB", 1), Demand(SATURDAY, WEEKEND, "A", 1), Demand(FRIDAY, EVENING, "B", 1)]
    plan = plan_of(people, demands, rules=RotaRules())
    on = {MONDAY + DAY * n: {"1": "D", "2": "D"} if n else {"2": "D"} for n in range(5)}
    on[FRIDAY] = {"1": "D", "2": "E"}
    on[SATURDAY] = {"1": "W"}
    return assembled(plan, on)


def test_the_good_rota_is_good(good: Rota) -> None:
    assert check(good) == []
    assert good.shortages == ()
    assert good.rests == (OwedRest(MONDAY, "1", SATURDAY),)


def duty(good: Rota, **of: object) -> Duty:
    """The first duty with these values."""
    return next(one for one in good.duties if all(getattr(one, k) == v for k, v in of.items()))


def moved(good: Rota, old: Duty, *new: Duty) -> Rota:
    return replace(good, duties=tuple(one for one in good.duties if one != old) + new)


def a_stranger(good: Rota) -> Rota:
    first = good.duties[0]
    return moved(good, first, replace(first, clerk="9"))


def on_leave(good: Rota) -> Rota:
    return moved(good, found := duty(good, clerk="2", day=FRIDAY), found, replace(found, clerk="3", place=""))


def unskilled(good: Rota) -> Rota:
    found = duty(good, clerk="1", day=SATURDAY)
    people = tuple(replace(one, skills=frozenset("B")) for one in good.plan.clerks)
    return replace(moved(good, found, found), plan=replace(good.plan, clerks=people))


def in_two_places(good: Rota) -> Rota:
    found = duty(good, clerk="2", day=MONDAY, span=MORNING)
    return moved(good, found, found, replace(found, place=""))


def gone_at_noon(good: Rota) -> Rota:
    found = duty(good, clerk="1", day=FRIDAY, span=AFTERNOON, place="AB")
    return moved(good, found)


def without_evening_shift(good: Rota) -> Rota:
    found = duty(good, clerk="2", day=FRIDAY, span=EVENING)
    return moved(good, found, replace(found, shift="D"))


def six_days(good: Rota) -> Rota:
    extra = [Duty(MONDAY, span, "1", "D") for span in (MORNING, AFTERNOON)]
    return replace(good, duties=good.duties + tuple(extra), rests=())


def seven_running(good: Rota) -> Rota:
    worked = frozenset(MONDAY - DAY * n for n in range(1, 6))
    people = tuple(
        replace(one, past=replace(one.past, worked=worked)) if one.number == "2" else one
        for one in good.plan.clerks
    )
    return replace(good, plan=replace(good.plan, clerks=people))


def seat_empty(good: Rota) -> Rota:
    found = duty(good, day=SATURDAY)
    return moved(good, found, replace(found, place=""))


def seat_said_empty(good: Rota) -> Rota:
    return replace(good, shortages=(Shortage(Unmet.PLACE, 1, SATURDAY, WEEKEND, "A", 1),))


def leaderless(good: Rota) -> Rota:
    people = tuple(replace(one, leads=one.number == "1") for one in good.plan.clerks)
    return replace(good, plan=replace(good.plan, clerks=people))


def rest_for_nothing(good: Rota) -> Rota:
    return replace(good, rests=(*good.rests, OwedRest(MONDAY, "1", FRIDAY)))


def rest_twice(good: Rota) -> Rota:
    return replace(good, rests=good.rests * 2)


def rest_at_work(good: Rota) -> Rota:
    return replace(good, rests=(OwedRest(FRIDAY, "1", SATURDAY),))


def rest_forgotten(good: Rota) -> Rota:
    plan = replace(good.plan, rules=replace(good.plan.rules, owed_weeks=0))
    return replace(good, plan=plan, rests=())


def unshared_weekends(good: Rota) -> Rota:
    people = tuple(
        replace(one, past=replace(one.past, weekends=3 if one.number == "1" else 0))
        for one in good.plan.clerks
    )
    demands = tuple(replace(d, lanes="AB") if d.day == SATURDAY else d for d in good.plan.demands)
    found = duty(good, day=SATURDAY)
    plan = replace(good.plan, clerks=people, demands=demands)
    return replace(moved(good, found, replace(found, place="AB")), plan=plan)


def weekend_in_vain(good: Rota) -> Rota:
    """Clerk 1 takes the place of Tuesday, so that clerk 2 may stay away then and come on Saturday."""
    found, tuesday = duty(good, day=SATURDAY), MONDAY + DAY
    kept = [one for one in good.duties if one.day != tuesday]
    alone = [Duty(tuesday, span, "1", "D", "AB") for span in (MORNING, AFTERNOON)]
    return replace(good, duties=(*kept, *alone, replace(found, clerk="2", place="")))


BREAKS: dict[Callable[[Rota], Rota], set[Rule]] = {
    a_stranger: {Rule.KNOWN},
    on_leave: {Rule.LEAVE, Rule.SHIFT},
    unskilled: {Rule.SKILL},
    in_two_places: {Rule.ONE_PLACE},
    gone_at_noon: {Rule.SHIFT, Rule.PLACES},
    without_evening_shift: {Rule.SHIFT},
    six_days: {Rule.FIVE_DAYS},
    seven_running: {Rule.SIX_RUNNING},
    seat_empty: {Rule.PLACES},
    seat_said_empty: {Rule.PLACES},
    leaderless: {Rule.LEADER},
    rest_for_nothing: {Rule.OWED_REST},
    rest_twice: {Rule.OWED_REST},
    rest_at_work: {Rule.OWED_REST},
    rest_forgotten: {Rule.OWED_IN_TIME},
    unshared_weekends: {Rule.WEEKENDS},
    weekend_in_vain: {Rule.IN_VAIN},
}


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken.__name__)
def test_what_is_broken_is_told(good: Rota, broken: Callable[[Rota], Rota]) -> None:
    violations = check(broken(good))
    assert {violation.rule for violation in violations} == BREAKS[broken]
    for zh, en in (violation.in_words() for violation in violations):
        assert zh
        assert en.isascii()


def test_every_rule_has_something_that_breaks_it() -> None:
    assert set.union(*BREAKS.values()) == set(Rule)
    assert len(_RULES) == len(Rule) - 1
