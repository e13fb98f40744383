"""A machine's own file, for what it does while the hub is away: kept until the hub has taken it in.

Every method returns after its commit is synced (SQLite, WAL, synchronous FULL). Nothing is taken from memory,
so a power cut at any moment loses nothing that anybody saw.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from time import time_ns

import msgspec

from shared.domain.moments import due_day
from shared.protocol.messages import Board
from shared.store.durable import sync_folder
from shared.store.sqlite import Connection, Error, connect

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HallTime:
    """The hub's clock and day as far as this machine knows them. `last_at` is its newest entry's moment."""

    day: date | None
    day_change: time
    ahead: timedelta
    last_at: datetime | None

    def now(self, machine: datetime) -> datetime:
        """The hub's clock when this machine's says `machine`; never before the last entry."""
        moment = machine + self.ahead
        return moment if self.last_at is None else max(moment, self.last_at + timedelta(milliseconds=1))

    def today(self, now: datetime) -> date | None:
        """The business day at `now`. It never goes back, whatever a clock does."""
        return None if self.day is None else max(self.day, due_day(now, self.day_change))


class ForeignSpoolError(ValueError):
    """The file belongs to another device."""


class SpoolFile:
    """Opens or makes `path`, with the tables of the SQL in `script`. Any thread may call; calls wait.

    `owner` names the device that it belongs to: one that enrolled anew begins anew.
    """

    def __init__(self, path: Path, script: str, owner: str) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._connection = _open(path, script, owner)
        sync_folder(path.parent)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def remember(self, board: Board) -> None:
        """Keep the hall as it is shown, for a start without the hub."""
        with self._commit():
            self._keep_board(board)

    def recall(self) -> Board | None:
        """The hall as it was last kept; None when it never was, or a newer program writes it otherwise."""
        with self._lock:
            row = self._connection.execute("SELECT board FROM hall WHERE board IS NOT NULL").fetchone()
        try:
            return None if row is None else msgspec.json.decode(row[0], type=Board)
        except msgspec.DecodeError:
            _log.exception("the hall as it was last shown cannot be read")
            return None

    def _keep_board(self, board: Board) -> None:
        self._connection.execute("UPDATE hall SET board = ?", (msgspec.json.encode(board),))

    def _keep_hall(self, day: date, day_change: str, now: datetime, machine: datetime) -> None:
        """Within a commit: what the hub said of its day and clock when this machine's said `machine`."""
        ahead = round((now - machine) / timedelta(milliseconds=1))
        self._connection.execute(
            "INSERT INTO hall (id, day, day_change, ahead_ms) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET day = excluded.day, day_change = excluded.day_change, ahead_ms = excluded.ahead_ms",
            (day.isoformat(), day_change, ahead),
        )

    def _hall_time(self, last_at: datetime | None) -> HallTime:
        row = self._connection.execute("SELECT day, day_change, ahead_ms FROM hall").fetchone()
        if row is None:
            return HallTime(None, time(), timedelta(), last_at)
        day, change, ahead = row
        return HallTime(
            date.fromisoformat(day), time.fromisoformat(change), timedelta(milliseconds=ahead), last_at
        )

    @contextmanager
    def _commit(self) -> Iterator[None]:
        """One transaction, on the disk when the block is left; `_look` sees the file as it is then."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._look()

    def _look(self) -> None:
        """Take a look at the file that other threads read without the disk."""
        raise NotImplementedError


def _open(path: Path, script: str, owner: str) -> Connection:
    """The file, sound and our own. Any other is set aside for whoever can read it, and a new one begun."""
    try:
        return _connect(path, script, owner)
    except (Error, ForeignSpoolError) as error:
        _log.critical("%s is of no use and is set aside: %s", path, error)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        old = path.with_name(name)
        if old.exists():
            old.replace(path.with_name(f"{time_ns()}-aside-{name}"))
    return _connect(path, script, owner)


def _connect(path: Path, script: str, owner: str) -> Connection:
    connection = connect(path)
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise Error(found)
        connection.executescript(files("shared.client").joinpath("spool.sql").read_text("utf-8"))
        connection.executescript(script)
        connection.execute("INSERT OR IGNORE INTO owner VALUES (1, ?)", (owner,))
        if connection.execute("SELECT name FROM owner").fetchone()[0] != owner:
            raise ForeignSpoolError("it belongs to another device")
    except (Error, ForeignSpoolError):
        connection.close()
        raise
    return connection
