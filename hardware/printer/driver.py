"""Driver for ESC/POS slip printers that tells the truth about paper.

A print is `CONFIRMED` only by the printer's answer to `GS r 1`, which stands after the cut and is answered
when everything before it has been processed. Without that answer it is `UNCONFIRMED`, whatever else looks
well; the driver then empties the printer's buffer at once, so that the rest of it cannot come out later and
be taken for another slip, and what half slip stands in the printer is marked and cut off before the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceFailed, DeviceTimedOut
from hardware.printer.dialogue import STATUS_TIME, STOPPED, Dialogue
from hardware.printer.document import Align, Cut, Document, Text
from hardware.printer.encoder import encode
from hardware.printer.profile import Profile, StatusMode
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, open_transport

_SYNC_TIME = 3.0  # seconds for the rest of an unconfirmed slip to come out of a printer that cannot clear it
_CLEAR_TIME = 0.3  # seconds of a slip's own that are kept for clearing the printer after it
_GLANCE = 0.25  # seconds between two looks at the state while a slip is printing
_OPEN_TIME = 2.0
_POLL = 2.0

_VOID = Document((Text("以上作废 VOID", bold=True, align=Align.CENTER), Cut()))


class PrintResult(StrEnum):
    """What is certain about a slip after printing it."""

    CONFIRMED = "confirmed"  # the printer processed every byte, the cut included
    UNCONFIRMED = "unconfirmed"  # bytes left us; the slip may be out, or half out
    NOT_PRINTED = "not_printed"  # no byte of it left us


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended, and the state the printer was last seen in."""

    result: PrintResult
    state: DeviceState
    detail: str = ""


class Printer(Device, Protocol):
    """A printer of slips; `poll` returns `StateChanged`."""

    @property
    def profile(self) -> Profile: ...

    def status(self) -> DeviceState:
        """Ask the printer how it is, in at most 1.5 s. Raises `DeviceFailed` when it is unplugged."""

    def print(self, document: Document) -> PrintOutcome:
        """Print and wait for the proof. Raises no fault of the line: the outcome tells it.

        Ends within the printer's `within`, the question before the slip and the clearing after it included;
        a serial line adds the time that its bytes take.
        """


