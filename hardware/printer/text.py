"""Text as a Chinese receipt printer sees it: what may pass, how wide it is, where it wraps.

A column is half a Chinese character: 12 dots at size 1. Every character outside ASCII that GBK knows takes
two bytes and two columns, also those (①, §, α) that a screen might draw narrow.
"""

import unicodedata
from collections.abc import Iterator

from hardware.plain import plain

# No line begins with these or ends with those (the part of 避头尾 that a slip needs).
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉”’,.;:?!)]}%")
_NEVER_LAST = frozenset("（《「『【〈“‘([{")


_UNPRINTABLE = frozenset({"Co", "Cn"})
# Variation selectors: a printer has one form of each character.
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10))) | frozenset(map(chr, range(0xE0100, 0xE01F0)))


def sanitise(field: str) -> str:
    """`field` as plain text: no control, bidi, zero-width, private or unassigned character; LF stays.

    What a card, a clerk or a phone wrote must never reach the printer as a command.
    """
    return "".join(filter(_may_pass, plain(field)))


def _may_pass(character: str) -> bool:
    return character not in _SELECTORS and unicodedata.category(character) not in _UNPRINTABLE


def is_gbk(character: str) -> bool:
    """Whether a GBK printer has a glyph for `character`: ASCII, or one two-byte code in GBK and GB18030."""
    if character.isascii():
        return True
    try:
        return character.encode("gbk") == character.encode("gb18030")
    except UnicodeEncodeError:
        return False


def column_width(text: str) -> int:
    """Columns `text` takes at size 1."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 1 if character.isascii() else 2


def wrap(text: str, columns: int) -> list[str]:
    """Break `text` into lines of at most `columns`, at spaces in Latin text and anywhere in Chinese.

    A line feed in `text` breaks too. A word longer than a line is broken where the line ends. A closing mark
    is not left alone at the head of a line: it takes the character before it along.
    """
    if columns < 2:
        raise ValueError(f"nothing fits in {columns} columns")
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, columns)]


def _wrap_paragraph(text: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text):
        if column_width(line + piece.rstrip()) <= columns:
            line += piece
            continue
        if line:
            yield line.rstrip()
        line = piece.lstrip()
        while column_width(line) > columns:
            head = _head(line, columns)
            yield head
            line = line[len(head) :]
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The parts between which a line may break."""
    piece = ""
    for character in text:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or after == " ":
        return False
    return before == " " or _columns(before) == 2 or _columns(after) == 2


def _head(text: str, columns: int) -> str:
    """The longest beginning of `text` that fits."""
    end = len(text)
    while column_width(text[:end]) > columns:
        end -= 1
    return text[:end]
