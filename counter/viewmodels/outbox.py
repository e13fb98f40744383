"""Ratings on their way to the hub: given once by the citizen, asked for until the hub answers."""

import logging
from collections import deque

from PySide6.QtCore import QObject, QTimer

from counter.command import Command
from counter.viewmodels.seat import Seat
from shared.client.api import HubClient
from shared.client.errors import HubRefused, HubUnreachable

log = logging.getLogger(__name__)

AGAIN_MS = 3000


class RatingOutbox(QObject):
    """Sends one after the other as the counter itself, each with its own request id; never blocks anybody.

    What the hub cannot hear now is asked for again; what it refuses (too late, given already, this counter
    was revoked) is dropped with a line in the log that does not say how the citizen rated. It lives in
    memory: what still waits when the counter is switched off is lost, and counts as not rated.
    """

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._waiting: deque[Command] = deque()
        self._is_sending = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._send)

    @property
    def count(self) -> int:
        """How many ratings the hub has not answered yet."""
        return len(self._waiting)

    def put(self, command: Command) -> None:
        """Send it when its turn comes."""
        self._waiting.append(command)
        self._send()

    def _send(self) -> None:
        if self._is_sending or not self._waiting:
            return
        self._is_sending = True
        command = self._waiting[0]

        def work(client: HubClient) -> object:
            return client.call(command.route, command.body, request_id=command.request_id, **command.params)

        self._seat.bridge.submit(work, lambda _: self._done(), self._failed, as_device=True)

    def _done(self) -> None:
        self._is_sending = False
        self._waiting.popleft()
        self._send()

    def _failed(self, error: Exception) -> None:
        self._is_sending = False
        if isinstance(error, HubUnreachable) or (isinstance(error, HubRefused) and error.status >= 500):
            self._again.start()
            return
        if not isinstance(error, HubRefused):
            raise error
        log.warning("a rating was not taken: %s", error.code)
        self._done()
