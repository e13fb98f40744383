"""The type of the pictures: a face that has Chinese, or English alone. Never a box for a missing letter."""

from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

from shared.figures.series import Label

FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC", "Noto Sans CJK JP")
"""First the face of the hall's screens. Some readers of font collections see only the Japanese face: it has
every Chinese character, in places with another stroke."""
LATIN = "DejaVu Sans"
"""Comes with the drawing library."""
READERS = ("Microsoft YaHei", "PingFang SC", "sans-serif")
"""What a reader of an SVG may have instead."""
WARNING = (
    "no Chinese typeface was found (Debian: fonts-noto-cjk), so the picture is in English only / "
    "没有找到中文字体（Debian: fonts-noto-cjk），图中只有英文"
)


@cache
def family() -> str:
    """The face that is drawn with."""
    known = _known()
    if known.isdisjoint(FAMILIES):
        _look_again()
        known = _known()
    return next((name for name in FAMILIES if name in known), LATIN)


def warning() -> str:
    """What to tell whoever asked for a picture; empty when all is well."""
    return "" if family() in FAMILIES else WARNING


def said(label: Label, between: str = "  ") -> str:
    """Chinese first, then English; English alone where there is no face for Chinese."""
    if warning() or label.zh == label.en:
        return drawable(label.en)
    return drawable(f"{label.zh}{between}{label.en}")


def drawable(text: str) -> str:
    """The text with a question mark for each character that the face does not have."""
    return "".join(letter if letter == "\n" or _has(letter, family()) else "?" for letter in text)


@cache
def _has(letter: str, name: str) -> bool:
    face = font_manager.get_font(font_manager.findfont(FontProperties(family=name)))
    return face.get_char_index(ord(letter)) != 0


def _known() -> frozenset[str]:
    return frozenset(entry.name for entry in font_manager.fontManager.ttflist)


def _look_again() -> None:
    """The library remembers the faces of its first day; one installed since is not among them."""
    for path in font_manager.findSystemFonts():
        if Path(path).name.startswith(("NotoSansCJK", "NotoSansSC")):
            font_manager.fontManager.addfont(path)
