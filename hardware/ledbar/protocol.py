"""The two LED bars that were seen, as tables; nobody publishes their protocols.

    sum4   ID HI LO SUM                  05 03 E7 EF              shows 999 on board 5
    head7  3A color LO HI info SUM 0A    3A 00 78 03 01 B6 0A     shows 888

SUM is the sum of the bytes before it modulo 256. Both show a number without its letter: 12 of A012.
Blank is 0, for neither source tells of another way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Board:
    """One board on its line. `color` and `info` are bytes of `head7`, whose meaning is not known."""

    address: int = 1
    color: int = 0
    info: int = 1


def _sum4(board: Board, number: int) -> bytes:
    return _summed(bytes([board.address, number >> 8, number & 0xFF]))


def _head7(board: Board, number: int) -> bytes:
    return _summed(bytes([0x3A, board.color, number & 0xFF, number >> 8, board.info])) + b"\x0a"


def _summed(data: bytes) -> bytes:
    return data + bytes([sum(data) % 256])


ENCODERS: Mapping[str, Callable[[Board, int], bytes]] = MappingProxyType({"sum4": _sum4, "head7": _head7})


def encode(protocol: str, board: Board, number: int) -> bytes:
    """The bytes that make `board` show `number`. Raises ValueError for one that two bytes cannot hold."""
    if not 0 <= number <= 0xFFFF:
        raise ValueError(f"a bar cannot show {number}")
    return ENCODERS[protocol](board, number)
