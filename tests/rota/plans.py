"""Plans to make rotas for: a small one by hand, halls of any size, and arbitrary tiny ones."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from shared.domain.hours_spans import Span, SpanKind
from shared.domain.rota_plan import DAY, Clerk, Demand, Past, RotaPlan, RotaRules, Shift

MONDAY = date(2026, 11, 30)
MORNING, AFTERNOON = Span(540, 720), Span(780, 1020)
EVENING = Span(1020, 1200, SpanKind.EVENING)
WEEKEND = Span(540, 720, SpanKind.WEEKEND)
SHIFTS = (
    Shift("D", "白班", "day", (MORNING, AFTERNOON)),
    Shift("E", "晚班", "evening", (Span(720, 1020), EVENING)),
    Shift("W", "周末班", "weekend", (WEEKEND,)),
)


def clerk(number: str, skills: str = "AB", **values: Any) -> Clerk:
    """A clerk of that number."""
    return Clerk(number, f"李{number}", frozenset(skills), **values)


def plan_of(
    clerks: Iterable[Clerk], demands: Iterable[Demand], days: int = 7, rules: RotaRules | None = None
) -> RotaPlan:
    """A plan from MONDAY on, weekends as usual."""
    dates = [MONDAY + DAY * n for n in range(days)]
    workdays = frozenset(day for day in dates if day.weekday() < 5)
    return RotaPlan(
        MONDAY, dates[-1], tuple(clerks), SHIFTS, tuple(demands), workdays, rules or RotaRules(leaders=0)
    )


def week(lanes: str = "A", wanted: int = 1, days: int = 7, saturdays: int = 0) -> list[Demand]:
    """So many at one group of lanes on each weekday morning and afternoon, and on Saturday mornings."""
    found = []
    for day in (MONDAY + DAY * n for n in range(days)):
        if day.weekday() < 5:
            found += [Demand(day, span, lanes, wanted) for span in (MORNING, AFTERNOON)]
        elif day.weekday() == 5 and saturdays:
            found.append(Demand(day, WEEKEND, lanes, saturdays))
    return found


def hall_plan(clerks: int, weeks: int = 4, seed: int = 0) -> RotaPlan:
    """A hall of six lanes, one late Thursday evening, Saturdays, leave, and a leader among six."""
    chance = random.Random(seed)
    days = [MONDAY + DAY * n for n in range(7 * weeks)]
    people = [_person(chance, n, days) for n in range(clerks)]
    demands = [demand for day in days for demand in _hall_demands(day, clerks)]
    plan = plan_of(people, demands, len(days))
    return replace(plan, rules=RotaRules())


def _person(chance: random.Random, n: int, days: list[date]) -> Clerk:
    skills = chance.sample("ABCDEH", chance.choice([1, 2, 2, 3]))
    start, length = chance.randrange(len(days) - 5), chance.choice([1, 3, 5])
    leave = days[start : start + length] if chance.random() < 0.2 else []
    return clerk(str(1001 + n), "".join(skills), leads=n % 6 == 0, leave=frozenset(leave))


def _hall_demands(day: date, clerks: int) -> Iterable[Demand]:
    for lane in "ABCDEH":
        if day.weekday() < 5:
            for span in (MORNING, AFTERNOON):
                yield Demand(day, span, lane, max(1, clerks * 10 // 100))
        elif day.weekday() == 5:
            yield Demand(day, WEEKEND, lane, max(1, clerks // 25))
    if day.weekday() == 3:
        yield Demand(day, EVENING, "A", 2)
        yield Demand(day, EVENING, "H", 1)


@st.composite
def plans(draw: st.DrawFn, most_clerks: int = 5, most_days: int = 9) -> RotaPlan:
    """Small plans of every kind: with past and owed rest, part-time, leave, groups, leaders."""
    days = draw(st.integers(2, most_days))
    dates = [MONDAY + DAY * n for n in range(days)]
    people = tuple(draw(_people(str(1001 + n), dates)) for n in range(draw(st.integers(1, most_clerks))))
    demands = tuple(
        Demand(day, span, lanes, draw(st.integers(1, 2)))
        for day in dates
        for span in ((MORNING, EVENING) if day.weekday() < 5 else (WEEKEND,))
        for lanes in draw(st.sets(st.sampled_from(["A", "B", "AB", "C"]), max_size=2))
    )
    off = draw(st.sets(st.sampled_from(dates), max_size=1))
    workdays = frozenset(day for day in dates if day.weekday() < 5) - off
    rules = RotaRules(draw(st.integers(3, 6)), draw(st.integers(0, 2)), draw(st.integers(0, 1)))
    return RotaPlan(MONDAY, dates[-1], people, SHIFTS, demands, workdays, rules)


@st.composite
def _people(draw: st.DrawFn, number: str, dates: list[date]) -> Clerk:
    before = [MONDAY - DAY * n for n in range(1, 8)]
    worked = draw(st.sets(st.sampled_from(before), max_size=5))
    owed = draw(st.lists(st.sampled_from(before), max_size=2))
    return Clerk(
        number,
        f"李{number}",
        frozenset(draw(st.sets(st.sampled_from("ABC"), min_size=1))),
        draw(st.booleans()),
        draw(st.integers(3, 5)),
        frozenset(draw(st.sets(st.sampled_from(dates), max_size=3))),
        Past(frozenset(worked), draw(st.integers(0, 2)), tuple(sorted(owed))),
    )
