"""Checking in: a code that was scanned or typed, or a card, becomes a ticket."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import booking, booking_visit
from kiosk.appointment import Outcome
from kiosk.issuing import LONGEST_CODE, Taken
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.slips import Slips
from kiosk.visit import Citizen, Slip, Step
from shared.protocol.booking import Whose
from shared.protocol.request_id import new_request_id
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_HALF = booking_visit.CODE_LENGTH // 2


@QmlElement
class CheckInModel(Page):
    """The steps of checking in. What was typed and whose it is stays in the visit alone."""

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
        self._carded: Citizen | None = None

    @Property(bool, notify=changed)
    def hasReader(self) -> bool:
        return self._devices.has_reader

    @Property(bool, notify=changed)
    def hasScanner(self) -> bool:
        return self._devices.equipment.has_scanner

    @Property(bool, notify=changed)
    def isAsking(self) -> bool:
        return self.visit.appointment.is_asking

    @Property(str, notify=changed)
    def refusal(self) -> str:
        """The hub's code, or one of `Outcome`: which next step to offer."""
        return self.visit.appointment.refusal

    @Property(str, notify=changed)
    def sentence(self) -> str:
        return self.words(self.visit.sentence)

    @Property(str, notify=changed)
    def shown(self) -> str:
        """The code as it stands on the paper, blanks for what is missing."""
        typed = self.visit.typed if self.visit.step is Step.CHECK_CODE else ""
        padded = typed.ljust(booking_visit.CODE_LENGTH, "_")
        return f"{padded[:_HALF]} - {padded[_HALF:]}"

    @Property(int, notify=changed)
    def missing(self) -> int:
        return booking_visit.CODE_LENGTH - len(self.visit.typed)

    @Property(str, constant=True)
    def letters(self) -> str:
        """What a code can hold."""
        return booking_visit.CODE_LETTERS

    @Slot()
    def open(self) -> None:
        self.guide.go(booking_visit.open_check_in(self.visit))

    @Slot()
    def typeCode(self) -> None:
        self.guide.go(booking_visit.type_code(self.visit))

    @Slot(str)
    def press(self, key: str) -> None:
        self.guide.go(booking_visit.press_code(self.visit, key))

    @Slot()
    def confirmCode(self) -> None:
        if len(self.visit.typed) == booking_visit.CODE_LENGTH:
            self._present(Whose(code=self.visit.typed))

    @Slot(str)
    def scan(self, code: str) -> None:
        """A booking's code was scanned, on a step that takes one."""
        self._present(Whose(code=code[:LONGEST_CODE]))

    @Slot()
    def tryAgain(self) -> None:
        known = self.visit.appointment
        if known.whose is not None and known.refusal == Outcome.UNREACHABLE:
            self._present(known.whose)

    @Slot()
    def findMine(self) -> None:
        self.guide.go(booking_visit.my_bookings(self.visit))

    @Slot()
    def lookUpTicket(self) -> None:
        """Checked in before: the ticket can be printed again."""
        self.guide.go(self.visit.home().look_up())

    def _present(self, whose: Whose) -> None:
        asked = booking_visit.present(self.visit, whose, new_request_id())
        if asked is self.visit:
            return
        request_id, equipment = asked.appointment.request_id, self._devices.equipment
        self.guide.go(asked)
        self.bridge.submit(
            lambda client: booking.check_in(client, equipment, whose, request_id),
            lambda taken: self._answer(request_id, taken),
            lambda error: self._fail(request_id, error),
        )

    def _answer(self, request_id: str, taken: Taken) -> None:
        if self.visit.appointment.request_id != request_id:
            return  # the citizen has gone; the ticket waits, and the card or the hall's desk finds it
        slip = Slip.PRINTING if taken.prints else Slip.SHOWN
        self.guide.go(booking_visit.checked_in(self.visit, taken.ticket, slip))
        self._slips.deliver(taken.ticket, copy=False, prints=taken.prints)

    def _fail(self, request_id: str, error: Exception) -> None:
        refusal, sentence = booking.why(error)
        if self.visit.appointment.request_id == request_id:
            self.guide.go(booking_visit.not_checked_in(self.visit, refusal, sentence))

    def _show(self, *_: object) -> None:
        """A card that was laid down on this step checks its owner in."""
        citizen = self.visit.citizen if self.visit.step is Step.CHECK_IN else None
        is_new = citizen is not None and citizen is not self._carded
        self._carded = citizen
        if citizen is not None and is_new:
            self._present(Whose(identity=citizen.identity))
        self.changed.emit()
