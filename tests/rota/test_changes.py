"""Swaps and sick leave: the rules hold afterwards, or the change is refused with its reason."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain.rota import Rota
from shared.domain.rota_assembly import assembled
from shared.domain.rota_plan import DAY, Demand, Past
from shared.domain.rota_shortage import Unmet
from shared.rota.changes import ChangeError, stand_ins, swapped, with_stand_in, without
from shared.rota.checker import check
from shared.rota.written import goals_from, goals_text, plan_from, plan_text, roster_of, rota_from
from tests.rota.plans import MONDAY, MORNING, WEEKEND, clerk, hall_plan, plan_of, week

SATURDAY, NEXT_SATURDAY = MONDAY + DAY * 5, MONDAY + DAY * 12


@pytest.fixture
def rota() -> Rota:
    """Two weeks: clerks 1 and 2 serve a Saturday each and rest on its Monday, 3 works weekdays alone."""
    people = [clerk("1", "A"), clerk("2", "AB"), clerk("3", "B")]
    plan = plan_of(people, [*week("A", days=14), *_saturdays("A")], days=14)
    on: dict[date, dict[str, str]] = {day: {} for day in plan.days}
    for day in plan.days:
        if day.weekday() < 5:
            on[day] = {"1": "D", "2": "D", "3": "D"}
    del on[MONDAY]["1"]
    del on[MONDAY + DAY * 7]["2"]
    on[SATURDAY], on[NEXT_SATURDAY] = {"1": "W"}, {"2": "W"}
    found = assembled(plan, on)
    assert check(found) == []
    assert found.shortages == ()
    return found


def _saturdays(lanes: str) -> list[Demand]:
    return [Demand(day, WEEKEND, lanes, 1) for day in (SATURDAY, NEXT_SATURDAY)]


def test_who_would_work_six_days_may_not_swap(rota: Rota) -> None:
    """Clerk 2 already works Monday to Friday of the first week."""
    with pytest.raises(ChangeError, match="too many days in one week") as refused:
        swapped(rota, "1", SATURDAY, "2", NEXT_SATURDAY)
    assert "一周上班天数过多" in refused.value.words[0]


def test_a_swap_within_the_rules_moves_the_rest_along(rota: Rota) -> None:
    """Clerk 2 takes the first Saturday too, for the Monday of 1; that is uneven, and is named."""
    after = swapped(rota, "1", SATURDAY, "2", MONDAY)
    assert {MONDAY} <= after.days_of("1")
    assert {rest.day for rest in after.rests if rest.clerk == "2"} == {MONDAY, MONDAY + DAY * 7}
    assert check(after) == []
    assert [s.kind for s in after.shortages] == [Unmet.EVEN]


def test_a_swap_that_leaves_a_place_empty_is_refused(rota: Rota) -> None:
    """Clerk 3 does not serve lane A."""
    with pytest.raises(ChangeError) as refused:
        swapped(rota, "1", SATURDAY, "3", MONDAY)
    assert refused.value.words[0]
    with pytest.raises(ChangeError, match="is not on duty"):
        swapped(rota, "1", MONDAY, "2", SATURDAY)
    with pytest.raises(ChangeError, match="free on the day"):
        swapped(rota, "1", MONDAY + DAY, "2", MONDAY + DAY * 2)


def test_who_is_ill_frees_the_place_for_whoever_is_in_reserve(rota: Rota) -> None:
    """On Tuesday 1 and 2 are there for one place: nothing is short when one of them stays away."""
    tuesday = MONDAY + DAY
    assert without(rota, "1", frozenset({tuesday})).shortages == ()


def test_the_shortage_is_named_when_nobody_can_stand_in(rota: Rota) -> None:
    ill = without(rota, "1", frozenset({SATURDAY}))
    (short,) = ill.shortages
    assert (short.day, short.lanes, short.missing, short.on_leave) == (SATURDAY, "A", 1, 1)
    assert stand_ins(ill, SATURDAY, "W") == []
    with pytest.raises(ChangeError, match="too many days"):
        with_stand_in(ill, "2", SATURDAY, "W")


def test_stand_ins_are_ranked_by_rest_then_fairness_then_skills() -> None:
    tired = Past(frozenset(MONDAY - DAY * n for n in range(1, 5)))
    people = [
        clerk("1", "A"),
        clerk("2", "A", past=tired, days=3),
        clerk("3", "A", past=Past(weekends=1)),
        clerk("4", "AB"),
        clerk("5", "A"),
        clerk("6", "B"),
    ]
    plan = plan_of(people, [Demand(MONDAY, MORNING, "A", 1)])
    ill = without(assembled(plan, {MONDAY: {"1": "D"}}), "1", frozenset({MONDAY}))
    assert [found.clerk.number for found in stand_ins(ill, MONDAY, "D")] == ["5", "4", "3", "2"]
    taken_over = with_stand_in(ill, "5", MONDAY, "D")
    assert taken_over.shortages == ()
    assert check(taken_over) == []


def test_a_rota_survives_its_way_through_json() -> None:
    plan = hall_plan(6, weeks=1)
    assert plan_from(plan_text(plan)) == plan
    days = sorted(plan.open_days)
    rota = assembled(plan, {days[0]: {plan.clerks[0].number: "D"}})
    assert rota_from(plan, roster_of(rota)) == rota
    assert goals_from(goals_text(rota.goals)) == ()
    with pytest.raises(ValueError, match="do not fit"):
        rota_from(plan, {"9": [""] * len(plan.days)})
    with pytest.raises(ValueError, match="do not fit"):
        rota_from(replace(plan, clerks=plan.clerks[:1]), {plan.clerks[0].number: ["X"] * 7})
