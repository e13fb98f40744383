"""Scanners that type, in the Qt thread: their bursts become codes before any field sees a letter."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtQml import QmlElement

from hardware.scanner.wedge import FASTEST_TYPIST, RETURN, Verdict, Wedge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_RETURNS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
# Longer than a scanner's pause, so that keys which wait in Qt's queue are seen before they are judged.
_SETTLE_MS = 80
_MILLISECOND = 0.001


@QmlElement
class WedgeFilter(QObject):
    """An event filter for the application: holds keys until it is known whose they are.

    A person's keys go on to their window, at most 80 ms late; those of a scanner go no further. Only keys
    from the window system are looked at. An input method sees a key earlier than any filter, but only while
    a field for text has the focus.
    """

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wedge = Wedge()
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._last = 0.0
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self.settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() != QEvent.Type.KeyPress
            or not event.spontaneous()
            or not isinstance(watched, QWindow)
        ):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        key = _character(event)
        if key is None:
            if event.text():  # an editing key: what was typed before it goes first
                self.settle()
            return False
        self._press(watched, event, key)
        return True

    def settle(self) -> None:
        """No key came for a while: what is held was a person's, or half a scan."""
        self._settling.stop()
        self._follow(self._wedge.settle(self._last + 2 * FASTEST_TYPIST))

    def _press(self, window: QWindow, event: QKeyEvent, key: str) -> None:
        self._last = max(self._last, event.timestamp() * _MILLISECOND)
        self._held.append((window, _copy(event)))
        self._settling.start()
        self._follow(self._wedge.press(key, self._last))

    def _follow(self, verdict: Verdict) -> None:
        typed, self._held = self._held[: len(verdict.typed)], self._held[len(verdict.typed) :]
        if not self._wedge.is_holding:
            self._held.clear()
        for window, event in typed:
            QCoreApplication.sendEvent(window, event)
        if verdict.scanned is not None:
            self.scanned.emit(verdict.scanned)


def _character(event: QKeyEvent) -> str | None:
    """The one character that the key types; None for a key that edits, moves or only shifts."""
    if event.key() in _RETURNS:
        return RETURN
    text = event.text()
    return text if len(text) == 1 and text.isprintable() else None


def _copy(event: QKeyEvent) -> QKeyEvent:
    """The event itself dies with its delivery."""
    return QKeyEvent(
        event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat(), event.count()
    )
