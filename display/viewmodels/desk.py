"""One window: who is called to it, who serves, whether it is paused or closed."""

from enum import StrEnum

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from display.viewmodels import words as w
from display.viewmodels.lane_rows import opening_in_words
from display.viewmodels.link import Link
from display.viewmodels.words import NOTHING, Line, Words
from shared.protocol.messages import Window

QML_IMPORT_NAME = "Display"
QML_IMPORT_MAJOR_VERSION = 1

_AGAIN_MS = 30_000


class Face(StrEnum):
    """What the window's board says."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    PAUSED = "paused"
    IDLE = "idle"
    CALLED = "called"
    SERVING = "serving"


def face_of(window: Window | None) -> Face:
    """A citizen at the window comes before everything: a pause after a call still shows the call."""
    if window is None:
        return Face.UNKNOWN
    if window.ticket and window.ticket_state in ("called", "serving"):
        return Face(window.ticket_state)
    return {"closed": Face.CLOSED, "paused": Face.PAUSED}.get(window.state, Face.IDLE)


_SENTENCES = {
    Face.CLOSED: (w.WINDOW_CLOSED, w.WINDOW_CLOSED_HINT),
    Face.PAUSED: (w.WINDOW_PAUSED, w.WINDOW_PAUSED_HINT),
    Face.IDLE: (w.WINDOW_WAITS, None),
    Face.SERVING: (w.WINDOW_SERVES, None),
}


@QmlElement
class DeskModel(QObject):
    """The window board's words. The reason of a pause is for staff only and never comes here."""

    changed = Signal()

    def __init__(self, bridge: Link, words: Words, window: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._words, self._no = bridge, words, window
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.changed)
        self._timer.start()
        bridge.changed.connect(lambda _parts: self.changed.emit())

    def _window(self) -> Window | None:
        mirror = self._bridge.mirror
        return None if mirror is None else mirror.windows.get(self._no)

    def _face(self) -> Face:
        return face_of(self._window())

    def _sentence(self) -> Line:
        face, window = self._face(), self._window()
        if face is Face.UNKNOWN or window is None:
            return self._words.say(w.WINDOW_UNKNOWN, window=self._no)
        if face is Face.CALLED:
            return self._words.say(w.PLEASE_GO_NUMBER, number=window.ticket, window=self._no)
        return self._words.say(_SENTENCES[face][0])

    def _hint(self) -> Line:
        face = self._face()
        if face is Face.CLOSED:
            return self._opening() or self._words.say(w.WINDOW_CLOSED_HINT)
        if face is Face.IDLE:
            return self._words.say(w.PEOPLE_WAIT, count=self._waiting())
        source = _SENTENCES[face][1] if face in _SENTENCES else None
        return NOTHING if source is None else self._words.say(source)

    def _opening(self) -> Line | None:
        """When the first of its lanes opens, if all of them are closed."""
        mirror, window = self._bridge.mirror, self._window()
        if mirror is None or window is None:
            return None
        lanes = [mirror.lanes[letter] for letter in window.lanes if letter in mirror.lanes]
        moments = [lane.opens_at for lane in lanes if not lane.open and lane.opens_at is not None]
        if not moments or any(lane.open for lane in lanes):
            return None
        return opening_in_words(min(moments), self._words, self._bridge.now())

    def _waiting(self) -> int:
        mirror, window = self._bridge.mirror, self._window()
        if mirror is None or window is None:
            return 0
        return sum(mirror.lanes[letter].waiting for letter in window.lanes if letter in mirror.lanes)

    def _text(self, name: str) -> str:
        window = self._window()
        return "" if window is None else str(getattr(window, name))

    def _lane_names(self) -> str:
        mirror, window = self._bridge.mirror, self._window()
        if mirror is None or window is None:
            return ""
        return "  ".join(f"{at} {mirror.lanes[at].name}" for at in window.lanes[:4] if at in mirror.lanes)

    def _duty(self) -> Line:
        clerk = self._text("clerk")
        return self._words.say(w.ON_DUTY, clerk=clerk) if clerk else NOTHING

    def _title(self) -> Line:
        return self._words.say(w.WINDOW, window=self._no)

    no = Property(int, lambda self: self._no, constant=True)
    title = Property(str, lambda self: self._title().zh, constant=True)
    titleEn = Property(str, lambda self: self._title().en, constant=True)
    face = Property(str, lambda self: self._face().value, notify=changed)
    name = Property(str, lambda self: self._text("name"), notify=changed)
    place = Property(str, lambda self: self._text("place"), notify=changed)
    laneNames = Property(str, _lane_names, notify=changed)
    number = Property(
        str,
        lambda self: self._text("ticket") if self._face() in (Face.CALLED, Face.SERVING) else "",
        notify=changed,
    )
    sentence = Property(str, lambda self: self._sentence().zh, notify=changed)
    sentenceEn = Property(str, lambda self: self._sentence().en, notify=changed)
    hint = Property(str, lambda self: self._hint().zh, notify=changed)
    hintEn = Property(str, lambda self: self._hint().en, notify=changed)
    duty = Property(str, lambda self: self._duty().zh, notify=changed)
