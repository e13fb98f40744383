"""The rota as a model for CP-SAT: one truth value for each clerk, day and shift, and sums over them.

Clerks with the same skills are counted, not named, where places are met: how many of each kind sit where is
a flow, as tight as Hall's condition and far smaller than a seat for everyone. Nothing a clerk can do without
is soft (days a week, days running, leave, skills); everything the hall wants is soft and has a name, so there
is always a rota.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from shared.domain.hours_spans import Span, SpanKind
from shared.domain.rota_plan import DAY, WEEK, Clerk, Demand, RotaPlan, Shift, fairness_counts, monday_of

Expr = LinearExpr


@dataclass(slots=True)
class RotaModel:
    """The model and what its variables mean."""

    plan: RotaPlan
    model: CpModel = field(default_factory=CpModel)
    shifts: dict[tuple[str, date], dict[str, IntVar]] = field(default_factory=dict)
    """Clerk and day -> whether the clerk has the shift."""
    short: list[IntVar] = field(default_factory=list)
    leaderless: list[IntVar] = field(default_factory=list)
    overdue: list[IntVar] = field(default_factory=list)
    idle: list[IntVar] = field(default_factory=list)
    """Days of a clerk's week on which nobody needs them and they have no rest to take."""
    most_weekends: IntVar | None = None
    least_weekends: IntVar | None = None
    evenings: IntVar | None = None
    """The most evenings of anybody."""
    alone: list[IntVar] = field(default_factory=list)
    """Days of rest between two days of work."""

    def works(self, clerk: Clerk, day: date) -> Expr:
        """1 when the clerk works that day, also of a day before the rota; 0 when not."""
        if day < self.plan.first:
            return LinearExpr.constant(int(day in clerk.past.worked))
        return summed(self.shifts.get((clerk.number, day), {}).values())

    def worked(self, clerk: Clerk, days: Iterable[date]) -> Expr:
        """How many of the days the clerk works."""
        return summed(self.works(clerk, day) for day in days)


def summed(terms: Iterable[Expr]) -> Expr:
    """The sum of any number of terms."""
    found: Expr = LinearExpr.sum(list(terms))
    return found


def built(plan: RotaPlan) -> RotaModel:
    """The whole model, without an objective."""
    found = RotaModel(plan)
    for clerk in plan.clerks:
        _choose_shifts(found, clerk)
        _limit_runs(found, clerk)
        _limit_weeks(found, clerk)
    _meet_demands(found)
    _lead(found)
    _share_weekends(found)
    _ease(found)
    return found


# -- what clerks cannot do without ----------------------------------------------------------------------


def _choose_shifts(found: RotaModel, clerk: Clerk) -> None:
    """At most one shift a day, none on leave or where the clerk could neither sit, lead nor be in reserve."""
    for day in sorted(found.plan.open_days - clerk.leave):
        options = {
            shift.code: found.model.new_bool_var(f"{clerk.number} {day} {shift.code}")
            for shift in _useful(found.plan, clerk, day)
        }
        if options:
            found.shifts[clerk.number, day] = options
        if len(options) > 1:
            found.model.add_at_most_one(options.values())


def _useful(plan: RotaPlan, clerk: Clerk, day: date) -> list[Shift]:
    """The shifts that make a difference on a day; of two that cover the same spans, the shorter one."""
    best: dict[tuple[Span, ...], Shift] = {}
    for shift in sorted(plan.shifts, key=lambda shift: sum(span.end - span.start for span in shift.spans)):
        spans = tuple(span for span in plan.spans_on(day) if shift.covers(span))
        wanted = [d.lanes for d in plan.demands if d.day == day and d.span in spans]
        needed = clerk.leads or day in plan.workdays or any(map(clerk.can, wanted))
        if spans and needed:
            best.setdefault(spans, shift)
    return list(best.values())


def _limit_runs(found: RotaModel, clerk: Clerk) -> None:
    """Of any days one longer than the longest run, one is of rest; runs go on from the days before."""
    most = found.plan.rules.most_running
    start = found.plan.first - DAY * most
    for n in range(len(found.plan.days)):
        found.model.add(found.worked(clerk, [start + DAY * (n + ahead) for ahead in range(most + 1)]) <= most)


def _limit_weeks(found: RotaModel, clerk: Clerk) -> None:
    """Five days a week, or those of the clerk: no more, and no fewer unless rest is owed or nobody is wanted.

    Rest taken and rest earned are counted week by week; what is owed is never below zero, and what is due is
    taken or counted as overdue.
    """
    plan, model = found.plan, found.model
    earned: list[Expr] = []
    taken: list[Expr] = []
    weeks = _weeks(plan)
    for monday, days in weeks.items():
        before = sum(monday <= day < plan.first for day in clerk.past.worked)
        left = max(0, clerk.days - before)
        model.add(found.worked(clerk, days) <= left)
        usual = [day for day in days if day in plan.open_days & plan.workdays and day not in clerk.leave]
        quota = min(left, len(usual))
        rest = model.new_int_var(0, quota, f"{clerk.number} {monday} rest")
        idle = model.new_int_var(0, quota, f"{clerk.number} {monday} idle")
        model.add(found.worked(clerk, usual) + rest + idle == quota)
        found.idle.append(idle)
        taken.append(rest)
        earned.append(found.worked(clerk, [day for day in days if day in plan.weekend_days]))
    _keep_owed(found, clerk, list(weeks), earned, taken)


