"""A video window under test: the real view offscreen, with a finger and eyes.

Set QT_QPA_PLATFORM=offscreen and QT_QUICK_BACKEND=software before the first import of Qt.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from shared.domain.rating import Words
from shared.qt.launch import make_engine
from shared.qt.robot import descend, is_enabled, is_seen
from shared.qt.video.line import Picture, Sentence, VideoLine
from shared.qt.video.model import Setting, VideoModel
from shared.qt.video.window import put_up
from shared.qt.video.words import ACTIONS

PATIENCE = 15.0
"""Seconds; only ends a hang."""
HEADLINE, OWN_FAULT, LIVE = "video-headline", "video-own-fault", "video-live"


@dataclass(frozen=True)
class VideoInHand:
    """A window on its screen."""

    window: QQuickWindow
    model: VideoModel

    def until(self, test: Callable[[], bool], about: str = "") -> None:
        """Let the window live until `test` holds."""
        deadline = time.monotonic() + PATIENCE
        while not test():
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{about or test} did not come; said: {self.said(HEADLINE)}; seen: {sorted(self.names())}"
                )
            QTest.qWait(20)

    def press(self, action: str) -> None:
        """Press the key of `action` once it can be pressed."""
        name = f"video-{action}"
        self.until(lambda: name in self.names() and is_enabled(self.item(name)), name)
        key = self.item(name)
        centre = key.mapToScene(QPointF(key.width() / 2, key.height() / 2)).toPoint()
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=centre)

    def until_said(self, sentence: Sentence, where: str = HEADLINE) -> None:
        """Wait until `sentence` stands there, in both languages."""
        self.until(lambda: self.said(where) == [Words(sentence.zh, sentence.en)], sentence.zh)

    def said(self, where: str) -> list[Words]:
        """What stands in the items of that name."""
        found: list[Any] = [item.property("words") for item in self._seen() if item.objectName() == where]
        plain = [words.toVariant() if hasattr(words, "toVariant") else words for words in found]
        return [Words(words["word"], words["other"]) for words in plain]

    def warnings(self) -> list[Words]:
        return self.said("video-note-warn")

    def offered(self) -> list[str]:
        """The actions that have a key now."""
        seen = self.names()
        return [name for action in ACTIONS if (name := f"video-{action}") in seen]

    def names(self) -> set[str]:
        return {item.objectName() for item in self._seen()}

    def item(self, name: str) -> QQuickItem:
        return next(item for item in self._seen() if item.objectName() == name)

    def picture(self) -> Picture:
        """What the screen shows, blue green red."""
        image = self.window.grabWindow().convertToFormat(QImage.Format.Format_BGR888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    def _seen(self) -> Iterator[QQuickItem]:
        return (item for item in descend(self.window.contentItem()) if is_seen(item))


@contextmanager
def video_at(line: VideoLine, view: Path, size: tuple[int, int], setting: Setting) -> Iterator[VideoInHand]:
    """The window of `view` on `line`, until the end of the block."""
    engine = make_engine()
    model = VideoModel(line, setting)
    window = put_up(engine, view, model)
    window.resize(*size)
    window.show()
    try:
        yield VideoInHand(window, model)
    finally:
        window.close()
        del engine
        QCoreApplication.processEvents()
