"""From likely minutes to an interval: eight in ten of what is read holds, and long waits are words."""

import random
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.estimate_interval import MOST_AHEAD, MOST_MINUTES, RATIOS_NEEDED, Calibration, Interval
from shared.domain.estimate_rolling import Rolling


def share_held(likely: float, snapshot: int, tickets: int = 6000) -> float:
    """The share of shown intervals that held, when waits are known to `snapshot` minutes."""
    source, calibration = random.Random(5), Calibration("AB")
    held = []
    for _ in range(tickets):
        minutes = likely * source.lognormvariate(0, 0.4)
        seen = round(minutes / snapshot) * snapshot
        shown = calibration.interval("A", 4, likely)
        if shown is not None:
            held.append(shown.low <= seen <= shown.high)
        calibration.learn("A", 4, likely, seen)
    return sum(held) / len(held)


@pytest.mark.parametrize(("likely", "snapshot"), [(4.0, 1), (12.0, 1), (12.0, 5), (23.0, 5), (50.0, 5)])
def test_eight_in_ten_of_what_was_read_hold_however_it_is_rounded(likely: float, snapshot: int) -> None:
    assert 0.77 < share_held(likely, snapshot) < 0.83


def test_short_and_long_lines_are_calibrated_apart() -> None:
    calibration, source = Calibration("AB"), random.Random(9)
    for _ in range(300):
        calibration.learn("A", 3, 40, 40 * source.uniform(0.2, 2.0))
        calibration.learn("A", 20, 60, 60 * source.uniform(0.9, 1.1))
    short, long = calibration.interval("B", 3, 50), calibration.interval("B", 20, 50)
    assert short is not None
    assert long is not None
    assert short.low < 25 < 45 <= long.low <= long.high <= 55 < 75 < short.high


def test_a_lane_that_keeps_its_word_soon_has_a_narrower_interval_than_its_hall() -> None:
    calibration, source = Calibration("ABC"), random.Random(4)
    for _ in range(300):
        calibration.learn("A", 8, 40, 40 * source.uniform(0.9, 1.1))
        calibration.learn("B", 8, 40, 40 * source.uniform(0.2, 2.0))
    widths = {}
    for lane in "ABC":
        shown = calibration.interval(lane, 8, 40)
        assert shown is not None
        widths[lane] = shown.high - shown.low
    assert 1.5 * widths["A"] < widths["C"] < widths["B"], "C has no history and says what the hall does"


def test_from_fifty_ahead_there_are_words_even_without_history() -> None:
    assert Calibration("AB").interval("A", MOST_AHEAD, 10) == Interval(long=True)
    assert Calibration("AB").interval("A", MOST_AHEAD - 1, 10) is None


RATIOS = st.lists(st.floats(0, 20), min_size=RATIOS_NEEDED, max_size=60)


@given(RATIOS, st.integers(1, 80), st.floats(0.01, 500))
def test_an_interval_is_ordered_and_below_two_hours_or_it_is_words(
    ratios: list[float], ahead: int, likely: float
) -> None:
    calibration = Calibration("AB")
    for ratio in ratios:
        calibration.learn("A", ahead, 10, 10 * ratio)
    shown = calibration.interval("A", ahead, likely)
    bounds = calibration.bounds("A", ahead, likely)
    assert shown is not None
    assert bounds is not None
    if ahead >= MOST_AHEAD or bounds[1] > MOST_MINUTES:
        assert shown == Interval(long=True)
    else:
        assert not shown.long
        assert 0 <= shown.low <= shown.high <= MOST_MINUTES


@given(RATIOS, st.lists(st.floats(0.01, 200), min_size=2, max_size=2))
def test_a_longer_likely_wait_is_never_shown_as_a_shorter_one(
    ratios: list[float], waits: list[float]
) -> None:
    calibration = Calibration("AB")
    for ratio in ratios:
        calibration.learn("A", 4, 10, 10 * ratio)
    shorter, longer = (calibration.interval("A", 4, likely) for likely in sorted(waits))
    assert shorter is not None
    assert longer is not None
    if shorter.long or longer.long:
        assert longer.long
    else:
        assert (shorter.low, shorter.high) <= (longer.low, longer.high)
        assert shorter.high <= longer.high


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.integers(1, 10), st.floats(0, 1))
def test_rolling_values_are_the_latest_in_order(values: list[float], kept: int, share: float) -> None:
    rolling = Rolling(kept)
    for value in values:
        rolling.add(value)
    latest = sorted(values[-kept:])
    assert len(rolling) == len(latest)
    assert rolling.quantile(0) == latest[0]
    assert rolling.quantile(1) == latest[-1]
    assert bisect_left(latest, rolling.quantile(share)) <= round(share * (len(latest) - 1))
    assert latest[(len(latest) - 1) // 2] <= rolling.median() <= latest[len(latest) // 2]
