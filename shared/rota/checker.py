"""Says what is wrong with a rota, from its plan and the rules alone.

Written from the rules as they hang on the wall, and sharing no code with whatever made the rota: it counts
days and names by itself. A lack that the rota names is no violation; one that it hides is, and so is one
that it names and does not have.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shared.domain.hours_words import Words, date_in_words
from shared.domain.rota import Rota
from shared.domain.rota_plan import Clerk
from shared.domain.rota_shortage import Unmet


class Rule(StrEnum):
    """The rules, by the name that a violation is told with."""

    KNOWN = "known"
    LEAVE = "leave"
    SKILL = "skill"
    ONE_PLACE = "one_place"
    SHIFT = "shift"
    FIVE_DAYS = "five_days"
    SIX_RUNNING = "six_running"
    PLACES = "places"
    LEADER = "leader"
    OWED_REST = "owed_rest"
    OWED_IN_TIME = "owed_in_time"
    WEEKENDS = "weekends"
    IN_VAIN = "in_vain"


_WORDS: dict[Rule, Words] = {
    Rule.KNOWN: ("人员、日期或班次不在计划内", "a clerk, day or shift that is not in the plan"),
    Rule.LEAVE: ("请假的人被排了班", "somebody on leave is on duty"),
    Rule.SKILL: ("排在不会办的队列", "has a place at lanes without the skill"),
    Rule.ONE_PLACE: ("同一时间有两个岗位", "is in two places at one time"),
    Rule.SHIFT: ("在岗时间与班次不符", "the hours do not fit the shift"),
    Rule.FIVE_DAYS: ("一周上班天数过多", "works too many days in one week"),
    Rule.SIX_RUNNING: ("连续上班天数过多", "works too many days running"),
    Rule.PLACES: ("缺岗与写明的不符", "the places short are not as named"),
    Rule.LEADER: ("缺带班长而未写明", "a day without the team leaders, not as named"),
    Rule.OWED_REST: ("调休没有依据", "an owed rest that is not due to anything"),
    Rule.OWED_IN_TIME: ("调休逾期而未写明", "owed rest is overdue, not as named"),
    Rule.WEEKENDS: ("周末值班不均而未写明", "weekends are shared unevenly, not as named"),
    Rule.IN_VAIN: ("休息日值班却没有岗位", "comes on a day of rest and has no place"),
}


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a rota breaks: where, and by whom. `count` is what was counted against the rule."""

    rule: Rule
    clerk: str = ""
    day: date | None = None
    count: int = 0
    detail: str = ""

    def in_words(self) -> Words:
        """The sentence for people, in Chinese and English."""
        zh, en = _WORDS[self.rule]
        day_zh, day_en = date_in_words(self.day) if self.day else ("", "")
        rest = " ".join(part for part in (str(self.count) if self.count else "", self.detail) if part)
        return (
            " ".join(part for part in (self.clerk, day_zh, zh) if part) + (f"（{rest}）" if rest else ""),
            " ".join(part for part in (self.clerk, day_en, en) if part) + (f" ({rest})" if rest else ""),
        )


def check(rota: Rota) -> list[Violation]:
    """Every violation, rule by rule; none of a rota that holds."""
    unknown = list(_known(rota))
    return unknown or [violation for rule in _RULES for violation in rule(rota)]


# -- each clerk -----------------------------------------------------------------------------------------


def _known(rota: Rota) -> Iterator[Violation]:
    """Everything that is named must be in the plan; the other rules then need not ask."""
    numbers = {clerk.number for clerk in rota.plan.clerks}
    codes = {shift.code for shift in rota.plan.shifts}
    wanted = {(d.day, d.span) for d in rota.plan.demands}
    for duty in rota.duties:
        if duty.clerk not in numbers or duty.shift not in codes or (duty.day, duty.span) not in wanted:
            yield Violation(Rule.KNOWN, duty.clerk, duty.day, detail=f"{duty.shift} {duty.span.times}")
    for rest in rota.rests:
        if rest.clerk not in numbers or not rota.plan.first <= rest.day <= rota.plan.last:
            yield Violation(Rule.KNOWN, rest.clerk, rest.day)


