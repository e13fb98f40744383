"""How long a rota takes: until nothing is short, until weekends differ by one, until that is proven.

Beside it stands the bare solver: the same search engine on the assignment problem that lies within, a seat
for each clerk and day, without any of the rules that run across days.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from time import perf_counter

from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

from shared.domain.hours_spans import Span, SpanKind
from shared.domain.rota import Rota
from shared.domain.rota_assembly import weekend_range
from shared.domain.rota_plan import Clerk, Demand, RotaPlan, RotaRules, Shift
from shared.figures.table import Figure
from shared.rota.changes import missing
from shared.rota.checker import check
from shared.rota.solver import Search, make_rota

_MONDAY = date(2026, 11, 30)
_MORNING, _AFTERNOON = Span(540, 720), Span(780, 1020)
_EVENING, _WEEKEND = Span(1020, 1200, SpanKind.EVENING), Span(540, 720, SpanKind.WEEKEND)
_SHIFTS = (
    Shift("D", "白班", "day", (_MORNING, _AFTERNOON)),
    Shift("E", "晚班", "evening", (Span(720, 1020), _EVENING)),
    Shift("W", "周末班", "weekend", (_WEEKEND,)),
)
_LANES = "ABCDEH"
_TARGETS = {40: (10.0, 30.0), 80: (60.0, 60.0)}
"""Clerks -> seconds until nothing is short, and until weekends differ by one at most."""
_SKILLS = (1, 2, 2, 3)


def measure(*, quick: bool) -> list[Figure]:
    """Halls of 40 and, unless it is to be quick, 80 clerks, over four weeks."""
    return [figure for clerks in ((40,) if quick else (40, 80)) for figure in _figures(clerks)]


def _figures(clerks: int) -> list[Figure]:
    plan = hall_of(clerks)
    places_by, weekends_by = _TARGETS[clerks]
    rota = make_rota(plan, Search(weekends_by))
    goals = {goal.name: goal for goal in rota.goals}
    bare = bare_assignment(plan)
    sound = check(rota) == []
    filled = missing(rota.shortages) == 0 and sound
    spread = weekend_range(rota)
    return [
        Figure(
            f"rota of {clerks} clerks over 4 weeks, nothing short",
            f"{goals['places'].seconds:.1f} s, {_proof(rota, 'places')}",
            f"{bare:.2f} s for the bare solver to seat as many, without rules across days",
            f"within {places_by:.0f} s",
            filled and goals["places"].seconds < places_by,
        ),
        Figure(
            f"rota of {clerks} clerks over 4 weeks, weekends shared",
            f"range {spread} after {goals['weekends'].seconds:.1f} s, {_proof(rota, 'weekends')}; "
            f"ease {goals['ease'].value} after {goals['ease'].seconds:.1f} s, {_proof(rota, 'ease')}",
            "",
            f"range of 1 at most, within {weekends_by:.0f} s",
            sound and spread <= 1 and goals["weekends"].seconds < weekends_by,
        ),
    ]


def _proof(rota: Rota, name: str) -> str:
    goal = next(goal for goal in rota.goals if goal.name == name)
    return "proven best" if goal.is_best else f"none below {goal.bound}"


def hall_of(clerks: int) -> RotaPlan:
    """Six lanes, a late Thursday, Saturday mornings; a fifth of the clerks on leave for some days."""
    days = [_MONDAY + timedelta(days=n) for n in range(28)]
    people = tuple(_clerk(n, days) for n in range(clerks))
    demands = tuple(demand for day in days for demand in _demands(day, clerks))
    workdays = frozenset(day for day in days if day.weekday() < 5)
    return RotaPlan(days[0], days[-1], people, _SHIFTS, demands, workdays, RotaRules())


def _clerk(n: int, days: Sequence[date]) -> Clerk:
    """Every lane is the first skill of as many; some have a second and a third."""
    count = _SKILLS[n // len(_LANES) % len(_SKILLS)]
    skills = frozenset(_LANES[(n + k * (1 + n // 11)) % len(_LANES)] for k in range(count))
    leave = frozenset(days[n * 3 % 23 :][:3]) if n % 5 == 0 else frozenset()
    return Clerk(f"{1001 + n}", f"职员{n + 1}", skills, n % 6 == 0, 5, leave)


def _demands(day: date, clerks: int) -> list[Demand]:
    if day.weekday() == 6:
        return []
    if day.weekday() == 5:
        return [Demand(day, _WEEKEND, lane, max(1, clerks // 25)) for lane in _LANES]
    found = [Demand(day, span, lane, clerks // 10) for lane in _LANES for span in (_MORNING, _AFTERNOON)]
    late = [Demand(day, _EVENING, "A", 2), Demand(day, _EVENING, "H", 1)]
    return found + late if day.weekday() == 3 else found


def bare_assignment(plan: RotaPlan) -> float:
    """Seconds of the bare solver to seat as many as it can, each day for itself."""
    began = perf_counter()
    model, short = CpModel(), []
    for day in sorted(plan.open_days):
        at = {one.number: model.new_bool_var(f"{one.number} {day}") for one in plan.clerks}
        for span in plan.spans_on(day):
            short += _seats(model, plan, [d for d in plan.demands if (d.day, d.span) == (day, span)], at)
    model.minimize(LinearExpr.sum(short))
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 30.0
    solver.solve(model)
    return perf_counter() - began


def _seats(model: CpModel, plan: RotaPlan, demands: Sequence[Demand], at: dict[str, IntVar]) -> list[IntVar]:
    seats = {
        (one.number, demand.lanes): model.new_bool_var(f"{one.number} {demand.day} {demand.lanes}")
        for one in plan.clerks
        for demand in demands
        if one.can(demand.lanes)
    }
    for number, here in at.items():
        model.add(LinearExpr.sum([seat for (who, _), seat in seats.items() if who == number]) <= here)
    short = []
    for demand in demands:
        missing_here = model.new_int_var(0, demand.wanted, f"{demand.day} {demand.lanes} short")
        filled = LinearExpr.sum([seat for (_, lanes), seat in seats.items() if lanes == demand.lanes])
        model.add(filled + missing_here == demand.wanted)
        short.append(missing_here)
    return short
