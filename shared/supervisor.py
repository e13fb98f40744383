"""Whoever started this process and wants to know that it works: systemd, over sd_notify(3).

A beat belongs where the work is done (the hub's event loop after a self-check, a screen's Qt event loop): one
from a thread of its own would go on while everything else stands still.
"""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress

_IDLE_SECONDS = 10.0
"""Between two beats where nobody asked for a watchdog."""


class Supervisor:
    """Named by the environment. Without `NOTIFY_SOCKET` nobody is told."""

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
        if not self.is_there:
            return
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.setblocking(False)
            with suppress(OSError):
                channel.sendto("\n".join(states).encode(), self._address)
