"""Backups: a copy of the file as it is at one moment, verified, then sealed to the second medium.

The copy is made on the hall's own disk: it is read page by page within one transaction, so it needs as
long as that disk is fast, and the log of writes grows by what is committed meanwhile; beyond MOST_LOG
bytes it is given up. The second medium may then be as slow as it likes. Nothing here takes the lock of
the writer.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from shared.store.audit import audit
from shared.store.belongings import keep_belongings
from shared.store.durable import PART, whole_file
from shared.store.frames import FramesError, FrameWriter, read_frames
from shared.store.house import House
from shared.store.keys import Keys
from shared.store.medium import Entry, Medium
from shared.store.sqlite import DAMAGED, connect, connect_copy
from shared.store.touched import Position, position

MOST_LOG = 512 << 20
"""How far the log of writes may grow while the file is copied."""
TRIAL = "drill-"
"""Begins the name of a folder in which something is restored for trial."""
_PAGES = 2048
_CHUNK = 1 << 20
_END = b""
"""The last frame of a whole backup: without it, its tail was cut."""
_NOBODY = Position(bytes(8), 0)
"""The position of a file whose commits nobody counts: no journal leads on from its backup."""


class BackupError(RuntimeError):
    """No backup was made; says why."""


def make_backup(house: House, keys: Keys, medium: Medium, now: datetime) -> Entry:
    """Copy, verify, seal, read back; the backup has its name only then. Raises BackupError, OSError."""
    medium.require(keys)
    remove_database(house.folder / f"backup{PART}")
    for path in medium.backups.glob(f"*{PART}"):
        path.unlink()
    require_room(house.folder, house.database)
    with staged(house.folder / f"backup{PART}") as copy:
        try:
            copy_file(house.database, copy)
            at = _require_well(copy, keys)
        except DAMAGED as error:
            raise BackupError(f"the hall's file cannot be copied: {error}") from error
        path = medium.backup_path(now, at.lineage, at.n)
        seal_file(copy, path, keys)
        keep_belongings(house, keys, medium)
    return medium.entry(path)


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """A path for a copy that does not outlive the block."""
    try:
        yield path
    finally:
        remove_database(path)


def remove_database(path: Path) -> None:
    """Remove an SQLite file with what belongs to it."""
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def copy_file(source: Path, target: Path) -> None:
    """Write the state of a hall's file at this moment to a new one. Raises BackupError, Error, OSError."""
    log = source.with_name(source.name + "-wal")
    target.touch(mode=0o600)
    grown = _size(log)

    def look(_status: int, _left: int, _total: int) -> None:
        if _size(log) - grown > MOST_LOG:
            raise BackupError(f"the log of writes grew beyond {MOST_LOG >> 20} MB while the file was copied")

    with closing(connect(source, read_only=True)) as reading, closing(connect_copy(target)) as writing:
        reading.execute("BEGIN")
        reading.execute("SELECT head_seq FROM hall").fetchone()  # one state, from here to the last page
        reading.backup(writing, pages=_PAGES, progress=look)
        reading.execute("ROLLBACK")
        writing.execute("PRAGMA journal_mode = DELETE")  # one file, without a log of its own


def _require_well(copy: Path, keys: Keys) -> Position:
    with closing(connect_copy(copy)) as connection:
        findings = audit(connection, keys)
        if findings.wrong:
            raise BackupError(f"the hall's file is not sound: {findings.wrong[0]}")
        return position(connection) or _NOBODY


def seal_file(source: Path, target: Path, keys: Keys) -> None:
    """Seal a file to the second medium and read it back from there before it gets its name."""
    digest = hashlib.sha256()
    with source.open("rb") as plain, whole_file(target) as file:
        frames = FrameWriter(file, keys.medium_key)
        while chunk := plain.read(_CHUNK):
            digest.update(chunk)
            frames.write(chunk)
        frames.write(_END)
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # read the medium, not the memory
        if _read_back(target.with_name(target.name + PART), keys) != digest.digest():
            raise BackupError(f"{target.name} reads otherwise than it was written")


def _read_back(path: Path, keys: Keys) -> bytes:
    digest = hashlib.sha256()
    try:
        for chunk in _chunks(path, keys):
            digest.update(chunk)
    except FramesError as error:
        raise BackupError(str(error)) from error
    return digest.digest()


def unseal_file(source: Path, target: Path, keys: Keys) -> None:
    """Write a backup to a new plain file, readable by this user only. Raises FramesError, OSError."""
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in _chunks(source, keys):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _chunks(path: Path, keys: Keys) -> Iterator[bytes]:
    last = None
    for last in read_frames(path, keys.medium_key):
        yield last
    if last != _END:
        raise FramesError(f"{path.name} was cut: its end is missing")


def rotate(medium: Medium, keep_days: int) -> None:
    """Keep the newest backup of each of the last `keep_days` days that have one, every one of the newest
    day, and of the journal what leads on from any of them.
    """
    entries = medium.backup_entries()
    days = sorted({entry.at.date() for entry in entries}, reverse=True)[:keep_days]
    newest = {entry.at.date(): entry for entry in entries}
    for entry in entries:
        day = entry.at.date()
        if day not in days or (day != days[0] and entry is not newest[day]):
            entry.path.unlink()
    _rotate_journal(medium)


def _rotate_journal(medium: Medium) -> None:
    """Remove the files whose commits the oldest backup of their lineage holds, and lineages without one that
    are older than every backup.
    """
    backups = medium.backup_entries()
    files = medium.journal_entries()
    for entry in files:
        bases = [backup.n for backup in backups if backup.lineage == entry.lineage]
        later = [other.n for other in files if other.lineage == entry.lineage and other.n > entry.n]
        told = bool(bases) and bool(later) and min(later) <= min(bases) + 1
        if told or (not bases and backups and entry.at < backups[0].at):
            entry.path.unlink()


def remove_leftovers(folder: Path) -> None:
    """Remove the copies that a crash left in a hall's folder: they may hold what has to be forgotten."""
    for path in (*folder.glob(f"*{PART}*"), *folder.glob(f"{TRIAL}*")):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def require_room(folder: Path, database: Path) -> None:
    """Raise BackupError unless a copy of the file would fit there."""
    needed = _size(database) + (64 << 20)
    if shutil.disk_usage(folder).free < needed:
        raise BackupError(f"{folder} has no room for a copy of the file ({needed >> 20} MB)")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
