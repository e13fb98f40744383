"""Opening hours of every sort for property tests, around a National Day with its make-up workdays."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from shared.domain.hours import Access, Span, SpanKind, WeekHours
from shared.domain.hours_spans import Spans, joined
from shared.domain.moments import HALL_ZONE
from shared.domain.workdays import Day, DayKind, WorkCalendar

NATIONAL_DAY = [Day(date(2026, 10, day), DayKind.HOLIDAY, "国庆节", "National Day") for day in range(1, 8)]
MAKE_UP = [Day(date(2026, *day), DayKind.MAKE_UP, "国庆节", "National Day") for day in ((9, 20), (10, 10))]
CALENDAR = WorkCalendar(frozenset({2026}), {day.date: day for day in NATIONAL_DAY + MAKE_UP})


def at(text: str) -> datetime:
    """A moment of the hall, such as `2026-11-23 09:00`, which is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=HALL_ZONE)


QUARTERS = st.sets(st.integers(0, 96), max_size=8)
WEEKDAY_KINDS = st.sampled_from([kind for kind in SpanKind if kind is not SpanKind.WEEKEND])
DATES = st.dates(date(2026, 9, 18), date(2026, 10, 14))
MOMENTS = st.integers(0, 26 * 96).map(
    lambda quarter: at("2026-09-18 00:00") + quarter * timedelta(minutes=15)
)


@st.composite
def days(draw: st.DrawFn, *, weekend: bool = False) -> Spans:
    """The spans of a day, on quarter hours, some touching."""
    edges = sorted(draw(QUARTERS))
    kinds = st.sampled_from(list(SpanKind)) if weekend else WEEKDAY_KINDS
    pairs = [(a, b) for a, b in pairwise(edges) if draw(st.booleans())]
    return joined(Span(a * 15, b * 15, draw(kinds), draw(st.sampled_from(list(Access)))) for a, b in pairs)


WEEKS = st.builds(
    WeekHours,
    st.tuples(*[days()] * 5, *[days(weekend=True)] * 2),
    st.dictionaries(DATES, days(), max_size=4),
    st.none() | days(),
    st.just(CALENDAR),
)
