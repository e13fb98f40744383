"""Rotas hold by the independent checker, whatever they are made for, and lack as little as can be."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.domain.hours_spans import Span
from shared.domain.rota import Rota
from shared.domain.rota_assembly import assembled
from shared.domain.rota_plan import DAY, Demand, Past, RotaPlan, RotaRules
from shared.domain.rota_shortage import Unmet
from shared.rota import model, solver
from shared.rota.checker import Rule, check
from shared.rota.solver import Search, make_rota
from tests.rota.plans import EVENING, MONDAY, MORNING, WEEKEND, clerk, hall_plan, plan_of, plans, week

QUICK = Search(seconds=5)
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(plans())
def test_a_rota_always_passes_the_checker(plan: RotaPlan) -> None:
    assert check(make_rota(plan, QUICK)) == []


def missing(rota: Rota) -> int:
    """Places and leaders short."""
    return sum(s.missing for s in rota.shortages if s.kind in (Unmet.PLACE, Unmet.LEADER))


def fewest_missing(plan: RotaPlan) -> int:
    """By trying every rota there is: only for the tiniest plans."""
    open_days = sorted(plan.open_days)
    choices = [
        [(c.number, day, code) for code in ("", *(s.code for s in plan.shifts))]
        for c in plan.clerks
        for day in open_days
    ]
    return min(
        missing(rota)
        for picked in product(*choices)
        if (rota := _rota_of(plan, open_days, picked)) is not None
    )


def _rota_of(plan: RotaPlan, open_days: list[date], picked: tuple[tuple[str, date, str], ...]) -> Rota | None:
    """The rota of these choices, where clerks get what they cannot do without; else None."""
    on: dict[date, dict[str, str]] = {day: {} for day in open_days}
    for number, day, code in picked:
        if code:
            on[day][number] = code
    rota = assembled(plan, on)
    broken = {violation.rule for violation in check(rota)}
    return None if broken & {Rule.LEAVE, Rule.FIVE_DAYS, Rule.SIX_RUNNING} else rota


@settings(SLOW, max_examples=12)
@given(plans(most_clerks=2, most_days=3))
def test_what_is_short_is_exactly_what_must_be(plan: RotaPlan) -> None:
    assert missing(make_rota(plan, QUICK)) == fewest_missing(plan)


def test_the_same_plan_gives_the_same_rota() -> None:
    plan = hall_plan(12, weeks=2)
    first, again = (make_rota(plan, Search(seconds=20)) for _ in range(2))
    assert first == again


def test_a_hall_of_forty_is_met_and_shares_its_weekends() -> None:
    rota = make_rota(hall_plan(40), Search(seconds=30))
    assert rota.shortages == ()
    assert check(rota) == []
    loads = [rota.weekend_load(one.number) for one in rota.plan.clerks]
    assert max(loads) == 1
    assert {goal.name: goal.is_best for goal in rota.goals}["places"]


def test_a_saturday_that_cannot_be_met_is_named() -> None:
    saturday = MONDAY + DAY * 5
    people = [clerk("1", "H"), clerk("2", "HA", leave=frozenset({saturday})), clerk("3", "A")]
    rota = make_rota(plan_of(people, [*week("A"), Demand(saturday, WEEKEND, "H", 3)]), QUICK)
    (short,) = rota.shortages
    assert (short.kind, short.day, short.lanes, short.missing) == (Unmet.PLACE, saturday, "H", 2)
    zh, en = short.in_words()
    assert zh == "12月5日 周六 09:00-12:00 队列 H：需 3 人，会办的 2 人，其中 1 人请假，缺 2 人"
    assert en == "Sat 5 Dec 09:00-12:00, lane H: wanted 3, 2 have the skill (1 on leave): 2 short"


def test_who_works_on_saturday_rests_on_a_weekday_of_that_week() -> None:
    rota = make_rota(plan_of([clerk("1"), clerk("2"), clerk("3")], week(saturdays=1)), QUICK)
    assert rota.shortages == ()
    (rest,) = rota.rests
    assert rest.earned == MONDAY + DAY * 5
    assert rest.day.weekday() < 5
    assert rest.day not in rota.days_of(rest.clerk)


def test_owed_rest_is_booked_within_its_weeks() -> None:
    owed = (MONDAY - DAY * 2,)
    people = [clerk("1", past=Past(owed=owed)), clerk("2")]
    rota = make_rota(plan_of(people, week(days=21), days=21), QUICK)
    (rest,) = rota.rests
    assert (rest.clerk, rest.earned) == ("1", owed[0])
    assert rest.day < MONDAY + DAY * 14


def test_owed_rest_that_leave_swallows_is_named() -> None:
    away = frozenset(MONDAY + DAY * n for n in range(14))
    people = [clerk("1", past=Past(owed=(MONDAY - DAY * 2,)), leave=away), clerk("2")]
    rota = make_rota(plan_of(people, week(days=14), days=14), QUICK)
    assert [(s.kind, s.clerk) for s in rota.shortages] == [(Unmet.REST, "1")]


def test_runs_of_days_go_on_across_the_border() -> None:
    worked = frozenset(MONDAY - DAY * n for n in range(1, 6))
    people = [clerk("1", past=Past(worked)), clerk("2", "B")]
    rota = make_rota(plan_of(people, week("A")), QUICK)
    (off,) = {MONDAY, MONDAY + DAY} - rota.days_of("1")
    assert {s.day for s in rota.shortages} == {off}


def test_whoever_served_more_weekends_before_serves_fewer_now() -> None:
    people = [clerk(str(n), past=Past(weekends=2 if n < 2 else 0)) for n in range(4)]
    rota = make_rota(plan_of(people, week(days=28, saturdays=1), days=28), QUICK)
    assert [rota.weekend_load(one.number) for one in rota.plan.clerks] == [2, 2, 2, 2]


def test_leave_on_a_weekend_excuses_from_sharing_it() -> None:
    away = frozenset(MONDAY + DAY * n for n in range(28))
    people = [clerk("1", leave=away), *(clerk(str(n)) for n in range(2, 6))]
    rota = make_rota(plan_of(people, week(days=28, saturdays=2), days=28), QUICK)
    assert rota.shortages == ()
    assert {rota.weekend_load(str(n)) for n in range(2, 6)} == {2}


def test_a_leader_is_there_each_open_day() -> None:
    people = [clerk("1", "C", leads=True), clerk("2"), clerk("3"), clerk("4", leads=True)]
    plan = replace(plan_of(people, week(saturdays=1)), rules=RotaRules())
    rota = make_rota(plan, QUICK)
    assert rota.shortages == ()
    assert all({"1", "4"} & {duty.clerk for duty in rota.duties if duty.day == day} for day in plan.open_days)


def test_the_next_rota_knows_what_was_carried() -> None:
    rota = make_rota(plan_of([clerk("1"), clerk("2"), clerk("3")], week(saturdays=1)), QUICK)
    carried = rota.carried()
    assert sum(past.weekends for past in carried.values()) == 1
    assert all(past.worked == rota.days_of(number) for number, past in carried.items())
    assert all(past.owed == () for past in carried.values())


@pytest.mark.parametrize(
    ("ignored", "breaks"),
    [
        (("_limit_weeks", "_limit_runs"), {Rule.SIX_RUNNING, Rule.FIVE_DAYS}),
        (("_limit_weeks",), {Rule.FIVE_DAYS}),
    ],
)
def test_a_solver_that_ignores_a_rule_is_caught(
    monkeypatch: pytest.MonkeyPatch, ignored: tuple[str, ...], breaks: set[Rule]
) -> None:
    """The control: the checker, and not the solver's word, says that a rota holds."""
    plan = plan_of([clerk("1")], [*week("AB", days=14), *_weekends("AB", 14)], days=14)
    assert check(make_rota(plan, QUICK)) == []
    for rule in ignored:
        monkeypatch.setattr(model, rule, lambda *_: None)
    assert breaks <= {violation.rule for violation in check(make_rota(plan, QUICK))}


