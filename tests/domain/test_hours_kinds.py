"""Offset and extended hours: their kinds, walk-ins and appointments, public holidays and make-up workdays."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hours import Access, Span, SpanKind, WeekHours, parse_hours
from shared.domain.hours_spans import Spans
from tests.domain.hours_values import CALENDAR, DATES, MOMENTS, WEEKS, at

LINES = (
    "Mon-Fri 09:00-12:00 13:00-17:00",
    "Mon-Fri 12:00-13:00 lunch booked",
    "Thu 17:00-20:00 evening",
    "Sat 09:00-12:00 weekend booked",
)
HOURS = parse_hours(LINES, CALENDAR)


def on(text: str) -> date:
    return date.fromisoformat(text)


def written(spans: Spans) -> str:
    return " ".join(map(str, spans))


def test_a_span_knows_its_kind_and_who_may_come() -> None:
    assert HOURS.spans_on(on("2026-11-26")) == (
        Span(540, 720),
        Span(720, 780, SpanKind.LUNCH, Access.BOOKED),
        Span(780, 1020),
        Span(1020, 1200, SpanKind.EVENING),
    )
    assert HOURS.in_config() == [
        "Mon-Wed 09:00-12:00 12:00-13:00 lunch booked 13:00-17:00",
        "Thu 09:00-12:00 12:00-13:00 lunch booked 13:00-17:00 17:00-20:00 evening",
        "Fri 09:00-12:00 12:00-13:00 lunch booked 13:00-17:00",
        "Sat 09:00-12:00 weekend booked",
    ]


def test_the_words_behind_a_span_have_no_order() -> None:
    assert parse_hours(["Sat 09:00-12:00 booked weekend"]) == parse_hours(["Sat 09:00-12:00 weekend booked"])


@pytest.mark.parametrize(
    ("now", "walk_in", "bookable", "closes", "opens"),
    [
        ("2026-11-23 11:59", True, True, "2026-11-23 12:00", "2026-11-23 13:00"),
        ("2026-11-23 12:30", False, True, None, "2026-11-23 13:00"),  # at noon by appointment only
        ("2026-11-26 16:00", True, True, "2026-11-26 20:00", "2026-11-27 09:00"),  # the evening follows
        ("2026-11-26 18:00", True, True, "2026-11-26 20:00", "2026-11-27 09:00"),
        ("2026-11-28 10:00", False, True, None, "2026-11-30 09:00"),  # Saturday by appointment only
        ("2026-11-29 10:00", False, False, None, "2026-11-30 09:00"),
    ],
)
def test_walk_ins_and_appointments(
    now: str, walk_in: bool, bookable: bool, closes: str | None, opens: str
) -> None:
    assert (HOURS.is_open(at(now)), HOURS.is_bookable(at(now))) == (walk_in, bookable)
    assert HOURS.closes_at(at(now)) == (at(closes) if closes else None)
    assert HOURS.next_opening(at(now)) == at(opens)


@pytest.mark.parametrize(
    ("moment", "minutes", "fits"),
    [
        ("2026-11-28 09:00", 180, True),
        ("2026-11-28 09:00", 181, False),
        ("2026-11-28 11:50", 10, True),
        ("2026-11-28 11:50", 15, False),
        ("2026-11-28 08:55", 15, False),
        ("2026-11-23 11:50", 20, True),  # across the edge of two kinds, and nothing closes there
        ("2026-11-26 09:00", 11 * 60, True),
    ],
)
def test_an_appointment_lies_within_hours_from_its_first_minute_to_its_last(
    moment: str, minutes: int, fits: bool
) -> None:
    assert HOURS.is_bookable(at(moment), minutes) is fits


@pytest.mark.parametrize("day", ["2026-10-01", "2026-10-03", "2026-10-07", "2027-01-01", "2027-05-02"])
def test_on_a_public_holiday_the_week_does_not_hold(day: str) -> None:
    assert HOURS.spans_on(on(day)) == ()
    assert not HOURS.is_bookable(at(f"{day} 10:00"))
    assert parse_hours(LINES).spans_on(on(day)) == HOURS.week[on(day).weekday()]  # without a calendar


@pytest.mark.parametrize(("make_up", "like"), [("2026-10-10", "2026-10-16"), ("2026-09-20", "2026-09-21")])
def test_a_make_up_workday_has_the_hours_of_the_weekday_beside_it(make_up: str, like: str) -> None:
    hours = parse_hours(["Mon 08:30-12:00", "Tue-Thu 09:00-17:00", "Fri 09:00-16:00"], CALENDAR)
    assert hours.spans_on(on(make_up)) == hours.spans_on(on(like)) != ()
    assert hours.is_open(at(f"{make_up} 11:00"))


def test_an_exception_goes_before_holiday_and_make_up_workday() -> None:
    hours = parse_hours([*LINES, "2026-10-01 09:00-10:00 booked", "2026-10-10 closed"], CALENDAR)
    assert written(hours.spans_on(on("2026-10-01"))) == "09:00-10:00 booked"
    assert hours.spans_on(on("2026-10-10")) == ()


def test_holidays_may_have_hours_of_their_own_or_the_usual_ones() -> None:
    own = parse_hours([*LINES, "holidays 09:00-11:00 booked"], CALENDAR)
    assert written(own.spans_on(on("2026-10-01"))) == "09:00-11:00 booked"
    usual = parse_hours([*LINES, "holidays open"], CALENDAR)
    assert usual.spans_on(on("2026-10-01")) == HOURS.week[3]
    assert parse_hours([*LINES, "holidays closed"], CALENDAR) == HOURS


def test_the_next_opening_after_a_holiday_is_told() -> None:
    assert HOURS.next_opening(at("2026-09-30 17:00")) == at("2026-10-08 09:00")
    assert HOURS.next_opening(at("2026-10-09 17:00")) == at("2026-10-10 09:00")
    assert HOURS.next_opening(at("2026-12-31 17:00")) == at("2027-01-04 09:00")  # 1 January is a Friday


def test_a_night_open_past_midnight_opens_once() -> None:
    hours = parse_hours(["Fri 20:00-24:00 evening", "Sat 00:00-02:00 weekend"])
    assert hours.next_opening(at("2026-11-27 21:00")) == at("2026-12-04 20:00")


def test_the_week_in_words_names_kinds_and_appointments() -> None:
    hours = parse_hours(
        ["Mon-Fri 09:00-12:00", "Mon-Fri 12:00-13:00 lunch", "Sat 09:00-12:00 weekend booked"]
    )
    assert hours.in_words() == (
        "周一至周五 09:00-12:00 12:00-13:00（午间），周六 09:00-12:00（周末，仅限预约）",
        "Mon-Fri 09:00-12:00 12:00-13:00 (lunch), Sat 09:00-12:00 (weekend, by appointment)",
    )


@pytest.mark.parametrize(
    ("day", "zh", "en"),
    [
        ("2026-10-01", "10月1日 周四（国庆节） 不对外服务", "Thu 1 Oct (National Day): not open"),
        (
            "2026-10-10",
            "10月10日 周六（调休上班） 09:00-12:00 12:00-13:00（午间，仅限预约） 13:00-17:00",
            "Sat 10 Oct (make-up workday): 09:00-12:00 12:00-13:00 (lunch, by appointment) 13:00-17:00",
        ),
        ("2026-11-29", "11月29日 周日 不对外服务", "Sun 29 Nov: not open"),
        ("2027-01-03", "1月3日 周日 不对外服务", "Sun 3 Jan: not open"),
    ],
)
def test_a_date_in_words(day: str, zh: str, en: str) -> None:
    assert HOURS.day_in_words(on(day)) == (zh, en)


def test_holidays_in_words() -> None:
    assert HOURS.holidays_in_words() == ("法定节假日 不对外服务", "public holidays not open")
    assert parse_hours([*LINES, "holidays open"], CALENDAR).holidays_in_words()[0] == "法定节假日照常"
    short = parse_hours([*LINES, "holidays 09:00-11:00"], CALENDAR)
    assert short.holidays_in_words() == ("法定节假日 09:00-11:00", "public holidays 09:00-11:00")
    assert parse_hours(LINES).holidays_in_words() == ("", "")


@given(WEEKS)
def test_what_is_printed_reads_back(hours: WeekHours) -> None:
    again = parse_hours(hours.in_config(), CALENDAR)
    assert again == hours
    assert again.in_config() == hours.in_config()


@given(WEEKS, DATES)
def test_no_day_has_spans_that_overlap(hours: WeekHours, day: date) -> None:
    minutes = [minute for span in hours.spans_on(day) for minute in range(span.start, span.end)]
    assert len(minutes) == len(set(minutes))


@given(WEEKS, MOMENTS)
def test_whoever_may_walk_in_may_also_book(hours: WeekHours, now: datetime) -> None:
    assert hours.is_bookable(now) or not hours.is_open(now)


@given(WEEKS, MOMENTS)
def test_the_next_opening_is_open_and_nothing_opens_before_it(hours: WeekHours, now: datetime) -> None:
    opening = hours.next_opening(now)
    end = opening or now + timedelta(days=14)
    if opening is not None:
        assert opening > now
        assert hours.is_open(opening)
        assert not hours.is_open(opening - timedelta(minutes=1))
    moment, was_open = now, hours.is_open(now)
    while (moment := moment + timedelta(minutes=15)) < min(end, now + timedelta(days=4)):
        assert was_open or not hours.is_open(moment)
        was_open = hours.is_open(moment)


@given(WEEKS, MOMENTS)
def test_it_stays_open_until_it_closes(hours: WeekHours, now: datetime) -> None:
    closing = hours.closes_at(now)
    if not hours.is_open(now):
        assert closing is None
        return
    moment = now
    while moment < min(closing or moment, now + timedelta(days=4)):
        assert hours.is_open(moment)
        moment += timedelta(minutes=15)
    assert closing is None or not hours.is_open(closing)


@given(WEEKS, MOMENTS, st.integers(1, 32))
def test_an_appointment_fits_when_each_of_its_minutes_does(
    hours: WeekHours, moment: datetime, quarters: int
) -> None:
    minutes = min(quarters * 15, 24 * 60 - moment.hour * 60 - moment.minute)
    each = all(hours.is_bookable(moment + timedelta(minutes=m)) for m in range(0, minutes, 15))
    assert hours.is_bookable(moment, minutes) is each
