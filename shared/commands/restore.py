"""`hall restore`: put the newest backup, with the journal rolled forward, in the place of a damaged file."""

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from shared.clock import moment
from shared.commands.medium_of import hall, medium_of, medium_parser, run, told_state
from shared.store.keys import load_keys
from shared.store.restore import Number, Restored, restore


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when the hall stands again, 2 with a sentence when nothing was changed."""
    parser = medium_parser("restore", "Restore the hall's file from a backup and the journal.")
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="the second medium")
    options = parser.parse_args(argv)
    return run("restore", lambda: _work(options))


def _work(options: argparse.Namespace) -> int:
    house, config = hall(options.data)
    medium = medium_of(options.source, config, "--from")
    with house.owned():
        restored = restore(house, load_keys(house.key), medium, moment(options.now))
    print("\n".join(_told(restored)))  # noqa: T201
    print(f"next: hall hub --data {house.folder}")  # noqa: T201
    return 0


def _told(restored: Restored) -> list[str]:
    lines = ["restored", *told_state(restored.state)]
    if restored.aside is not None:
        lines.append(f"the damaged file is in {restored.aside}; remove it once all is well")
    if restored.brought:
        lines.append(f"brought back as well: {', '.join(restored.brought)}")
    if restored.missing:
        lines.append(
            "given after that moment, and lost with the damaged file: give these people a new number"
        )
        lines += [f"  {day}: {', '.join(names)}" for day, names in _by_day(restored.missing)]
    elif restored.skipped:
        lines.append(
            f"nobody can tell which numbers were given after that moment: {restored.skipped} are left out "
            "in each lane, so that none is given twice"
        )
    else:
        lines.append("no number is missing")
    return lines


def _by_day(missing: Sequence[Number]) -> list[tuple[str, list[str]]]:
    days = groupby(missing, key=lambda one: one[0])
    return [(day, [f"{series}{number:03d}" for _, series, number in ones]) for day, ones in days]
