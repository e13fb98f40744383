"""What the hub must still be told when nobody waits for it: fates of slips, and numbers that nobody holds.

Errands go to the hub one after the other, in the order they were given, each with one request id, until the
hub has answered. They live as long as the program: a restart of the kiosk loses those that are left.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, QTimer

from kiosk import issuing
from kiosk.viewmodels.lending import Lending
from kiosk.visit import Order, is_local
from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.protocol.booking import Booking
from shared.protocol.messages import Nothing, SlipEvent, TakenTicket
from shared.protocol.request_id import new_request_id
from shared.qt.bridge import HallBridge

MOST = 200  # errands that may wait; a hub that long away has lost the day, and this kiosk its citizens
_FIRST_PAUSE_MS = 2_000
_LONGEST_PAUSE_MS = 60_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """`what` is for the log: a number and a fate, never a person."""

    what: str
    run: Callable[[HubClient], object]


class LooseEnds(QObject):
    """The errands of one kiosk."""

    def __init__(self, bridge: HallBridge, lending: Lending, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._lending = lending
        self._errands: deque[Errand] = deque()
        self._is_out = False
        self._pause = _FIRST_PAUSE_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)

    @property
    def count(self) -> int:
        """Errands that the hub has not answered yet."""
        return len(self._errands)

    def record(self, taken: TakenTicket, event: SlipEvent) -> None:
        """Keep what became of a slip."""
        if is_local(taken):
            self._lending.note(taken, event, lambda known: self.record(known, event))
            return
        request_id = new_request_id()
        self._add(
            Errand(
                f"slip of {taken.ticket.number}: {event}",
                lambda client: issuing.record(client, taken, event, request_id=request_id),
            )
        )

    def void(self, taken: TakenTicket, why: Literal["no_slip", "no_answer"]) -> None:
        """Give up a number that nobody holds."""
        if is_local(taken):
            self._lending.note(taken, "voided", lambda known: self.void(known, why))
            return
        request_id = new_request_id()
        self._add(
            Errand(
                f"voiding {taken.ticket.number}: {why}",
                lambda client: issuing.void(client, taken, why, request_id=request_id),
            )
        )

    def chase(self, order: Order) -> None:
        """A citizen left without knowing whether there was a number: find out, and give it up."""
        request_id = new_request_id()
        self._add(
            Errand(
                f"an order in lane {order.lane} without an answer",
                lambda client: issuing.chase(client, order, void_id=request_id),
            )
        )

    def give_back(self, booking: Booking) -> None:
        """Nobody confirmed the place that was held: let others have it at once."""
        request_id = new_request_id()
        self._add(
            Errand(
                f"giving back the place of booking {booking.id}",
                lambda client: client.call(
                    "cancel_booking", Nothing(), request_id=request_id, token=booking.token
                ),
            )
        )

    def _add(self, errand: Errand) -> None:
        if len(self._errands) >= MOST:
            _log.error("given up, too many wait: %s", self._errands.pop().what)
        self._errands.append(errand)
        if not self._timer.isActive():
            self._go()

    def _go(self) -> None:
        if self._errands and not self._is_out:
            self._is_out = True
            self._bridge.submit(self._errands[0].run, lambda _: self._end(), self._fail)

    def _end(self) -> None:
        self._errands.popleft()
        self._is_out = False
        self._pause = _FIRST_PAUSE_MS
        self._go()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, HubRefused) and not _may_help_later(error):
            _log.warning("%s: %s", self._errands[0].what, error)
            self._end()
            return
        _log.warning("%s: later again: %s", self._errands[0].what, error)
        self._is_out = False
        self._timer.start(self._pause)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_MS)


def _may_help_later(refusal: HubRefused) -> bool:
    """A hub in trouble, or a credential that is being renewed; every other no is its last word."""
    return refusal.status >= 500 or refusal.status == 401
