"""Text of the counter stands at 7:1 or more on its ground, on fresh and on old data (WCAG 2.2, 1.4.6)."""

import re
from pathlib import Path

import pytest

import counter
from shared.qt.launch import QML

INK = (Path(counter.__file__).parent / "views" / "Ink.qml").read_text("utf-8")
THEME = (QML / "Hall" / "Controls" / "Theme.qml").read_text("utf-8")

PAIRS = [
    ("text", "card"), ("text", "ground"), ("text", "accentSoft"), ("text", "off"), ("text", "call"),
    ("quiet", "card"), ("quiet", "ground"), ("quiet", "accentSoft"),
    ("light", "structure"), ("light", "accent"), ("light", "stage"), ("call", "stage"),
    ("accent", "card"), ("accent", "accentSoft"), ("inkOnOff", "off"),
]  # fmt: skip
"""Ink and ground as the views use them."""


def colour(name: str, *, stale: bool) -> str:
    """The six digits of a colour of Ink.qml; a token of the theme is its light one."""
    line: str = re.findall(rf"property color {name}: (.*)", INK)[0]
    fresh = line.rpartition(" : ")[2]
    value = line.partition("? ")[2].partition(" : ")[0] if stale and "stale ?" in line else fresh
    if "Theme." in value:
        token = value.strip().removeprefix("Theme.")
        shown: str = re.findall(rf"property color {token}: (.*)", THEME)[0]
        value = shown.rpartition(" : ")[2]
    return value.strip().strip('"#')


def luminance(digits: str) -> float:
    """Relative luminance of sRGB."""
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("stale", [False, True])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_read_at_the_end_of_a_long_day(ink: str, ground: str, stale: bool) -> None:
    one, other = (luminance(colour(name, stale=stale)) for name in (ink, ground))
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 7
