"""Driver for ESC/POS slip printers that tells the truth about paper.

A print is `CONFIRMED` only by the printer's answer to `GS r 1`, which stands after the cut and is answered
when everything before it has been processed. Without that answer it is `UNCONFIRMED`, whatever else looks
well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self, TypeVar

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceFailed, DeviceTimedOut
from hardware.printer.document import Document
from hardware.printer.encoder import encode
from hardware.printer.profile import Profile, StatusMode
from hardware.printer.status import (
    Answer,
    AnswerParser,
    AsbRecord,
    EotAnswer,
    ProofAnswer,
    state_of_asb,
    state_of_eot,
)
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, Transport, open_transport

_FIRST_ANSWER = 1.0  # seconds until a printer that says nothing is called silent
_NEXT_ANSWER = 0.15  # seconds for each further question to one that has just answered
_SYNC_TIME = 3.0  # seconds for the rest of an unconfirmed slip to come out
_QUIET = 0.15  # seconds without a byte after which no late answer is on its way
_GLANCE = 0.5  # seconds between two looks at the state while a slip is printing
_POLL = 2.0

_PROVE = b"\x1dr\x01"
_REPORT = b"\x1da\x0f"  # ASB on for drawer, on-line, error and paper
_QUESTIONS = {StatusMode.EOT: (4, 1, 2, 3), StatusMode.EOT4: (4,)}
_STOPPED = frozenset({DeviceState.PAPER_OUT, DeviceState.COVER_OPEN, DeviceState.CUTTER, DeviceState.ERROR})

_A = TypeVar("_A", bound=Answer)


class PrintResult(StrEnum):
    """What is certain about a slip after printing it."""

    CONFIRMED = "confirmed"  # the printer processed every byte, the cut included
    UNCONFIRMED = "unconfirmed"  # bytes left us; the slip may be out, half out or yet to come
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

        Ends within the printer's `within` and, before and after it, the time of a status question (1.5 s).
        Only the first slip after an unconfirmed one may take 3 s more, while the rest of that one comes out.
        """


