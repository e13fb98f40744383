"""`hall drill`: restore for trial beside the hall's file, compare with it, and remove what was restored."""

import argparse
import os
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.commands.medium_of import hall, medium_of, medium_parser, run, told_state
from shared.store.backup import TRIAL, require_room
from shared.store.compare import differences
from shared.store.keys import load_keys
from shared.store.restore import rebuild


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when all is well, 1 when file and backup differ, 2 with a sentence when nothing comes
    back.
    """
    parser = medium_parser("drill", "Restore for trial, and compare with the hall's file.")
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="the second medium")
    parser.add_argument("--in", dest="room", type=Path, metavar="FOLDER", help="where there is room (--data)")
    parser.add_argument("--gently", action="store_true", help="leave the machine to everybody else")
    options = parser.parse_args(argv)
    return run("drill", lambda: _work(options))


def _work(options: argparse.Namespace) -> int:
    if options.gently:
        os.nice(19)
    house, config = hall(options.data)
    medium, began = medium_of(options.source, config, "--from"), time.monotonic()
    room = options.room or house.folder
    require_room(room, house.database)
    with TemporaryDirectory(prefix=TRIAL, dir=room) as made:
        target = Path(made, "hall.db")
        state = rebuild(medium, load_keys(house.key), target)
        wrong = differences(target, state.at, house.database)
    for line in (*told_state(state), *(f"WRONG  {sentence}" for sentence in wrong)):
        print(line)  # noqa: T201
    verdict = f"{len(wrong)} differences" if wrong else "the restored file equals the hall's"
    print(f"{verdict}; {time.monotonic() - began:.0f} s")  # noqa: T201
    return 1 if wrong else 0