def _leave(rota: Rota) -> Iterator[Violation]:
    away = {clerk.number: clerk.leave for clerk in rota.plan.clerks}
    for clerk, day in sorted({(duty.clerk, duty.day) for duty in rota.duties}):
        if day in away[clerk]:
            yield Violation(Rule.LEAVE, clerk, day)


def _skills(rota: Rota) -> Iterator[Violation]:
    skills = {clerk.number: clerk.skills for clerk in rota.plan.clerks}
    wanted = {(d.day, d.span, d.lanes) for d in rota.plan.demands}
    for duty in rota.duties:
        if not duty.place:
            continue
        if not set(duty.place) & skills[duty.clerk] or (duty.day, duty.span, duty.place) not in wanted:
            yield Violation(Rule.SKILL, duty.clerk, duty.day, detail=duty.place)


def _one_place(rota: Rota) -> Iterator[Violation]:
    by_day = defaultdict(list)
    for duty in rota.duties:
        by_day[duty.clerk, duty.day].append(duty.span)
    for (clerk, day), spans in sorted(by_day.items()):
        for n, span in enumerate(spans):
            if any(span.start < other.end and other.start < span.end for other in spans[:n]):
                yield Violation(Rule.ONE_PLACE, clerk, day, detail=span.times)


def _shifts(rota: Rota) -> Iterator[Violation]:
    """One shift a day, and at work for every wanted span of it."""
    spans_of = {shift.code: shift.spans for shift in rota.plan.shifts}
    worked = defaultdict(set)
    for duty in rota.duties:
        worked[duty.clerk, duty.day].add((duty.shift, duty.span))
    for (clerk, day), duties in sorted(worked.items()):
        code = min(shift for shift, _ in duties)
        asked = {d.span for d in rota.plan.demands if d.day == day}
        due = {(code, a) for a in asked if any(s.start <= a.start and a.end <= s.end for s in spans_of[code])}
        if duties != due:
            yield Violation(Rule.SHIFT, clerk, day, detail=code)


def _five_days(rota: Rota) -> Iterator[Violation]:
    for clerk in rota.plan.clerks:
        weeks = Counter(day.isocalendar()[:2] for day in _worked(rota, clerk))
        for (year, week), days in sorted(weeks.items()):
            sunday = date.fromisocalendar(year, week, 7)
            if days > clerk.days and sunday >= rota.plan.first:
                yield Violation(Rule.FIVE_DAYS, clerk.number, sunday - timedelta(days=6), days)


def _six_running(rota: Rota) -> Iterator[Violation]:
    for clerk in rota.plan.clerks:
        run, last = 0, None
        for day in sorted(_worked(rota, clerk)):
            run = run + 1 if last is not None and (day - last).days == 1 else 1
            last = day
            if run > rota.plan.rules.most_running and day >= rota.plan.first:
                yield Violation(Rule.SIX_RUNNING, clerk.number, day, run)


def _worked(rota: Rota, clerk: Clerk) -> set[date]:
    here = {duty.day for duty in rota.duties if duty.clerk == clerk.number}
    return here | {day for day in clerk.past.worked if day < rota.plan.first}


# -- the hall -------------------------------------------------------------------------------------------


def _places(rota: Rota) -> Iterator[Violation]:
    there = Counter((duty.day, duty.span, duty.place) for duty in rota.duties)
    named = {(s.day, s.span, s.lanes): s for s in rota.shortages if s.kind is Unmet.PLACE}
    for demand in rota.plan.demands:
        key = (demand.day, demand.span, demand.lanes)
        short = named.pop(key, None)
        missing = demand.wanted - there[key]
        if missing != (short.missing if short else 0):
            yield Violation(Rule.PLACES, "", demand.day, missing, f"{demand.lanes} {demand.span.times}")
    for day, span, lanes in named:
        yield Violation(Rule.PLACES, "", day, detail=f"{lanes} {span.times if span else ''}")


def _leaders(rota: Rota) -> Iterator[Violation]:
    lead = {clerk.number for clerk in rota.plan.clerks if clerk.leads}
    named = {s.day: s.missing for s in rota.shortages if s.kind is Unmet.LEADER}
    for day in sorted({demand.day for demand in rota.plan.demands}):
        there = {duty.clerk for duty in rota.duties if duty.day == day} & lead
        missing = max(0, rota.plan.rules.leaders - len(there))
        if missing != named.pop(day, 0):
            yield Violation(Rule.LEADER, "", day, missing)
    yield from (Violation(Rule.LEADER, "", day) for day in named)


