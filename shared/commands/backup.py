"""`hall backup`: make a backup now, list what there is, or name the second medium."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from shared.clock import moment
from shared.commands.medium_of import hall, medium_of, medium_parser, run, told
from shared.config.upkeep import BackupConfig, UpkeepConfig
from shared.store.backup import make_backup, rotate
from shared.store.durable import whole_file
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.medium import Medium


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when the backup was made and verified, 2 with a sentence when not."""
    options = _parser().parse_args(argv)
    return run("backup", lambda: _work(options))


def _parser() -> argparse.ArgumentParser:
    parser = medium_parser("backup", "Make a verified backup on the second medium, and list what is there.")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="another medium than the configured one")
    parser.add_argument("--list", action="store_true", help="only list the backups")
    parser.add_argument("--use", type=Path, metavar="FOLDER", help="prepare this folder as the second medium")
    parser.add_argument(
        "--keep", type=int, metavar="DAYS", help="with --use: daily backups that are kept (14)"
    )
    parser.add_argument("--gently", action="store_true", help="leave the machine to everybody else")
    return parser


def _work(options: argparse.Namespace) -> int:
    house, config = hall(options.data)
    if options.use is not None:
        return _use(house, config, options.use.resolve(), options.keep)
    medium = medium_of(options.to, config, "--to")
    keys = load_keys(house.key)
    if not options.list:
        if options.gently:
            os.nice(19)
        made = make_backup(house, keys, medium, moment(options.now))
        rotate(
            medium, BackupConfig(folder=medium.folder).keep if config.backup is None else config.backup.keep
        )
        print(f"made and verified: {told(made)}")  # noqa: T201
    medium.require(keys)
    for entry in medium.backup_entries():
        print(told(entry))  # noqa: T201
    return 0


def _use(house: House, config: UpkeepConfig, folder: Path, keep: int | None) -> int:
    Medium(folder).prepare(load_keys(house.key))
    backup = BackupConfig(folder=folder) if config.backup is None else replace(config.backup, folder=folder)
    backup = backup if keep is None else replace(backup, keep=max(2, keep))
    with whole_file(house.upkeep) as file:
        file.write(replace(config, backup=backup).in_file().encode())
    if folder.stat().st_dev == house.folder.stat().st_dev:
        print(f"take care: {folder} is on the same disk as the hall; one failure takes both")  # noqa: T201
    print(f"{folder} is the second medium; the hub uses it from its next start on")  # noqa: T201
    return 0
