"""What stands around every board: hall, clock, how old the data is, whether there is a voice."""

from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from display.viewmodels import words as w
from display.viewmodels.link import Link
from display.viewmodels.words import NOTHING, Line, Words
from display.voice import Sound
from shared.domain.moments import HALL_ZONE

QML_IMPORT_NAME = "Display"
QML_IMPORT_MAJOR_VERSION = 1

_TICK_MS = 500
_SOUND_NOTES = {Sound.NONE: w.NO_SOUND, Sound.SPARE: w.SPARE_VOICE}


@QmlElement
class StatusModel(QObject):
    """The frame of a board. Shows the hub's clock, never the screen's own."""

    changed = Signal()

    def __init__(
        self, bridge: Link, words: Words, sound: Callable[[], Sound], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._words = words
        self._sound = sound
        self._shown: tuple[object, ...] = ()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        bridge.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Look again; tells QML only when something to be seen has changed."""
        shown = (
            self._clock(),
            self._bridge.online,
            self._bridge.staleSince,
            self._sound(),
            self._hall_name(),
        )
        if shown != self._shown:
            self._shown = shown
            self.changed.emit()

    def _ready(self) -> bool:
        return self._bridge.mirror is not None

    def _clock(self) -> str:
        return f"{self._bridge.now().astimezone(HALL_ZONE):%H:%M}" if self._ready() else ""

    def _hall_name(self) -> Line:
        mirror = self._bridge.mirror
        return NOTHING if mirror is None else self._words.pair(mirror.hall.name, mirror.hall.name_en)

    def _today(self) -> Line:
        if not self._ready():
            return NOTHING
        now = self._bridge.now().astimezone(HALL_ZONE)
        weekday = self._words.say(w.WEEKDAYS[now.weekday()])
        return self._words.say(w.TODAY, month=now.month, day=now.day, weekday=weekday)

    def _age_note(self) -> Line:
        return NOTHING if not self._stale() else self._words.say(w.OLD_DATA, time=self._bridge.staleSince)

    def _stale(self) -> bool:
        return self._ready() and not self._bridge.online

    def _sound_note(self) -> Line:
        source = _SOUND_NOTES.get(self._sound())
        return NOTHING if source is None else self._words.say(source)

    connecting = Property(bool, lambda self: not self._ready(), notify=changed)
    stale = Property(bool, _stale, notify=changed)
    english = Property(bool, lambda self: self._words.english, constant=True)
    clock = Property(str, _clock, notify=changed)
    today = Property(str, lambda self: self._today().zh, notify=changed)
    hallName = Property(str, lambda self: self._hall_name().zh, notify=changed)
    hallNameEn = Property(str, lambda self: self._hall_name().en, notify=changed)
    ageNote = Property(str, lambda self: self._age_note().zh, notify=changed)
    ageNoteEn = Property(str, lambda self: self._age_note().en, notify=changed)
    soundNote = Property(str, lambda self: self._sound_note().zh, notify=changed)
    soundNoteEn = Property(str, lambda self: self._sound_note().en, notify=changed)
    connectingText = Property(str, lambda self: self._words.say(w.CONNECTING).zh, constant=True)
    connectingTextEn = Property(str, lambda self: self._words.say(w.CONNECTING).en, constant=True)
    connectingHint = Property(str, lambda self: self._words.say(w.CONNECTING_HINT).zh, constant=True)
