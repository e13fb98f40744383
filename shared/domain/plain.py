"""Text that people typed, scanned or had on a card, as text and nothing else.

Characters that are no text go: controls, and those that nobody sees but that turn, hide or join what stands
beside them (bidirectional marks, zero-width characters, fillers). Rare characters stay: names are written in
private-use and new code points too. Line feeds stay where a text has lines.
"""

import unicodedata

_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Fillers, the combining grapheme joiner, Khmer inherent vowels, Mongolian selectors: seen by nobody.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u180b\u180c\u180d\u180e\u180f")


def plain(text: str) -> str:
    """`text` without what is no text; CR LF becomes LF, a tab a blank."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(filter(_is_text, text.replace("\r\n", "\n").replace("\t", " ")))


def plain_line(text: str) -> str:
    """`text` as one line, without blanks around it."""
    return " ".join(plain(text).split())


def escaped(text: str) -> str:
    r"""`text` for a log: what is no text is shown as an escape (\n, \u202e), so that nothing is hidden."""
    return "".join(c if _is_text(c) and c != "\n" else ascii(c)[1:-1] for c in text)


def _is_text(character: str) -> bool:
    if character == "\n":
        return True
    return character not in _INVISIBLE and unicodedata.category(character) not in _NO_TEXT
