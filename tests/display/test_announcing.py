"""The rule of late calls has one edge, by the hub's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from display.announcing import ANNOUNCED_WITHIN, is_announced
from shared.protocol.messages import Call

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
A_MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("age", "speed", "announced"),
    [
        (timedelta(0), 1.0, True),
        (ANNOUNCED_WITHIN, 1.0, True),
        (ANNOUNCED_WITHIN + A_MOMENT, 1.0, False),
        (-ANNOUNCED_WITHIN, 1.0, True),
        (timedelta(minutes=10), 60.0, True),
        (ANNOUNCED_WITHIN + A_MOMENT, 0.5, False),
    ],
)
def test_a_call_is_announced_within_a_minute_of_real_time(
    age: timedelta, speed: float, announced: bool
) -> None:
    call = Call(seq=1, at=NOW - age, number="A001", window=3, lane="A", holder="", again=0)
    assert is_announced(call, NOW, speed) is announced
