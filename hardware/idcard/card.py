"""What an identity card says, and how little of it may be shown.

Name, number and address are personal: `repr` masks them, so no log or traceback carries them in clear. The
photo is never part of the value.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


class CardKind(StrEnum):
    """The kinds of card a reader knows."""

    CITIZEN = "citizen"
    RESIDENCE_PERMIT = "residence_permit"  # Hong Kong, Macau and Taiwan residents
    FOREIGN_2017 = "foreign_2017"
    FOREIGN_2023 = "foreign_2023"
    SOCIAL = "social"  # a social-security card, read by its chip


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


@dataclass(frozen=True, slots=True, repr=False)
class IdCard:
    """The text of one card. `valid_to` is None for 长期 (no end). A date left blank is None."""

    kind: CardKind
    name: str
    sex: Sex
    birth: date
    number: str
    valid_from: date | None
    valid_to: date | None
    nation: str = ""  # GB/T 3304 code, or the nationality code of a foreign permanent resident
    address: str = ""
    issuer: str = ""
    english_name: str = ""
    pass_number: str = ""

    def __repr__(self) -> str:
        return f"IdCard({', '.join(self._shown())})"

    def _shown(self) -> Iterator[str]:
        yield f"kind={self.kind.value}"
        yield f"name={mask_name(self.name)}"
        yield f"number={mask_number(self.number)}"

    def masked(self) -> dict[str, str]:
        """The only form fit for a screen: kind, 张*, 430602********1234."""
        return {"kind": self.kind.value, "name": mask_name(self.name), "number": mask_number(self.number)}

    def age_on(self, day: date) -> int:
        """Whole years at `day`, by the calendar."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))


PERSONAL_FIELDS = frozenset(field.name for field in fields(IdCard)) - {"kind"}


def mask_name(name: str) -> str:
    """The family name and one star: 张三丰 -> 张*."""
    return f"{name[0]}*" if name else ""


def mask_number(number: str) -> str:
    """Six first and four last characters, or stars only when that would show most of it."""
    if len(number) < 14:
        return "*" * len(number)
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def check_character(first_17: str) -> str:
    """The 18th character of an ID number by GB 11643 (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def is_valid_number(number: str) -> bool:
    """Whether an 18-character number has a true birth date and check character (foreign ones of 2023 too)."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    return number[17] == check_character(number[:17]) and parse_date(number[6:14]) is not None


def parse_date(text: str) -> date | None:
    """A YYYYMMDD date, or None when `text` is no such date."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
