"""The hub on a clock that a proof steps.

    python -m tests.proofs.stepped_hub MODE CLOCK --data FOLDER ...

The file CLOCK says "offset": the seconds between the machine's monotonic clock and what the hub takes for the
moment (epoch seconds), so a step needs one write and both processes agree on the moment. MODE is `stored`
for the hub as it is, or a control: `clock` takes the business day from the clock, `unordered` lets the
line go by the clock alone.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from shared.config.values import DAY_CHANGE
from shared.domain.moments import HALL_ZONE, due_day
from shared.hub import __main__ as hub
from shared.hub import jobs
from shared.services import taking
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

LOOKS_SECONDS = 0.02
"""Between two looks at whether the day is over: two seconds otherwise."""


class SteppedClock:
    """Runs at the pace of the machine from wherever the file says."""

    speed = 1.0

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """The moment, in the hall's zone."""
        return moment_in(self._file)


def moment_in(file: Path) -> datetime:
    """What a clock on `file` says."""
    offset = float(file.read_text("ascii"))
    return datetime.fromtimestamp(time.monotonic() + offset, UTC).astimezone(HALL_ZONE)


def step_to(file: Path, moment: datetime) -> None:
    """Set the clock on `file`; a reader sees the old moment or the new one."""
    fresh = file.with_suffix(".new")
    fresh.write_text(repr(moment.timestamp() - time.monotonic()), "ascii")
    fresh.replace(file)


_join = taking._join


def day_by_the_clock(tx: Transaction, *given: Any) -> int:
    """The control: the day is what the clock says it is."""
    taking._BUSINESS_DAY = f"SELECT '{due_day(tx.now, DAY_CHANGE)}'"
    return _join(tx, *given)


def by_the_clock(connection: Connection, now: int) -> int:
    """The control: who comes now joins now, whoever waits."""
    del connection
    return now


def patch(mode: str, file: Path) -> None:
    hub._clock = lambda _: SteppedClock(file)  # type: ignore[assignment]
    jobs.BEAT_SECONDS = LOOKS_SECONDS  # type: ignore[attr-defined]
    if mode == "clock":
        taking._join = day_by_the_clock  # type: ignore[assignment]
    if mode == "unordered":
        taking.joining_moment = by_the_clock  # type: ignore[attr-defined]


if __name__ == "__main__":
    patch(sys.argv[1], Path(sys.argv[2]))
    sys.exit(hub.main(sys.argv[3:]))
