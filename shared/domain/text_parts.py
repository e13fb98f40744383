"""How many parts an SMS has, as networks count and bill it (3GPP TS 23.038 and 23.040).

A text of the GSM 7-bit alphabet holds 160 characters, 153 in each part of a longer one; any other text is
UCS-2 with 70, then 67 code units. A part never ends within a surrogate pair or behind an escape.
"""

from collections.abc import Iterable

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM, _GSM_PART = 160, 153
_UCS2, _UCS2_PART = 70, 67


def parts_of(text: str) -> int:
    """Parts of a text; 0 for an empty one."""
    if not text:
        return 0
    if set(text) <= _BASIC | _EXTENSION:
        return _parts((2 if char in _EXTENSION else 1 for char in text), _GSM, _GSM_PART)
    return _parts((2 if ord(char) > 0xFFFF else 1 for char in text), _UCS2, _UCS2_PART)


def _parts(widths: Iterable[int], single: int, part: int) -> int:
    """Characters go into parts whole, one after the other."""
    found = list(widths)
    if sum(found) <= single:
        return 1
    count, room = 1, part
    for width in found:
        if width > room:
            count, room = count + 1, part
        room -= width
    return count
