"""Working days by law: terms across weekends, holidays and make-up workdays, and how a promise stands."""

import pickle
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.workdays import (
    Day,
    DayKind,
    NotYetPublishedError,
    PromiseState,
    PromiseThresholds,
    WorkCalendar,
    promise_state,
)


def holiday(first: str, days: int, name: str = "节", name_en: str = "Festival") -> list[Day]:
    start = date.fromisoformat(first)
    dates = [start + timedelta(days=ahead) for ahead in range(days)]
    return [Day(day, DayKind.HOLIDAY, name, name_en) for day in dates]


def make_up(*dates: str) -> list[Day]:
    return [Day(date.fromisoformat(day), DayKind.MAKE_UP, "节", "Festival") for day in dates]


def calendar(years: set[int], *special: list[Day]) -> WorkCalendar:
    return WorkCalendar(frozenset(years), {day.date: day for days in special for day in days})


# National Day 2026, and Spring Festival of the same year with its two worked Saturdays.
YEAR = calendar(
    {2026},
    holiday("2026-02-15", 9, "春节", "Spring Festival"),
    holiday("2026-10-01", 7, "国庆节", "National Day"),
    make_up("2026-02-14", "2026-02-28", "2026-09-20", "2026-10-10"),
)
LEAP = calendar({2024}, holiday("2024-01-01", 1))


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-23", 0, "2026-11-23"),  # on the spot
        ("2026-11-23", 1, "2026-11-24"),  # the day of acceptance is not counted
        ("2026-11-27", 1, "2026-11-30"),  # Friday to Monday
        ("2026-11-28", 1, "2026-11-30"),  # accepted on an extended Saturday: Monday is the first day
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-02-13", 1, "2026-02-14"),  # a worked Saturday counts
        ("2026-02-13", 2, "2026-02-24"),  # nine days of Spring Festival do not
        ("2026-02-16", 1, "2026-02-24"),
        ("2026-02-24", 4, "2026-02-28"),
        ("2026-02-28", 1, "2026-03-02"),  # a Sunday after it does not
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-12-30", 1, "2026-12-31"),
    ],
)
def test_a_term_ends(start: str, count: int, due: str) -> None:
    assert YEAR.add_working_days(on(start), count) == on(due)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [("2024-02-28", 1, "2024-02-29"), ("2024-02-29", 1, "2024-03-01"), ("2024-02-23", 4, "2024-02-29")],
)
def test_a_leap_day_counts(start: str, count: int, due: str) -> None:
    assert LEAP.add_working_days(on(start), count) == on(due)


@pytest.mark.parametrize("start", ["2026-12-29", "2026-12-30", "2026-12-31"])
def test_a_term_into_a_year_not_published_is_not_guessed(start: str) -> None:
    with pytest.raises(NotYetPublishedError, match="2027 are not yet published") as error:
        YEAR.add_working_days(on(start), 3)
    assert error.value.year == 2027
    assert error.value.in_words()[0] == "2027 年放假安排尚未公布"


def test_a_term_runs_over_the_turn_of_the_year_once_it_is_published() -> None:
    both = calendar({2026, 2027}, holiday("2027-01-01", 3, "元旦", "New Year's Day"), make_up("2027-01-09"))
    assert both.add_working_days(on("2026-12-31"), 1) == on("2027-01-04")
    assert both.add_working_days(on("2026-12-29"), 3) == on("2027-01-04")
    assert both.add_working_days(on("2026-12-31"), 6) == on("2027-01-09")


def test_a_negative_term_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more working days"):
        YEAR.add_working_days(on("2026-11-23"), -1)


def test_what_a_term_leaves_out_is_told() -> None:
    out = YEAR.uncounted(on("2026-09-30"), on("2026-10-09"))
    assert [day.date.day for day in out] == [1, 2, 3, 4, 5, 6, 7]
    assert {(day.name, day.name_en) for day in out} == {("国庆节", "National Day")}
    assert [day.kind for day in YEAR.uncounted(on("2026-11-27"), on("2026-11-30"))] == [DayKind.REST] * 2


def test_an_extended_day_accepts_and_does_not_count() -> None:
    saturday, worked, monday = on("2026-11-28"), on("2026-10-10"), on("2026-11-23")
    assert YEAR.accepts_only(saturday, opened=True)
    assert not YEAR.accepts_only(saturday, opened=False)
    assert not YEAR.accepts_only(worked, opened=True)
    assert not YEAR.accepts_only(monday, opened=True)


def test_a_year_not_published_is_told_for_each_question() -> None:
    day = on("2027-06-01")
    for ask in (YEAR.day, YEAR.is_working, lambda d: YEAR.accepts_only(d, opened=True)):
        with pytest.raises(NotYetPublishedError):
            ask(day)
    assert not YEAR.knows(day)
    assert YEAR.knows(on("2026-12-31"))


