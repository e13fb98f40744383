"""The kiosk's own devices: the card reader, which looks only when asked, the slip printer and the scanner.

No Qt: events leave through one callback, in the device's thread. `Equipment` is made at once and started
later, in a worker, because the drivers' libraries take time to load and a kiosk must be ready for touch.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceTimedOut
from hardware.notifier import DeviceEvent, Notifier, Watch
from hardware.printer.document import Document
from hardware.registry import open_id_reader, open_printer, open_scanner
from hardware.spec import NO_DEVICE, DeviceSpec

if TYPE_CHECKING:
    from hardware.idcard.driver import CardEvent, IdReader
    from hardware.printer.driver import Printer, PrintOutcome

READER = "reader"
PRINTER = "printer"
SCANNER = "scanner"
_STATUS_TIME = 3.0  # seconds to wait for the state, the opening of the line included
PRINT_TIME = 40.0  # seconds; the driver's own deadline is far shorter, this one only ends a hang
_START_TIME = 10.0
_IDLE_QUESTION = 10.0  # seconds between two questions to a reader that nobody needs just now


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """What the printer said when it was asked. A blind one cannot tell its state, but prints."""

    state: DeviceState
    is_blind: bool = False

    @property
    def can_print(self) -> bool:
        """Whether bytes may be sent at all."""
        return self.state.is_usable or self.is_blind

    @property
    def is_sure(self) -> bool:
        """Whether a slip can be promised to the citizen before the number is taken."""
        return self.state.is_usable


@runtime_checkable
class _Numbered(Protocol):
    """A reader that can be asked something without looking for a card."""

    def module_number(self) -> bytes: ...


class ReaderOnDemand:
    """A reader that looks for a card only while a citizen was asked for one.

    No card is read behind anyone's back, and one laid down too early is still new when its time comes. In
    between it is asked for its module's number, so that a dead reader is known before a citizen meets it.
    """

    def __init__(self, reader: "IdReader") -> None:
        self._reader = reader
        self.wanted = threading.Event()
        self._asked_at = float("-inf")

    @property
    def poll_interval(self) -> float:
        return self._reader.poll_interval

    def open(self) -> None:
        self._reader.open()
        self._asked_at = float("-inf")

    def poll(self) -> "Sequence[CardEvent]":
        if self.wanted.is_set():
            return self._reader.poll()
        if isinstance(self._reader, _Numbered) and time.monotonic() - self._asked_at >= _IDLE_QUESTION:
            self._reader.module_number()
            self._asked_at = time.monotonic()
            return [StateChanged(DeviceState.READY)]
        return []

    def close(self) -> None:
        self._reader.close()


class Equipment:
    """The devices named by their specs; `none` stands for a device that is not there.

    Raises `DeviceUnavailable` at once for a spec that cannot be read.
    """

    def __init__(
        self, printer: str, reader: str, tell: Callable[[DeviceEvent], None], *, scanner: str = NO_DEVICE
    ) -> None:
        for spec in (printer, reader, scanner):
            if spec.strip() != NO_DEVICE:
                DeviceSpec.parse(spec)
        self._printer_spec = printer
        self._reader_spec = reader
        self._scanner_spec = scanner
        self._notifier = Notifier(tell)
        self._printer: Watch[Printer] | None = None
        self._reader: ReaderOnDemand | None = None
        self._is_wanted = False
        self.print_time = PRINT_TIME
        self._started = threading.Event()

    @property
    def has_reader(self) -> bool:
        return self._reader_spec.strip() != NO_DEVICE

    @property
    def has_scanner(self) -> bool:
        return self._scanner_spec.strip() != NO_DEVICE

    @property
    def has_printer(self) -> bool:
        return self._printer_spec.strip() != NO_DEVICE

    def start(self) -> None:
        """Load the drivers and begin to watch. Raises `DeviceUnavailable` for an unknown driver or option."""
        try:
            printer, reader = open_printer(self._printer_spec), open_id_reader(self._reader_spec)
            if printer is not None:
                self._printer = self._notifier.watch(PRINTER, printer)
            if reader is not None:
                self._reader = ReaderOnDemand(reader)
                self.look_for_card(self._is_wanted)
                self._notifier.watch(READER, self._reader)
            if (scanner := open_scanner(self._scanner_spec)) is not None:
                self._notifier.watch(SCANNER, scanner)
        finally:
            self._started.set()

    def stop(self) -> None:
        self._notifier.stop(within=2.0)

    def look_for_card(self, is_wanted: bool) -> None:
        """Let the reader look, or leave every card alone. Never waits."""
        self._is_wanted = is_wanted
        if self._reader is not None:
            (self._reader.wanted.set if is_wanted else self._reader.wanted.clear)()

    # -- in a worker: these wait --------------------------------------------------------------------------

    def ask_printer(self) -> PrinterReport:
        """The printer's state now. A fault of the line is an answer too."""
        watch = self._started_printer()
        if watch is None:
            return PrinterReport(DeviceState.UNKNOWN)
        future = watch.submit(_report)
        try:
            return future.result(_STATUS_TIME)
        except (TimeoutError, DeviceTimedOut, CancelledError):
            future.cancel()  # nobody waits for it any more
            return PrinterReport(DeviceState.SILENT)
        except DeviceError:
            return PrinterReport(DeviceState.ERROR)

    def print(self, compose: Callable[[int], Document]) -> "PrintOutcome":
        """Print what `compose` makes for the paper's columns. Raises no fault of the line."""
        from hardware.printer.driver import PrintOutcome, PrintResult

        watch = self._started_printer()
        if watch is None:
            return PrintOutcome(PrintResult.NOT_PRINTED, DeviceState.UNKNOWN, "no printer")
        future = watch.submit(lambda printer: _print(printer, compose))
        try:
            return future.result(self.print_time)
        except DeviceError as error:  # the line could not be opened: not a byte has left
            return PrintOutcome(PrintResult.NOT_PRINTED, DeviceState.ERROR, str(error))
        except CancelledError:  # the kiosk stopped before the slip's turn came
            return PrintOutcome(PrintResult.NOT_PRINTED, DeviceState.SILENT, "stopped")
        except TimeoutError:
            # Cancelled in time it never runs; otherwise it is at work, and nobody knows how far.
            result = PrintResult.NOT_PRINTED if future.cancel() else PrintResult.UNCONFIRMED
            return PrintOutcome(result, DeviceState.SILENT, "the printer's thread hangs")

    def _started_printer(self) -> "Watch[Printer] | None":
        self._started.wait(_START_TIME)
        return self._printer


def _report(printer: "Printer") -> PrinterReport:
    state = printer.status()
    return PrinterReport(state, is_blind=printer.profile.is_blind and state is DeviceState.UNKNOWN)


def _print(printer: "Printer", compose: Callable[[int], Document]) -> "PrintOutcome":
    return printer.print(compose(printer.profile.paper.columns))
