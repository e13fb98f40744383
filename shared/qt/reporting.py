"""An app's heartbeat to the hub: how its own parts are, at every change and every REPORT_SECONDS."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from shared.client.api import HubClient
from shared.client.errors import HubError
from shared.protocol.messages import PartReport, ReportParts
from shared.qt.bridge import HallBridge

log = logging.getLogger(__name__)

REPORT_SECONDS = 15
_SETTLE_MS = 300
"""Changes that come together are told together."""

Source = Callable[[], Sequence[PartReport]]


class Reporting(QObject):
    """Reports what the `sources` give, which are called in the Qt thread and never wait.

    One report is under way at a time: a hub that hangs does not fill the workers. What cannot be told now
    is told by the next heartbeat.
    """

    def __init__(self, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources: list[Source] = []
        self._bridge = bridge
        self._is_under_way = False
        self._told: tuple[PartReport, ...] | None = None
        self._beat = QTimer(self, interval=REPORT_SECONDS * 1000)
        self._beat.timeout.connect(self._send)
        self._soon = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._soon.timeout.connect(self._send_news)

    def start(self) -> None:
        """Begin, with a first report at once."""
        self._beat.start()
        self._send()

    def stop(self) -> None:
        """Say no more."""
        self._beat.stop()
        self._soon.stop()

    @Slot()
    def look(self) -> None:
        """Something may have changed: report it soon, if it did."""
        if self._beat.isActive() and not self._soon.isActive():
            self._soon.start()

    def _parts(self) -> tuple[PartReport, ...]:
        return tuple(part for source in self.sources for part in source())

    def _send_news(self) -> None:
        if self._is_under_way:
            self._soon.start()
        elif self._parts() != self._told:
            self._send()

    def _send(self) -> None:
        if self._is_under_way:
            return
        self._is_under_way = True
        parts = self._parts()

        def work(client: HubClient) -> None:
            client.call("report_parts", ReportParts(parts=list(parts)))

        def on_answer(_: None) -> None:
            self._is_under_way, self._told = False, parts

        self._bridge.submit(work, on_answer, self._fail)

    def _fail(self, error: Exception) -> None:
        self._is_under_way = False
        if not isinstance(error, HubError):
            raise error
        log.info("the state of the parts could not be reported: %s", error)
