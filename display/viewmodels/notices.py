"""The notices at the foot of a board."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from display.viewmodels.link import Link
from display.viewmodels.words import Words

QML_IMPORT_NAME = "Display"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NoticesModel(QObject):
    """The notices as lines of text: each in Chinese, then in English where the hall speaks it."""

    changed = Signal()

    def __init__(self, bridge: Link, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._words = bridge, words
        self._lines: list[str] = []
        bridge.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the notices again; QML starts over only when they differ."""
        mirror = self._bridge.mirror
        pairs = [] if mirror is None else [self._words.pair(n.zh, n.en) for n in mirror.notices]
        lines = [text for pair in pairs for text in (pair.zh, pair.en) if text]
        if lines != self._lines:
            self._lines = lines
            self.changed.emit()

    lines = Property(list, lambda self: self._lines, notify=changed)
