"""What a change of hours takes from booked citizens, told before it is made."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hours import WeekHours, parse_hours
from shared.domain.hours_changes import HoursChange, changes
from shared.domain.hours_spans import Spans
from shared.domain.moments import HALL_ZONE
from shared.domain.workdays import Day, DayKind, WorkCalendar
from tests.domain.hours_values import DATES, WEEKS

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
BEFORE = parse_hours(["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00"])


def told(change: HoursChange) -> tuple[int, str, str, str]:
    """The day of the month, and the three rows of spans as they are written."""
    lost, gained, gone = map(_written, (change.lost, change.gained, change.no_longer_bookable))
    return change.day.day, lost, gained, gone


def _written(spans: Spans) -> str:
    return " ".join(map(str, spans))


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00"], []),
        (
            ["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00", "2026-11-25 closed"],
            [(25, "09:00-12:00 13:00-17:00", "", "09:00-12:00 13:00-17:00")],
        ),
        (["Mon-Fri 09:00-12:00 13:00-17:00"], [(28, "09:00-12:00", "", "09:00-12:00")]),
        (
            ["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 10:00-13:00"],
            [(28, "09:00-10:00", "12:00-13:00", "09:00-10:00")],
        ),
        (  # walk-ins lose it, booked citizens keep their times
            ["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00 weekend booked"],
            [(28, "09:00-12:00", "09:00-12:00 weekend booked", "")],
        ),
        (
            ["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-10:00 10:30-12:00"],
            [(28, "10:00-10:30", "", "10:00-10:30")],
        ),
    ],
)
def test_the_dates_and_spans_that_change(after: list[str], expected: list[tuple[int, str, str, str]]) -> None:
    assert [told(change) for change in changes(BEFORE, parse_hours(after), MONDAY, SUNDAY)] == expected


def test_a_holiday_that_becomes_known_changes_its_day() -> None:
    festival = Day(MONDAY, DayKind.HOLIDAY, "节", "Festival")
    after = parse_hours(BEFORE.in_config(), WorkCalendar(frozenset({2026}), {MONDAY: festival}))
    assert [change.day for change in changes(BEFORE, after, MONDAY, SUNDAY)] == [MONDAY]


def test_only_the_days_asked_for_are_told_both_ends_included() -> None:
    never = WeekHours(((),) * 7)
    found = changes(BEFORE, never, date(2026, 11, 24), date(2026, 11, 25))
    assert [change.day.day for change in found] == [24, 25]
    with pytest.raises(ValueError, match="2026-11-23 comes before 2026-11-24"):
        changes(BEFORE, never, date(2026, 11, 24), MONDAY)


def test_a_change_in_words() -> None:
    after = parse_hours([*BEFORE.in_config()[:1], "Sat 10:00-12:00 13:00-14:00 booked"])
    (change,) = changes(BEFORE, after, MONDAY, SUNDAY)
    assert change.in_words() == (
        "11月28日 周六：取消 09:00-10:00；新增 13:00-14:00（仅限预约）",
        "Sat 28 Nov: no longer 09:00-10:00; new 13:00-14:00 (by appointment)",
    )
    (closed,) = changes(BEFORE, parse_hours(BEFORE.in_config()[:1]), MONDAY, SUNDAY)
    assert closed.in_words()[0] == "11月28日 周六：取消 09:00-12:00"


@given(WEEKS, WEEKS, DATES)
def test_what_is_no_longer_bookable_is_what_was_and_is_not(
    before: WeekHours, after: WeekHours, day: date
) -> None:
    """Asked quarter by quarter, since spans begin on quarters."""
    found = {change.day: change.no_longer_bookable for change in changes(before, after, day, day)}
    midnight = datetime.combine(day, time(), HALL_ZONE)
    for quarter in range(0, 24 * 60, 15):
        moment = midnight + timedelta(minutes=quarter)
        gone = before.is_bookable(moment) and not after.is_bookable(moment)
        assert any(span.holds(quarter) for span in found.get(day, ())) is gone


@given(WEEKS, st.data())
def test_the_same_hours_change_nothing(hours: WeekHours, data: st.DataObject) -> None:
    day = data.draw(DATES)
    assert changes(hours, hours, day, day + timedelta(days=7)) == ()
