"""Where a hall keeps its files: one folder that only the hub's user can read."""

import fcntl
import os
import pwd
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

_NETWORK_DISKS = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "ceph", "glusterfs", "afs")


class HouseError(RuntimeError):
    """The folder cannot be a hub's; the sentence says why."""


class HubRunningError(HouseError):
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
    def authority(self) -> Path:
        """The key of the hall's own authority, by which devices know the hub; backed up like `key`."""
        return self.folder / "authority.key"

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
        """Own the files for as long as the block runs. Raises HubRunningError when another hub does, and
        HouseError when this process must not.

        The folder and the database itself are locked, not only a file beside them: somebody may tidy that
        away, or reach the database by another name. The kernel drops the locks with the process, however it
        ends; no child inherits them.
        """
        self._require_ours()
        with ExitStack() as stack:
            database = [self.database] if self.database.exists() else []  # a new machine, to be restored
            for path in (self.folder, *database, self.folder / "hall.lock"):
                stack.callback(os.close, self._locked(path))
            (self.folder / "hall.lock").write_text(f"{os.getpid()}\n", "ascii")
            yield

    def _require_ours(self) -> None:
        """Files that root or a stranger adds are ones that the hub's own user cannot write any more."""
        owned = self.database if self.database.exists() else self.folder
        owner, me = owned.stat().st_uid, os.geteuid()
        if (me == 0 and owner != 0) or not os.access(self.folder, os.W_OK | os.X_OK):
            raise HouseError(
                f"{self.folder} belongs to {_user(owner)}, and this is {_user(me)}: "
                f"run the hub as its owner (sudo -u {_user(owner)} hall hub ...)"
            )
        if kind := network_disk(self.folder):
            raise HouseError(
                f"{self.folder} lies on a network disk ({kind}), where two machines could own one hall: "
                "keep it on a disk of the hub's own"
            )

    def _locked(self, path: Path) -> int:
        descriptor = -1
        try:
            is_there = path.is_dir() or path == self.database
            descriptor = os.open(path, os.O_RDONLY if is_there else os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if descriptor >= 0:
                os.close(descriptor)
            if isinstance(error, BlockingIOError):
                raise HubRunningError(f"another hub already runs on {self.database}") from error
            raise HouseError(f"{path} cannot be locked: {error.strerror}") from error
        return descriptor


def network_disk(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that `folder` lies on, if others may reach it over a network; else empty.

    SQLite's WAL needs memory that all who use the file share, so a database there may be corrupted as well.
    """
    try:
        lines = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    except OSError:  # not Linux: nothing is known
        return ""
    there = folder.resolve()
    above = [(place.replace("\\040", " "), kind) for _, place, kind, *_ in lines]
    at = [(place, kind) for place, kind in above if there.is_relative_to(place)]
    _, kind = max(at, key=lambda found: len(found[0]), default=("", ""))
    return kind if kind.startswith(_NETWORK_DISKS) else ""


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def default_folder() -> Path:
    """`$HALL_DATA`, else `service-hall` in the user's data folder (XDG base directory specification)."""
    named = os.environ.get("HALL_DATA")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "service-hall"