class TicketPrinter:
    """A printer behind any line of `hardware.transport`:

    `escpos:tcp://host:9100?paper=80`, `escpos:serial:///dev/ttyS0?baud=9600`, `escpos:usb:///dev/usb/lp0`,
    `escpos:cups://queue`, `escpos:file:///path`. Options: those of `Profile.from_spec`, `baud` (115200),
    `within` seconds for one slip (8).
    """

    def __init__(self, url: str, profile: Profile, *, baud: int = 115200, within: float = 8.0) -> None:
        self.profile = profile
        self._url = url
        self._baud = baud
        self._within = within
        self._dialogue: Dialogue | None = None
        self._is_clean = False  # no slip of before can still be in the printer
        self._is_torn = False  # the last slip may hang in the printer, half out

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"paper", "status", "proof", "clear", "qr", "baud", "within"}))
        return cls(
            spec.url,
            Profile.from_spec(spec),
            baud=int(spec.number("baud", 115200)),
            within=spec.number("within", 8.0),
        )

    @property
    def poll_interval(self) -> float:
        return _POLL

    def open(self) -> None:
        self._open(Deadline.after(_OPEN_TIME))

    def _open(self, deadline: Deadline) -> None:
        self._dialogue = Dialogue(open_transport(self._url, baud=self._baud, within=deadline.remaining))
        self._is_clean = False
        if self._is_torn:  # before anybody puts new paper in
            self._clear(deadline.at_most(_CLEAR_TIME))

    def close(self) -> None:
        dialogue, self._dialogue = self._dialogue, None
        if dialogue is not None:
            dialogue.close()

    def poll(self) -> Sequence[StateChanged]:
        state = self.status()
        if state is DeviceState.SILENT:  # a dead connection looks like this: have it opened again
            raise DeviceTimedOut(f"{self._url}: the printer does not answer")
        return [StateChanged(state)]

    # -- state ------------------------------------------------------------------------------------------

    def status(self) -> DeviceState:
        """See `Printer.status`. A printer that cannot tell, or a file, is `UNKNOWN`."""
        return self._status(Deadline.after(STATUS_TIME))

    def _status(self, deadline: Deadline) -> DeviceState:
        match self.profile.status:
            case StatusMode.NONE:
                return DeviceState.UNKNOWN
            case StatusMode.SPOOLER:
                from hardware.cups import queue_state

                return queue_state(self._url, deadline)
            case mode:
                dialogue = self._opened()
                state = dialogue.ask(mode, deadline)
                return self._silence(dialogue) if state is DeviceState.SILENT else state

    def _silence(self, dialogue: Dialogue) -> DeviceState:
        """USB tells by itself when the cable is out: a printer never heard over it has no way back to us."""
        is_mute = self._url.startswith("usb:") and not dialogue.was_heard
        return DeviceState.UNKNOWN if is_mute else DeviceState.SILENT

    # -- printing ---------------------------------------------------------------------------------------

    def print(self, document: Document) -> PrintOutcome:
        """See `Printer.print`. After a fault of the line the device is closed; a new print opens it again."""
        data = encode(document, self.profile)
        deadline = Deadline.after(self._within + self._line_time(data))
        try:
            if self._dialogue is None:
                self._open(deadline.at_most(_OPEN_TIME))
            state = self._make_ready(deadline)
        except DeviceError as error:
            return PrintOutcome(PrintResult.NOT_PRINTED, _state_of(error), str(error))
        if not (state.is_usable or (self.profile.is_blind and state is DeviceState.UNKNOWN)):
            return PrintOutcome(PrintResult.NOT_PRINTED, state, "not ready before the first byte")
        try:
            return self._send(data, state, deadline)
        except DeviceError as error:
            self._abandon()
            return PrintOutcome(PrintResult.UNCONFIRMED, _state_of(error), str(error))

    def _make_ready(self, deadline: Deadline) -> DeviceState:
        """The state, and no late proof of an earlier slip on its way: it would be taken for this one's."""
        state = self._status(deadline.at_most(STATUS_TIME))
        if state.is_usable and self.profile.proof and not self._is_clean:
            return self._sync(self._opened(), deadline.at_most(_SYNC_TIME)) or state
        return state

    def _sync(self, dialogue: Dialogue, deadline: Deadline) -> DeviceState | None:
        """Have nothing left in the printer from before; the state that stands in the way of it, or None."""
        self._clear(deadline.at_most(_CLEAR_TIME))
        if self._is_torn:
            dialogue.write(encode(_VOID, self.profile), deadline)
        dialogue.ask_proof(deadline)
        if not dialogue.has_proof(deadline):
            return DeviceState.SILENT
        if not dialogue.settle(deadline):
            return DeviceState.UNKNOWN
        self._is_torn = False
        return None

    def _send(self, data: bytes, state: DeviceState, deadline: Deadline) -> PrintOutcome:
        dialogue = self._opened()
        self._is_clean, self._is_torn = False, self.profile.proof
        if not self.profile.proof:
            dialogue.write(data, deadline)
            return PrintOutcome(PrintResult.UNCONFIRMED, state, "this printer gives no proof")
        proof_by = deadline.at_most(deadline.remaining - min(_CLEAR_TIME, self._within / 4))
        dialogue.write(data, proof_by)
        dialogue.ask_proof(proof_by)
        stopped = self._await_proof(dialogue, state, proof_by)
        if stopped is not None:
            self._clear(deadline, after_error=stopped in (DeviceState.CUTTER, DeviceState.ERROR))
            return PrintOutcome(PrintResult.UNCONFIRMED, stopped, "no proof after the cut")
        self._is_clean, self._is_torn = True, False
        return PrintOutcome(PrintResult.CONFIRMED, state)

    def _await_proof(self, dialogue: Dialogue, state: DeviceState, deadline: Deadline) -> DeviceState | None:
        """None when the proof came; otherwise the state in which we stopped waiting for it."""
        glance = min(_GLANCE, deadline.remaining / 2)  # look at least once
        while not dialogue.has_proof(deadline.at_most(glance)):
            if not deadline.is_over:
                state = self._status(deadline.at_most(STATUS_TIME))
            if state in STOPPED or deadline.is_over:
                # The proof may have come between the questions: then the trouble began after the cut.
                return None if dialogue.has_proof(Deadline.after(0)) else state
        return None

    def _clear(self, deadline: Deadline, *, after_error: bool = False) -> None:
        """Empty the printer where it can be; where it cannot, `_sync` waits for what still comes."""
        if self.profile.clear:
            self._opened().clear(deadline, after_error=after_error)

    def _abandon(self) -> None:
        """The line broke inside a slip: nothing more may go down it, or the rest would follow later."""
        try:
            self.close()
        except DeviceError:
            self._dialogue = None

    def _line_time(self, data: bytes) -> float:
        """Seconds the bytes spend on a serial line, 10 bits each; a network has no speed to speak of."""
        return len(data) * 10 / self._baud if self._url.startswith("serial:") else 0.0

    def _opened(self) -> Dialogue:
        if self._dialogue is None:
            raise DeviceFailed(f"{self._url}: not open")
        return self._dialogue


def _state_of(error: DeviceError) -> DeviceState:
    return DeviceState.SILENT if isinstance(error, DeviceTimedOut) else DeviceState.ERROR
