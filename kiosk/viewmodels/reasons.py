"""打印排队说明: why a number waits, printed on request. The paper is no slip: no number depends on it."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import issuing
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.visit import SILENCE, Sentence, Slip
from shared.client.errors import HubError, HubRefused
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_OUTCOMES = {
    Slip.PRINTED: Sentence("排队说明已打印，请取走", "The explanation is printed. Please take it."),
    Slip.UNCONFIRMED: Sentence(
        "打印机没有确认，请看看出纸口；没有的话，手机扫号票上的码也能看",
        "The printer did not confirm it. Please look at its slot; your phone shows it too, by the code.",
    ),
    Slip.SHOWN: Sentence(
        "现在打不出来。用手机扫号票上的码，也能看到排队说明",
        "It cannot be printed just now. Scan the code of your slip with a phone: it shows the same.",
    ),
}
_CANNOT_ASK = Sentence(
    "现在联系不上系统，暂时查不到，请稍后再试", "The system cannot be reached just now. Please try later."
)


@QmlElement
class ReasonsModel(Page):
    """Prints for a ticket that the visit shows. What it says belongs to that ticket, and goes with it."""

    changed = Signal()

    def __init__(
        self, guide: Guide, bridge: HallBridge, devices: Devices, parent: QObject | None = None
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        self._ticket = 0
        self._is_printing = False
        self._said = SILENCE
        devices.changed.connect(self._show)

    @Property(bool, notify=changed)
    def canPrint(self) -> bool:
        return self._devices.printer.can_print and self.bridge.online

    @Property(bool, notify=changed)
    def isPrinting(self) -> bool:
        return self._is_printing

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """How the printing ended; empty before."""
        return self.words(self._said)

    @Slot(int)
    def printFor(self, ticket: int) -> None:
        """Print why the ticket with this id waits; one at a time."""
        mirror = self.bridge.mirror
        if self._is_printing or mirror is None or ticket not in self._shown:
            return
        self._ticket, self._is_printing, self._said = ticket, True, SILENCE
        hall, language, equipment = mirror.hall, self.manner.language, self._devices.equipment
        self.bridge.submit(
            lambda client: issuing.print_reasons(client, equipment, hall, ticket, language),
            lambda outcome: self._end(ticket, _OUTCOMES[outcome]),
            lambda error: self._fail(ticket, error),
        )
        self.changed.emit()

    @Slot()
    def printForCode(self) -> None:
        """Print for the ticket whose code was scanned."""
        self.printFor(next(iter(self._shown), 0))

    @property
    def _shown(self) -> list[int]:
        return [taken.ticket.id for taken in self.visit.tickets]

    def _end(self, ticket: int, said: Sentence) -> None:
        """Whoever comes after hears nothing of it."""
        self._is_printing = False
        if ticket == self._ticket:
            self._said = said
        self._devices.ask_printer()
        self.changed.emit()

    def _fail(self, ticket: int, error: Exception) -> None:
        said = Sentence(error.zh, error.en) if isinstance(error, HubRefused) else _CANNOT_ASK
        self._end(ticket, said)
        if not isinstance(error, HubError):
            raise error

    def _show(self, *_: object) -> None:
        if self._ticket and self._ticket not in self._shown:
            self._ticket, self._said = 0, SILENCE
        self.changed.emit()
