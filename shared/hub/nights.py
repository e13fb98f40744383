"""The night's work: a backup, a trial restore or an audit, and forgetting. Each once a night, whenever the
hub is there.

Copying and checking run in processes of their own, at the lowest priority: the hall does not feel them,
and whatever happens to them does not happen to the hub.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import partial

from shared.config.upkeep import NIGHT
from shared.domain.moments import HALL_ZONE, due_day
from shared.hub.core import Hub
from shared.hub.jobs import LONGEST_LEAP
from shared.hub.upkeep import MediumSeen
from shared.services.retention import Forgetting
from shared.services.upkeep import Work, last_good, note_outcome
from shared.store.house import House
from shared.store.queries import sql
from shared.store.sqlite import connect
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)

_DONE = Reply(204, b"")
_LOOK_SECONDS = 5.0
_AGAIN_SECONDS: dict[Work, float] = {
    "backup": 900.0,
    "check": 6 * 3600.0,
    "drill": 6 * 3600.0,
    "purge": 6 * 3600.0,
}
"""After a failure. A medium may come back soon; what an audit found stays until somebody does something."""
_STEP_SECONDS = 0.02
"""Between two steps of forgetting: whoever waits for the writer goes first."""
_HANGING_SECONDS = 30.0
"""A medium that does not answer a look for so long is said not to answer."""


async def run_nights(hub: Hub) -> None:
    """Run until cancelled."""
    nights = Nights(hub)
    while True:
        try:
            await nights.look()
        except Exception:
            log.exception("the night's work failed")  # the next look may succeed
        await asyncio.sleep(_LOOK_SECONDS)


class ForgettingError(RuntimeError):
    """The store did not let people be forgotten."""


class Nights:
    """What is due now, and doing it."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._not_before: dict[Work, float] = {}
        self._looking: asyncio.Task[MediumSeen] | None = None

    async def look(self) -> None:
        """Look at the second medium, and do what is due."""
        upkeep = self._hub.upkeep
        upkeep.seen = await self._medium()
        behind = days_behind(self._hub)
        if self._is_due("purge") and timedelta() < behind <= LONGEST_LEAP:
            return  # the rollover comes in a moment; it alone says whose time is over
        if self._is_due("purge") and behind <= timedelta():
            await self._forget()
        if upkeep.medium is None:
            if self._is_due("check"):
                await self._run("check")
        elif upkeep.lacks_base or self._is_due("backup"):
            await self._back_up()
        elif self._is_due("drill"):
            await self._run("drill", "--gently")

    async def _medium(self) -> MediumSeen:
        """What is there now. One look at a time: a medium that hangs must not use up the threads."""
        if self._looking is None:
            self._looking = asyncio.create_task(asyncio.to_thread(self._hub.upkeep.look))
        done, _ = await asyncio.wait({self._looking}, timeout=_HANGING_SECONDS)
        if not done:
            return MediumSeen(problem="the second medium does not answer")
        looked, self._looking = self._looking, None
        return looked.result()

    def _is_due(self, work: Work) -> bool:
        """Once a day, from the hour of the night on; not soon again after a failure."""
        if time.monotonic() < self._not_before.get(work, 0.0):
            return False
        backup = self._hub.upkeep.config.backup
        at = NIGHT if backup is None else backup.at
        return is_due(self._hub.clock.now(), at, last_good(self._hub.reading, work))

    async def _forget(self) -> None:
        """First of all: what is to be forgotten should not go into a new backup."""
        try:
            await forget(self._hub)
        except ForgettingError as error:
            await self._failed("purge", str(error))

    async def _back_up(self) -> None:
        if time.monotonic() >= self._not_before.get("backup", 0.0) and await self._run("backup", "--gently"):
            self._hub.upkeep.has_base()
            self._hub.upkeep.seen = await self._medium()

    async def _run(self, work: Work, *options: str) -> bool:
        """Run a command of that name in a process of its own and note what it said last."""
        code, said = await run_command(self._hub.house, work, self._hub.clock.now(), options)
        if code != 0:
            await self._failed(work, said)
            return False
        await self._hub.write(_quietly(partial(note_outcome, work=work, is_good=True, said=said)), "hub")
        return True

    async def _failed(self, work: Work, said: str) -> None:
        log.error("%s failed: %s", work, said)
        self._not_before[work] = time.monotonic() + _AGAIN_SECONDS[work]
        await self._hub.write(_quietly(partial(note_outcome, work=work, is_good=False, said=said)), "hub")


def is_due(now: datetime, at: clock_time, done: datetime) -> bool:
    """Whether a night's work that begins at `at` was last done before it was that late the last time."""
    local = now.astimezone(HALL_ZONE)
    begins = datetime.combine(local.date(), at, HALL_ZONE)
    return done < (begins if local >= begins else begins - timedelta(days=1))


async def run_command(house: House, name: str, now: datetime, options: Sequence[str]) -> tuple[int, str]:
    """The exit code of `hall NAME`, and in words how it ended: its last line, or the first thing it found."""
    given = ("--data", str(house.folder), "--now", now.isoformat(), *options)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shared.cli", name, *given),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await process.communicate()
    finally:
        if process.returncode is None:  # the hub stops
            process.terminate()
            await process.wait()
    lines = output.decode(errors="replace").strip().splitlines() or ["it said nothing"]
    wrong = [line for line in lines if line.startswith("WRONG")]
    return process.returncode or 0, wrong[0] if wrong else lines[-1]


async def forget(hub: Hub) -> None:
    """Forget whom is due, a few rows at a time, then clear what the log of writes still knows of them."""
    forgetting = Forgetting(hub.upkeep.config.retention, business_day(hub))
    for step in forgetting.steps():
        while await _step(hub, step):
            await asyncio.sleep(_STEP_SECONDS)
    hub.upkeep.forgotten()
    await hub.write(_quietly(forgetting.finish), "hub")
    await asyncio.to_thread(clear_log, hub.house)


async def _step(hub: Hub, step: Callable[[Transaction], bool]) -> bool:
    more = False

    def run(tx: Transaction) -> Reply:
        nonlocal more
        more = step(tx)
        return _DONE

    reply = await hub.write(run, "hub")
    if reply.status != _DONE.status:
        raise ForgettingError(f"a step of forgetting was refused: {reply.body.decode()}")
    return more


def _quietly(work: Callable[[Transaction], object]) -> Callable[[Transaction], Reply]:
    def run(tx: Transaction) -> Reply:
        work(tx)
        return _DONE

    return run


def business_day(hub: Hub) -> date:
    """The stored day."""
    return date.fromisoformat(hub.reading.execute(sql("business_day")).fetchone()[0])


def days_behind(hub: Hub) -> timedelta:
    """By how much the business day has yet to follow the clock."""
    return due_day(hub.clock.now(), hub.plan.day_change) - business_day(hub)


def clear_log(house: House) -> None:
    """Bring the whole log of writes into the file and cut it to nothing. When somebody reads just now, the
    next night does it.
    """
    with closing(connect(house.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
