"""Makes a rota: one goal after another, each held while the next is sought.

First that every place is met, with a leader each day and owed rest in time; then as few weekend duties as
that takes, shared within the smallest range; then weeks as people like them. Whatever the time allows, the
best rota found is returned with the bound that was proven for each goal. The same plan gives the same rota
wherever the limit on the solver's own count of steps, and not the clock, ends the search.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from time import perf_counter

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model import CpModel, CpSolver

from shared.domain.hours_spans import Span, SpanKind
from shared.domain.rota import Goal, Rota
from shared.domain.rota_assembly import assembled, shifts_of
from shared.domain.rota_plan import RotaPlan, Shift
from shared.rota.model import Expr, RotaModel, built, summed

SECONDS = 60.0
"""How long a rota may take, unless it is said otherwise."""
_SHARES = (0.6, 0.85, 1.0)
"""How much of the time is gone at the latest when the turn of a goal ends."""
_LEAST_SECONDS = 0.5
_ROUNDING = 1e-6
_ENOUGH = 0.02
"""The last goal is one of comfort: so near its bound the search ends."""
_STEPS = 0.3
"""The limit in the solver's own deterministic seconds, for each second on the clock."""
_SUBSOLVERS = ("max_lp_sym", "no_lp")


@dataclass(frozen=True, slots=True)
class Search:
    """How to search: seconds on the clock, the seed of what is left to chance.

    In a `hurry` its workers do not wait for each other: a rota as good sooner, not the same each time.
    """

    seconds: float = SECONDS
    seed: int = 1
    hurry: bool = False


class NoRotaError(RuntimeError):
    """No rota was found in the time given: too short for so large a plan."""


def make_rota(plan: RotaPlan, search: Search = Search()) -> Rota:
    """The best rota found. Raises NoRotaError when the time was not enough for any."""
    began = perf_counter()
    found = built(plan)
    values: Sequence[int] = ()
    goals: list[Goal] = []
    for seek, share in zip(_SEEKS, _SHARES, strict=True):
        seconds = max(_LEAST_SECONDS, search.seconds * share - (perf_counter() - began))
        objective = seek.objective(found)
        found.model.minimize(objective)
        solver = _sought(found.model, seek, search, seconds, values)
        values = list(solver.response_proto.solution)
        value, bound = round(solver.objective_value), ceil(solver.best_objective_bound - _ROUNDING)
        goals.append(Goal(seek.name, value // seek.unit, bound // seek.unit, perf_counter() - began))
        found.model.add(objective <= value)
    return rota_of(found, solver, tuple(goals))


# -- the goals --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seek:
    """A goal: what is made small, how much of it is one of the goal's own units."""

    name: str
    objective: Callable[[RotaModel], Expr]
    unit: int = 1
    enough: float = 0.0
    workers: int = 1
    """One, with linear relaxation and symmetry, meets places fastest; many repair a rota piece by piece."""


_MISSING, _LATE = 1_000_000, 1_000


def _unmet(found: RotaModel) -> Expr:
    """Places and leaders short; then rest overdue; then weekend days worked, so that nobody comes in vain."""
    weekends = [
        shift for (_, day), shifts in found.shifts.items() if day in found.plan.weekend_days
        for shift in shifts.values()
    ]  # fmt: skip
    missing, late = summed([*found.short, *found.leaderless]), summed(found.overdue)
    return missing * _MISSING + late * _LATE + summed(weekends)


def _weekend_range(found: RotaModel) -> Expr:
    if found.most_weekends is None or found.least_weekends is None:
        return summed(())
    return found.most_weekends - found.least_weekends


def _unease(found: RotaModel) -> Expr:
    """Days without use, evenings on the same shoulders, days of rest that stand alone."""
    evenings = summed(() if found.evenings is None else (found.evenings,))
    return summed(found.idle) * 10 + evenings * 5 + summed(found.alone)


_SEEKS = (
    _Seek("places", _unmet, _MISSING),
    _Seek("weekends", _weekend_range),
    _Seek("ease", _unease, enough=_ENOUGH, workers=4),
)


def _sought(model: CpModel, seek: _Seek, search: Search, seconds: float, hint: Sequence[int]) -> CpSolver:
    """The model solved for one goal, from the values found for the one before."""
    model.clear_hints()  # type: ignore[no-untyped-call]  # the one function there without annotations
    for n, value in enumerate(hint):
        model.add_hint(model.get_int_var_from_proto_index(n), value)
    solver = CpSolver()
    told = solver.parameters
    told.max_time_in_seconds = seconds
    told.max_deterministic_time = seconds * _STEPS
    told.random_seed = search.seed
    told.relative_gap_limit = seek.enough
    told.num_workers = seek.workers
    told.interleave_search = seek.workers > 1 and not search.hurry
    if seek.workers == 1:
        told.linearization_level, told.symmetry_level = 2, 3
    else:
        told.subsolvers.extend(_SUBSOLVERS)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoRotaError(f"no rota was found in {seconds:.0f} s: give it longer, or fewer days at once")
    return solver


# -- the rota -----------------------------------------------------------------------------------------------


def rota_of(found: RotaModel, solver: CpSolver, goals: tuple[Goal, ...]) -> Rota:
    """The rota that a solution means, with places, owed rest, and what is short by name."""
    plan = found.plan
    on: dict[date, dict[str, str]] = {day: {} for day in plan.days}
    for (number, day), shifts in found.shifts.items():
        for code, here in shifts.items():
            if solver.boolean_value(here):
                on[day][number] = code
    return _shortened(assembled(plan, on, goals))


def _shortened(rota: Rota) -> Rota:
    """Nobody stays into lunch, evening or longer without a place there; nothing else changes."""
    on = shifts_of(rota)
    placed: dict[tuple[date, str], list[Span]] = {}
    for duty in rota.duties:
        spans = placed.setdefault((duty.day, duty.clerk), [])
        if duty.place:
            spans.append(duty.span)
    for (day, number), spans in placed.items():
        if day in rota.plan.workdays:
            on[day][number] = _enough(rota.plan, day, spans).code
    return assembled(rota.plan, on, rota.goals)


def _enough(plan: RotaPlan, day: date, spans: Sequence[Span]) -> Shift:
    """Of the shifts that cover these spans, the one with the least extended and the most regular hours."""
    fitting = [shift for shift in plan.shifts if all(map(shift.covers, spans))]
    useful = [shift for shift in fitting if any(map(shift.covers, plan.spans_on(day)))]
    return min(useful, key=_burden)


def _burden(shift: Shift) -> tuple[int, int]:
    extended = sum(s.end - s.start for s in shift.spans if s.kind is not SpanKind.REGULAR)
    return extended, -sum(s.end - s.start for s in shift.spans if s.kind is SpanKind.REGULAR)
