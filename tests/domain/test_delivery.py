"""Sending to a gateway that may be slow, busy or dead: when again, when never, and how seldom."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.delivery import (
    MOST_ATTEMPTS,
    SECOND,
    Breaker,
    Pace,
    Verdict,
    answered,
    asked_pause,
    pause_after,
    unanswered,
)
from shared.testing import MONDAY_MORNING


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_a_taken_message_is_sent(status: int) -> None:
    assert answered(status).verdict is Verdict.SENT


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(status: int) -> None:
    attempt = answered(status, 7000)
    assert (attempt.verdict, attempt.asked, attempt.hurts) == (Verdict.AGAIN, 7000, True)


@pytest.mark.parametrize("status", [301, 302, 304, 400, 401, 403, 404, 410, 413, 422])
def test_what_stays_wrong_is_never_tried_again(status: int) -> None:
    attempt = answered(status, 7000)
    assert (attempt.verdict, attempt.asked) == (Verdict.REFUSED, None)
    assert attempt.hurts == (status in (401, 403)), "a wrong secret would meet every message"


def test_no_answer_is_unknown_and_not_no() -> None:
    assert unanswered("timeout").verdict is Verdict.AGAIN


@given(st.integers(1, 40), st.floats(0, 1))
def test_pauses_grow_and_are_bounded(attempts: int, draw: float) -> None:
    pause = pause_after(attempts, None, draw)
    usual = min(5 * SECOND * 2 ** (attempts - 1), 900 * SECOND)
    assert usual // 2 <= pause <= usual


def test_pauses_differ_by_chance() -> None:
    assert len({pause_after(4, None, draw / 10) for draw in range(11)}) == 11


def test_the_asked_pause_is_the_least() -> None:
    assert pause_after(1, 120 * SECOND, 0.0) == 120 * SECOND
    assert pause_after(9, 1 * SECOND, 1.0) > 1 * SECOND


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        (None, None), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("٣", None),
        ("Mon, 32 Nov", None),
        ("0", 0), ("30", 30 * SECOND), (" 30 ", 30 * SECOND), ("9" * 40, 3600 * SECOND),
        (format_datetime(MONDAY_MORNING + timedelta(seconds=40)), 40 * SECOND),
        (format_datetime(MONDAY_MORNING - timedelta(days=9)), 0),
        ("Mon, 23 Nov 2026 09:30:00", None),
    ],
)  # fmt: skip
def test_retry_after_is_read_as_the_standard_says(header: str | None, pause: int | None) -> None:
    assert asked_pause(header, MONDAY_MORNING) == pause


@given(st.text(max_size=60))
def test_retry_after_is_never_more_than_an_hour(header: str) -> None:
    assert 0 <= (asked_pause(header, MONDAY_MORNING) or 0) <= 3600 * SECOND


# -- the breaker --------------------------------------------------------------------------------------


def test_it_opens_after_failures_in_a_row_and_tries_with_one() -> None:
    breaker, now = Breaker(threshold=3), 0
    for _ in range(2):
        breaker.failed(now, 1.0)
    breaker.succeeded()
    for _ in range(2):
        breaker.failed(now, 1.0)
    assert breaker.room(now) is None, "two in a row are not three"
    breaker.failed(now, 1.0)
    assert breaker.room(now) == 0
    assert breaker.room(30 * SECOND - 1) == 0
    assert breaker.room(30 * SECOND) == 1, "one message tries the gateway"
    breaker.succeeded()
    assert breaker.room(30 * SECOND) is None


def test_a_dead_gateway_is_tried_ever_more_seldom() -> None:
    breaker, now, pauses = Breaker(threshold=1), 0, []
    for _ in range(12):
        breaker.failed(now, 1.0)
        assert breaker.open_until is not None
        pauses.append(breaker.open_until - now)
        now = breaker.open_until
    assert pauses == sorted(pauses)
    assert pauses[0] == 30 * SECOND
    assert pauses[-1] == 600 * SECOND


def test_failures_of_messages_that_were_on_their_way_do_not_count_twice() -> None:
    breaker = Breaker(threshold=1)
    breaker.failed(0, 1.0)
    until = breaker.open_until
    for _ in range(5):
        breaker.failed(1, 1.0)
    assert breaker.open_until == until


def test_it_leaves_a_gateway_alone_that_asks_for_it() -> None:
    breaker = Breaker(threshold=5)
    breaker.failed(0, 0.0, asked=90 * SECOND)
    assert breaker.room(90 * SECOND - 1) == 0
    assert breaker.room(90 * SECOND) == 1


# -- the pace -----------------------------------------------------------------------------------------


@given(st.integers(1, 600), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 50)), max_size=60))
def test_never_faster_than_agreed(per_minute: int, steps: list[tuple[int, int]]) -> None:
    pace, now, given_at = Pace(per_minute), 0, []
    for step, wanted in steps:
        now += step
        given_at += [now] * pace.take(now, wanted)
    for start in given_at:
        within = sum(start <= at < start + 60 * SECOND for at in given_at)
        assert within <= per_minute + pace.most


def test_a_slow_pace_still_lets_messages_through() -> None:
    pace = Pace(1)
    assert [pace.take(second * SECOND, 5) for second in range(61)].count(1) == 2


def test_a_clock_that_steps_back_gives_nothing_extra() -> None:
    pace = Pace(60)
    assert pace.take(100 * SECOND, 9) == 5
    assert pace.take(0, 9) == 0


def test_attempts_are_bounded() -> None:
    hours = sum(pause_after(attempt, None, 1.0) for attempt in range(1, MOST_ATTEMPTS)) / (3600 * SECOND)
    assert 1 < hours < 3
