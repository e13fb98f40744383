"""`hall check`: verify the file, the chain of facts, and that the tables say what the facts say."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from shared.store.audit import audit
from shared.store.house import House, default_folder
from shared.store.keys import KeyFileError, load_keys
from shared.store.sqlite import DAMAGED, connect

_CANNOT: tuple[type[Exception], ...] = (KeyFileError, OSError, *DAMAGED)


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when all is well, 1 with every finding when not, 2 when it cannot be checked."""
    parser = argparse.ArgumentParser(prog="hall check", description="Verify the hall's file.")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument("--now", help=argparse.SUPPRESS)
    house = House(parser.parse_args(argv).data)
    try:
        keys = load_keys(house.key)
        connection = connect(house.database, read_only=True)
    except _CANNOT as error:
        print(f"hall check: {error}", file=sys.stderr)  # noqa: T201
        return 2
    try:
        findings = audit(connection, keys)
    finally:
        connection.close()
    for line in findings.wrong:
        print(f"WRONG  {line}")  # noqa: T201
    verdict = "all is well" if not findings.wrong else f"{len(findings.wrong)} findings"
    print(f"{findings.facts} facts followed: {verdict}")  # noqa: T201
    return 1 if findings.wrong else 0
