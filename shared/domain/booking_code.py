"""A booking's two codes: a short one that a person can type, and a long one for QR codes and addresses.

Both are written in Crockford's base 32 and end in a truncated HMAC-SHA256 under the hall's key. The short one
has 10 characters (26 bits of id, 24 of MAC) and stays the same when the booking moves; it is taken only by
the hall's own devices. The long one has 32 (id, start, version, lane; 80 bits of MAC): whoever has the key
can check it without the hall's file, and one from before a move is told from the newest.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from shared.domain import crockford

Mac = Callable[[bytes], bytes]
"""HMAC-SHA256 of the content under the hall's key for bookings (32 bytes)."""

_SHORT, _LONG = 10, 32
_ID_BITS, _SHORT_MAC_BITS = 26, 24
_LONG_MAC = 10
LARGEST_ID = 2**_ID_BITS - 1


@dataclass(frozen=True, slots=True)
class Pass:
    """What the long code says: a booking, its start in minutes since 1970, its version and its lane."""

    id: int
    start: int
    version: int
    lane: str


class CodeError(ValueError):
    """Junk, a forgery, or another hall's code; nobody is told which."""


def short_code(booking: int, mac: Mac) -> str:
    """The code of a booking that a person can type, `8K3TQ-0M4XE`."""
    if not 0 < booking <= LARGEST_ID:
        raise ValueError(f"{booking} is beyond the ids that a short code holds")
    bits = booking << _SHORT_MAC_BITS | int.from_bytes(mac(b"short:%d" % booking)[:3])
    text = crockford.write(bits, _SHORT)
    return f"{text[:5]}-{text[5:]}"


def read_short(typed: str, mac: Mac) -> int:
    """The booking of a short code as typed, hyphens and blanks or not. Raises CodeError."""
    bits = _read(typed, _SHORT)
    booking = bits >> _SHORT_MAC_BITS
    if booking == 0 or not hmac.compare_digest(
        crockford.clean(typed), crockford.clean(short_code(booking, mac))
    ):
        raise CodeError
    return booking


def long_code(found: Pass, mac: Mac) -> str:
    """The code of a booking for its QR code and the address of its page."""
    content = _content(found)
    return crockford.write(int.from_bytes(content + mac(b"long:" + content)[:_LONG_MAC]), _LONG)


def read_long(code: str, mac: Mac) -> Pass:
    """What a long code says. Raises CodeError."""
    whole = _read(code, _LONG).to_bytes(20)
    content, given = whole[:-_LONG_MAC], whole[-_LONG_MAC:]
    if not hmac.compare_digest(given, mac(b"long:" + content)[:_LONG_MAC]):
        raise CodeError
    return Pass(int.from_bytes(content[:4]), int.from_bytes(content[4:8]), content[8], chr(content[9]))


def _content(found: Pass) -> bytes:
    return found.id.to_bytes(4) + found.start.to_bytes(4) + bytes((found.version, ord(found.lane)))


def _read(typed: str, length: int) -> int:
    try:
        return crockford.read(typed, length)
    except ValueError as error:
        raise CodeError from error
