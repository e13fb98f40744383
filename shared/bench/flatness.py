"""The cost of a ticket and of a call in a file of years, beside the same in an empty one."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from shared.bench.tickets import taker
from shared.figures.table import Figure, middle, not_measured
from shared.services import calling, serving, windows
from shared.services.people import Actor
from shared.store.sqlite import connect
from shared.store.tickets import TicketRow
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal

YEARS = 7_500_000
BYTES_EACH = 420
"""What an old ticket takes in the file here, its stays and facts left out."""
_TARGET = 1.2
_DAYS = 750


def measure(folder: Path, rounds: int, old_tickets: int) -> list[Figure]:
    """Both costs, in alternating rounds of the empty and the full file."""
    names = (
        f"cost of a ticket with {old_tickets:,} old ones",
        f"cost of call-next with {old_tickets:,} old ones",
    )
    target = f"at most {_TARGET}x of an empty file"
    if shutil.disk_usage(folder).free < 2 * old_tickets * BYTES_EACH:
        return [not_measured(name, "not enough free disk", target) for name in names]
    with rehearsal(folder / "empty") as empty, rehearsal(folder / "full") as full:
        fill(full, old_tickets)
        costs = {id(hall): _Costs(hall) for hall in (empty, full)}
        for _ in range(rounds):
            for hall in (empty, full):
                costs[id(hall)].round()
        figures = []
        for name, kind in zip(names, ("taken", "called"), strict=True):
            before, after = (getattr(costs[id(hall)], kind) for hall in (empty, full))
            ratio = middle([b / a for a, b in zip(before, after, strict=True)])
            figures.append(
                Figure(name, f"{middle(after) * 1e6:,.0f} us, {ratio:.2f}x",
                       f"{middle(before) * 1e6:,.0f} us in an empty file", target, ratio <= _TARGET)
            )  # fmt: skip
    return figures


def fill(hall: Rehearsal, count: int) -> None:
    """Put `count` finished tickets of past days into the file, as rows that the schema accepts."""
    hall.connection.close()
    connection = connect(hall.house.database)
    connection.execute("PRAGMA synchronous = OFF")
    trigger = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'ticket_joins'").fetchone()[0]
    connection.execute("DROP TRIGGER ticket_joins")
    connection.execute("BEGIN")
    connection.execute(
        """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
        INSERT INTO tickets (day, series, number, lane, state, sort_at, taken_at, moved_at, moves,
                             priority, channel, person, secret, ahead, likely_ms, window)
        SELECT date('2023-01-01', '+' || (i * :days / :count) || ' days'), substr('ABC', i % 3 + 1, 1),
               i + 1, substr('ABC', i % 3 + 1, 1),
               'done', i, i, i, 3, 'none', 'kiosk',
               CASE WHEN i % 2 THEN randomblob(32) END, hex(randomblob(11)), 5, 300000, 1
        FROM n
        """,
        {"count": count, "days": _DAYS},
    )
    connection.execute("COMMIT")
    connection.execute(trigger)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    hall.connection = connect(hall.house.database)


class _Costs:
    """Seconds per ticket and per call, a median a round; the disk's own waiting is left out."""

    def __init__(self, hall: Rehearsal) -> None:
        self._hall = hall
        self._take = taker(hall)
        self._clerk = Actor("clerk", 1, "1001", 1)
        self.taken: list[float] = []
        self.called: list[float] = []
        hall.connection.execute("PRAGMA synchronous = OFF")
        hall.run(lambda tx: windows.open_window(tx, self._clerk, 1), "clerk:1001")

    def round(self, times: int = 300) -> None:
        """Take and call so many."""
        self.taken.append(middle([self._seconds(self._take) for _ in range(times)]))
        self.called.append(middle([self._call() for _ in range(times)]))

    def _call(self) -> float:
        called: list[TicketRow | None] = []
        seconds = self._seconds(
            lambda tx: called.append(
                calling.call_next(tx, self._hall.plan, self._hall.estimator, self._clerk, 1, False)
            )
        )
        ticket = called[0]
        if ticket is None:
            raise RuntimeError("nobody waits")
        self._hall.run(lambda tx: serving.miss(tx, self._hall.plan, self._clerk, ticket), "clerk:1001")
        return seconds

    def _seconds(self, work: Callable[[Transaction], object]) -> float:
        began = time.perf_counter()
        self._hall.run(work, "clerk:1001")
        return time.perf_counter() - began
