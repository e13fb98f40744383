"""The protocols of keypad buses, as tables.

There is no standard. One bus was seen, in one Chinese hall (9600 8N1), and nobody else describes it:

    FF 68 | L | L | 68 | address | function | data (L - 2) | CS | 16

L counts from the address to the end of the data; CS is the sum of those bytes modulo 256. What the makers of
other pads use is one more `Protocol` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Key(StrEnum):
    """What a clerk's key means. The names are those of the counter's actions."""

    NEXT = "next"
    RECALL = "recall"
    RATE = "rate"
    CONFIRM = "confirm"
    GIVE_UP = "give-up"
    HOLD = "hold"
    BACK = "back"
    PAUSE = "pause"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Packet:
    """One message of a pad, or to one."""

    address: int
    function: int
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Protocol:
    """One maker's language. `keys` is looked up by function and first data byte, then by function alone."""

    keys: Mapping[tuple[int, int | None], Key]
    rating: int
    """Function whose first data byte is what the citizen pressed."""
    invite: int
    """Function that asks an evaluator to invite the citizen."""

    def key(self, packet: Packet) -> Key | None:
        """The key of `packet`, or None for a function the table does not name."""
        first = packet.data[0] if packet.data else None
        return self.keys.get((packet.function, first)) or self.keys.get((packet.function, None))


FF68: Final = Protocol(
    keys=MappingProxyType(
        {
            (0x0C, None): Key.NEXT,
            (0x0D, None): Key.RECALL,
            (0x0B, None): Key.RATE,
            (0x0F, None): Key.CONFIRM,
            (0x0F, 0x06): Key.GIVE_UP,
            (0x0F, 0x00): Key.HOLD,
            (0x0F, 0x03): Key.BACK,
            (0x12, None): Key.PAUSE,
            (0x13, None): Key.TRANSFER,
        }
    ),
    rating=0x11,
    invite=0x0B,
)

_HEAD: Final = b"\xff\x68"
_MIDDLE, _END = 0x68, 0x16
_SHORTEST = 2  # address and function
_LONGEST = 64  # no pad was seen to send more than a few bytes of data


def encode(packet: Packet) -> bytes:
    """The frame that carries `packet`. Raises ValueError when a part does not fit."""
    body = bytes([packet.address, packet.function]) + packet.data
    if len(body) > _LONGEST:
        raise ValueError(f"{len(packet.data)} bytes of data are too many")
    return _HEAD + bytes([len(body), len(body), _MIDDLE]) + body + bytes([sum(body) % 256, _END])


@dataclass
class PacketParser:
    """Finds packets in the bytes of a bus, however chunked, whatever stands between them.

    A frame that is not right is skipped by one byte only: the true one may begin inside it.
    """

    skipped: int = 0  # for the technician
    _buffer: bytearray = field(default_factory=bytearray)

    @property
    def is_waiting(self) -> bool:
        """Whether the beginning of a frame is held."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that `data` completes, oldest first."""
        self._buffer += data
        found = []
        while (packet := self._next()) is not None:
            found.append(packet)
        return found

    def salvage(self) -> list[Packet]:
        """Silence: the frame in front will not be finished. Give it up; what it hid is given."""
        found: list[Packet] = []
        while self._buffer and not found:
            self._skip()
            found = self.feed(b"")
        return found

    def clear(self) -> None:
        self._buffer.clear()

    def _next(self) -> Packet | None:
        while True:
            start = self._buffer.find(_HEAD)
            if start < 0:
                keep = 1 if self._buffer.endswith(_HEAD[:1]) else 0
                del self._buffer[: len(self._buffer) - keep]
                return None
            del self._buffer[:start]
            if len(self._buffer) < 5:
                return None
            length = self._buffer[2]
            if not _is_head(self._buffer):
                self._skip()
                continue
            if len(self._buffer) < 7 + length:
                return None
            body = bytes(self._buffer[5 : 5 + length])
            if sum(body) % 256 != self._buffer[5 + length] or self._buffer[6 + length] != _END:
                self._skip()
                continue
            del self._buffer[: 7 + length]
            return Packet(body[0], body[1], body[2:])

    def _skip(self) -> None:
        self.skipped += 1
        del self._buffer[:1]


def _is_head(buffer: bytearray) -> bool:
    return buffer[2] == buffer[3] and buffer[4] == _MIDDLE and _SHORTEST <= buffer[2] <= _LONGEST
