"""The shared controls on one page, in every mode: nothing warned, nothing off the page, keys that press."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from shared.qt.launch import make_engine
from shared.qt.robot import descend, is_seen

Until = Callable[..., None]


class Gallery:
    def __init__(self) -> None:
        self.engine: QQmlApplicationEngine = make_engine()
        self.engine.load(QUrl.fromLocalFile(str(Path(__file__).with_name("Gallery.qml"))))
        window = self.engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        self.window = window

    def item(self, name: str) -> QQuickItem:
        return next(item for item in descend(self.window.contentItem()) if item.objectName() == name)


@pytest.fixture
def gallery(app: QGuiApplication) -> Iterator[Gallery]:
    made = Gallery()
    yield made
    made.window.close()
    made.engine.deleteLater()


@pytest.mark.parametrize("mode", ["light", "contrast", "elder"])
@pytest.mark.parametrize("name", ["kiosk", "counter", "display"])
def test_every_mode_of_every_app_is_drawn(gallery: Gallery, until: Until, name: str, mode: str) -> None:
    gallery.window.setProperty("app", name)
    gallery.window.setProperty("mode", mode)
    until(gallery.window.isExposed)
    picture = gallery.window.grabWindow()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 1920, 8) for y in range(0, 1080, 8)}
    assert len(colours) > 20
    for text in (item for item in descend(gallery.window.contentItem()) if item.property("text")):
        if is_seen(text) and not text.property("truncated"):
            place = text.mapToScene(QPointF(0, 0))
            assert 0 <= place.x() < 1920 - text.width() + 1, text.property("text")


def test_a_key_is_pressed_by_mouse_space_enter_and_its_shortcut(gallery: Gallery, until: Until) -> None:
    key = gallery.item("main")
    until(gallery.window.isExposed)
    centre = key.mapToScene(QPointF(key.width() / 2, key.height() / 2)).toPoint()
    QTest.mouseClick(gallery.window, Qt.MouseButton.LeftButton, pos=centre)
    assert gallery.window.property("presses") == 1
    assert not key.property("visualFocus")
    QTest.keyClick(gallery.window, Qt.Key.Key_Tab)
    QTest.keyClick(gallery.window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert key.property("visualFocus")
    for count, pressed in enumerate((Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_F12), start=2):
        QTest.keyClick(gallery.window, pressed)
        until(lambda count=count: gallery.window.property("presses") == count)


def test_a_refusal_goes_away_by_itself(gallery: Gallery, until: Until) -> None:
    note = gallery.item("note")
    until(lambda: bool(note.isVisible()))
    assert 4000 < note.property("stays") < 12_000
    assert note.property("text") != ""
    until(lambda: note.property("text") == "", 10)
    until(lambda: not note.isVisible())
