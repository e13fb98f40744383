"""What the commands of backup, restore and drill share: the key, the second medium, and plain words."""

import argparse
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from shared.config import ConfigErrors
from shared.config.upkeep import UpkeepConfig, load_upkeep
from shared.store.backup import BackupError
from shared.store.compare import NotComparableError
from shared.store.frames import FramesError
from shared.store.house import House, HouseError, default_folder
from shared.store.keys import KeyFileError, load_keys
from shared.store.medium import Entry, Medium
from shared.store.restore import RestoreError, State
from shared.store.sqlite import DAMAGED, SqliteTooOldError

CANNOT: tuple[type[Exception], ...] = (
    BackupError,
    ConfigErrors,
    FramesError,
    HouseError,
    KeyFileError,
    NotComparableError,
    OSError,
    RestoreError,
    SqliteTooOldError,
    *DAMAGED,
)
"""What ends a command with a sentence."""


def medium_parser(command: str, description: str) -> argparse.ArgumentParser:
    """A parser that knows where the hall's folder is, and can be told the moment."""
    parser = argparse.ArgumentParser(prog=f"hall {command}", description=description)
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument(
        "--now", type=datetime.fromisoformat, metavar="MOMENT", help="rehearsal: take this for the moment"
    )
    return parser


def run(command: str, work: Callable[[], int]) -> int:
    """Do it. Exit code 2 and a sentence when it cannot be done. Whoever ends it leaves no copy behind."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return work()
    except CANNOT as error:
        print(f"hall {command}: {error}", file=sys.stderr)  # noqa: T201
        return 2
    finally:
        signal.signal(signal.SIGTERM, before)


def hall(folder: Path) -> tuple[House, UpkeepConfig]:
    """The hall's files, and what it says about its upkeep."""
    house = House(folder)
    if not house.key.exists():
        raise KeyFileError(f"{house.key} is missing: put the hall's key there, from where it is kept apart")
    load_keys(house.key)
    return house, load_upkeep(house.upkeep)


def medium_of(given: Path | None, config: UpkeepConfig, option: str) -> Medium:
    """The second medium: as given, or as configured. Raises BackupError when there is none."""
    if given is not None:
        return Medium(given.resolve())
    if config.backup is None:
        raise BackupError(
            f"no second medium is configured: hall backup --use FOLDER, or name it with {option}"
        )
    return Medium(config.backup.folder)


def told(entry: Entry) -> str:
    """A backup in a line."""
    return f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.size / 1e6:>10,.1f} MB  {entry.path.name}"


def told_state(state: State) -> list[str]:
    """What a state was put together from."""
    return [
        *(f"note: {sentence}" for sentence in state.met),
        f"from the backup of {state.backup.at:%Y-%m-%d %H:%M:%S} and {state.records} records of the journal",
        f"up to fact {state.facts}, {state.moment:%Y-%m-%d %H:%M:%S}; the chain of facts is whole",
    ]
