"""How long a large hall takes to back up while it serves, to restore, and to be compared with its backup."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from shared.bench.watching import watched
from shared.client.api import HubClient
from shared.clock import SystemClock
from shared.config.upkeep import BackupConfig, UpkeepConfig
from shared.domain.estimate import Estimator
from shared.figures.table import Figure
from shared.protocol import messages as m
from shared.services.hall import load_plan
from shared.services.serving import give_up
from shared.services.taking import take_ticket
from shared.store.compare import differences
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.medium import Medium
from shared.store.restore import rebuild, restore
from shared.store.sqlite import connect
from shared.store.tickets import get_ticket
from shared.store.transaction import Chain, Transaction
from shared.testing import MONDAY_MORNING, RunningHub, running_hub

_PATIENCE_SECONDS, _NIGHT_SECONDS = 1800.0, 3600.0
_AT_ONCE = 500
RESTORE_SECONDS, LOG_MB = 300.0, 64.0


def measure(folder: Path, facts: int) -> list[Figure]:
    """A hall of so many facts."""
    medium = Medium(folder / "medium")
    medium.folder.mkdir()
    with running_hub(folder / "hall") as hub:
        hub.kill()
        house, keys = hub.house, load_keys(hub.house.key)
        fill(house, facts)
        medium.prepare(keys)
        house.upkeep.write_text(UpkeepConfig(backup=BackupConfig(folder=medium.folder)).in_file(), "utf-8")
        hub.restart()
        size = house.database.stat().st_size
        backup, log_mb, taken = _back_up(hub, medium)
        time.sleep(2)  # the journal follows within a second
        hub.kill()
        began = time.monotonic()
        with house.owned():
            restored = restore(house, keys, medium, SystemClock().now())
        seconds = time.monotonic() - began
        trial = folder / "trial.db"
        began = time.monotonic()
        state = rebuild(medium, keys, trial)
        differences(trial, state.at, _aside(restored.aside))
        compared = time.monotonic() - began
    shown = f"{restored.state.facts:,} facts, {size / 1e6:,.0f} MB"
    backed_up = f"{backup:,.0f} s ({shown}; {taken:,} tickets meanwhile)"
    in_time = seconds <= RESTORE_SECONDS and not restored.missing
    return [
        _figure("backup of a large hall that serves", backed_up, "within an hour", backup < _NIGHT_SECONDS),
        _figure(
            "log of writes while it is copied", f"{log_mb:,.1f} MB", f"at most {LOG_MB:.0f}", log_mb <= LOG_MB
        ),
        _figure("restore of it", f"{seconds:,.0f} s", f"at most {RESTORE_SECONDS:.0f} s", in_time),
        _figure("drill of it", f"{compared:,.0f} s", "within an hour", compared < _NIGHT_SECONDS),
    ]


def _figure(name: str, value: str, target: str, met: bool) -> Figure:
    return Figure(name, value, "", target, met)


def _aside(folder: Path | None) -> Path:
    if folder is None:
        raise RuntimeError("there was no file to move aside")
    return folder / "hall.db"


def fill(house: House, facts: int) -> None:
    """Give numbers and give them up again until the file has so many facts."""
    with closing(connect(house.database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        keys, plan = load_keys(house.key), load_plan(connection)
        estimator = Estimator({lane.letter: lane.minutes_per_person for lane in plan.lanes.values()})
        while (chain := Chain.load(connection)).seq < facts:
            connection.execute("BEGIN IMMEDIATE")
            tx = Transaction(connection, MONDAY_MORNING, "device:1", keys, chain)
            for n in range(_AT_ONCE):
                body = m.TakeTicket(channel="kiosk", lane="ABC"[n % 3])
                give_up(tx, get_ticket(connection, take_ticket(tx, plan, estimator, body)))
            chain.save(connection)
            connection.execute("COMMIT")


def _back_up(hub: RunningHub, medium: Medium) -> tuple[float, float, int]:
    """Seconds until the first backup is there, the most megabytes of the log meanwhile, tickets taken."""
    began = time.monotonic()
    kiosk = hub.client("citizen-kiosk")
    with watched(hub.process.pid, hub.house, 0.1) as watch, _crowd(kiosk) as taken:
        while not medium.backup_entries():
            if time.monotonic() - began > _PATIENCE_SECONDS:
                raise TimeoutError("no backup was made")
            time.sleep(0.2)
    return time.monotonic() - began, watch.most("wal_bytes") / 1e6, len(taken)


@contextmanager
def _crowd(kiosk: HubClient) -> Iterator[list[str]]:
    """Somebody takes numbers all the time."""
    taken: list[str] = []
    stop = threading.Event()

    def take() -> None:
        while not stop.is_set():
            taken.append(kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.number)

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield taken
    finally:
        stop.set()
        thread.join()
