"""The likely wait: the bend of a line is learnt, and today counts a little and only today."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.estimate_pace import Pace

MORNING = 1_800_000_000_000
MINUTE = 60_000


def taught(bend: float, *, tickets: int = 1500, seed: int = 3) -> Pace:
    """A hall where ten people take thirty minutes and others as the bend says, give or take a third."""
    source, pace = random.Random(seed), Pace({"A": 5.0, "B": 2.0})
    for _ in range(tickets):
        ahead = source.randint(2, 30)
        pace.learn("A", ahead, 30 * (ahead / 10) ** bend * source.uniform(0.67, 1.33), 0)
    return pace


@pytest.mark.parametrize("bend", [0.6, 0.8, 1.0])
def test_the_bend_of_the_line_is_learnt(bend: float) -> None:
    pace = taught(bend)
    assert pace.likely("A", 10, 0) == pytest.approx(30, rel=0.1)
    assert pace.likely("A", 20, 0) / pace.likely("A", 5, 0) == pytest.approx(4**bend, rel=0.1)


def test_without_history_twice_the_line_is_twice_the_wait() -> None:
    pace = Pace({"A": 5.0})
    assert [pace.likely("A", ahead, 0) for ahead in (0, 1, 10, 40)] == pytest.approx([0, 5, 50, 200])


def test_a_lane_without_history_bends_as_its_hall_does() -> None:
    pace = taught(0.6)
    assert pace.likely("B", 20, 0) / pace.likely("B", 5, 0) == pytest.approx(4**0.6, rel=0.1)
    assert pace.likely("B", 10, 0) == pytest.approx(20), "its minutes are still the default"


def test_a_slow_morning_makes_waits_longer_until_it_has_passed() -> None:
    pace = taught(0.8)
    usual = pace.likely("A", 10, MORNING)
    for call in range(20):
        pace.learn("A", 10, 60, MORNING + call * 3 * MINUTE)
    now, next_day = MORNING + 60 * MINUTE, MORNING + 24 * 60 * MINUTE
    history = pace.likely("A", 10, 0)
    assert pace.likely("A", 10, now) > 1.2 * history
    assert history < pace.likely("A", 10, now + 120 * MINUTE) < pace.likely("A", 10, now)
    assert pace.likely("A", 10, next_day) == pytest.approx(history, rel=0.001)
    assert pace.likely("A", 10, now) < 1.7 * usual, "shrunk: a slow hour is no proof of a slow day"


def test_a_slow_lane_does_not_slow_the_others() -> None:
    pace = taught(0.8)
    before = pace.likely("B", 10, MORNING)
    for call in range(10):
        pace.learn("A", 10, 90, MORNING + call * MINUTE)
    assert pace.likely("B", 10, MORNING + 10 * MINUTE) == pytest.approx(before, rel=0.02)


def test_a_clock_that_steps_back_fades_nothing_and_breaks_nothing() -> None:
    pace = taught(0.8)
    for call in range(10):
        pace.learn("A", 10, 90, MORNING + call * MINUTE)
    slow = pace.likely("A", 10, MORNING + 9 * MINUTE)
    assert pace.likely("A", 10, MORNING - 60 * MINUTE) == pytest.approx(slow)
    pace.learn("A", 10, 90, MORNING - 60 * MINUTE)
    assert pace.likely("A", 10, MORNING - 60 * MINUTE) > slow


WAITS = st.tuples(
    st.integers(1, 80), st.floats(0, 600), st.integers(0, 600).map(lambda minute: MORNING + minute * MINUTE)
)


@given(st.lists(WAITS, max_size=60), st.integers(0, 600))
def test_whatever_was_learnt_more_people_ahead_never_wait_less(
    waits: list[tuple[int, float, int]], minute: int
) -> None:
    pace = Pace({"A": 3.0})
    for ahead, minutes, at in waits:
        pace.learn("A", ahead, minutes, at)
    line = [pace.likely("A", ahead, MORNING + minute * MINUTE) for ahead in range(80)]
    assert line == sorted(line)
    assert line[0] == 0 < line[1]
