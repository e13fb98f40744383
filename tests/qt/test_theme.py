"""The colours of every mode can be read, by WCAG 2.2's measure, and the phone page has the same ones."""

import math
import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from shared.qt.launch import QML, make_engine
from shared.qt.words import ROOT

TEXT, OTHER = 7.0, 4.5
ON_TEXT = [  # ink, ground: sentences
    ("ink", "ground"),
    ("ink", "surface"),
    ("quiet", "ground"),
    ("quiet", "surface"),
    ("inkOnStructure", "structure"),
    ("refusalInk", "refusalSoft"),
    ("inkOnCall", "call"),
    ("inkOnCallSoft", "callSoft"),
    ("inkOnDoneSoft", "doneSoft"),
    ("inkOnOff", "off"),
    ("call", "callGround"),
    ("inkOnCallGround", "callGround"),
    ("quietOnDark", "callGround"),
    ("quietOnDark", "structure"),
]
ON_LARGE = [  # large words on keys, signs, and what is no text
    ("inkOnAction", "action"),
    ("inkOnAction", "actionPressed"),
    ("inkOnDone", "done"),
    ("inkOnRefusal", "refusal"),
    ("action", "surface"),
    ("done", "surface"),
    ("refusal", "surface"),
    ("inkOnCallGround", "signOnCallGround"),
    ("liveOnCallGround", "callGround"),
    ("focus", "ground"),
    ("focus", "surface"),
]
PAGE = ("structure", "action", "call", "done", "refusal", "ground", "ink")


class Theme:
    """The real singleton, asked through the QML engine."""

    def __init__(self) -> None:
        self.engine: QQmlEngine = make_engine()
        component = QQmlComponent(self.engine)
        component.setData(b"import QtQml; import Hall.Controls; QtObject { property var t: Theme }", "")
        self._holder = component.create()
        self.object = self._holder.property("t")

    def colour(self, name: str) -> QColor:
        colour = self.object.property(name)
        assert isinstance(colour, QColor), name
        return colour

    def lane_hues(self) -> dict[str, QColor]:
        hues = self.object.property("laneHues").toVariant()
        return {letter: QColor(hue) for letter, hue in hues.items()}


@pytest.fixture
def theme(app: QGuiApplication) -> Iterator[Theme]:
    made = Theme()
    yield made
    made.engine.deleteLater()


def luminance(colour: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(colour: QColor) -> tuple[float, float, float]:
    """CIE L*a*b* under D65, from sRGB (IEC 61966-2-1)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > (6 / 29) ** 3 else t / (3 * (6 / 29) ** 2) + 4 / 29 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("mode", ["light", "contrast", "elder"])
def test_words_and_signs_stand_out(theme: Theme, mode: str) -> None:
    theme.object.setProperty("mode", mode)
    weak = [
        (ink, ground, round(found, 2))
        for pairs, least in ((ON_TEXT, TEXT), (ON_LARGE, OTHER))
        for ink, ground in pairs
        if (found := contrast(theme.colour(ink), theme.colour(ground))) < least
    ]
    assert weak == []


def test_controls_take_every_colour_from_the_theme() -> None:
    controls = [path for path in QML.rglob("*.qml") if path.name != "Theme.qml"]
    found = {
        path.name: re.findall(r'"#[0-9a-fA-F]{3,8}"|Qt\.rgba\(', path.read_text("utf-8")) for path in controls
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_lanes_have_hues_of_their_own_under_white_letters(theme: Theme) -> None:
    hues = theme.lane_hues()
    assert set(hues) == set("ABCDEFGHJVW")
    assert [letter for letter, hue in hues.items() if contrast(QColor("white"), hue) < OTHER] == []
    alike = [(a, b) for a, b in combinations(hues, 2) if math.dist(lab(hues[a]), lab(hues[b])) < 20]
    assert alike == []


def test_the_phone_page_has_the_same_colours(theme: Theme) -> None:
    theme.object.setProperty("mode", "light")
    css = (ROOT / "shared/web/citizen/page.css").read_text("utf-8")
    variables = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", css))
    assert {name: variables[name].lower() for name in PAGE} == {
        name: theme.colour(name).name() for name in PAGE
    }


def test_sizes_are_the_screens_own(theme: Theme) -> None:
    sizes = {}
    for app in ("kiosk", "counter", "display"):
        theme.object.setProperty("app", app)
        sizes[app] = {name: theme.object.property(name) for name in ("body", "title", "number", "touch")}
    assert sizes["kiosk"] == {"body": 32, "title": 56, "number": 200, "touch": 120}
    assert 16 <= sizes["counter"]["body"] <= 18
    assert sizes["display"]["number"] >= 0.09 * 1080
    theme.object.setProperty("app", "kiosk")
    theme.object.setProperty("mode", "elder")
    assert theme.object.property("body") == pytest.approx(32 * 1.4)
    theme.object.setProperty("scale", 0.5)
    assert theme.object.property("touch") == 60
    assert 150 <= theme.object.property("quick") <= theme.object.property("calm") <= 250
