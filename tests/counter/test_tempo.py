"""The clock of a service: quiet, and amber past the usual minutes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter.tempo import tempo

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)

seconds = st.integers(0, 5 * 3600)


@given(seconds, st.integers(1, 120))
def test_it_is_long_only_past_the_usual_minutes(elapsed: int, usual: int) -> None:
    assert tempo(NOW, NOW + timedelta(seconds=elapsed), usual).is_long == (elapsed > usual * 60)


@given(seconds)
def test_without_usual_minutes_nothing_is_long(elapsed: int) -> None:
    assert not tempo(NOW, NOW + timedelta(seconds=elapsed), None).is_long


@given(seconds)
def test_the_text_says_the_seconds_exactly(elapsed: int) -> None:
    parts = [int(part) for part in tempo(NOW, NOW + timedelta(seconds=elapsed), None).text.split(":")]
    assert sum(part * 60**place for place, part in enumerate(reversed(parts))) == elapsed
    assert all(part < 60 for part in parts[1:])


def test_a_clock_that_is_a_beat_behind_shows_zero() -> None:
    assert tempo(NOW, NOW - timedelta(seconds=1), 5).text == "00:00"
