"""What the managers' page shows, made from the hall's file in a process of its own, beside its hub.

The drawing library is loaded in that process only: the hub, which names these functions, never loads it.
"""

import os
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from shared.figures.recorded import WeekTable, by_lane, lane_labels, period, promised, recorded, week_table
from shared.store.sqlite import connect

WEEKS = 4
DAYS = 7
"""How many days the promises of a picture are from."""
_YIELDING = 10
"""Niceness: the calls of the hall go first."""


def recent_weeks(database: Path, today: date) -> WeekTable:
    """Coverage and error by lane, of this week and those before."""
    os.nice(_YIELDING)
    return week_table(database, today, WEEKS)


def day_picture(database: Path, today: date) -> bytes:
    """An SVG of the waits over a day."""
    from shared.figures.plots import waits_over_day

    os.nice(_YIELDING)
    with closing(connect(database, read_only=True)) as connection:
        return waits_over_day(by_lane(recorded(connection, today, today), lane_labels(connection)), today)


def promises_picture(database: Path, today: date) -> bytes:
    """An SVG of promised against actual waits of the last seven days."""
    from shared.figures.kept import promised_against_actual

    os.nice(_YIELDING)
    first = today - timedelta(days=DAYS - 1)
    with closing(connect(database, read_only=True)) as connection:
        outcomes = promised(recorded(connection, first, today))
    return promised_against_actual(outcomes, period(first, today))
