"""The 256-byte text block of a card: UTF-16LE, space-padded, its kind at offset 248.

Field sizes: GA 450 as collected in the hall's device notes. The layouts of kind J and Y rest on one source.
"""

from collections.abc import Mapping
from datetime import date

from hardware.idcard.card import CardKind, IdCard, Sex, is_valid_number, parse_date
from hardware.plain import plain

BLOCK_SIZE = 256
_KIND_AT = 248
_NO_END = "长期"

_Layout = tuple[tuple[str, int], ...]

_COMMON: _Layout = (
    ("name", 30),
    ("sex", 2),
    ("nation", 4),
    ("birth", 16),
    ("address", 70),
    ("number", 36),
    ("issuer", 30),
    ("valid_from", 16),
    ("valid_to", 16),
)
_LAYOUTS: Mapping[CardKind, _Layout] = {
    CardKind.CITIZEN: _COMMON,
    CardKind.RESIDENCE_PERMIT: (*_COMMON, ("pass_number", 18), ("issue_count", 4)),
    CardKind.FOREIGN_2017: (
        ("english_name", 120),
        ("sex", 2),
        ("number", 30),
        ("nation", 6),
        ("name", 30),
        ("valid_from", 16),
        ("valid_to", 16),
        ("birth", 16),
        ("version", 4),
        ("issuer", 8),
    ),
    CardKind.FOREIGN_2023: (
        ("name", 30),
        ("sex", 2),
        ("renewals", 4),
        ("birth", 16),
        ("english_name", 70),
        ("number", 36),
        ("reserved", 30),
        ("valid_from", 16),
        ("valid_to", 16),
        ("english_name_rest", 22),
        ("nation", 6),
    ),
}
_KINDS = {
    " ": CardKind.CITIZEN,
    "\0": CardKind.CITIZEN,
    "J": CardKind.RESIDENCE_PERMIT,
    "I": CardKind.FOREIGN_2017,
    "Y": CardKind.FOREIGN_2023,
}


class UnreadableCardText(ValueError):
    """The block is no card text. The message never contains what the card said."""


def parse_text(block: bytes) -> IdCard:
    """The card whose text block this is. Raises `UnreadableCardText`."""
    if len(block) != BLOCK_SIZE:
        raise UnreadableCardText(f"a text block has {BLOCK_SIZE} bytes, not {len(block)}")
    kind = _KINDS.get(_decode(block[_KIND_AT : _KIND_AT + 2]) or " ")
    if kind is None:
        raise UnreadableCardText("unknown kind of card")
    return _card(kind, _fields(_LAYOUTS[kind], block))


def parse_address(block: bytes) -> str:
    """The address written after the card was issued: UTF-16LE, padded. Raises `UnreadableCardText`."""
    return _decode(block[: len(block) // 2 * 2])


def _fields(layout: _Layout, block: bytes) -> dict[str, str]:
    found, start = {}, 0
    for name, size in layout:
        found[name] = _decode(block[start : start + size])
        start += size
    return found


def _decode(raw: bytes) -> str:
    try:
        return plain(raw.decode("utf-16-le")).strip()
    except UnicodeDecodeError as error:
        raise UnreadableCardText("the text is not UTF-16") from error


def _card(kind: CardKind, said: Mapping[str, str]) -> IdCard:
    birth = parse_date(said["birth"])
    english_name = said.get("english_name", "") + said.get("english_name_rest", "")
    name = said["name"] or english_name
    if birth is None or not name:
        raise UnreadableCardText("name or date of birth is missing")
    return IdCard(
        kind=kind,
        name=name,
        sex=_sex(said["sex"]),
        birth=birth,
        number=_number(kind, said["number"]),
        valid_from=parse_date(said["valid_from"]),
        valid_to=_valid_to(said["valid_to"]),
        nation=said["nation"],
        address=said.get("address", ""),
        issuer=said.get("issuer", ""),
        english_name=english_name,
        pass_number=said.get("pass_number", ""),
    )


def _sex(code: str) -> Sex:
    return Sex(code) if code in set(Sex) else Sex.UNKNOWN


def _number(kind: CardKind, number: str) -> str:
    """The number, checked where a public rule exists (the 15 characters of 2017 have none we know)."""
    is_good = len(number) == 15 if kind is CardKind.FOREIGN_2017 else is_valid_number(number)
    if not is_good:
        raise UnreadableCardText("the number does not check")
    return number


def _valid_to(text: str) -> date | None:
    if text == _NO_END:
        return None
    return parse_date(text)
