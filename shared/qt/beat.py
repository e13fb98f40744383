"""A screen tells systemd that it works, out of the Qt event loop: one that stands still is restarted."""

from PySide6.QtCore import QObject, QTimer

from shared.qt.bridge import HallBridge
from shared.supervisor import Supervisor


class Heartbeat(QObject):
    """`READY=1` with the first beat, which comes once the event loop turns; `STOPPING=1` at the end.

    A hub that is away is no reason to be restarted: the status line says so instead.
    """

    def __init__(self, bridge: HallBridge, supervisor: Supervisor) -> None:
        super().__init__(bridge)
        self._bridge, self._supervisor = bridge, supervisor
        self._ready: tuple[str, ...] = ("READY=1",)
        self._timer = QTimer(self, interval=int(supervisor.pause_seconds * 1000))
        self._timer.timeout.connect(self._beat)
        if supervisor.is_there:
            self._timer.start()
            QTimer.singleShot(0, self, self._beat)

    def stop(self) -> None:
        """Say that this is an end in order."""
        self._timer.stop()
        self._supervisor.tell("STOPPING=1")

    def _beat(self) -> None:
        self._supervisor.tell(*self._ready, "WATCHDOG=1", f"STATUS={self._status()}")
        self._ready = ()

    def _status(self) -> str:
        if self._bridge.online:
            return "the hub is heard"
        since = self._bridge.staleSince
        return f"the hub is silent since {since}" if since else "the hub was not heard yet"
