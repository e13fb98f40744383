"""The lanes of a board with the people waiting in each."""

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from display.scope import Scope
from display.viewmodels import words as w
from display.viewmodels.lane_rows import LaneRow, lane_rows
from display.viewmodels.link import Link
from display.viewmodels.words import Words

QML_IMPORT_NAME = "Display"
QML_IMPORT_MAJOR_VERSION = 1

_AGAIN_MS = 30_000
"""`今日 09:00 开放` turns with the clock, not with a fact."""


@QmlElement
class LanesModel(QObject):
    """Rows for QML, told only when one of them reads differently."""

    changed = Signal()

    def __init__(self, bridge: Link, words: Words, scope: Scope, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._words, self._scope = bridge, words, scope
        self._rows: list[LaneRow] = []
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        bridge.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the lanes again."""
        mirror = self._bridge.mirror
        if mirror is None:
            return
        rows = lane_rows(mirror.lanes.values(), self._scope, self._words, self._bridge.now())
        if rows != self._rows:
            self._rows = rows
            self.changed.emit()

    rows = Property(list, lambda self: [_for_qml(row) for row in self._rows], notify=changed)
    heading = Property(str, lambda self: self._words.say(w.LANES).zh, constant=True)
    headingWaiting = Property(str, lambda self: self._words.say(w.WAITING).zh, constant=True)
    headingWait = Property(str, lambda self: self._words.say(w.ESTIMATE).zh, constant=True)


def _for_qml(row: LaneRow) -> dict[str, object]:
    return {
        "letter": row.letter,
        "name": row.name.zh,
        "nameEn": row.name.en,
        "waiting": row.waiting,
        "wait": row.wait.zh,
        "waitEn": row.wait.en,
        "open": row.open,
        "opening": row.opening.zh,
        "openingEn": row.opening.en,
    }