class TicketPrinter:
    """`escpos:tcp://host:9100?paper=80`, `escpos:serial:///dev/ttyS0?baud=9600`, `escpos:file:///path`.

    Options: those of `Profile.from_spec`, `baud` (115200), `within` seconds for one slip (8).
    """

    def __init__(self, url: str, profile: Profile, *, baud: int = 115200, within: float = 8.0) -> None:
        self.profile = profile
        self._url = url
        self._baud = baud
        self._within = within
        self._line: Transport | None = None
        self._parser = AnswerParser()
        self._answers: list[Answer] = []
        self._last_record: AsbRecord | None = None
        self._is_clean = False  # no slip of before can still be in the printer

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"paper", "status", "proof", "qr", "baud", "within"}))
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
        self._line = open_transport(self._url, baud=self._baud)
        self._parser = AnswerParser()
        self._answers.clear()
        self._last_record = None
        self._is_clean = False

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def poll(self) -> Sequence[StateChanged]:
        state = self.status()
        if state is DeviceState.SILENT:  # a dead connection looks like this: have it opened again
            raise DeviceTimedOut(f"{self._url}: the printer does not answer")
        return [StateChanged(state)]

    # -- state ------------------------------------------------------------------------------------------

    def status(self) -> DeviceState:
        """See `Printer.status`. A printer that cannot tell, or a file, is `UNKNOWN`."""
        match self.profile.status:
            case StatusMode.NONE:
                return DeviceState.UNKNOWN
            case StatusMode.ASB:
                return self._ask_record()
            case mode:
                return self._ask_questions(_QUESTIONS[mode])

    def _ask_questions(self, questions: Sequence[int]) -> DeviceState:
        """DLE EOT n, one after the other. The first decides whether the printer is there at all."""
        self._gather(Deadline.after(0))
        self._forget(EotAnswer)
        answered: dict[int, int] = {}
        for number in questions:
            self._write(b"\x10\x04" + bytes([number]), Deadline.after(_FIRST_ANSWER))
            wait = _NEXT_ANSWER if answered else _FIRST_ANSWER
            answer = self._wait_for(EotAnswer, Deadline.after(wait))
            if answer is not None:
                answered[number] = answer.value
            elif not answered:
                return DeviceState.SILENT
        return state_of_eot(answered, questions)

    def _ask_record(self) -> DeviceState:
        """The newest ASB record. One is sent at each change, and on GS a unless the printer is offline."""
        self._gather(Deadline.after(0))
        record = self._newest_record()
        if record is None:
            self._write(_REPORT, Deadline.after(_FIRST_ANSWER))
            self._wait_for(AsbRecord, Deadline.after(_FIRST_ANSWER), keep=True)
            record = self._newest_record()
        if record is not None:
            self._last_record = record
            return state_of_asb(record)
        # Offline, a printer leaves GS a unread: the fault it told last still stands.
        last = DeviceState.SILENT if self._last_record is None else state_of_asb(self._last_record)
        return last if last in _STOPPED else DeviceState.SILENT

    def _newest_record(self) -> AsbRecord | None:
        records = [answer for answer in self._answers if isinstance(answer, AsbRecord)]
        self._forget(AsbRecord)
        return records[-1] if records else None

    # -- printing ---------------------------------------------------------------------------------------

    def print(self, document: Document) -> PrintOutcome:
        """See `Printer.print`."""
        data = encode(document, self.profile)
        try:
            state = self._make_ready()
        except DeviceError as error:
            return PrintOutcome(PrintResult.NOT_PRINTED, _state_of(error), str(error))
        if not (state.is_usable or self.profile.status is StatusMode.NONE):
            return PrintOutcome(PrintResult.NOT_PRINTED, state, "not ready before the first byte")
        try:
            return self._send(data, state)
        except DeviceError as error:
            return PrintOutcome(PrintResult.UNCONFIRMED, _state_of(error), str(error))

    def _make_ready(self) -> DeviceState:
        """The state, and no late proof of an earlier slip on its way: it would be taken for this one's."""
        state = self.status()
        if state.is_usable and self.profile.proof and not self._is_clean:
            self._write(_PROVE, Deadline.after(_FIRST_ANSWER))
            if self._wait_for(ProofAnswer, Deadline.after(_SYNC_TIME)) is None:
                return DeviceState.SILENT
            while self._gather(Deadline.after(_QUIET)):
                pass
            self._forget(ProofAnswer)
        return state

    def _send(self, data: bytes, state: DeviceState) -> PrintOutcome:
        self._is_clean = False
        deadline = Deadline.after(self._within + self._line_time(data))
        self._write(data, deadline)
        if not self.profile.proof:
            return PrintOutcome(PrintResult.UNCONFIRMED, state, "this printer gives no proof")
        self._write(_PROVE, deadline)
        stopped = self._await_proof(deadline)
        if stopped is not None:
            return PrintOutcome(PrintResult.UNCONFIRMED, stopped, "no proof after the cut")
        self._is_clean = True
        return PrintOutcome(PrintResult.CONFIRMED, state)

    def _await_proof(self, deadline: Deadline) -> DeviceState | None:
        """None when the proof came; otherwise the state in which we stopped waiting for it."""
        while self._wait_for(ProofAnswer, deadline.at_most(_GLANCE)) is None:
            state = self.status()
            if state in _STOPPED or deadline.is_over:
                # The proof may have come between the questions: then the trouble began after the cut.
                came = self._wait_for(ProofAnswer, Deadline.after(0))
                return None if came is not None else state
        return None

    def _line_time(self, data: bytes) -> float:
        """Seconds the bytes spend on a serial line, 10 bits each; a network has no speed to speak of."""
        return len(data) * 10 / self._baud if self._url.startswith("serial:") else 0.0

    # -- bytes ------------------------------------------------------------------------------------------

    def _write(self, data: bytes, deadline: Deadline) -> None:
        self._opened().write(data, deadline)

    def _gather(self, deadline: Deadline) -> bool:
        """Sort what comes before the deadline into answers; False when nothing came."""
        data = self._opened().read(deadline)
        self._answers += self._parser.feed(data)
        return bool(data)

    def _wait_for(self, kind: type[_A], deadline: Deadline, *, keep: bool = False) -> _A | None:
        """The first answer of `kind`, taken out of the others unless `keep`; None at the deadline."""
        while True:
            for answer in self._answers:
                if isinstance(answer, kind):
                    if not keep:
                        self._answers.remove(answer)
                    return answer
            if deadline.is_over:
                return None
            self._gather(deadline)

    def _forget(self, kind: type[Answer]) -> None:
        self._answers = [answer for answer in self._answers if not isinstance(answer, kind)]

    def _opened(self) -> Transport:
        if self._line is None:
            raise DeviceFailed(f"{self._url}: not open")
        return self._line


def _state_of(error: DeviceError) -> DeviceState:
    return DeviceState.SILENT if isinstance(error, DeviceTimedOut) else DeviceState.ERROR
