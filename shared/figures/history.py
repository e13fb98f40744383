"""Eight days of real waits, replayed through the production estimator.

The file holds one row a ticket: office, lane, day, issued_min and called_min (minutes after local midnight)
and the people ahead, as published by the queue system of Warsaw's district offices. The replay is causal:
in the order of time, a ticket is promised its wait when it is issued and teaches when it is called, the
calls of one minute after the issues of that minute. Each office is a hall with an estimator of its own.
"""

import csv
import gzip
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from shared.domain.estimate import Estimator, Promise, Wait
from shared.figures.waits import Outcome

DEFAULT_MINUTES = 5.0
"""Minutes per person before a lane has a history."""
FEWEST_AHEAD = 2
"""The figures are about lines: with fewer ahead there is hardly one."""

_ZONE = timezone(timedelta(hours=1))
_ISSUE, _CALL = 0, 1


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket of the record; issued and called to about five minutes."""

    office: str
    lane: str
    issued: datetime
    called: datetime
    ahead: int

    @property
    def minutes(self) -> float:
        """The wait."""
        return (self.called - self.issued) / timedelta(minutes=1)


class RecordFault(ValueError):
    """The file is no record of waits; says why."""


@dataclass(frozen=True, slots=True)
class Split:
    """Which days of a record are tested, and which teach before them.

    `test_days` days are tested, the last ones; with `test_from`, that day and those after it, up to
    `test_days`. The `train_days` days before them teach; all of them without it.
    """

    test_days: int | None = None
    test_from: date | None = None
    train_days: int | None = None

    def of(self, days: Sequence[date]) -> tuple[Sequence[date], Sequence[date]]:
        """The days of a record that teach, and those that are tested. Raises ValueError."""
        first = self._first(days)
        end = len(days) if self.test_from is None or self.test_days is None else first + self.test_days
        teaching = days[:first] if self.train_days is None else days[max(0, first - self.train_days) : first]
        if not teaching or not days[first:end]:
            raise ValueError(f"some day must teach and some day be tested: the record has {_span(days)}")
        return teaching, days[first:end]

    def _first(self, days: Sequence[date]) -> int:
        if self.test_from is not None:
            return bisect_left(days, self.test_from)
        count = 1 if self.test_days is None else self.test_days
        if not 0 < count < len(days):
            raise ValueError(f"test days: 1 to {len(days) - 1}, not {count}")
        return len(days) - count


def _span(days: Sequence[date]) -> str:
    return f"{len(days)} days, {days[0]} to {days[-1]}" if days else "no tickets"


def evaluate(path: Path, split: Split) -> list[Outcome]:
    """What was promised on the tested days to tickets with two or more ahead, and what happened.

    The days before warm the estimators up; they go on learning through the test days, as a hall's would.
    Raises ValueError for days that the record has not, OSError and RecordFault for a file that is none.
    """
    tickets = read_tickets(path)
    teaching, tested = split.of(sorted({ticket.issued.date() for ticket in tickets}))
    kept = [ticket for ticket in tickets if teaching[0] <= ticket.issued.date() <= tested[-1]]
    return [
        outcome
        for outcome in replay(kept)
        if outcome.ahead >= FEWEST_AHEAD and outcome.taken_at.date() >= tested[0]
    ]


def read_tickets(path: Path) -> list[Ticket]:
    """The tickets of a gzipped record, in the order of the file. Raises OSError and RecordFault."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            return [_ticket(row) for row in csv.DictReader(lines)]
    except (EOFError, zlib.error, gzip.BadGzipFile, ValueError, TypeError) as error:
        raise RecordFault(f"{path} is no gzipped record of waits ({error})") from error
    except KeyError as error:
        raise RecordFault(f"{path} has no column {error}") from error


def replay(tickets: Iterable[Ticket]) -> Iterator[Outcome]:
    """Promise and learn in the order of time; the outcomes come in the order of the calls."""
    tickets = list(tickets)
    estimators = _estimators(tickets)
    promises: dict[int, Promise] = {}
    for _, kind, index in sorted(_events(tickets)):
        ticket = tickets[index]
        estimator = estimators[ticket.office]
        if kind == _ISSUE:
            promises[index] = estimator.promise(ticket.lane, ticket.ahead, at=_millis(ticket.issued))
        else:
            promise = promises.pop(index)
            estimator.learn(ticket.lane, _wait(ticket, promise))
            yield _outcome(ticket, promise)


def _estimators(tickets: Iterable[Ticket]) -> dict[str, Estimator]:
    lanes: dict[str, dict[str, float]] = {}
    for ticket in tickets:
        lanes.setdefault(ticket.office, {})[ticket.lane] = DEFAULT_MINUTES
    return {office: Estimator(defaults) for office, defaults in lanes.items()}


def _events(tickets: Iterable[Ticket]) -> Iterator[tuple[datetime, int, int]]:
    for index, ticket in enumerate(tickets):
        yield ticket.issued, _ISSUE, index
        yield ticket.called, _CALL, index


def _ticket(row: dict[str, str]) -> Ticket:
    midnight = datetime.fromisoformat(row["day"]).replace(tzinfo=_ZONE)
    issued, called = (midnight + timedelta(minutes=int(row[name])) for name in ("issued_min", "called_min"))
    # Rebuilt from snapshots, the people ahead come out below nobody where several were called in one.
    return Ticket(row["office"], row["lane"], issued, called, max(int(row["ahead"]), 0))


def _wait(ticket: Ticket, promise: Promise) -> Wait:
    return Wait(ticket.ahead, ticket.minutes, promise.likely, promise.rolled, _millis(ticket.called))


def _outcome(ticket: Ticket, promise: Promise) -> Outcome:
    told = promise.interval
    minutes = None if told is None or told.long else told
    return Outcome(
        f"{ticket.office} {ticket.lane}",
        ticket.issued,
        ticket.minutes,
        ticket.ahead,
        promise.likely,
        None if minutes is None else minutes.low,
        None if minutes is None else minutes.high,
        promise.method,
        long=told is not None and told.long,
    )


def _millis(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
