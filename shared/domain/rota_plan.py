"""What a rota is made for: clerks with their skills and leave, shifts, what the hall wants, and the rules.

A clerk works at most one shift a day, and has one place at a time: a group of lanes for one span. Weeks run
from Monday to Sunday. A day on duty that is no workday by law earns a day of rest (调休), taken on a workday
in its own week or one of the next `owed_weeks`; what is not yet due is carried to the next rota.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from shared.domain.hours_spans import Span, Spans

DAY = timedelta(days=1)
WEEK = 7
MOST_CLERKS = 300
MOST_DAYS = 92


def monday_of(day: date) -> date:
    """The first day of the week that a date lies in."""
    return day - DAY * day.weekday()


@dataclass(frozen=True, slots=True)
class Past:
    """What a clerk brings from before the rota."""

    worked: frozenset[date] = frozenset()
    """The days of the last two weeks on duty: weeks and runs of days go on across the border."""
    weekends: int = 0
    """Weekend days already served beyond those of whoever served the fewest."""
    owed: tuple[date, ...] = ()
    """The days on duty for which rest is still owed, the oldest first."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody the rota is for. `skills` are the letters of lanes, `days` the most that they work a week."""

    number: str
    name: str
    skills: frozenset[str]
    leads: bool = False
    days: int = 5
    leave: frozenset[date] = frozenset()
    past: Past = Past()

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 5:
            raise ValueError(
                f"clerk {self.number} cannot work {self.days} days a week: 1 to 5, two are of rest"
            )

    def can(self, lanes: str) -> bool:
        """Whether the clerk may have a place for these lanes: any of them is enough."""
        return not self.skills.isdisjoint(lanes)


@dataclass(frozen=True, slots=True)
class Shift:
    """When somebody on it is at work. `code` is short: it stands in the cells of the table."""

    code: str
    name: str
    name_en: str
    spans: Spans

    def covers(self, span: Span) -> bool:
        """Whether somebody on it is there for the whole span."""
        return any(own.start <= span.start and span.end <= own.end for own in self.spans)


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """`wanted` clerks are to have a place at `lanes`, a group such as `AB`, during one span of a day."""

    day: date
    span: Span
    lanes: str
    wanted: int

    def __post_init__(self) -> None:
        if not self.lanes or self.lanes != "".join(sorted(set(self.lanes))):
            raise ValueError(f"{self.lanes!r} is no group of lanes: each letter once, in order")
        if self.wanted < 1:
            raise ValueError(f"{self.day} {self.span.times} {self.lanes} wants {self.wanted} clerks")


@dataclass(frozen=True, slots=True)
class RotaRules:
    """The figures of the rules."""

    most_running: int = 6
    owed_weeks: int = 2
    """Rest is taken in the week that it was earned in, or at most so many weeks later."""
    leaders: int = 1
    """Clerks who can lead, on each open day."""

    def __post_init__(self) -> None:
        if not (1 <= self.most_running <= 6 and 0 <= self.owed_weeks <= 26 and 0 <= self.leaders <= 9):
            raise ValueError(f"these rules are out of range: {self}")


