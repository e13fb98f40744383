"""Text from a card or a scan as text and nothing else; one contract with the hub's shared.domain.plain.

Controls go, and what nobody sees but what turns, hides or joins what stands beside it. Rare characters stay:
a name on a card may be written in private-use code points.
"""

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180e\u180f")
"""Fillers and selectors that are drawn by nothing, though Unicode counts them as letters or marks."""


def plain(text: str) -> str:
    """`text` without what is no text; line feeds stay, CR LF becomes LF, a tab a blank."""
    return "".join(filter(_is_text, text.replace("\r\n", "\n").replace("\t", " ")))


def _is_text(character: str) -> bool:
    if character == "\n":
        return True
    return character not in INVISIBLE and unicodedata.category(character) not in _NO_TEXT
