"""The hub tells systemd that it works (sd_notify(3)), each time only after it has proved it to itself.

A beat from a thread of its own would go on while the hall stands still. So the beat comes out of the event
loop, after a command has gone through the writer's thread and the lock on the file, and after a read. If that
takes longer than systemd waits (`WatchdogSec`), the hub is restarted.

A store that answers but refuses (full disk, read-only) is no reason: a restart cures neither, and boards and
phones would lose what they can still be shown. The status line says so instead.
"""

import asyncio
import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

from shared.hub.core import Hub
from shared.hub.upkeep_standing import status_line
from shared.store.queries import sql
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)

_IDLE_SECONDS = 10.0
"""Between two status lines where nobody asked for a watchdog."""
_LAG_SECONDS = 6.0
"""A little more than a commit waits for a lock on the file before it is refused."""


class Supervisor:
    """Whoever started the hub, as the environment names it. Without `NOTIFY_SOCKET` nobody is told."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)
        wanted_of = environment.get("WATCHDOG_PID", str(os.getpid()))
        asked = environment.get("WATCHDOG_USEC", "") if wanted_of == str(os.getpid()) else ""
        self.pause_seconds = int(asked) / 2e6 if asked.isdecimal() and int(asked) else _IDLE_SECONDS
        """Half of the longest silence that it accepts."""

    @property
    def is_there(self) -> bool:
        """Whether somebody wants to know."""
        return bool(self._address)

    def tell(self, *states: str) -> None:
        """Send states such as `READY=1`; one that cannot be sent is not worth stopping for."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            with suppress(OSError):
                channel.sendto("\n".join(states).encode(), self._address)


async def run_watchdog(hub: Hub, supervisor: Supervisor) -> None:
    """Beat until cancelled; `READY=1` with the first beat, `STOPPING=1` at the end."""
    if not supervisor.is_there:
        return
    ready: tuple[str, ...] = ("READY=1",)
    try:
        while True:
            status = await self_check(hub)
            supervisor.tell(*ready, "WATCHDOG=1", f"STATUS={status}")
            ready = ()
            await asyncio.sleep(supervisor.pause_seconds)
    finally:
        supervisor.tell("STOPPING=1")


async def self_check(hub: Hub) -> str:
    """Send a command through the writer and read; returns the status line. Waits as long as they take.

    A store that refused the last commit is left to the hall's own commands: a small one of ours may still fit
    on a disk that is full for theirs, and would call it fine. Then the writer must only not be behind.
    """
    if not hub.writer.failing:
        await hub.write(_touch, "hub")
    while hub.writer.lag_seconds > _LAG_SECONDS:
        await asyncio.sleep(_LAG_SECONDS / 10)
    day = hub.reading.execute(sql("business_day")).fetchone()[0]
    if hub.writer.failing:
        return f"the store refuses to write; showing {day} to {hub.stream.followers} followers"
    return f"serving {day}, fact {hub.stream.head}, {hub.stream.followers} followers; {status_line(hub)}"


def _touch(tx: Transaction) -> Reply:
    """Write what stands there: a commit without a page would go through on a full disk, and call it fine."""
    tx.execute("UPDATE hall SET day = day")
    return Reply(204, b"")
