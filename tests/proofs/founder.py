"""Founds a hall and gives numbers in it.

    python -m tests.proofs.founder FOLDER COUNT [synced|unsynced]

Answers as `tests.proofs.issuer` does. The control, `unsynced`, leaves out every sync that is not SQLite's.
"""

import os
import sys
from pathlib import Path

from shared.services.founding import found_hall
from shared.store.house import House
from shared.store.writer import Reply
from shared.testing import MONDAY_MORNING, small_hall
from tests.proofs import issuer

FOUNDED = 0
"""The order to found the hall."""


def main(folder: str, count: str, mode: str = "synced") -> None:
    """Found, say so, go on."""
    if mode == "unsynced":
        os.fsync = lambda fd: None  # noqa: ARG005
    found_hall(House(Path(folder)), small_hall(windows=1, clerks=1), MONDAY_MORNING)
    issuer.answer(FOUNDED, Reply(200, b"founded"))
    issuer.main(folder, "1", count)


if __name__ == "__main__":
    main(*sys.argv[1:])
