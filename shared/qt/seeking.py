"""Looking for a hub that got another address while the app runs: a new lease, a new machine."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from shared.client.identity import DeviceIdentity
from shared.qt.bridge import HallBridge
from shared.qt.joining import found_again, kept

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""Between two looks while the hub is not heard; each asks at its old address first."""


class Seeker(QObject):
    """Seeks the hub while it is not heard, in a worker; where it proves to be the same, the app goes on."""

    def __init__(
        self,
        bridge: HallBridge,
        identity: DeviceIdentity,
        folder: Path,
        parent: QObject | None = None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._identity, self._folder = bridge, identity, folder
        self._is_looking = False
        self._timer = QTimer(self, interval=int(look_seconds * 1000))
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin. A hub on this machine stays where it is."""
        if self._identity.authority is not None:
            self._timer.start()

    def _look(self) -> None:
        if self._bridge.online or self._is_looking:
            return
        self._is_looking = True
        known = self._identity
        self._bridge.submit(lambda _: found_again(known), self._found, self._failed, as_device=True)

    def _found(self, found: DeviceIdentity) -> None:
        self._is_looking = False
        if found.hub != self._identity.hub:
            self._bridge.move(found.hub)
            self._identity = kept(found, self._identity, self._folder)

    def _failed(self, error: Exception) -> None:
        self._is_looking = False
        log.warning("the hub was not looked for: %s", error)
