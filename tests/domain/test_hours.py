"""Opening hours: what is open, until when, from when again, and how it is written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hours import Span, WeekHours, parse_hours, sentence_for_opening
from shared.domain.moments import HALL_ZONE

OFFICE = parse_hours(["Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00", "2026-11-25 closed"])
NEVER = WeekHours(((),) * 7)
ALWAYS = parse_hours(["Mon-Sun 00:00-24:00"])


def at(text: str) -> datetime:
    """A moment of the hall, such as `2026-11-23 09:00`, which is a Monday."""
    return datetime.fromisoformat(text).replace(tzinfo=HALL_ZONE)


@pytest.mark.parametrize(
    ("now", "is_open", "closes", "opens"),
    [
        ("2026-11-23 08:59:59", False, None, "2026-11-23 09:00"),
        ("2026-11-23 09:00", True, "2026-11-23 12:00", "2026-11-23 13:00"),
        ("2026-11-23 11:59:59", True, "2026-11-23 12:00", "2026-11-23 13:00"),
        ("2026-11-23 12:00", False, None, "2026-11-23 13:00"),
        ("2026-11-23 17:00", False, None, "2026-11-24 09:00"),
        ("2026-11-24 17:00", False, None, "2026-11-26 09:00"),  # Wednesday is an exception
        ("2026-11-25 10:00", False, None, "2026-11-26 09:00"),
        ("2026-11-28 11:00", True, "2026-11-28 12:00", "2026-11-30 09:00"),
        ("2026-12-31 18:00", False, None, "2027-01-01 09:00"),
    ],
)
def test_a_week_of_the_office(now: str, is_open: bool, closes: str | None, opens: str) -> None:
    assert OFFICE.is_open(at(now)) is is_open
    assert OFFICE.closes_at(at(now)) == (at(closes) if closes else None)
    assert OFFICE.next_opening(at(now)) == at(opens)


def test_the_zone_is_the_halls_whatever_the_moment_is_given_in() -> None:
    assert OFFICE.is_open(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    assert OFFICE.closes_at(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)) == at("2026-11-23 12:00")


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        OFFICE.is_open(datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001  # naive on purpose


def test_a_hall_that_never_opens_or_never_closes() -> None:
    now = at("2026-11-23 10:00")
    assert (NEVER.is_open(now), NEVER.closes_at(now), NEVER.next_opening(now)) == (False, None, None)
    assert ALWAYS.is_open(now)
    assert ALWAYS.closes_at(now) is None


def test_a_night_that_goes_on_past_midnight_closes_in_the_morning() -> None:
    hours = parse_hours(["Fri 20:00-24:00", "Sat 00:00-02:00"])
    assert hours.closes_at(at("2026-11-27 23:00")) == at("2026-11-28 02:00")
    assert hours.is_open(at("2026-11-27 23:59:59.999999"))


def test_spans_that_touch_are_one() -> None:
    assert parse_hours(["Mon 09:00-12:00 12:00-17:00"]) == parse_hours(["Mon 09:00-17:00"])
    assert parse_hours(["Mon 12:00-17:00", "Mon 09:00-12:00"]) == parse_hours(["Mon 09:00-17:00"])


def test_a_date_may_have_other_spans() -> None:
    hours = parse_hours(["Mon-Fri 09:00-17:00", "2026-11-29 10:00-11:00"])
    assert hours.next_opening(at("2026-11-28 00:00")) == at("2026-11-29 10:00")


@pytest.mark.parametrize(
    ("lines", "zh", "en"),
    [
        (
            ["Mon-Fri 09:00-12:00 13:00-17:00"],
            "周一至周五 09:00-12:00 13:00-17:00",
            "Mon-Fri 09:00-12:00 13:00-17:00",
        ),
        (
            ["Mon-Fri 9:00-17:00", "Sat 09:00-12:00"],
            "周一至周五 09:00-17:00，周六 09:00-12:00",
            "Mon-Fri 09:00-17:00, Sat 09:00-12:00",
        ),
        (["Sat 00:00-24:00"], "周六 00:00-24:00", "Sat 00:00-24:00"),
        (["Mon closed"], "不对外服务", "not open"),
    ],
)
def test_in_words(lines: list[str], zh: str, en: str) -> None:
    assert parse_hours(lines).in_words() == (zh, en)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Mon-Fry 09:00-12:00", "days are written as"),
        ("Fri-Mon 09:00-12:00", "Mon comes before Fri"),
        ("Mon", "times are missing"),
        ("", "times are missing"),
        ("Mon 9-12", "9-12 is no span"),
        ("Mon 09：00-12：00", "is no span"),
        ("Mon 12:00-09:00", "must end after it starts"),
        ("Mon 09:00-09:00", "must end after it starts"),
        ("Mon 22:00-25:00", "by 24:00"),
        ("Mon 09:60-10:00", "more than 59 minutes"),
        ("Mon 09:00-12:00 11:59-13:00", "09:00-12:00 and 11:59-13:00 overlap"),
        ("2026-02-30 closed", "2026-02-30 is no date"),
        ("Mon closed 09:00-12:00", "closed is no span"),
        ("Mon 09:00-12:00 dinner", "dinner is no span such as 09:00-12:00, and none of the words lunch, "),
        ("Mon 09:00-12:00 regular", "regular is no span"),
        ("Mon lunch 12:00-13:00", "lunch comes after its times"),
        ("Mon booked", "booked comes after its times"),
        ("Mon 12:00-13:00 lunch evening", "12:00-13:00 is both lunch and evening"),
        ("Mon 09:00-12:00 weekend", "weekend hours are for Sat and Sun"),
        ("Fri-Sat 09:00-12:00 weekend", "weekend hours are for Sat and Sun"),
        ("2026-11-23 09:00-12:00 weekend", "weekend hours are for Sat and Sun"),
        ("holidays 09:00-12:00 weekend", "weekend hours are for Sat and Sun"),
        ("holidays", "times are missing"),
        ("holidays open 09:00-12:00", "open is no span"),
        ("Mon open", "open is no span"),
        ("Mon 09:00-12:00 11:00-13:00 lunch booked", "09:00-12:00 and 11:00-13:00 lunch booked overlap"),
    ],
)
def test_a_mistake_is_told_with_its_line(line: str, words: str) -> None:
    with pytest.raises(ValueError, match="“") as error:
        parse_hours([line])
    assert words in str(error.value)
    assert f"“{line}”" in str(error.value)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["Mon-Fri 09:00-12:00", "Wed 11:00-13:00"], "overlap"),
        (["2026-10-01 closed", "2026-10-01 09:00-12:00"], "2026-10-01 is there twice"),
        (["holidays closed", "holidays open"], "“holidays open”: holidays is there twice"),
        (["Mon-Fri 09:00-12:00", "Wed closed"], "“Wed closed”: Wed is closed here and open in another line"),
        (["Wed closed", "Mon-Fri 09:00-12:00"], "Wed is open here and closed in another line"),
        (["Mon 09:00-13:00", "Mon 12:00-13:00 lunch"], "09:00-13:00 and 12:00-13:00 lunch overlap"),
    ],
)
def test_a_mistake_between_two_lines_is_told(lines: list[str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_hours(lines)


def test_a_week_has_seven_days() -> None:
    with pytest.raises(ValueError, match="7 days"):
        WeekHours(((),) * 6)


MORNING, NOON = Span(540, 720), Span(700, 780)


@pytest.mark.parametrize("spans", [(MORNING, NOON), (NOON, MORNING), (MORNING, MORNING)])
def test_no_value_has_overlapping_spans(spans: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        WeekHours((spans, *[()] * 6))
    with pytest.raises(ValueError, match="overlap"):
        WeekHours(NEVER.week, {date(2026, 10, 1): spans})
    with pytest.raises(ValueError, match="overlap"):
        WeekHours(NEVER.week, on_holidays=spans)


@pytest.mark.parametrize(
    ("opening", "zh", "en"),
    [
        ("2026-11-23 13:00", "今天 13:00 开始", "opens today at 13:00"),
        ("2026-11-24 09:00", "明天 09:00 开始", "opens tomorrow at 09:00"),
        ("2026-11-25 09:00", "11月25日 周三 09:00 开始", "opens Wed 25 Nov at 09:00"),
    ],
)
def test_the_sentence_for_the_next_opening(opening: str, zh: str, en: str) -> None:
    assert sentence_for_opening(at(opening), at("2026-11-23 12:10")) == (zh, en)


def test_tomorrow_is_the_halls_tomorrow() -> None:
    """At 16:10 UTC it is past midnight in the hall: 09:00 is today, not tomorrow."""
    now = datetime(2026, 11, 23, 16, 10, tzinfo=UTC)
    assert sentence_for_opening(at("2026-11-24 09:00"), now)[0] == "今天 09:00 开始"


def test_no_opening_is_said_too() -> None:
    assert sentence_for_opening(None, at("2026-11-23 12:00")) == ("开放时间待定", "no opening is known yet")


QUARTERS = st.sets(st.integers(0, 96), max_size=6)
MOMENTS = st.timedeltas(timedelta(), timedelta(days=21)).map(lambda later: at("2026-12-20 00:00") + later)


def spans_of(quarters: set[int]) -> tuple[Span, ...]:
    """Spans between pairs of quarter hours, apart from one another."""
    edges = sorted(quarters)
    return tuple(Span(a * 15, b * 15) for a, b in zip(edges[::2], edges[1::2], strict=False))


SPANS = QUARTERS.map(spans_of)
WEEKS = st.builds(
    WeekHours,
    st.tuples(*[SPANS] * 7),
    st.dictionaries(st.dates(date(2026, 12, 20), date(2027, 1, 12)), SPANS, max_size=5),
)


@given(WEEKS, MOMENTS)
def test_when_closed_the_next_opening_is_the_first_open_moment(hours: WeekHours, now: datetime) -> None:
    if hours.is_open(now):
        return
    opening = hours.next_opening(now)
    if opening is None:
        assert not any(hours.week)
        return
    assert opening > now
    assert hours.is_open(opening)
    assert not hours.is_open(opening - timedelta(microseconds=1))
    moment = now
    for _ in range(200):  # spans begin on quarters, so that no open moment hides between two steps
        assert moment >= opening or not hours.is_open(moment)
        moment += timedelta(minutes=15)


@given(WEEKS, MOMENTS)
def test_when_open_it_stays_open_until_it_closes(hours: WeekHours, now: datetime) -> None:
    closing = hours.closes_at(now)
    if not hours.is_open(now):
        assert closing is None
        return
    if closing is None:
        assert all(hours.is_open(now + timedelta(hours=step)) for step in range(24 * 30))
        return
    assert now < closing
    assert not hours.is_open(closing)
    moment = now
    while moment < closing and moment < now + timedelta(days=3):
        assert hours.is_open(moment)
        moment += timedelta(minutes=15)


@given(WEEKS)
def test_what_is_written_reads_back(hours: WeekHours) -> None:
    assert parse_hours(hours.in_config()) == hours
