"""Resident ID numbers: checked, masked, aged. The clear number never leaves memory.

Source: GB 11643-1999 (structure), ISO 7064:1983 MOD 11-2 (check character).
"""

import re
from dataclasses import dataclass, field
from datetime import date

from shared.domain.refusals import Refused

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)


@dataclass(frozen=True, slots=True)
class IdNumber:
    """An 18-character ID number whose check character and birth date are right.

    `repr` is masked, so that no log or traceback shows the number.
    """

    value: str = field(repr=False)

    @property
    def masked(self) -> str:
        """First six and last four characters: `430602********1234`."""
        return f"{self.value[:6]}********{self.value[-4:]}"

    @property
    def birth(self) -> date:
        """The birth date at positions 7 to 14."""
        return _birth_date(self.value)

    def age_on(self, today: date) -> int:
        """Completed years of age on `today`."""
        born = self.birth
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def parse_id_number(text: str, today: date) -> IdNumber:
    """Check `text` and return it as an IdNumber.

    Raises Refused("bad_id_number") when shape, birth date or check character is wrong.
    """
    value = text.strip().upper()
    if not _SHAPE.fullmatch(value) or check_character(value[:17]) != value[17]:
        raise Refused("bad_id_number")
    try:
        born = _birth_date(value)
    except ValueError as error:
        raise Refused("bad_id_number") from error
    if not date(1880, 1, 1) <= born <= today:
        raise Refused("bad_id_number")
    return IdNumber(value)


def check_character(first_17: str) -> str:
    """The 18th character after ISO 7064 MOD 11-2."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def mask_name(name: str) -> str:
    """A name as a hall screen may show it: the first character and one star (张*)."""
    stripped = name.strip()
    return f"{stripped[0]}*" if stripped else ""


def _birth_date(value: str) -> date:
    return date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
