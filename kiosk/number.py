"""A typed ID number, looked at while it grows: what is wrong with it, as early as that can be known. Pure."""

from datetime import date
from enum import StrEnum

from shared.domain.identity import check_character, parse_id_number
from shared.domain.refusals import Refused

LENGTH = 18
_WITH_BIRTH = 14
_FIRST = LENGTH - 1
ERASE, CLEAR = "erase", "clear"


class Reading(StrEnum):
    """What can be said of the characters so far."""

    EMPTY = "empty"
    SHORT = "short"
    """Right as far as it goes."""
    START = "start"
    """No number begins with 0."""
    BIRTH = "birth"
    """Positions 7 to 14 are no date on which a living person was born."""
    CHECK = "check"
    """The last character does not fit the others."""
    RIGHT = "right"


def press(typed: str, key: str) -> str:
    """The line after `key`: a digit, `X` (only the last can be one), ERASE or CLEAR."""
    if key == CLEAR:
        return ""
    if key == ERASE:
        return typed[:-1]
    fits = key in "0123456789" or (key == "X" and len(typed) == _FIRST)
    return typed + key if len(key) == 1 and fits and len(typed) < LENGTH else typed


def read(typed: str, today: date) -> Reading:
    """Judge `typed` (digits, perhaps an X at the end), on `today`."""
    if not typed:
        return Reading.EMPTY
    if typed[0] == "0":
        return Reading.START
    if len(typed) >= _WITH_BIRTH and not _is_number(_completed(typed), today):
        return Reading.BIRTH
    if len(typed) < LENGTH:
        return Reading.SHORT
    return Reading.RIGHT if _is_number(typed, today) else Reading.CHECK


def _completed(typed: str) -> str:
    """A number that can be wrong only in what is typed of its first 17 digits."""
    first = typed[:_FIRST].ljust(_FIRST, "0")
    return first + check_character(first)


def _is_number(text: str, today: date) -> bool:
    try:
        parse_id_number(text, today)
    except Refused:
        return False
    return True
