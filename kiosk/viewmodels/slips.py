"""Slips on their way: printed in a worker, their outcome told to the visit that waits for it and to the hub.

A new number ends as one of three: its slip came out, it was printed again with the mark 补打 (or taken over
from the screen), or it is voided. Whoever leaves without an answer to "did it come out?" leaves it voided.
"""

from PySide6.QtCore import QObject

from kiosk import issuing
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.loose_ends import LooseEnds
from kiosk.visit import Slip
from shared.client.api import HubClient
from shared.protocol.messages import Matter, SlipEvent, TakenTicket
from shared.qt.bridge import HallBridge


class Slips(QObject):
    """The one way from a number to its paper, for the first slip and for a copy."""

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        devices: Devices,
        ends: LooseEnds,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        self._bridge = bridge
        self._devices = devices
        self._ends = ends
        self._unsettled: TakenTicket | None = None
        guide.moved.connect(self._watch)

    def deliver(self, taken: TakenTicket, *, copy: bool, prints: bool) -> None:
        """Print or show the slip of `taken`; the visit's slip changes when its fate is known."""
        mirror = self._bridge.mirror
        known = self._guide.visit.matter
        language = self._guide.manner.language
        if mirror is None:  # a ticket without a hall that gave it: cannot be
            raise RuntimeError("a slip before the hall is known")
        hall, lane = mirror.hall, mirror.lanes[taken.ticket.lane]
        equipment = self._devices.equipment
        is_new = self._guide.visit.is_new

        def work(client: HubClient) -> tuple[Slip, SlipEvent]:
            matter: Matter | None = known or issuing.matter_of(client, taken)
            paper = issuing.Paper(hall, lane, matter, language)
            return issuing.deliver(equipment, paper, taken, copy=copy, prints=prints)

        def fail(error: Exception) -> None:
            self._come_out(taken, Slip.UNCONFIRMED, "unconfirmed", is_new=is_new)
            raise error  # ours: nobody knows how far the slip came

        self._bridge.submit(work, lambda fate: self._come_out(taken, *fate, is_new=is_new), fail)

    def settle(self, slip: Slip) -> None:
        """The citizen's answer to the question whether the slip came out."""
        taken, visit = self._guide.visit.ticket, self._guide.visit.answer_slip(slip)
        if taken is None or visit is self._guide.visit:
            return
        if slip is Slip.VOIDED:
            self._ends.void(taken, "no_slip")
        else:
            self._ends.record(taken, "received" if slip is Slip.RECEIVED else "shown")
        self._guide.go(visit)

    def _come_out(self, taken: TakenTicket, slip: Slip, event: SlipEvent, *, is_new: bool) -> None:
        self._ends.record(taken, event)
        visit = self._guide.visit
        if visit.ticket is not None and visit.ticket.ticket.id == taken.ticket.id:
            self._guide.go(visit.slip_came_out(slip))
        elif is_new and slip is Slip.UNCONFIRMED:
            self._ends.void(taken, "no_slip")
        self._devices.ask_printer()

    def _watch(self) -> None:
        """The citizen went away from the question, or answers it with the slip's own code."""
        visit, left = self._guide.visit, self._unsettled
        self._unsettled = visit.unsettled
        if left is None or (visit.ticket is not None and visit.ticket.ticket.id == left.ticket.id):
            return
        if any(shown.ticket.id == left.ticket.id for shown in visit.tickets):
            self._ends.record(left, "received")
        else:
            self._ends.void(left, "no_slip")
