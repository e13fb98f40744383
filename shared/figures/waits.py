"""Promised waits against what happened: a table by lane and ISO week, and its totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import fmean, median

from shared.domain.estimate import Method

ALARM_FROM = 30
"""Below so many promises a share says too little to raise an alarm."""
LEAST_COVERAGE, MOST_COVERAGE = 0.70, 0.90
"""Eight in ten are meant to hold. Above nine in ten the intervals are wider than they need be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One called ticket: what was said when it was taken, and what happened. All waits in minutes.

    `likely` is that of the method shown. `low` and `high` are None where no minutes were promised:
    because the wait was told as `long`, or because nothing could be said yet.
    """

    lane: str
    taken_at: datetime
    waited: float
    ahead: int
    likely: float
    low: int | None
    high: int | None
    method: Method
    long: bool = False

    def __post_init__(self) -> None:
        if self.taken_at.tzinfo is None:
            raise ValueError("taken_at needs a time zone: its local date decides the week")

    @property
    def error(self) -> float:
        """Minutes by which the likely wait was wrong, either way."""
        return abs(self.waited - self.likely)

    @property
    def held(self) -> bool | None:
        """Whether the promised interval held; None where none was promised."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.waited <= self.high


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; lane and week are empty in the total.

    `coverage` is the share of promised intervals that held, None where nothing was promised. The errors
    are in minutes, over all tickets, those told `long` included. `long` is the share told so.
    """

    lane: str
    week: str
    tickets: int
    promised: int
    coverage: float | None
    mean_error: float
    median_error: float
    long: float

    @property
    def alarm(self) -> bool:
        """Whether the promises of this line are to be looked into."""
        if self.coverage is None or self.promised < ALARM_FROM:
            return False
        return not LEAST_COVERAGE <= self.coverage <= MOST_COVERAGE


def by_lane_and_week(outcomes: Iterable[Outcome]) -> tuple[Line, ...]:
    """The table, ordered by lane and week."""
    groups = groupby(sorted(outcomes, key=_place), _place)
    return tuple(_line(lane, week, list(rows)) for (lane, week), rows in groups)


def total(outcomes: Iterable[Outcome]) -> Line | None:
    """All outcomes in one line, or None if there are none."""
    rows = list(outcomes)
    return _line("", "", rows) if rows else None


def iso_week(moment: datetime) -> str:
    """The ISO 8601 week of a moment's local date: 2026-W07."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02}"


def _place(outcome: Outcome) -> tuple[str, str]:
    return outcome.lane, iso_week(outcome.taken_at)


def _line(lane: str, week: str, rows: Sequence[Outcome]) -> Line:
    held = [row.held for row in rows if row.held is not None]
    errors = [row.error for row in rows]
    return Line(
        lane,
        week,
        tickets=len(rows),
        promised=len(held),
        coverage=fmean(held) if held else None,
        mean_error=fmean(errors),
        median_error=median(errors),
        long=fmean(row.long for row in rows),
    )
