"""Questions to a printer and its answers, over one open line, each within a deadline.

What a printer says comes in any order and with junk between: answers are kept by kind until they are asked
for, and only so many of them, because a broken printer may babble for ever.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from hardware.device import DeviceState
from hardware.printer.profile import StatusMode
from hardware.printer.status import (
    Answer,
    AnswerParser,
    AsbRecord,
    ClearAnswer,
    EotAnswer,
    ProofAnswer,
    state_of_asb,
    state_of_eot,
)
from hardware.transport import Deadline, Transport

STATUS_TIME: Final = 1.5  # seconds within which a printer's state is told, or is called silent
_FIRST_ANSWER = 1.0  # seconds until a printer that says nothing is called silent
_NEXT_ANSWER = 0.15  # seconds for each further question to one that has just answered
_QUIET = 0.15  # seconds without a byte after which no late answer is on its way
_DRAIN_TIME = 0.25  # seconds spent on what a babbling printer has sent already
_AT_ONCE = 0.005  # seconds for an answer that is on its way already
_STRAGGLER = 0.1  # seconds without a byte after which no more of them come
_MOST_KEPT = 64

STOPPED: Final = frozenset(
    {DeviceState.PAPER_OUT, DeviceState.COVER_OPEN, DeviceState.CUTTER, DeviceState.ERROR}
)
_PROVE = b"\x1dr\x01"
_REPORT = b"\x1da\x0f"  # ASB on for drawer, on-line, error and paper
_RECOVER = b"\x10\x05\x02"  # DLE ENQ 2: come back from a cutter's error, with the buffers cleared
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8: clear the buffers, and say so
_QUESTIONS = {StatusMode.EOT: (4, 1, 2, 3), StatusMode.EOT4: (4,)}

_A = TypeVar("_A", bound=Answer)


class Dialogue:
    """One conversation, from the opening of the line to its end."""

    def __init__(self, line: Transport) -> None:
        self._line = line
        self._parser = AnswerParser()
        self._answers: list[Answer] = []
        self._last_record: AsbRecord | None = None
        self.was_heard = False
        """Whether the printer has ever answered on this line."""

    def close(self) -> None:
        self._line.close()

    def write(self, data: bytes, deadline: Deadline) -> None:
        self._line.write(data, deadline)

    # -- state ------------------------------------------------------------------------------------------

    def ask(self, mode: StatusMode, deadline: Deadline) -> DeviceState:
        """The printer's state, asked as `mode` has it; `SILENT` without an answer."""
        self._drain(deadline.at_most(_DRAIN_TIME))
        if mode is StatusMode.ASB:
            return self._ask_record(deadline)
        return self._ask_questions(_QUESTIONS[mode], deadline)

    def _ask_questions(self, questions: Sequence[int], deadline: Deadline) -> DeviceState:
        """DLE EOT n, one after the other. The first decides whether the printer is there at all."""
        self.forget(EotAnswer)
        answered: dict[int, int] = {}
        for number in questions:
            by = deadline.at_most(_NEXT_ANSWER if answered else _FIRST_ANSWER)
            self.write(b"\x10\x04" + bytes([number]), by)
            answer = self.wait_for(EotAnswer, by)
            if answer is not None:
                answered[number] = answer.value
            elif not answered:
                return DeviceState.SILENT
        return state_of_eot(answered, questions)

    def _ask_record(self, deadline: Deadline) -> DeviceState:
        """The newest ASB record. One is sent at each change, and on GS a unless the printer is offline."""
        record = self._newest_record()
        if record is None:
            by = deadline.at_most(_FIRST_ANSWER)
            self.write(_REPORT, by)
            self.wait_for(AsbRecord, by, keep=True)
            record = self._newest_record()
        if record is not None:
            self._last_record = record
            return state_of_asb(record)
        # Offline, a printer leaves GS a unread: the fault it told last still stands.
        last = DeviceState.SILENT if self._last_record is None else state_of_asb(self._last_record)
        return last if last in STOPPED else DeviceState.SILENT

    def _newest_record(self) -> AsbRecord | None:
        records = [answer for answer in self._answers if isinstance(answer, AsbRecord)]
        self.forget(AsbRecord)
        return records[-1] if records else None

    # -- proof ------------------------------------------------------------------------------------------

    def ask_proof(self, deadline: Deadline) -> None:
        """GS r 1: answered when everything written before it has been processed."""
        self.write(_PROVE, deadline)

    def has_proof(self, deadline: Deadline) -> bool:
        """Whether the answer to GS r 1 comes before the deadline; it is used up."""
        return self.wait_for(ProofAnswer, deadline) is not None

    def settle(self, deadline: Deadline) -> bool:
        """Wait until no late answer can be on its way and drop what came; False for one that babbles on."""
        while self._gather(deadline.at_most(_QUIET)):
            if deadline.is_over:
                return False
        self.forget(ProofAnswer)
        return True

    def clear(self, deadline: Deadline, *, after_error: bool) -> bool:
        """Empty the printer's buffers, also while it is offline; True when it says that they are.

        What was sent before can then never come out. Nothing is lost when the printer does not know the
        command: it stays in the queue behind the rest and prints nothing.
        """
        self.forget(ClearAnswer)
        self.write((_RECOVER if after_error else b"") + _CLEAR, deadline)
        is_clear = self.wait_for(ClearAnswer, deadline) is not None
        if is_clear:  # answers keep their order: a proof of before is here by now
            self.forget(ProofAnswer)
        return is_clear

    # -- bytes ------------------------------------------------------------------------------------------

    def _gather(self, deadline: Deadline) -> bool:
        """Sort what comes before the deadline into answers; False when nothing came."""
        data = self._line.read(deadline)
        answers = self._parser.feed(data)
        self.was_heard = self.was_heard or bool(answers)
        self._answers = (self._answers + answers)[-_MOST_KEPT:]
        return bool(data)

    def _drain(self, deadline: Deadline) -> None:
        """Take in what has come already: an answer to a question of before is none to the next."""
        wait = _AT_ONCE
        while self._gather(deadline.at_most(wait)) and not deadline.is_over:
            wait = _STRAGGLER

    def wait_for(self, kind: type[_A], deadline: Deadline, *, keep: bool = False) -> _A | None:
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

    def forget(self, kind: type[Answer]) -> None:
        self._answers = [answer for answer in self._answers if not isinstance(answer, kind)]
