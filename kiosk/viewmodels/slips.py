"""Slips on their way: printed and recorded in a worker, their outcome told to the visit that waits for it."""

from PySide6.QtCore import QObject

from kiosk import issuing
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.visit import Slip
from shared.client.api import HubClient
from shared.protocol.messages import Matter, TakenTicket
from shared.qt.bridge import HallBridge


class Slips(QObject):
    """The one way from a number to its paper, for the first slip and for a copy."""

    def __init__(
        self, guide: Guide, bridge: HallBridge, devices: Devices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        self._bridge = bridge
        self._devices = devices

    def deliver(self, taken: TakenTicket, *, copy: bool, prints: bool) -> None:
        """Print or show the slip of `taken`; the visit's slip changes when its fate is known."""
        mirror = self._bridge.mirror
        known = self._guide.visit.matter
        language = self._guide.manner.language
        if mirror is None:  # a ticket without a hall that gave it: cannot be
            raise RuntimeError("a slip before the hall is known")
        hall, lane = mirror.hall, mirror.lanes[taken.ticket.lane]
        equipment = self._devices.equipment

        def work(client: HubClient) -> Slip:
            matter: Matter | None = known or issuing.matter_of(client, taken)
            paper = issuing.Paper(hall, lane, matter, language)
            return issuing.deliver(client, equipment, paper, taken, copy=copy, prints=prints)

        self._bridge.submit(work, lambda slip: self._come_out(taken, slip), self._fail)

    def _come_out(self, taken: TakenTicket, slip: Slip) -> None:
        visit = self._guide.visit
        if visit.ticket is not None and visit.ticket.ticket.id == taken.ticket.id:
            self._guide.go(visit.slip_came_out(slip))
        self._devices.ask_printer()

    def _fail(self, error: Exception) -> None:
        """The number stands on the screen whatever became of the paper; the fault itself is ours."""
        self._guide.go(self._guide.visit.slip_came_out(Slip.UNCONFIRMED))
        raise error
