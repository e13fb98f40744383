"""The estimate: nothing before there is history, an interval that holds, words for long waits."""

import random

import pytest

from shared.domain.estimate import FULL_TRUST, RATIOS_NEEDED, Estimator, Interval, Wait


def taught(rounds: int, *, ahead: int = 4, per_person: float = 3.0, seed: int = 7) -> Estimator:
    """An estimator that saw `rounds` waits of about `per_person` minutes each person ahead."""
    source = random.Random(seed)
    estimator = Estimator({"A": 5.0, "B": 5.0})
    for _ in range(rounds):
        minutes = ahead * per_person * source.uniform(0.5, 1.5)
        estimator.learn("A", Wait(ahead, minutes, estimator.likely_minutes("A", ahead)))
    return estimator


def test_without_history_there_is_nothing_to_promise() -> None:
    assert taught(0).interval("A", 4) is None
    assert taught(RATIOS_NEEDED - 1).interval("A", 4) is None
    assert taught(RATIOS_NEEDED).interval("A", 4) is not None


def test_the_lanes_own_minutes_take_over_from_the_default() -> None:
    assert taught(0).likely_minutes("A", 10) == 50
    half = taught(FULL_TRUST // 2).likely_minutes("A", 10)
    whole = taught(FULL_TRUST).likely_minutes("A", 10)
    assert 30 < half < 50
    assert whole == pytest.approx(30, rel=0.15)
    assert taught(FULL_TRUST).likely_minutes("B", 10) == 50, "another lane learns for itself"


def test_the_interval_holds_for_eight_in_ten() -> None:
    estimator, source = taught(400), random.Random(11)
    interval = estimator.interval("A", 4)
    assert interval is not None
    waits = [4 * 3.0 * source.uniform(0.5, 1.5) for _ in range(1000)]
    held = sum(interval.low <= wait <= interval.high for wait in waits) / len(waits)
    assert 0.75 < held < 0.97, "rounding to fives may only widen it"


def test_long_waits_are_words() -> None:
    estimator = taught(400, ahead=40, per_person=4.0)
    assert estimator.interval("A", 51) == Interval(long=True)
    assert estimator.interval("A", 45) == Interval(long=True), "above two hours"


def test_nobody_ahead_is_no_wait_and_teaches_nothing() -> None:
    estimator = taught(400)
    assert estimator.interval("A", 0) is None
    before = estimator.likely_minutes("A", 10)
    estimator.learn("A", Wait(0, 600.0, 0.0))
    assert estimator.likely_minutes("A", 10) == before
