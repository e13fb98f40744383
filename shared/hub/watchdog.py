"""The hub tells systemd that it works (sd_notify(3)), each time only after it has proved it to itself.

A beat from a thread of its own would go on while the hall stands still. So the beat comes out of the event
loop, after a command has gone through the writer's thread and the lock on the file, and after a read. If that
takes longer than systemd waits (`WatchdogSec`), the hub is restarted.

A store that answers but refuses (full disk, read-only) is no reason: a restart cures neither, and boards and
phones would lose what they can still be shown. The status line says so instead.
"""

import asyncio
import logging
import time

from shared.hub.core import Hub
from shared.hub.upkeep_standing import status_line
from shared.store.disk import can_write
from shared.store.queries import sql
from shared.store.transaction import Transaction, touch
from shared.store.writer import Reply
from shared.supervisor import Supervisor

log = logging.getLogger(__name__)

_LAG_SECONDS = 6.0
"""A little more than a commit waits for a lock on the file before it is refused."""


async def run_watchdog(hub: Hub, supervisor: Supervisor) -> None:
    """Check until cancelled, and beat; `READY=1` with the first beat, `STOPPING=1` at the end."""
    ready: tuple[str, ...] = ("READY=1",)
    try:
        while True:
            status = await self_check(hub)
            hub.checked_at = hub.checked_at if hub.writer.failing else time.monotonic()
            supervisor.tell(*ready, "WATCHDOG=1", f"STATUS={status}")
            ready = ()
            await asyncio.sleep(supervisor.pause_seconds)
    finally:
        supervisor.tell("STOPPING=1")


async def self_check(hub: Hub) -> str:
    """Send a command through the writer and read; returns the status line. Waits as long as they take.

    A store that refused the last commit is tried again only when a file of a megabyte can be written beside
    it: our small command may still fit on a disk that is full for the hall's, and would call it fine. Else
    the writer must only not be behind.
    """
    if not hub.writer.failing or await _has_room(hub):
        await hub.write(_touch, "hub")
    while hub.writer.lag_seconds > _LAG_SECONDS:
        await asyncio.sleep(_LAG_SECONDS / 10)
    day = hub.reading.execute(sql("business_day")).fetchone()[0]
    if hub.writer.failing:
        return f"the store refuses to write; showing {day} to {hub.stream.followers} followers"
    return f"serving {day}, fact {hub.stream.head}, {hub.stream.followers} followers; {status_line(hub)}"


async def _has_room(hub: Hub) -> bool:
    """Whether the disk takes a file again. One that hangs does not, and is not waited for."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(can_write, hub.house), _LAG_SECONDS)
    except TimeoutError:
        return False


def _touch(tx: Transaction) -> Reply:
    """A commit without a page would go through on a full disk, and call it fine."""
    touch(tx.connection)
    return Reply(204, b"")
