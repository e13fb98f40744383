"""What the hub does for the hall at night: `upkeep.toml` in the hall's folder. Without it: no second medium,
and people are forgotten after the days below.

    [backup]
    folder = "/mnt/backup"      # a second medium, prepared by: hall backup --use /mnt/backup
    at = "02:00"                # when the night's work begins
    keep = 14                   # daily backups that are kept

    [retention]                 # days
    people = 30                 # names, ID numbers, contacts of tickets, bookings and waiting lists
"""

import json
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from shared.config.problems import ConfigErrors, Problem
from shared.config.table import Table
from shared.config.toml import TomlError, parse, with_lines

NIGHT = time(2)
"""When the night's work begins if nothing else is said."""
_KEEP, _PEOPLE = 14, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupConfig:
    """Where backups and the journal go, from when in the night on, and how many days are kept."""

    folder: Path
    at: time = NIGHT
    keep: int = _KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionConfig:
    """How many days after their day people are remembered."""

    people: int = _PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepConfig:
    """The whole file. `backup` is None without a second medium."""

    backup: BackupConfig | None = None
    retention: RetentionConfig = field(default_factory=RetentionConfig)

    def in_file(self) -> str:
        """The text of `upkeep.toml`."""
        lines = []
        if self.backup is not None:
            folder = json.dumps(str(self.backup.folder), ensure_ascii=False)  # a text of JSON is one of TOML
            lines += ["[backup]", f"folder = {folder}", f'at = "{self.backup.at:%H:%M}"']
            lines += [f"keep = {self.backup.keep}", ""]
        lines += ["[retention]", f"people = {self.retention.people}"]
        return "\n".join(lines) + "\n"


def load_upkeep(path: Path) -> UpkeepConfig:
    """What `path` says; the defaults without that file. Raises ConfigErrors, OSError."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return UpkeepConfig()
    try:
        text, values = parse(data)
    except TomlError as error:
        raise ConfigErrors(path, (error.problem,)) from error
    problems: list[Problem] = []
    config = _read(Table(values, "", problems))
    if problems:
        raise ConfigErrors(path, with_lines(text, problems))
    return config


def _read(table: Table) -> UpkeepConfig:
    backup, retention = table.part("backup"), table.part("retention")
    table.close()
    return UpkeepConfig(
        backup=None if backup is None else _backup(backup),
        retention=RetentionConfig() if retention is None else _retention(retention),
    )


def _backup(table: Table) -> BackupConfig:
    folder = Path(table.text("folder", 300))
    if not folder.is_absolute():
        table.note("folder", "it does not begin with /", 'Write the whole path: folder = "/mnt/backup"')
    config = BackupConfig(
        folder=folder,
        at=table.clock_time("at", NIGHT),
        keep=table.whole("keep", 2, 400, default=_KEEP),
    )
    table.close()
    return config


def _retention(table: Table) -> RetentionConfig:
    config = RetentionConfig(people=table.whole("people", 7, 3650, default=_PEOPLE))
    table.close()
    return config
