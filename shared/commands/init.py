"""`hall init`: make a hall, from a sample or from a file of one's own."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from shared.clock import moment
from shared.config import ConfigErrors, load_hall, sample_path
from shared.services.founding import found_hall
from shared.services.workdays import override_beside
from shared.store.house import House, default_folder
from shared.store.sqlite import Error, SqliteTooOldError


def main(argv: Sequence[str]) -> int:
    """Make the hall. Exit code 2 and every mistake of the file when it cannot be made."""
    options = _parser().parse_args(argv)
    path = options.file or sample_path(options.sample)
    try:
        config = load_hall(path)
        found_hall(House(options.data), config, moment(options.now), override_beside(path))
    except ConfigErrors as error:
        return _failed(str(error))
    except FileExistsError as error:
        return _failed(str(error))
    except (OSError, Error, SqliteTooOldError) as error:
        return _failed(f"the hall could not be made: {error}")
    print(  # noqa: T201
        f"{config.name}: {len(config.lanes)} lanes, {len(config.windows)} windows, "
        f"{len(config.matters)} matters, {len(config.clerks)} clerks in {options.data}\n"
        f"next: hall hub --data {options.data}"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall init", description="Make a hall.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--sample", choices=["yueyang"], help="a sample hall that ships with the program")
    source.add_argument("--from", dest="file", type=Path, metavar="HALL.TOML", help="a file of one's own")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's new folder")
    parser.add_argument(
        "--now", type=datetime.fromisoformat, metavar="MOMENT", help="rehearsal: found it at this moment"
    )
    return parser


def _failed(sentence: str) -> int:
    print(f"hall init: {sentence}", file=sys.stderr)  # noqa: T201
    return 2
