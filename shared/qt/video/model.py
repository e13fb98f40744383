"""The video window's view-model. One timer looks at the line; no other thread ever touches Qt."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from shared.domain.rating import Words
from shared.qt.video import words as w
from shared.qt.video.line import Sentence, Standing, VideoLine
from shared.qt.video.picture import PictureFeed

QML_IMPORT_NAME = "Hall.VideoCall"
QML_IMPORT_MAJOR_VERSION = 1

_LOOK_MS = 20
"""Half the time between two pictures: one is painted at most that late."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a window is told at its start: whom it calls, where it listens, which language comes first."""

    place: tuple[str, int] | None = None
    port: int = 0
    language: str = "zh"


@QmlElement
class VideoModel(QObject):
    """Where the call stands, in words, and the two pictures. `rest` ends its timer."""

    changed = Signal()

    def __init__(self, line: VideoLine, setting: Setting, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self._setting = setting
        self._far = PictureFeed(self)
        self._own = PictureFeed(self)
        self._seen = self._see()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot(str)
    def press(self, action: str) -> None:
        """Do `action`, if it can be done now."""
        if action not in w.allowed(self._standing, may_call=self._may_call):
            return
        match action:
            case "call" if self._setting.place is not None:
                self._line.call(*self._setting.place)
            case "answer":
                self._line.answer()
            case "hold":
                self._line.hold()
            case "resume":
                self._line.resume()
            case w.MUTE | w.UNMUTE:
                self._line.mute(action == w.MUTE)
            case "hang-up":
                self._line.hang_up()

    @Slot()
    def rest(self) -> None:
        """Look no more: the window is closed."""
        self._timer.stop()
        self._far.show(None)
        self._own.show(None)

    def _look(self) -> None:
        self._far.show(self._line.far_picture())
        self._own.show(self._line.own_picture())
        if (seen := self._see()) != self._seen:
            self._seen = seen
            self.changed.emit()

    def _see(self) -> tuple[Standing, bool, bool]:
        return self._line.standing, self._far.is_there, self._line.far_was_seen

    @property
    def _standing(self) -> Standing:
        return self._seen[0]

    @property
    def _may_call(self) -> bool:
        return self._setting.place is not None

    def _actions(self) -> list[str]:
        return w.allowed(self._standing, may_call=self._may_call)

    def _mood(self) -> str:
        return w.mood(self._standing, sees=self._seen[1])

    def _headline(self) -> dict[str, str]:
        standing, sees, has_seen = self._seen
        return self._say(w.headline(standing, sees=sees, has_seen=has_seen, may_call=self._may_call))

    def _notes(self) -> list[dict[str, str]]:
        return [{"kind": kind, **self._say(sentence)} for kind, sentence in w.notes(self._standing)]

    def _fault(self) -> dict[str, str]:
        return self._say(self._standing.camera_sentence)

    def _labels(self) -> dict[str, Any]:
        """Words that stay: the actions by their names, the title, and what a technician asks for."""
        place = self._setting.place
        calls = Words("", "") if place is None else _filled(w.CALLS, place="{}:{}".format(*place))
        return {
            "actions": {action: self._say(words) for action, words in w.ACTIONS.items()},
            "title": self._say(w.TITLE),
            "own": self._say(w.OWN_PICTURE),
            "listens": self._say(_filled(w.LISTENS, port=self._setting.port)),
            "calls": self._say(calls),
        }

    def _say(self, sentence: Sentence | None) -> dict[str, str]:
        """The word in the first language of the screen, and the same in the other."""
        if sentence is None:
            return {"word": "", "other": ""}
        zh, en = sentence.zh, sentence.en
        return {"word": zh, "other": en} if self._setting.language == "zh" else {"word": en, "other": zh}

    far = Property(PictureFeed, lambda self: self._far, constant=True)
    own = Property(PictureFeed, lambda self: self._own, constant=True)
    labels = Property("QVariantMap", _labels, constant=True)  # type: ignore[arg-type]
    actions = Property(list, _actions, notify=changed)
    mood = Property(str, _mood, notify=changed)
    headline = Property("QVariantMap", _headline, notify=changed)  # type: ignore[arg-type]
    notes = Property(list, _notes, notify=changed)
    ownFault = Property("QVariantMap", _fault, notify=changed)  # type: ignore[arg-type]


def _filled(words: Words, **fields: object) -> Words:
    return Words(words.zh.format(**fields), words.en.format(**fields))
