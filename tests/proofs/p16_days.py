"""P16: days of running stay bounded: the hub's write-ahead log, its memory, its open files.

Three business days of tickets, quickened: every window takes numbers, calls, starts and finishes as fast as
the hub answers; then the day is moved on and the clerks come anew. The hub is watched from outside all the
time. A day before the first warms it up: caches fill once. The control is a program that keeps a read
transaction open: no checkpoint can then start the log anew, and it grows.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.bench.crowd import Window, furnish
from shared.bench.watching import Watch, watched
from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.store.house import House
from shared.store.sqlite import connect
from shared.testing import RunningHub, running_hub, small_hall
from tests.proofs.outcome import Outcome

WINDOWS, KIOSKS = 4, 2
MOST_WAL = 8_000_000
"""Twice what SQLite lets the log grow to before it begins it anew (1,000 pages)."""
MORE_MEMORY, MORE_FILES = 1.10, 8
"""What the last day may have more than the first: a tenth of the memory, a few connections."""


@dataclass(frozen=True, slots=True)
class Days:
    """How the hub stood, day by day."""

    tickets: int
    watches: Sequence[Watch]

    def wrong(self) -> Iterator[str]:
        """What grew."""
        first, last = self.watches[0], self.watches[-1]
        for n, watch in enumerate(self.watches, 1):
            if (wal := watch.most("wal_bytes")) > MOST_WAL:
                yield f"day {n}: the write-ahead log grew to {wal / 1e6:.1f} MB"
        if last.most("memory_mb") > first.most("memory_mb") * MORE_MEMORY:
            yield f"memory grew from {first.most('memory_mb'):.0f} to {last.most('memory_mb'):.0f} MB"
        if last.most("files") > first.most("files") + MORE_FILES:
            yield f"open files grew from {first.most('files'):.0f} to {last.most('files'):.0f}"


@contextmanager
def reading(house: House) -> Iterator[None]:
    """The control: somebody begins to read, and never ends."""
    with closing(connect(house.database, read_only=True)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM tickets").fetchone()
        yield


def run(folder: Path, days: int, tickets: int, *, open_reader: bool = False) -> Days:
    """So many days of so many tickets after one that is not counted."""
    watches = []
    with (
        running_hub(folder, small_hall(windows=WINDOWS, clerks=WINDOWS)) as hub,
        reading(hub.house) if open_reader else nullcontext(),
    ):
        for _ in range(days + 1):
            with watched(hub.process.pid, hub.house, 0.1) as watch:
                _day(hub, tickets)
            watches.append(watch)
            _move_on(hub)
    return Days(days * tickets, watches[1:])


def _day(hub: RunningHub, tickets: int) -> None:
    kiosks, windows = furnish(hub, WINDOWS, KIOSKS)
    with ThreadPoolExecutor(WINDOWS) as pool:
        for each in [
            pool.submit(_serve, kiosks[n % KIOSKS], window, tickets // WINDOWS)
            for n, window in enumerate(windows)
        ]:
            each.result()


def _serve(kiosk: HubClient, window: Window, tickets: int) -> None:
    for _ in range(tickets):
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        called = window.desk.call("call_next", m.CallNext(finish_current=True), no=window.no)
        window.desk.call("start_ticket", m.Nothing(), id=called.id)
    window.desk.call("finish_ticket", m.Nothing(), id=called.id)
    window.desk.call("close_window", m.Nothing(), no=window.no)


def _move_on(hub: RunningHub) -> None:
    """Everybody goes home, and the business day ends."""
    for client in hub.clients:
        client.close()
    hub.clients.clear()
    today = hub.operator.ask(m.Health, "health").day
    hub.operator.call("roll_day", m.RollDay(day=today + timedelta(days=1)))


def prove() -> Outcome:
    """Three days of 3,000 tickets; the control is one day."""
    with TemporaryDirectory(prefix="p16-") as made:
        tried = run(Path(made) / "days", 3, 3_000)
        caught = any(
            "log grew" in each for each in run(Path(made) / "read", 1, 400, open_reader=True).wrong()
        )
    return Outcome("P16", tried.tickets, list(tried.wrong()), caught)