def test_a_solver_that_forgets_leave_is_caught() -> None:
    plan = plan_of([clerk("1", leave=frozenset({MONDAY})), clerk("2")], week("A", 2))
    present = replace(plan, clerks=tuple(replace(one, leave=frozenset()) for one in plan.clerks))
    careless = replace(make_rota(present, QUICK), plan=plan)
    assert Rule.LEAVE in {violation.rule for violation in check(careless)}


def test_a_solver_that_shares_weekends_badly_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plan_of([clerk("1"), clerk("2")], week(days=28, saturdays=1), days=28)
    spared = solver._Seek("weekends", lambda found: found.worked(plan.clerks[0], plan.weekend_days))
    assert make_rota(plan, QUICK).shortages == ()
    monkeypatch.setattr(solver, "_SEEKS", (solver._SEEKS[0], spared, solver._SEEKS[2]))
    unfair = make_rota(plan, QUICK)
    assert [(s.kind, s.missing) for s in unfair.shortages] == [(Unmet.EVEN, 3)]
    assert check(unfair) == []
    assert {violation.rule for violation in check(replace(unfair, shortages=()))} == {Rule.WEEKENDS}


def _weekends(lanes: str, days: int) -> list[Demand]:
    dates = [MONDAY + DAY * n for n in range(days)]
    return [Demand(day, WEEKEND, lanes, 1) for day in dates if day.weekday() >= 5]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_nobody_seats_more_than_the_places_do(data: st.DataObject) -> None:
    """The places of a day are as many as any seating of its clerks can fill."""
    wanted = {"A": 1, "B": 1, "AB": 1, "C": 1}
    demands = [Demand(MONDAY, MORNING, lanes, count) for lanes, count in wanted.items()]
    people = [
        clerk(str(n), "".join(data.draw(st.sets(st.sampled_from("ABC"), min_size=1))))
        for n in range(data.draw(st.integers(1, 5)))
    ]
    rota = assembled(plan_of(people, demands), {MONDAY: {one.number: "D" for one in people}})
    seated = sum(bool(duty.place) for duty in rota.duties)
    assert seated == max(
        sum(1 for one, lanes in zip(people, order, strict=True) if lanes and one.can(lanes))
        for order in product(["", *wanted], repeat=len(people))
        if all(order.count(lanes) <= count for lanes, count in wanted.items())
    )


