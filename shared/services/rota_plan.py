"""What the hall's own rota is made for: its clerks and their leave, its windows within their lanes' hours."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import ceil

from shared.domain.hours_spans import Span, SpanKind, Spans
from shared.domain.rota_plan import DAY, Clerk, Demand, Past, RotaPlan, RotaRules, Shift, aligned
from shared.domain.workdays import WorkCalendar
from shared.services.hall import HallPlan
from shared.store.queries import sql
from shared.store.sqlite import Connection

EXTENDED_PERCENT = 25
"""Of the windows of a lane, how many are opened in its lunch, evening and weekend hours; at least one."""
_NOON = 12 * 60


def hall_rota_plan(
    connection: Connection,
    hall: HallPlan,
    first: date,
    last: date,
    past: dict[str, Past],
    extended_percent: int = EXTENDED_PERCENT,
) -> RotaPlan:
    """The plan of a period. Raises ValueError when nobody is there, NotYetPublishedError."""
    days = [first + DAY * n for n in range((last - first).days + 1)]
    clerks = tuple(_clerks(connection, hall, past, first, last))
    demands = aligned(demand for day in days for demand in demands_on(hall, day, extended_percent))
    shifts = tuple(_shifts({demand.span for demand in demands}))
    rules = RotaRules(leaders=int(any(clerk.leads for clerk in clerks)))
    return RotaPlan(first, last, clerks, shifts, demands, _workdays(hall.calendar, days), rules)


def leave_of(connection: Connection, first: date, last: date) -> dict[str, frozenset[date]]:
    """Who is on leave on which days."""
    found: defaultdict[str, set[date]] = defaultdict(set)
    for number, day in connection.execute(sql("leaves_between"), (first.isoformat(), last.isoformat())):
        found[number].add(date.fromisoformat(day))
    return {number: frozenset(days) for number, days in found.items()}


def skills_of(connection: Connection, hall: HallPlan) -> dict[str, frozenset[str]]:
    """The lanes that each clerk can serve; every lane where nothing was said."""
    rows = connection.execute(sql("rota_people"))
    return {number: frozenset(lanes or hall.lanes) for number, _, lanes, _, _ in rows}


def _clerks(
    connection: Connection, hall: HallPlan, past: dict[str, Past], first: date, last: date
) -> Iterator[Clerk]:
    leave = leave_of(connection, first, last)
    for number, name, lanes, leads, days in connection.execute(sql("rota_people")).fetchall():
        if days == 0:
            continue
        yield Clerk(
            number,
            name,
            frozenset(lanes or hall.lanes),
            bool(leads),
            5 if days is None else days,
            leave.get(number, frozenset()),
            past.get(number, Past()),
        )


def _workdays(calendar: WorkCalendar, days: Iterable[date]) -> frozenset[date]:
    return frozenset(day for day in days if calendar.is_working(day))


def demands_on(hall: HallPlan, day: date, extended_percent: int = EXTENDED_PERCENT) -> Iterator[Demand]:
    """A clerk for each window while its lanes have regular hours; fewer windows in the other hours."""
    for desk in hall.desks.values():
        open_lanes: defaultdict[Span, set[str]] = defaultdict(set)
        for letter in desk.own:
            spans = _of_kind(hall, letter, day, regular=True)
            for span in hall.hours_of_window(desk.no).of_lane(spans, day):
                open_lanes[span].add(letter)
        yield from _of_window(day, open_lanes)
    for letter in hall.lanes:
        for span, windows in _windows_there(hall, letter, day):
            yield Demand(day, span, letter, max(1, ceil(windows * extended_percent / 100)))


def _windows_there(hall: HallPlan, letter: str, day: date) -> Iterator[tuple[Span, int]]:
    """How many of a lane's windows could open in its other hours: cut where that changes."""
    extended = _of_kind(hall, letter, day, regular=False)
    there = [
        hall.hours_of_window(no).of_lane(extended, day)
        for no, desk in hall.desks.items()
        if letter in desk.own
    ]
    for span in extended:
        parts = [part for spans in there for part in spans if part.start < span.end and span.start < part.end]
        ends = sorted({end for part in parts for end in (part.start, part.end)})
        for start, end in pairwise(ends):
            windows = sum(part.start <= start and end <= part.end for part in parts)
            if windows:
                yield replace(span, start=start, end=end), windows


def _of_window(day: date, open_lanes: dict[Span, set[str]]) -> Iterator[Demand]:
    """One clerk, for whichever of the window's lanes are open: cut where that changes."""
    ends = sorted({end for span in open_lanes for end in (span.start, span.end)})
    for start, end in pairwise(ends):
        inside = [
            (span, lanes) for span, lanes in open_lanes.items() if span.start <= start and end <= span.end
        ]
        if inside:
            letters = set().union(*(lanes for _, lanes in inside))
            span = inside[0][0]
            yield Demand(day, Span(start, end, span.kind, span.access), "".join(sorted(letters)), 1)


def _of_kind(hall: HallPlan, letter: str, day: date, *, regular: bool) -> Spans:
    spans = hall.lanes[letter].hours.spans_on(day)
    return tuple(span for span in spans if (span.kind is SpanKind.REGULAR) is regular)


def _shifts(spans: Iterable[Span]) -> Iterator[Shift]:
    """The day; the day with lunch; from noon into the evening; the weekend: those that the hours ask for."""
    by_kind: defaultdict[SpanKind, list[Span]] = defaultdict(list)
    for span in sorted(spans):
        by_kind[span.kind].append(span)
    regular = _joined(by_kind[SpanKind.REGULAR])
    late = tuple(span for span in regular if span.end > _NOON)
    if regular:
        yield Shift("D", "白班", "day", regular)
    if by_kind[SpanKind.LUNCH]:
        yield Shift("L", "午间班", "lunch", regular + _joined(by_kind[SpanKind.LUNCH]))
    if by_kind[SpanKind.EVENING]:
        yield Shift("E", "晚班", "evening", late + _joined(by_kind[SpanKind.EVENING]))
    if by_kind[SpanKind.WEEKEND]:
        yield Shift("W", "周末班", "weekend", _joined(by_kind[SpanKind.WEEKEND]))


def _joined(spans: Iterable[Span]) -> Spans:
    """As few spans as cover the same time, each of the kind of its first."""
    found: list[Span] = []
    for span in spans:
        if found and span.start <= found[-1].end:
            last = found.pop()
            found.append(Span(last.start, max(last.end, span.end), last.kind, last.access))
        else:
            found.append(span)
    return tuple(found)