def _owed_rest(rota: Rota) -> Iterator[Violation]:
    """Each rest on a workday that is otherwise theirs, for a day on duty of its own, not too long ago."""
    plan = rota.plan
    open_days = {demand.day for demand in plan.demands}
    for clerk in plan.clerks:
        worked = _worked(rota, clerk)
        owed = Counter(clerk.past.owed) + Counter(worked & (open_days - plan.workdays))
        for rest in rota.rests:
            if rest.clerk != clerk.number:
                continue
            free = rest.day in open_days & plan.workdays and rest.day not in worked | clerk.leave
            owed[rest.earned] -= 1
            weeks = _weeks_between(rest.earned, rest.day)
            if not free or owed[rest.earned] < 0 or not 0 <= weeks <= plan.rules.owed_weeks:
                yield Violation(Rule.OWED_REST, clerk.number, rest.day, detail=str(rest.earned))


def _owed_in_time(rota: Rota) -> Iterator[Violation]:
    plan = rota.plan
    weekend = {demand.day for demand in plan.demands} - plan.workdays
    named = Counter((s.clerk, s.day) for s in rota.shortages if s.kind is Unmet.REST)
    late: Counter[tuple[str, date | None]] = Counter()
    for clerk in plan.clerks:
        days = {duty.day for duty in rota.duties if duty.clerk == clerk.number}
        left = Counter(clerk.past.owed) + Counter(days & weekend)
        left -= Counter(rest.earned for rest in rota.rests if rest.clerk == clerk.number)
        for earned, count in left.items():
            sunday = earned + timedelta(days=6 - earned.weekday(), weeks=plan.rules.owed_weeks)
            if sunday <= plan.last:
                late[clerk.number, earned] += count
    for (number, day), count in sorted(((late - named) + (named - late)).items(), key=str):
        yield Violation(Rule.OWED_IN_TIME, number, day, count)


def _weeks_between(earned: date, rest: date) -> int:
    return ((rest - timedelta(days=rest.weekday())) - (earned - timedelta(days=earned.weekday()))).days // 7


def _weekends(rota: Rota) -> Iterator[Violation]:
    """The most of those who serve a weekend day here, against the least of all who share them."""
    weekend = {demand.day for demand in rota.plan.demands} - rota.plan.workdays
    wanted = {letter for d in rota.plan.demands if d.day in weekend for letter in d.lanes}
    served = Counter(number for number, day in {(d.clerk, d.day) for d in rota.duties} if day in weekend)
    serving, sharing = [], []
    for clerk in rota.plan.clerks:
        load = clerk.past.weekends + served[clerk.number]
        if served[clerk.number]:
            serving.append(load)
        if clerk.skills & wanted and not clerk.leave & weekend:
            sharing.append(load)
    spread = max(0, max(serving) - min(sharing)) if serving and sharing else 0
    named = sum(s.missing for s in rota.shortages if s.kind is Unmet.EVEN)
    if max(0, spread - 1) != named:
        yield Violation(Rule.WEEKENDS, count=spread)


def _in_vain(rota: Rota) -> Iterator[Violation]:
    """On a day of rest everybody has a place, but for the leader whom the day would otherwise be without."""
    weekend = {demand.day for demand in rota.plan.demands} - rota.plan.workdays
    lead = {clerk.number for clerk in rota.plan.clerks if clerk.leads}
    for day in sorted(weekend):
        placed = {duty.clerk for duty in rota.duties if duty.day == day and duty.place}
        idle = {duty.clerk for duty in rota.duties if duty.day == day} - placed
        needed = max(0, rota.plan.rules.leaders - len(placed & lead))
        spare = sorted(idle - lead) + sorted(idle & lead)[needed:]
        yield from (Violation(Rule.IN_VAIN, number, day) for number in spare)


_RULES: tuple[Callable[[Rota], Iterator[Violation]], ...] = (
    _leave,
    _skills,
    _one_place,
    _shifts,
    _five_days,
    _six_running,
    _places,
    _leaders,
    _owed_rest,
    _owed_in_time,
    _weekends,
    _in_vain,
)
