"""Which booking a code stands for. Junk, a forgery and another hall's code get one and the same answer."""

import re

from shared.domain.booking_code import CodeError, Pass, long_code, read_long, read_short, short_code
from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.services.booking_text import day_words, time_words
from shared.store.bookings import BookingRow, get_booking
from shared.store.keys import Keys
from shared.store.sqlite import Connection

_ADDRESS = re.compile(r"https?://[^\s?#]+/b/([^\s/?#]+)(?:[?#]\S*)?", re.ASCII)
_MINUTE = 60_000


def token_of(row: BookingRow, keys: Keys) -> str:
    """The long code: the end of its page's address."""
    return long_code(Pass(row.id, row.start // _MINUTE, row.version, row.lane), keys.booking)


def typed_code_of(row: BookingRow, keys: Keys) -> str:
    """The code to type."""
    return short_code(row.id, keys.booking)


def find_by_token(connection: Connection, keys: Keys, token: str) -> BookingRow:
    """The booking of a long code.

    Raises Refused("unknown_booking"), or Refused("booking_moved") for a code from before a change.
    """
    try:
        said = read_long(token, keys.booking)
    except CodeError as error:
        raise Refused("unknown_booking") from error
    row = get_booking(connection, said.id)
    if said.version != row.version:
        zh, en = day_words(from_millis(row.start))
        raise Refused("booking_moved", day_zh=zh, day=en, time=time_words(from_millis(row.start)))
    return row


def find_by_code(connection: Connection, keys: Keys, code: str) -> BookingRow:
    """The booking of a code as typed or scanned, or of its page's address. Raises as `find_by_token`."""
    address = _ADDRESS.fullmatch(code.strip())
    if address is not None:
        return find_by_token(connection, keys, address[1])
    try:
        return get_booking(connection, read_short(code, keys.booking))
    except CodeError:
        return find_by_token(connection, keys, code.strip())
