"""The number that was given, where to go, and what became of the slip."""

from datetime import timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.book_faces import time_of
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.faces import UNKNOWN_COUNT, TicketFace, ticket_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.slips import Slips
from kiosk.visit import Slip, Step, is_local
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_NO_TICKET = TicketFace(0, "", "", "", "", "", UNKNOWN_COUNT, 0, "")


@QmlElement
class DoneModel(Page):
    """The ticket of the visit; every text is empty before there is one and after the wipe."""

    changed = Signal()

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        devices: Devices,
        slips: Slips,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        self._slips = slips
        devices.changed.connect(self._show)

    @property
    def _face(self) -> TicketFace:
        taken = self.visit.ticket
        if taken is None:
            return _NO_TICKET
        return ticket_face(taken, self.lane(taken.ticket.lane), self.manner)

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._face.number

    @Property(str, notify=changed)
    def letter(self) -> str:
        return self._face.letter

    @Property(str, notify=changed)
    def laneName(self) -> str:
        return self._face.laneName

    @Property(str, notify=changed)
    def place(self) -> str:
        return self._face.place

    @Property(int, notify=changed)
    def ahead(self) -> int:
        return self._face.ahead

    @Property(int, notify=changed)
    def window(self) -> int:
        """The window that already called it; 0 while it waits."""
        return self._face.window

    @Property(str, notify=changed)
    def waitKind(self) -> str:
        return self._face.waitKind

    @Property(int, notify=changed)
    def waitLow(self) -> int:
        return self._face.waitLow

    @Property(int, notify=changed)
    def waitHigh(self) -> int:
        return self._face.waitHigh

    @Property(str, notify=changed)
    def bookedFor(self) -> str:
        """hh:mm of its appointment; empty without one."""
        booked = None if self.visit.ticket is None else self.visit.ticket.ticket.booked_for
        return "" if booked is None else time_of(booked)

    @Property(str, notify=changed)
    def arrival(self) -> str:
        """How its holder checked in: `early`, `on_time` or `late`; empty without an appointment."""
        taken = self.visit.ticket
        if taken is None or taken.ticket.booked_for is None:
            return ""
        booked, came = taken.ticket.booked_for, taken.ticket.taken_at
        if came > booked + timedelta(minutes=self.bridge.rules.appointment_late):
            return "late"
        return "early" if came < booked else "on_time"

    @Property(bool, notify=changed)
    def isLocal(self) -> bool:
        """Given without the hub: nobody knows who is ahead, and there is no page to follow."""
        return self.visit.ticket is not None and is_local(self.visit.ticket)

    @Property(str, notify=changed)
    def url(self) -> str:
        """The phone page, for the QR."""
        return "" if self.visit.ticket is None else self.visit.ticket.url

    @Property(str, notify=changed)
    def slip(self) -> str:
        """`printing`, `printed`, `unconfirmed`, `received`, `voided` or `shown`."""
        return str(self.visit.slip)

    @Property(bool, notify=changed)
    def isAgain(self) -> bool:
        return self.visit.again

    @Property(bool, notify=changed)
    def leavesCard(self) -> bool:
        """A card was read: it may still lie on the reader."""
        return self.visit.used_card

    @Property(bool, notify=changed)
    def canPrintAgain(self) -> bool:
        return (
            self.visit.step is Step.DONE
            and self.visit.slip not in (Slip.PRINTING, Slip.VOIDED)
            and self._devices.printer.can_print
        )

    @Property(bool, notify=changed)
    def isNew(self) -> bool:
        """The number was given just now: left without an answer, it is voided."""
        return self.visit.is_new

    @Slot()
    def haveSlip(self) -> None:
        self._slips.settle(Slip.RECEIVED)

    @Slot()
    def useScreen(self) -> None:
        self._slips.settle(Slip.SHOWN)

    @Slot()
    def giveUp(self) -> None:
        self._slips.settle(Slip.VOIDED)

    @Slot()
    def printAgain(self) -> None:
        taken = self.visit.ticket
        if taken is None or not self.canPrintAgain:
            return
        self.guide.go(self.visit.print_again(taken))
        self._slips.deliver(taken, copy=True, prints=True)
