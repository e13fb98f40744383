"""Where a hall keeps its files: one folder that only the hub's user can read."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class HubRunningError(RuntimeError):
    """Another hub owns the file."""


@dataclass(frozen=True, slots=True)
class House:
    """The files of one hall."""

    folder: Path

    @property
    def database(self) -> Path:
        """The queue itself."""
        return self.folder / "hall.db"

    @property
    def key(self) -> Path:
        """The master key; kept and backed up apart from the database."""
        return self.folder / "hall.key"

    @property
    def operator_token(self) -> Path:
        """The credential of whoever runs the hub's machine: `hall enrol`, `hall revoke` use it."""
        return self.folder / "operator.token"

    @property
    def address(self) -> Path:
        """The running hub's own address, for commands on the same machine."""
        return self.folder / "hub.address"

    @property
    def gateway(self) -> Path:
        """Where messages to citizens go; without this file nothing is sent."""
        return self.folder / "messages.toml"

    @property
    def upkeep(self) -> Path:
        """Where backups go and how long people are remembered; without this file nothing goes anywhere."""
        return self.folder / "upkeep.toml"

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Own the files for as long as the block runs. Raises HubRunningError when another hub does.

        The kernel drops the lock with the process, however it ends.
        """
        with (self.folder / "hall.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise HubRunningError(f"another hub already runs on {self.database}") from error
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield


def default_folder() -> Path:
    """`$HALL_DATA`, else `service-hall` in the user's data folder (XDG base directory specification)."""
    named = os.environ.get("HALL_DATA")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "service-hall"