def _keep_owed(
    found: RotaModel, clerk: Clerk, mondays: Sequence[date], earned: Sequence[Expr], taken: Sequence[Expr]
) -> None:
    plan, model = found.plan, found.model
    brought = [monday_of(day) for day in clerk.past.owed]
    earned_until, taken_until = list(accumulate(earned)), list(accumulate(taken))
    for n, monday in enumerate(mondays):
        model.add(taken_until[n] <= earned_until[n] + len(brought))
        due = monday - DAY * WEEK * plan.rules.owed_weeks
        owed = LinearExpr.constant(sum(week <= due for week in brought))
        if due >= mondays[0]:
            owed = owed + earned_until[mondays.index(due)]
        if monday + DAY * (WEEK - 1) > plan.last:
            continue  # the week goes on in the next rota, which can still give it
        late = model.new_int_var(0, WEEK * len(mondays) + len(brought), f"{clerk.number} {monday} late")
        model.add(taken_until[n] + late >= owed)
        found.overdue.append(late)


def _weeks(plan: RotaPlan) -> dict[date, list[date]]:
    weeks: defaultdict[date, list[date]] = defaultdict(list)
    for day in plan.days:
        weeks[monday_of(day)].append(day)
    return dict(weeks)


# -- what the hall wants --------------------------------------------------------------------------------


def _meet_demands(found: RotaModel) -> None:
    by_span: defaultdict[tuple[date, Span], list[Demand]] = defaultdict(list)
    for demand in found.plan.demands:
        by_span[demand.day, demand.span].append(demand)
    for (day, span), demands in sorted(by_span.items()):
        _meet(found, day, span, demands)


def _meet(found: RotaModel, day: date, span: Span, demands: Sequence[Demand]) -> None:
    """Those of one kind at work are spread over the demands they can meet; what is missing is counted."""
    model = found.model
    seated: dict[str, list[Expr]] = {demand.lanes: [] for demand in demands}
    for lanes, there in _kinds(found, day, span, tuple(seated)).items():
        flows = [model.new_int_var(0, len(there), f"{day} {span.times} {lanes} {one}") for one in lanes]
        model.add(summed(flows) <= summed(there))
        for one, flow in zip(lanes, flows, strict=True):
            seated[one].append(flow)
    for demand in demands:
        short = model.new_int_var(0, demand.wanted, f"{day} {span.times} {demand.lanes} short")
        model.add(summed(seated[demand.lanes]) + short == demand.wanted)
        found.short.append(short)


def _kinds(
    found: RotaModel, day: date, span: Span, groups: tuple[str, ...]
) -> dict[tuple[str, ...], list[IntVar]]:
    """Those who may be there by which of the groups they can serve."""
    kinds: defaultdict[tuple[str, ...], list[IntVar]] = defaultdict(list)
    for clerk in found.plan.clerks:
        able = tuple(lanes for lanes in groups if clerk.can(lanes))
        for code, here in found.shifts.get((clerk.number, day), {}).items():
            if able and found.plan.shift(code).covers(span):
                kinds[able].append(here)
    return dict(kinds)


def _lead(found: RotaModel) -> None:
    wanted = found.plan.rules.leaders
    leaders = [clerk for clerk in found.plan.clerks if clerk.leads]
    for day in sorted(found.plan.open_days) if wanted else ():
        missing = found.model.new_int_var(0, wanted, f"{day} leaders short")
        found.model.add(summed(found.works(clerk, day) for clerk in leaders) + missing >= wanted)
        found.leaderless.append(missing)


def _share_weekends(found: RotaModel) -> None:
    """The least of those who share, and the most of those who have a weekend day in this rota."""
    plan, model = found.plan, found.model
    weekends = sorted(plan.weekend_days)
    if not weekends:
        return
    most = max(clerk.past.weekends for clerk in plan.clerks) + len(weekends)
    found.most_weekends = model.new_int_var(0, most, "most weekends")
    found.least_weekends = model.new_int_var(0, most, "least weekends")
    model.add(found.most_weekends >= found.least_weekends)
    sharing = {clerk.number for clerk in fairness_counts(plan)}
    for clerk in plan.clerks:
        load = found.worked(clerk, weekends) + clerk.past.weekends
        if clerk.number in sharing:
            model.add(load >= found.least_weekends)
        _hold_below(found, clerk, load, weekends)


def _hold_below(found: RotaModel, clerk: Clerk, load: Expr, weekends: Sequence[date]) -> None:
    if clerk.past.weekends == 0:
        found.model.add(load <= found.most_weekends)
        return
    serves = found.model.new_bool_var(f"{clerk.number} serves a weekend")
    found.model.add(load <= found.most_weekends).only_enforce_if(serves)
    found.model.add(found.worked(clerk, weekends) == 0).only_enforce_if(~serves)


def _ease(found: RotaModel) -> None:
    """What makes weeks easier: days of rest side by side, evenings on many shoulders."""
    _share_evenings(found)
    for clerk in found.plan.clerks:
        for day in found.plan.days[1:-1]:
            if (clerk.number, day) not in found.shifts:
                continue
            alone = found.model.new_bool_var(f"{clerk.number} {day} alone")
            around = found.works(clerk, day - DAY) + found.works(clerk, day + DAY)
            found.model.add(around - found.works(clerk, day) - alone <= 1)
            found.alone.append(alone)


def _share_evenings(found: RotaModel) -> None:
    late = {shift.code for shift in found.plan.shifts if any(s.kind is SpanKind.EVENING for s in shift.spans)}
    if not late:
        return
    found.evenings = found.model.new_int_var(0, len(found.plan.days), "most evenings")
    for clerk in found.plan.clerks:
        own = [
            here
            for day in found.plan.days
            for code, here in found.shifts.get((clerk.number, day), {}).items()
            if code in late
        ]
        found.model.add(summed(own) <= found.evenings)
