"""The kiosk's devices in the Qt thread: one queued signal in, plain signals out."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from hardware.device import DeviceState, StateChanged
from hardware.notifier import DeviceEvent
from hardware.scanner.events import Scanned
from hardware.spec import NO_DEVICE
from kiosk.equipment import PRINTER, READER, SCANNER, Equipment, PrinterReport
from kiosk.viewmodels.guide import Guide
from kiosk.visit import Sentence
from shared.client.api import HubClient
from shared.protocol.messages import PartReport
from shared.qt.bridge import HallBridge

_ASK_AGAIN_MS = 3000


@dataclass(frozen=True, slots=True)
class DeviceSpecs:
    """Device names as in the settings."""

    printer: str
    reader: str
    scanner: str = NO_DEVICE


class Devices(QObject):
    """Owns the equipment. The reader looks for a card only while the visit wants one."""

    card_read = Signal(object)
    """`hardware.idcard.card.IdCard`"""
    card_not_read = Signal(object)
    """`Sentence`"""
    scanned = Signal(str)
    """The text of a code."""
    changed = Signal()
    _told = Signal(object)

    def __init__(
        self, guide: Guide, bridge: HallBridge, specs: DeviceSpecs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        self._bridge = bridge
        self.equipment = Equipment(specs.printer, specs.reader, self._told.emit, scanner=specs.scanner)
        self.reader_state = DeviceState.UNKNOWN
        self.scanner_state = DeviceState.UNKNOWN
        self.printer = PrinterReport(DeviceState.UNKNOWN)
        self.is_printer_asked = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        guide.moved.connect(self._follow)
        # A fault seen while printing is not told again by the watch when it is over: ask until it is.
        self._asking = QTimer(self, interval=_ASK_AGAIN_MS)
        self._asking.timeout.connect(self._ask_again)
        self._asking.start()

    @property
    def has_reader(self) -> bool:
        return self.equipment.has_reader

    def start(self) -> None:
        """Load the drivers in a worker."""

        def work(_client: HubClient) -> None:
            self.equipment.start()

        self._bridge.submit(work, lambda _: self.ask_printer(), self._fail)

    def stop(self) -> None:
        self.equipment.stop()

    def report(self) -> list[PartReport]:
        """How each device is, as far as it told; one that is not set up is left out."""
        equipment = self.equipment
        known = (
            ("printer", equipment.has_printer, self.printer.state),
            ("idcard", equipment.has_reader, self.reader_state),
            ("scanner", equipment.has_scanner, self.scanner_state),
        )
        return [PartReport(kind=kind, state=state.value) for kind, is_set_up, state in known if is_set_up]

    def ask_printer(self) -> None:
        """Ask the printer how it is; `changed` follows."""
        self._bridge.submit(lambda _client: self.equipment.ask_printer(), self.note_printer, self._fail)

    def _ask_again(self) -> None:
        if self.is_printer_asked and self.equipment.has_printer and not self.printer.can_print:
            self.ask_printer()

    def note_printer(self, report: PrinterReport) -> None:
        """Somebody asked the printer, and this is what it said."""
        self.printer = report
        self.is_printer_asked = True
        self.changed.emit()

    def _follow(self) -> None:
        self.equipment.look_for_card(self._guide.visit.wants_card)

    @Slot(object)
    def _hear(self, event: DeviceEvent) -> None:
        from hardware.idcard.driver import CardNotRead, CardRead

        match event.what:
            case StateChanged(state=state):
                self._note(event.device, state)
            case CardRead(card=card):
                self.card_read.emit(card)
            case Scanned(text=text):
                self.scanned.emit(text)
            case CardNotRead(outcome=outcome):
                self.card_not_read.emit(Sentence(outcome.sentence.zh, outcome.sentence.en))

    def _note(self, device: str, state: DeviceState) -> None:
        if device == READER:
            self.reader_state = state
        elif device == SCANNER:
            self.scanner_state = state
        elif device == PRINTER:
            self.printer = PrinterReport(state, is_blind=self.printer.is_blind)
            self.is_printer_asked = True
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        raise error