@dataclass(frozen=True, slots=True)
class RotaPlan:
    """What a rota is made for. Demands of one day have equal spans or spans that do not overlap."""

    first: date
    last: date
    clerks: tuple[Clerk, ...]
    shifts: tuple[Shift, ...]
    demands: tuple[Demand, ...]
    workdays: frozenset[date]
    """The days of the period that are workdays by law."""
    rules: RotaRules = RotaRules()

    def __post_init__(self) -> None:
        if not 1 <= len(self.days) <= MOST_DAYS:
            raise ValueError(f"a rota is for 1 to {MOST_DAYS} days, not from {self.first} to {self.last}")
        if not 1 <= len(self.clerks) <= MOST_CLERKS:
            raise ValueError(f"a rota is for 1 to {MOST_CLERKS} clerks, not {len(self.clerks)}")
        for what, names in (
            ("clerk", [c.number for c in self.clerks]),
            ("shift", [s.code for s in self.shifts]),
        ):
            if len(set(names)) < len(names):
                raise ValueError(f"a {what} is there twice")
        self._require_demands()

    def _require_demands(self) -> None:
        seen: set[tuple[date, Span, str]] = set()
        for demand in self.demands:
            if not self.first <= demand.day <= self.last:
                raise ValueError(f"{demand.day} is outside {self.first} to {self.last}")
            if not any(shift.covers(demand.span) for shift in self.shifts):
                raise ValueError(f"no shift covers {demand.day} {demand.span.times}")
            key = (demand.day, demand.span, demand.lanes)
            if key in seen:
                raise ValueError(f"{demand.day} {demand.span.times} {demand.lanes} is asked for twice")
            seen.add(key)
        for day in {demand.day for demand in self.demands}:
            spans = sorted({d.span for d in self.demands if d.day == day})
            if any(one.end > other.start for one, other in pairwise(spans)):
                raise ValueError(f"the spans asked for on {day} overlap; see `aligned`")

    @property
    def days(self) -> tuple[date, ...]:
        """Every date of the period."""
        return tuple(self.first + DAY * n for n in range((self.last - self.first).days + 1))

    @property
    def open_days(self) -> frozenset[date]:
        """The dates on which somebody is wanted."""
        return frozenset(demand.day for demand in self.demands)

    @property
    def weekend_days(self) -> frozenset[date]:
        """The open dates that are no workdays by law: Saturdays, Sundays, public holidays."""
        return self.open_days - self.workdays

    def spans_on(self, day: date) -> Spans:
        """The spans of a date in which somebody is wanted, in order."""
        return tuple(sorted({demand.span for demand in self.demands if demand.day == day}))

    def clerk(self, number: str) -> Clerk | None:
        """The clerk with this number."""
        return next((clerk for clerk in self.clerks if clerk.number == number), None)

    def shift(self, code: str) -> Shift:
        """The shift with this code. Raises KeyError."""
        for shift in self.shifts:
            if shift.code == code:
                return shift
        raise KeyError(code)


def fairness_counts(plan: RotaPlan) -> tuple[Clerk, ...]:
    """The clerks among whom weekends are shared: who has a skill wanted then, and no leave on any of them.

    Leave on a weekend excuses from taking part; whoever does is still not to have more than the others.
    """
    wanted = {demand.lanes for demand in plan.demands if demand.day in plan.weekend_days}
    return tuple(
        clerk
        for clerk in plan.clerks
        if clerk.leave.isdisjoint(plan.weekend_days) and any(map(clerk.can, wanted))
    )


def aligned(demands: Iterable[Demand]) -> tuple[Demand, ...]:
    """The demands cut at each other's ends, so that two spans of a day are equal or apart; equal ones added.

    Where kinds of hours differ within one piece, the kind of the demand that begins first holds.
    """
    by_day: dict[date, list[Demand]] = {}
    for demand in demands:
        by_day.setdefault(demand.day, []).append(demand)
    return tuple(piece for _, of_day in sorted(by_day.items()) for piece in _pieces(of_day))


def _pieces(demands: list[Demand]) -> Iterator[Demand]:
    ends = sorted({end for demand in demands for end in (demand.span.start, demand.span.end)})
    for start, end in pairwise(ends):
        inside = [
            demand for demand in sorted(demands) if demand.span.start <= start and end <= demand.span.end
        ]
        wanted: dict[str, int] = {}
        for demand in inside:
            wanted[demand.lanes] = wanted.get(demand.lanes, 0) + demand.wanted
        for lanes, count in sorted(wanted.items()):
            first = inside[0]
            yield Demand(first.day, Span(start, end, first.span.kind, first.span.access), lanes, count)
