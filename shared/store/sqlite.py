"""The one door to SQLite: a build new enough to be trusted with the hall's file.

Debian 12's own library (3.40.1) lies in the range of the WAL-reset corruption (3.7.0 to 3.51.2 with
two or more connections), so every connection comes from the bundled build, and an older one is refused.
"""

from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite3

from shared.store.durable import sync_folder

MINIMUM = (3, 51, 3)

Connection = Any
"""A `pysqlite3` connection (the library publishes no types)."""

Error: type[Exception] = sqlite3.Error
DAMAGED: tuple[type[Exception], ...] = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: SQLite's errors, and a message of its that quotes what is no text."""

IntegrityError: type[Exception] = sqlite3.IntegrityError


class SqliteTooOldError(RuntimeError):
    """The bundled SQLite is older than MINIMUM."""


def require_new_enough(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raise SqliteTooOldError when `version` is below MINIMUM."""
    if version < MINIMUM:
        wanted, found = (".".join(map(str, v)) for v in (MINIMUM, version))
        raise SqliteTooOldError(f"SQLite {found} is too old: {wanted} or newer is needed (install pysqlite3)")


def version() -> str:
    """The version of the library in use, such as 3.53.4."""
    return str(sqlite3.sqlite_version)


def is_io_error(error: Exception) -> bool:
    """Whether a read, a write or a sync failed (SQLITE_IOERR); a full disk is another code (SQLITE_FULL)."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF == int(sqlite3.SQLITE_IOERR)


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Open `path` with the hall's settings: WAL, synchronous FULL, foreign keys, no implicit transactions."""
    require_new_enough()
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=5.0,
        cached_statements=512,
    )
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        _keep_names(path.parent)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten, not only unlinked
    return connection


def _keep_names(folder: Path) -> None:
    """Sync the name of the log, now that it is there: SQLite does so too, but passes over a failure."""
    try:
        sync_folder(folder)
    except OSError as error:
        raise sqlite3.OperationalError(f"{folder} cannot be synced: {error.strerror}") from error


def connect_copy(path: Path) -> Connection:
    """Open a copy that nobody else uses and that can be made anew: nothing waits for the disk."""
    require_new_enough()
    connection = sqlite3.connect(
        str(path), isolation_level=None, check_same_thread=False, cached_statements=512
    )
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def connect_memory() -> Connection:
    """An empty database in memory."""
    return sqlite3.connect(":memory:", isolation_level=None)