def test_the_span_of_an_evening_needs_its_shift() -> None:
    with pytest.raises(ValueError, match="no shift covers"):
        plan_of([clerk("1")], [Demand(MONDAY, Span(360, 540), "A", 1)])
    assert plan_of([clerk("1")], [Demand(MONDAY, EVENING, "A", 1)]).open_days == {MONDAY}


def test_nobody_stays_into_the_evening_without_a_place_there() -> None:
    thursday = MONDAY + DAY * 3
    people = [clerk(str(n)) for n in range(4)]
    rota = make_rota(plan_of(people, [*week("AB", 3), Demand(thursday, EVENING, "A", 1)]), QUICK)
    late = {duty.clerk for duty in rota.duties if duty.shift == "E"}
    assert late == {duty.clerk for duty in rota.duties if duty.span == EVENING and duty.place}
    assert len(late) == 1
    assert check(rota) == []


def test_whoever_has_a_place_keeps_it_all_day() -> None:
    people = [clerk(str(n), "AB") for n in range(2)]
    demands = [*week("A"), *week("B")]
    rota = make_rota(plan_of(people, demands), QUICK)
    places = {(duty.day, duty.clerk): set() for duty in rota.duties}  # type: dict[tuple[date, str], set[str]]
    for duty in rota.duties:
        places[duty.day, duty.clerk].add(duty.place)
    assert all(len(found) == 1 for found in places.values())


def test_a_shortage_says_where_those_are_who_have_the_skill() -> None:
    people = [clerk("1", "AH"), clerk("2", "H", leave=frozenset({MONDAY})), clerk("3", "AH")]
    demands = [Demand(MONDAY, MORNING, "A", 1), Demand(MONDAY, MORNING, "H", 3)]
    (short,) = make_rota(plan_of(people, demands), QUICK).shortages
    assert (short.missing, short.skilled, short.on_leave) == (2, 3, 1)
    assert (short.resting, short.elsewhere) == (0, 1)
    assert short.in_words()[0].endswith("会办的 3 人，其中 1 人请假、1 人在其他岗位，缺 2 人")
