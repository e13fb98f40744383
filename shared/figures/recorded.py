"""The hall's own waits, read from its file: what was promised to each number, and what came of it."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from shared.domain.estimate import Method
from shared.domain.moments import HALL_ZONE, from_millis, to_millis
from shared.figures.series import Label, Series
from shared.figures.waits import Line, Outcome, by_lane_and_week, iso_week, total
from shared.store.queries import sql
from shared.store.sqlite import Connection, connect

_WAITS = sql("waits_called_between")
_MINUTE = 60_000


def recorded(connection: Connection, first: date, last: date) -> list[Outcome]:
    """Every number whose first call fell on one of the days, in the order of the calls."""
    start, end = (to_millis(datetime.combine(day, time(), HALL_ZONE)) for day in (first, _after(last)))
    return [_outcome(row) for row in connection.execute(_WAITS, (start, end))]


def promised(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Those who had somebody ahead: with nobody ahead there is no wait to be right or wrong about."""
    return [outcome for outcome in outcomes if outcome.ahead > 0]


def lane_labels(connection: Connection) -> dict[str, Label]:
    """What the hall's lanes are called, by letter, in the hall's order."""
    rows = connection.execute(sql("lanes"))
    return {letter: Label(f"{letter} {zh}", f"{letter} {en or zh}") for letter, zh, en, *_ in rows}


def by_lane(outcomes: Iterable[Outcome], labels: dict[str, Label]) -> list[Series]:
    """The waits of each lane, in the order of the labels; a lane without a label is called by its letter."""
    found: dict[str, list[tuple[datetime, float]]] = {lane: [] for lane in labels}
    for outcome in outcomes:
        found.setdefault(outcome.lane, []).append((outcome.taken_at, outcome.waited))
    named = ((labels.get(lane, Label(lane, lane)), points) for lane, points in found.items())
    return [Series(label.zh, label.en, points) for label, points in named if points]


def period(first: date, last: date) -> Label:
    """The days from the first to the last, as a title says it."""
    if first == last:
        return Label(f"{first}", f"{first}")
    return Label(f"{first} 至 {last}", f"{first} to {last}")


@dataclass(frozen=True, slots=True)
class WeekTable:
    """Lines by lane and week, and by week the line of all lanes, where there is one; weeks newest first."""

    weeks: tuple[str, ...]
    lines: tuple[Line, ...]
    totals: dict[str, Line]


def week_table(database: Path, today: date, weeks: int) -> WeekTable:
    """This ISO week and those before it, `weeks` in all, read from the hall's file beside its hub."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    with closing(connect(database, read_only=True)) as connection:
        outcomes = promised(recorded(connection, monday, today))
    names = [iso_week(datetime.combine(monday + timedelta(weeks=n), time(), HALL_ZONE)) for n in range(weeks)]
    sums = {name: total(one for one in outcomes if iso_week(one.taken_at) == name) for name in names}
    totals = {name: line for name, line in sums.items() if line is not None}
    return WeekTable(tuple(reversed(names)), by_lane_and_week(outcomes), totals)


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _outcome(row: tuple[str, int, int, int, int | None, str, int | None, int | None, int, int]) -> Outcome:
    lane, ahead, waited, likely, rolled, method, low, high, long, at = row
    shown = rolled if method == Method.ROLLOUT and rolled is not None else likely
    return Outcome(
        lane,
        from_millis(at - waited),
        waited / _MINUTE,
        ahead,
        shown / _MINUTE,
        low,
        high,
        Method(method),
        long=bool(long),
    )
