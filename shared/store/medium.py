"""The second medium: a folder on another disk, with the backups and the journal of one hall.

An empty folder where a disk should be mounted looks like a medium. So a file marks a prepared one, and
says whose.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.domain.moments import HALL_ZONE
from shared.store.durable import whole_file
from shared.store.keys import Keys

_MARK = "service-hall.medium"
_BACKUP = re.compile(r"hall-(\d{6})-(\d{8}-\d{6})-([0-9a-f]{16})-(\d{12})\.backup")
_JOURNAL = re.compile(r"journal-(\d{6})-(\d{8}-\d{6})-([0-9a-f]{16})-(\d{12})\.log")
_MOMENT = "%Y%m%d-%H%M%S"


class MediumError(OSError):
    """The second medium is away, is not prepared, or belongs to another hall; says so in a sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A file of the medium. A backup holds commit `n` of its lineage; a journal's first record begins with
    it. `number` grows with every file of its kind: which is the newest is not left to a clock.
    """

    number: int
    at: datetime
    n: int
    lineage: bytes
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Medium:
    """Its folder. `require` first: nothing else asks whether it is there."""

    folder: Path

    def prepare(self, keys: Keys) -> None:
        """Make an existing folder this hall's medium. Raises MediumError for another hall's, OSError."""
        if not self.folder.is_dir():
            raise MediumError(f"there is no folder {self.folder}: is the disk mounted?")
        mark = self.folder / _MARK
        if mark.exists():
            return self.require(keys)
        for part in (self.backups, self.journal):
            part.mkdir(mode=0o700, exist_ok=True)
        with whole_file(mark) as file:
            file.write(_owner(keys))
        return None

    def require(self, keys: Keys) -> None:
        """Raise MediumError unless it is there, and this hall's."""
        try:
            owner = (self.folder / _MARK).read_bytes()
        except OSError as error:
            raise MediumError(
                f"the second medium {self.folder} is away (is its disk mounted?), or was never prepared "
                f"(hall backup --use {self.folder})"
            ) from error
        if owner != _owner(keys):
            raise MediumError(
                f"the second medium {self.folder} belongs to another hall, or to another hall.key"
            )

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.folder / "backups"

    @property
    def journal(self) -> Path:
        """The folder of the journal."""
        return self.folder / "journal"

    @property
    def belongings(self) -> Path:
        """What stood beside the hall's file at the last backup."""
        return self.folder / "belongings.sealed"

    def backup_entries(self) -> list[Entry]:
        """The backups that were verified, oldest first."""
        return _entries(self.backups, _BACKUP)

    def journal_entries(self) -> list[Entry]:
        """The files of the journal, oldest first."""
        return _entries(self.journal, _JOURNAL)

    def backup_path(self, at: datetime, lineage: bytes, n: int) -> Path:
        """Where the next backup goes."""
        return self.backups / f"hall-{_name(self.backup_entries(), at, lineage, n)}.backup"

    def journal_path(self, at: datetime, lineage: bytes, n: int) -> Path:
        """Where the next file of the journal goes."""
        return self.journal / f"journal-{_name(self.journal_entries(), at, lineage, n)}.log"

    def entry(self, path: Path) -> Entry:
        """The backup that stands at `path`."""
        return next(entry for entry in self.backup_entries() if entry.path == path)


def _owner(keys: Keys) -> bytes:
    return keys.digest(b"medium").hex().encode() + b"\n"


def _name(entries: list[Entry], at: datetime, lineage: bytes, n: int) -> str:
    number = entries[-1].number + 1 if entries else 1
    return f"{number:06}-{at.astimezone(HALL_ZONE).strftime(_MOMENT)}-{lineage.hex()}-{n:012}"


def _entries(folder: Path, form: "re.Pattern[str]") -> list[Entry]:
    found = []
    for path in folder.iterdir():
        if (named := form.fullmatch(path.name)) is not None:
            number, moment, lineage, n = named.groups()
            at = datetime.strptime(moment, _MOMENT).replace(tzinfo=HALL_ZONE)
            size = path.stat().st_size
            found.append(Entry(int(number), at, int(n), bytes.fromhex(lineage), path, size))
    return sorted(found)
