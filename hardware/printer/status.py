"""Reading a printer's own word about itself.

DLE EOT n answers (one byte, `b & 0x93 == 0x12`):
    1  bit 3 offline
    2  bit 2 cover open, bit 5 stopped for want of paper, bit 6 error
    3  bit 3 cutter, bit 5 unrecoverable, bit 6 recovers by itself
    4  0x0C near end, 0x60 end of paper
An ASB record is 4 bytes, the first `b & 0x93 == 0x10`:
    1  bit 3 offline, bit 5 cover open      2  bit 3 cutter, bit 5 unrecoverable, bit 6 recovers by itself
    3  bits 0-1 near end, bits 2-3 end      4  nothing we use
The answer to GS r 1 is one byte with bits 4 and 7 clear: bits 0-1 near end, bits 2-3 end.
The answer to DLE DC4 8 (buffers cleared) is 37 25 00: its last two bytes look like answers to GS r 1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hardware.device import DeviceState

_VALIDITY = 0x93
_EOT = 0x12
_ASB = 0x10
_ASB_SIZE = 4
_CLEARED = b"\x37\x25\x00"
_PLAIN = 0x90  # bits that are clear in the answer to GS r and in bytes 2 to 4 of an ASB record


@dataclass(frozen=True, slots=True)
class EotAnswer:
    """The answer to one DLE EOT."""

    value: int


@dataclass(frozen=True, slots=True)
class AsbRecord:
    """An automatic status record."""

    values: bytes


@dataclass(frozen=True, slots=True)
class ProofAnswer:
    """The answer to GS r: everything sent before it has been processed."""

    value: int


@dataclass(frozen=True, slots=True)
class ClearAnswer:
    """The answer to DLE DC4 8: the buffers are empty."""


Answer = EotAnswer | AsbRecord | ProofAnswer | ClearAnswer


class AnswerParser:
    """Sorts what a printer sends, in any chunks and with junk between, into answers."""

    def __init__(self) -> None:
        self._record = bytearray()
        self._cleared = 0  # bytes of _CLEARED that have come in a row

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that `data` completes, oldest first; a byte that is none (XON, noise) is dropped."""
        return [answer for byte in data if (answer := self._take(byte)) is not None]

    def _take(self, byte: int) -> Answer | None:
        if not self._record and byte == _CLEARED[self._cleared]:
            return self._continue_cleared()
        self._cleared = 0
        if not self._record and byte == _CLEARED[0]:
            return self._continue_cleared()
        if self._record and not byte & _PLAIN:
            return self._continue_record(byte)
        self._record.clear()
        if byte & _VALIDITY == _EOT:
            return EotAnswer(byte)
        if byte & _VALIDITY == _ASB:
            self._record.append(byte)
            return None
        return None if byte & _PLAIN else ProofAnswer(byte)

    def _continue_cleared(self) -> Answer | None:
        self._cleared = (self._cleared + 1) % len(_CLEARED)
        return ClearAnswer() if self._cleared == 0 else None

    def _continue_record(self, byte: int) -> AsbRecord | None:
        self._record.append(byte)
        if len(self._record) < _ASB_SIZE:
            return None
        record = AsbRecord(bytes(self._record))
        self._record.clear()
        return record


def state_of_eot(answers: Mapping[int, int], asked: Iterable[int]) -> DeviceState:
    """The state behind the answers to DLE EOT n, by n.

    A fault told by any answer counts; without one, a question left open makes the state unknown.
    """
    general, offline, error, paper = (answers.get(n, 0) for n in (1, 2, 3, 4))
    if paper & 0x60 or offline & 0x20:
        return DeviceState.PAPER_OUT
    if offline & 0x04:
        return DeviceState.COVER_OPEN
    if error & 0x08:
        return DeviceState.CUTTER
    if error & 0x60 or offline & 0x40 or general & 0x08:
        return DeviceState.ERROR
    if not set(asked) <= set(answers):
        return DeviceState.UNKNOWN
    return DeviceState.NEAR_END if paper & 0x0C else DeviceState.READY


def state_of_asb(record: AsbRecord) -> DeviceState:
    """The state an ASB record tells."""
    general, error, paper, _ = record.values
    if paper & 0x0C:
        return DeviceState.PAPER_OUT
    if general & 0x20:
        return DeviceState.COVER_OPEN
    if error & 0x08:
        return DeviceState.CUTTER
    if error & 0x60 or general & 0x08:
        return DeviceState.ERROR
    return DeviceState.NEAR_END if paper & 0x03 else DeviceState.READY
