"""What is asked of a social-security card, and what it answers.

Commands and answers are those of ISO/IEC 7816-4: CLA INS P1 P2 [Lc data] [Le], and data SW1 SW2. The
application is selected by its name, then the file EF06 by its number, then each record is read by its own.
A record is its value, or the value behind its number and length.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from hardware.idcard.card import CardKind, IdCard, Sex, is_valid_number, parse_date

APPLICATION: Final = b"sx1.sh." + "社会保障".encode("gbk")
_EF06 = b"\xef\x06"
_RECORDS: Mapping[str, int] = MappingProxyType(
    {"number": 0x08, "name": 0x09, "sex": 0x0A, "nation": 0x0B, "birth": 0x0D}
)
_OK = 0x9000


class NoSuchApplication(ValueError):
    """The card answers and is no social-security card."""


class UnreadableCard(ValueError):
    """It is one, and what it says cannot be understood. The message holds nothing of its content."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Data and status word of one command. The data is hidden: it holds a person."""

    data: bytes
    status: int

    def __repr__(self) -> str:
        return f"Answer(status={self.status:04X}, {len(self.data)} bytes)"


Ask = Callable[[bytes], Answer]
"""Sends one command to the card. May raise the transport's errors, which pass through."""


def read_card(ask: Ask) -> IdCard:
    """Read the holder. Raises `NoSuchApplication` or `UnreadableCard`."""
    selected = _ask(ask, _select(0x04, APPLICATION))
    if selected.status != _OK:
        raise NoSuchApplication(f"the application answered {selected.status:04X}")
    if _ask(ask, _select(0x02, _EF06)).status != _OK:
        raise UnreadableCard("the file of the holder cannot be selected")
    texts = {name: _record(ask, number) for name, number in _RECORDS.items()}
    return _card(texts)


def _select(by: int, name: bytes) -> bytes:
    return bytes([0x00, 0xA4, by, 0x00, len(name)]) + name


def _ask(ask: Ask, command: bytes) -> Answer:
    """One command; an answer that waits (61) or wants another length (6C) is fetched, once."""
    answer = ask(command)
    match answer.status >> 8:
        case 0x61:
            return ask(bytes([0x00, 0xC0, 0x00, 0x00, answer.status & 0xFF]))
        case 0x6C:
            return ask(command[:4] + bytes([answer.status & 0xFF]))
    return answer


def _record(ask: Ask, number: int) -> str:
    answer = _ask(ask, bytes([0x00, 0xB2, number, 0x00, 0x00]))
    if answer.status != _OK:
        raise UnreadableCard(f"record {number:02X} answered {answer.status:04X}")
    try:
        return _value(answer.data, number).rstrip(b"\x00\xff ").decode("gb18030").strip()
    except UnicodeDecodeError as error:
        raise UnreadableCard(f"record {number:02X} is no text") from error


def _value(data: bytes, number: int) -> bytes:
    """The value of a record, with or without its number and length before it."""
    is_wrapped = len(data) >= 2 and data[0] == number and data[1] == len(data) - 2
    return data[2:] if is_wrapped else data


def _card(texts: Mapping[str, str]) -> IdCard:
    number = texts["number"].upper()
    if not is_valid_number(number):
        raise UnreadableCard("the holder's number is none")
    if not texts["name"]:
        raise UnreadableCard("the holder's name is empty")
    return IdCard(
        kind=CardKind.SOCIAL,
        name=texts["name"],
        sex=Sex(texts["sex"]) if texts["sex"] in set(Sex) else Sex.UNKNOWN,
        birth=_birth(texts["birth"], number),
        number=number,
        valid_from=None,
        valid_to=None,
        nation=texts["nation"],
    )


def _birth(text: str, number: str) -> date:
    """As the record says, or as the number does where the record is empty or packed."""
    found = parse_date(text) or parse_date(number[6:14])
    if found is None:
        raise UnreadableCard("the holder's birth date is none")
    return found
