"""What is called fine was looked at; what is near its end is said before it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.hub.condition import (
    LITTLE_ROOM,
    LONG_LOG,
    NO_ROOM,
    Level,
    Stock,
    alarms,
    clock_is_synchronized,
    in_words,
    judge,
    worst,
)
from shared.testing import MONDAY_MORNING
from shared.web.manage_words import word

WELL = Stock(
    store_fails=False,
    free=LITTLE_ROOM,
    log=4 << 20,
    lag_seconds=0.0,
    checked_seconds=3.0,
    now=MONDAY_MORNING,
    newest=MONDAY_MORNING,
    is_synchronized=True,
    is_rehearsal=False,
)


def test_all_is_fine_when_all_was_looked_at() -> None:
    checks = judge(WELL)
    assert {check.level for check in checks} == {Level.FINE}
    assert alarms(checks) == []


@pytest.mark.parametrize(
    ("stock", "about", "level", "is_alarm"),
    [
        (replace(WELL, store_fails=True), "store", Level.BROKEN, True),
        (replace(WELL, free=LITTLE_ROOM - 1), "disk", Level.SOON, True),
        (replace(WELL, free=NO_ROOM), "disk", Level.SOON, True),
        (replace(WELL, free=NO_ROOM - 1), "disk", Level.BROKEN, True),
        (replace(WELL, free=None, log=None), "disk", Level.BROKEN, True),
        (replace(WELL, log=LONG_LOG + 1), "log", Level.SOON, False),
        (replace(WELL, lag_seconds=1.5), "writer", Level.SOON, False),
        (replace(WELL, lag_seconds=7.0), "writer", Level.BROKEN, True),
        (replace(WELL, checked_seconds=None), "self_check", Level.UNKNOWN, False),
        (replace(WELL, checked_seconds=31.0), "self_check", Level.BROKEN, True),
        (replace(WELL, is_synchronized=False), "clock", Level.SOON, False),
        (replace(WELL, is_synchronized=None), "clock", Level.UNKNOWN, False),
        (replace(WELL, now=MONDAY_MORNING - timedelta(minutes=2)), "clock", Level.BROKEN, True),
    ],
)
def test_each_trouble_is_told(stock: Stock, about: str, level: Level, is_alarm: bool) -> None:
    checks = judge(stock)
    assert {check.about: check.level for check in checks}[about] is level
    assert worst(checks) is level
    assert (about in [check.about for check in alarms(checks)]) is is_alarm
    for check in checks:
        for language in ("zh", "en"):
            assert "{" not in word(check.says, language, **dict(check.fields))


def test_a_rehearsal_says_that_its_clock_is_one() -> None:
    clock = judge(replace(WELL, is_rehearsal=True, is_synchronized=None))[-1]
    assert (clock.level, clock.says) == (Level.FINE, "clock_rehearsal")


def test_sizes_as_people_read_them() -> None:
    assert [in_words(size) for size in (300 << 20, 2 << 30, 1500 << 30)] == ["300 MB", "2.0 GB", "1,500.0 GB"]


def test_the_kernel_is_asked() -> None:
    assert clock_is_synchronized() in (True, False, None)
