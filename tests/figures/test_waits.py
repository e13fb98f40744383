"""The table of promised waits: what it counts, by which week, and when it raises an alarm."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.domain.estimate import Method
from shared.figures.waits import ALARM_FROM, Line, Outcome, by_lane_and_week, iso_week, total

MONDAY = datetime(2026, 2, 9, 9, 30, tzinfo=UTC)


def outcome(
    waited: float,
    *,
    lane: str = "A",
    days: int = 0,
    promised: tuple[int, int] | None = (10, 20),
    long: bool = False,
) -> Outcome:
    low, high = promised or (None, None)
    return Outcome(lane, MONDAY + timedelta(days=days), waited, 4, 15.0, low, high, Method.PACE, long)


def only(outcomes: Iterable[Outcome]) -> Line:
    (line,) = by_lane_and_week(outcomes)
    return line


def test_a_line_counts_what_held_and_by_how_much_it_was_wrong() -> None:
    line = only([outcome(10), outcome(20), outcome(21), outcome(9.9)])
    assert (line.lane, line.week, line.tickets, line.promised) == ("A", "2026-W07", 4, 4)
    assert line.coverage == 0.5, "both ends belong to the interval"
    assert line.mean_error == pytest.approx((5 + 5 + 6 + 5.1) / 4)
    assert line.median_error == pytest.approx(5.05)


def test_a_wait_told_in_words_has_an_error_but_holds_nothing() -> None:
    line = only([outcome(15), outcome(130, promised=None, long=True), outcome(15, promised=None)])
    assert (line.tickets, line.promised, line.coverage) == (3, 1, 1.0)
    assert line.long == pytest.approx(1 / 3), "nothing said yet is not `long`"
    assert line.mean_error == pytest.approx(115 / 3)


def test_nothing_promised_is_no_coverage_and_no_alarm() -> None:
    line = only(outcome(15, promised=None) for _ in range(ALARM_FROM))
    assert line.coverage is None
    assert not line.alarm


def test_lanes_and_weeks_are_apart_and_in_order() -> None:
    rows = [outcome(15, lane="B"), outcome(15, days=7), outcome(15), outcome(15, days=6)]
    lines = by_lane_and_week(rows)
    assert [(line.lane, line.week, line.tickets) for line in lines] == [
        ("A", "2026-W07", 2),
        ("A", "2026-W08", 1),
        ("B", "2026-W07", 1),
    ]


def test_the_total_is_of_all_lanes_and_weeks() -> None:
    assert total([]) is None
    line = total([outcome(15, lane="B"), outcome(25, days=7)])
    assert line is not None
    assert (line.lane, line.week, line.tickets, line.coverage) == ("", "", 2, 0.5)


@pytest.mark.parametrize(
    ("held", "promised", "alarm"),
    [(20, 30, True), (21, 30, False), (27, 30, False), (28, 30, True), (10, 29, False), (29, 29, False)],
)
def test_an_alarm_needs_thirty_promises_and_a_share_outside_seven_to_nine_in_ten(
    held: int, promised: int, alarm: bool
) -> None:
    rows = [outcome(15 if index < held else 40) for index in range(promised)]
    assert only(rows).alarm is alarm


def test_the_week_is_that_of_the_local_date() -> None:
    china = timezone(timedelta(hours=8))
    sunday_evening = datetime(2026, 2, 8, 20, 0, tzinfo=UTC)
    assert iso_week(sunday_evening) == "2026-W06"
    assert iso_week(sunday_evening.astimezone(china)) == "2026-W07"
    assert iso_week(datetime(2027, 1, 1, tzinfo=china)) == "2026-W53", "the year is the week's"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Outcome("A", datetime(2026, 2, 9), 1, 1, 1, None, None, Method.PACE)  # noqa: DTZ001
