"""Frames of the SAM module of a second-generation card reader (GA 450, GA 467).

    host -> reader   AA AA AA 96 69 | LenHi LenLo | CMD PARA [DATA] | CHK
    reader -> host   AA AA AA 96 69 | LenHi LenLo | SW1 SW2 SW3 [DATA] | CHK

Len counts the bytes after it, CHK included; CHK is the XOR of every byte between preamble and CHK.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import xor
from typing import Final

PREAMBLE: Final = bytes.fromhex("AAAAAA9669")
_HEAD = len(PREAMBLE) + 2
_SHORTEST = 4  # SW1 SW2 SW3 CHK
_LONGEST = 3 + 6 + 256 + 1024 + 1024 + 1  # status, three lengths, text, photo, fingerprints, CHK


class Command(IntEnum):
    """Command and parameter byte, in one number."""

    RESET = 0x10FF
    STATUS = 0x11FF
    MODULE_NUMBER = 0x12FF
    FIND = 0x2001
    SELECT = 0x2002
    READ = 0x3001
    READ_WITH_FINGERPRINT = 0x3010
    READ_NEWEST_ADDRESS = 0x3003
    SPEED_115200 = 0x6000
    SPEED_57600 = 0x6001
    SPEED_38400 = 0x6002
    SPEED_19200 = 0x6003
    SPEED_9600 = 0x6004


class Status(IntEnum):
    """SW3 of a reply."""

    OK = 0x90
    FOUND = 0x9F
    CHECKSUM_ERROR = 0x10
    LENGTH_ERROR = 0x11
    COMMAND_ERROR = 0x21
    UNKNOWN_ERROR = 0x24
    AUTHENTICATION_1 = 0x31
    AUTHENTICATION_2 = 0x32
    AUTHENTICATION_3 = 0x33
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    RANDOM_NUMBER_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81
    NO_SUCH_ITEM = 0x91


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `code` is SW3; SW1 and SW2 carry nothing we use. `data` is hidden: it holds a person."""

    code: int
    data: bytes

    def __repr__(self) -> str:
        return f"Reply(code=0x{self.code:02X}, {len(self.data)} bytes of data)"

    @property
    def status(self) -> Status | None:
        """The named status, or None for a code outside the table."""
        return Status(self.code) if self.code in set(Status) else None


def encode(command: Command, data: bytes = b"") -> bytes:
    """The frame that sends `command`."""
    body = command.to_bytes(2, "big") + data
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def checksum(counted: bytes) -> int:
    """XOR over the length bytes and everything after them."""
    return reduce(xor, counted, 0)


class ReplyParser:
    """Finds replies in a stream of bytes, whatever stands before, between or inside them.

    A frame that fails its checksum, or whose length cannot be, is skipped by one byte only: the true frame
    may begin inside it. `salvage` does the same to a frame whose rest never came.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.skipped = 0  # frames given up, for the technician

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that `data` completes, oldest first."""
        self._buffer += data
        replies = []
        while (reply := self._next()) is not None:
            replies.append(reply)
        return replies

    def salvage(self) -> list[Reply]:
        """Give up the unfinished frame in front and return the replies that were hidden behind its head."""
        replies: list[Reply] = []
        while not replies and self._buffer.startswith(PREAMBLE):
            self._skip()
            replies = self.feed(b"")
        return replies

    def clear(self) -> None:
        self._buffer.clear()

    def _next(self) -> Reply | None:
        while self._align():
            length = int.from_bytes(self._buffer[len(PREAMBLE) : _HEAD], "big")
            if not _SHORTEST <= length <= _LONGEST:
                self._skip()
                continue
            end = _HEAD + length
            if len(self._buffer) < end:
                return None
            counted = bytes(self._buffer[len(PREAMBLE) : end])
            if checksum(counted):  # CHK included, a good frame comes to nought
                self._skip()
                continue
            del self._buffer[:end]
            return Reply(code=counted[4], data=counted[5:-1])
        return None

    def _align(self) -> bool:
        """Bring a preamble to the front; True when its length bytes are there as well."""
        at = self._buffer.find(PREAMBLE)
        if at >= 0:
            del self._buffer[:at]
            return len(self._buffer) >= _HEAD
        # Keep what may be the beginning of a preamble.
        keep = next((n for n in range(len(PREAMBLE) - 1, 0, -1) if self._buffer.endswith(PREAMBLE[:n])), 0)
        del self._buffer[: len(self._buffer) - keep]
        return False

    def _skip(self) -> None:
        self.skipped += 1
        del self._buffer[:1]


class UnreadableReply(ValueError):
    """A reply whose frame is right and whose content is not."""


def parts_of(data: bytes) -> tuple[bytes, bytes]:
    """The text block and the photo (WLT) out of the data of a READ reply; fingerprints are dropped here.

    Data: text length (2), photo length (2), [fingerprint length (2),] text, photo, [fingerprint].
    """
    if len(data) < 4:
        raise UnreadableReply("a read reply needs two lengths")
    text_size, photo_size = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2))
    head = 4
    if len(data) != head + text_size + photo_size:
        head = 6
        finger_size = int.from_bytes(data[4:6], "big")
        if len(data) != head + text_size + photo_size + finger_size:
            raise UnreadableReply("the lengths do not add up")
    photo_at = head + text_size
    return data[head:photo_at], data[photo_at : photo_at + photo_size]
