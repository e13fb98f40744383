"""Keeps the journal: a thread of its own that follows the commits, and never the other way round.

At most PAUSE_SECONDS after a commit it reads what was touched, appends a record and syncs it. A medium
that is slow, full or gone makes it wait and say so; the hall goes on. When the ring has outrun it, only a
new backup closes the gap.
"""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import BinaryIO

from shared.clock import Clock
from shared.store.durable import sync_folder
from shared.store.frames import FrameWriter
from shared.store.journal import GapError, encode, end, record, watched_tables
from shared.store.keys import Keys
from shared.store.medium import Medium
from shared.store.sqlite import Connection, Error, connect
from shared.store.touched import Table, position

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""Between two records: a commit waits at most so long, and the time of one sync, for the journal."""
RETRY_SECONDS = 10.0
LARGEST_FILE = 64 << 20


class JournalAheadError(OSError):
    """The file lacks commits that its journal has: it lost them, or an older one took its place."""


class Journaller:
    """Follows the file `database` from where the medium's journal ends. `wake` after each commit."""

    def __init__(self, database: Path, clock: Clock, keys: Keys, medium: Medium) -> None:
        self._database = database
        self._clock = clock
        self._keys = keys
        self._medium = medium
        self._wanted = threading.Event()
        self._ending = threading.Event()
        self._cut = threading.Event()
        self._behind_since: float | None = None
        self._in_hand: float | None = None  # as before, for what is being written just now
        self._last: int | None = None
        self._file: BinaryIO | None = None
        self._frames: FrameWriter | None = None
        self._reading: Connection | None = None
        self._watched: dict[str, Table] = {}
        self._empty: Path | None = None
        self._day: date | None = None
        self._thread = threading.Thread(target=self._run, name="hall-journal", daemon=True)
        self.problem = ""
        """Why nothing can be written now; empty while all is well."""
        self.needs_backup = False
        """Whether the journal begins anew, so that older backups do not lead into it."""

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self, patience_seconds: float = 5.0) -> None:
        """Write what is missing, then end. A medium that hangs is left behind after `patience_seconds`."""
        self._ending.set()
        self._wanted.set()
        self._thread.join(patience_seconds)

    def wake(self) -> None:
        """Something was committed."""
        if self._behind_since is None:
            self._behind_since = time.monotonic()
        self._wanted.set()

    def cut(self) -> None:
        """Begin a new file with the next record, so that it can outlive what the earlier ones tell."""
        self._cut.set()

    @property
    def behind_seconds(self) -> float:
        """For how long the journal has lacked something that is in the file."""
        since = self._in_hand or self._behind_since
        return 0.0 if since is None else time.monotonic() - since

    def _run(self) -> None:
        while not self._ending.is_set():
            self._wanted.wait()
            self._step()
            self._ending.wait(RETRY_SECONDS if self.problem else PAUSE_SECONDS)
        self._step()
        self._close()
        if self._reading is not None:
            self._reading.close()

    def _step(self) -> None:
        self._wanted.clear()
        self._in_hand, self._behind_since = self._behind_since, None
        try:
            self._medium.require(self._keys)
            self._append()
            self.problem = ""
        except (OSError, Error) as error:
            if str(error) != self.problem:
                log.warning("the journal cannot be written: %s", error)
            self._failed(error)
        except Exception as error:
            log.exception("the journal failed")  # the next look may succeed; until then it is said
            self._failed(error)
        self._in_hand = None

    def _failed(self, error: Exception) -> None:
        self.problem = str(error) or type(error).__name__
        self._behind_since = self._in_hand or self._behind_since
        self._wanted.set()
        self._close()

    def _append(self) -> None:
        """Write one record of everything that is new."""
        if self._cut.is_set():  # asked before rows are read: all that is read from here on is newer
            self._cut.clear()
            self._close()
        last = self._end_of_journal() if self._last is None else self._last
        with self._snapshot() as connection:
            found = position(connection)
            if found is None:
                return
            if found.n < last:
                raise JournalAheadError(f"{self._database} is older than its journal")
            try:
                new = record(connection, self._watched, last + 1, found.n) if found.n > last else None
            except GapError as gap:
                log.warning("the journal begins anew: %s", gap)
                self._last, self.needs_backup = found.n, True
                self._close()
                return
        if new is not None:
            self._write(encode(new), found.lineage, new.first)
        self._last = found.n

    def _end_of_journal(self) -> int:
        """Up to which commit the journal leads; read outside any transaction, however slow it is."""
        with self._snapshot() as connection:
            found = position(connection)
        told = None if found is None else end(self._medium, self._keys.medium_key, found.lineage)
        return 0 if told is None else told.last

    @contextmanager
    def _snapshot(self) -> Iterator[Connection]:
        """One state of the file, held only while rows are read from it: the log of writes must not grow."""
        if self._reading is None:
            self._reading = connect(self._database, read_only=True)
            self._watched = watched_tables(self._reading)
        self._reading.execute("BEGIN")
        try:
            yield self._reading
        finally:
            self._reading.execute("ROLLBACK")

    def _write(self, content: bytes, lineage: bytes, first: int) -> None:
        now = self._clock.now()
        if self._frames is None or self._frames.size > LARGEST_FILE or self._day != now.date():
            self._close()
            path = self._empty = self._medium.journal_path(now, lineage, first)
            self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            self._frames, self._day = FrameWriter(self._file, self._keys.medium_key), now.date()
            sync_folder(path.parent)
        self._frames.write(content)
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
        self._empty = None

    def _close(self) -> None:
        """Let go of the file. One without a single whole record is removed: a full disk would be strewn with
        them.
        """
        file, self._file, self._frames = self._file, None, None
        empty, self._empty = self._empty, None
        with suppress(OSError):  # what it could not write is written again to the next
            if empty is not None:
                empty.unlink(missing_ok=True)
            if file is not None:
                file.close()