def test_the_laws_own_dates_hold_before_the_notice_is_out() -> None:
    assert [YEAR.is_holiday(on(day)) for day in ("2027-01-01", "2027-05-02", "2027-10-03")] == [True] * 3
    assert [YEAR.is_holiday(on(day)) for day in ("2027-01-02", "2027-05-03", "2027-10-04")] == [False] * 3
    assert not YEAR.is_make_up(on("2027-01-09"))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-11-28", DayKind.WORKDAY),
        ("2026-11-23", DayKind.REST),
        ("2026-11-23", DayKind.MAKE_UP),
    ],
)
def test_a_kind_must_fit_its_weekday(day: str, kind: DayKind) -> None:
    with pytest.raises(ValueError, match=f"cannot be a {kind} day"):
        Day(on(day), kind)


def test_special_days_stand_under_their_date_in_a_published_year() -> None:
    festival = holiday("2026-10-01", 1)[0]
    with pytest.raises(ValueError, match="must be published"):
        WorkCalendar(frozenset({2025}), {festival.date: festival})
    with pytest.raises(ValueError, match="is listed as"):
        WorkCalendar(frozenset({2026}), {on("2026-10-02"): festival})


def test_a_calendar_travels_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(YEAR)) == YEAR  # noqa: S301  # our own bytes


GREEN, AMBER, RED = PromiseState


@pytest.mark.parametrize(
    ("accepted", "days", "today", "state"),
    [
        ("2026-11-23", 0, "2026-11-23", AMBER),  # on the spot: its only day is its last
        ("2026-11-23", 0, "2026-11-24", RED),
        ("2026-11-28", 0, "2026-11-28", AMBER),  # accepted on a Saturday
        ("2026-11-28", 0, "2026-11-29", RED),
        ("2026-11-23", 1, "2026-11-23", GREEN),
        ("2026-11-23", 1, "2026-11-24", AMBER),
        ("2026-11-23", 1, "2026-11-25", RED),
        ("2026-11-26", 1, "2026-11-28", RED),  # due on Friday, and it is Saturday
        ("2026-11-27", 1, "2026-11-29", GREEN),  # due on Monday, and it is Sunday
        ("2026-11-23", 5, "2026-11-26", GREEN),  # two left of five
        ("2026-11-23", 5, "2026-11-27", AMBER),  # one left: a fifth
        ("2026-11-23", 5, "2026-11-30", AMBER),
        ("2026-11-23", 5, "2026-12-01", RED),
        ("2026-09-30", 3, "2026-10-07", GREEN),  # the whole holiday long
        ("2026-09-30", 3, "2026-10-10", AMBER),  # a worked Saturday is its last day
        ("2026-09-30", 3, "2026-10-11", RED),
        ("2026-12-30", 20, "2026-12-31", GREEN),  # runs into a year nobody knows yet
    ],
)
def test_how_a_promise_stands(accepted: str, days: int, today: str, state: PromiseState) -> None:
    assert promise_state(YEAR, on(accepted), days, on(today)) is state


def test_a_day_in_a_year_not_published_has_no_colour() -> None:
    with pytest.raises(NotYetPublishedError):
        promise_state(YEAR, on("2026-12-30"), 20, on("2027-01-04"))


@pytest.mark.parametrize(("days", "today"), [(-1, "2026-11-23"), (3, "2026-11-22")])
def test_what_cannot_be_judged_is_refused(days: int, today: str) -> None:
    with pytest.raises(ValueError, match="can be judged"):
        promise_state(YEAR, on("2026-11-23"), days, on(today))


def test_the_thresholds_are_data_and_said() -> None:
    early = PromiseThresholds(amber_percent=50)
    assert promise_state(YEAR, on("2026-11-23"), 4, on("2026-11-25"), early) is AMBER
    assert promise_state(YEAR, on("2026-11-23"), 4, on("2026-11-24"), early) is GREEN
    assert all("50%" in words for words in early.in_words())
    with pytest.raises(ValueError, match="from 0 to 100"):
        PromiseThresholds(amber_percent=101)


DAYS = st.dates(on("2026-01-01"), on("2026-10-31"))


@given(DAYS, st.integers(1, 20))
def test_a_due_day_counts_and_closes_the_count(start: date, count: int) -> None:
    due = YEAR.add_working_days(start, count)
    assert YEAR.is_working(due)
    assert YEAR.working_days(start, due) == count
    assert len(YEAR.uncounted(start, due)) == (due - start).days - count


@given(DAYS, st.integers(0, 20), st.integers(0, 40))
def test_red_means_past_the_due_day_and_nothing_else(start: date, count: int, later: int) -> None:
    today = start + timedelta(days=later)
    due = YEAR.add_working_days(start, count)
    state = promise_state(YEAR, start, count, today)
    assert (state is RED) == (today > due)
    assert today != due or state is AMBER


@given(DAYS, st.integers(0, 20))
def test_a_promise_never_turns_back(start: date, count: int) -> None:
    order = list(PromiseState)
    states = [promise_state(YEAR, start, count, start + timedelta(days=later)) for later in range(45)]
    assert [order.index(state) for state in states] == sorted(order.index(state) for state in states)
