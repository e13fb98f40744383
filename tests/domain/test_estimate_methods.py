"""Two methods, one promise: a lane shows the method whose intervals were better lately."""

import random

from shared.domain.estimate import (
    RATIOS_KEPT,
    RATIOS_NEEDED,
    SCORES_KEPT,
    SCORES_NEEDED,
    Estimator,
    Interval,
    Method,
    Wait,
)


class Hall:
    """Waits of ten people's length that one method foresees and the other does not."""

    def __init__(self, seed: int = 2) -> None:
        self.estimator = Estimator({"A": 3.0, "B": 3.0})
        self._source = random.Random(seed)

    def calls(self, count: int, *, rolled_error: float | None, spread: float = 0.6, lane: str = "A") -> None:
        """`count` calls; the rollout (None: not run) errs by up to its share, PACE by the spread."""
        for _ in range(count):
            minutes = 30 * self._source.uniform(1 - spread, 1 + spread)
            rolled = None
            if rolled_error is not None:
                rolled = minutes * self._source.uniform(1 - rolled_error, 1 + rolled_error)
            likely = self.estimator.likely_minutes(lane, 10)
            self.estimator.learn(lane, Wait(10, minutes, likely, rolled))

    def method(self, lane: str = "A") -> Method:
        return self.estimator.promise(lane, 10, rolled=30.0).method


def test_without_evidence_the_pace_is_shown() -> None:
    hall = Hall()
    assert hall.method() is Method.PACE
    hall.calls(200, rolled_error=None)
    assert hall.method() is Method.PACE


def test_a_few_tickets_are_no_evidence() -> None:
    hall = Hall()
    hall.calls(RATIOS_NEEDED + SCORES_NEEDED - 1, rolled_error=0.05)
    assert hall.method() is Method.PACE
    hall.calls(1, rolled_error=0.05)
    assert hall.method() is Method.ROLLOUT


def test_the_better_method_is_shown_and_the_other_again_when_it_is_better() -> None:
    hall = Hall()
    hall.calls(2 * SCORES_NEEDED + 1, rolled_error=0.05)
    assert hall.method() is Method.ROLLOUT
    hall.calls(2 * RATIOS_KEPT, rolled_error=0.95, spread=0.1)
    assert hall.method() is Method.PACE
    hall.calls(2 * RATIOS_KEPT, rolled_error=0.05)
    assert hall.method() is Method.ROLLOUT


def test_each_lane_trusts_what_was_right_for_it() -> None:
    hall = Hall()
    for _ in range(SCORES_KEPT):
        hall.calls(1, rolled_error=0.05)
        hall.calls(1, rolled_error=0.95, spread=0.05, lane="B")
    assert (hall.method("A"), hall.method("B")) == (Method.ROLLOUT, Method.PACE)


def test_no_rollout_is_no_reason_to_promise_nothing() -> None:
    hall = Hall()
    hall.calls(3 * SCORES_NEEDED, rolled_error=0.05)
    promise = hall.estimator.promise("A", 10)
    assert promise.method is Method.PACE
    assert promise.rolled is None
    assert promise.interval is not None
    assert promise.likely == hall.estimator.likely_minutes("A", 10)


def test_a_rollout_that_is_always_off_by_half_is_set_right_by_its_ratios() -> None:
    hall, source = Hall(), random.Random(8)
    for _ in range(200):
        minutes = 30 * source.uniform(0.3, 1.7)
        hall.estimator.learn("A", Wait(10, minutes, 30.0, minutes / 2 * source.uniform(0.9, 1.1)))
    promise = hall.estimator.promise("A", 10, rolled=15.0)
    assert promise.method is Method.ROLLOUT
    assert promise.interval is not None
    assert promise.interval.low <= 30 <= promise.interval.high
    assert promise.interval.high - promise.interval.low <= 10


def test_a_rollout_may_say_at_once() -> None:
    hall = Hall()
    hall.calls(3 * SCORES_NEEDED, rolled_error=0.05)
    hall.estimator.learn("A", Wait(1, 0.0, 3.0, rolled=0.0))
    assert hall.estimator.promise("A", 10, rolled=0.0).interval == Interval(False, 1, 5)


def test_the_board_and_the_slip_say_the_same() -> None:
    hall = Hall()
    hall.calls(3 * SCORES_NEEDED, rolled_error=0.05)
    for rolled in (None, 12.0, 40.0):
        assert hall.estimator.interval("A", 10, rolled) == hall.estimator.promise("A", 10, rolled).interval
