"""What stands around everything: hall, clock, clerk, what is wrong with the hub, mistakes in the key file."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.keys import Mistake
from counter.viewmodels import words as w
from counter.viewmodels.seat import Seat

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_TICK_MS = 1000


@QmlElement
class StatusModel(QObject):
    """The frame of the desk. Shows the hub's clock, never the computer's own."""

    changed = Signal()

    def __init__(
        self,
        seat: Seat,
        mistakes: Sequence[Mistake],
        use_language: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat, self._mistakes, self._use_language = seat, tuple(mistakes), use_language
        self._clock = ""
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        seat.changed.connect(self.changed)

    @Slot()
    def switchLanguage(self) -> None:
        """Chinese to English and back."""
        self._use_language("zh" if w.is_english() else "en")
        self._seat.changed.emit()

    @Slot()
    def dismissKeyProblem(self) -> None:
        """The clerk has read it."""
        self._mistakes = ()
        self.changed.emit()

    def _tick(self) -> None:
        if self._seat.clock() != self._clock:
            self._clock = self._seat.clock()
            self.changed.emit()

    def _stale(self) -> bool:
        return self._seat.bridge.mirror is not None and not self._seat.online

    def _age(self) -> str:
        if self._stale():
            return w.say(w.OLD_DATA, time=self._seat.bridge.staleSince)
        return w.say(w.CANNOT_SAVE) if self._seat.bridge.failing else ""

    def _hall(self) -> str:
        mirror = self._seat.bridge.mirror
        return "" if mirror is None else w.pair(mirror.hall.name, mirror.hall.name_en)

    def _key_problem(self) -> str:
        return "\n".join(w.say(w.KEY_MISTAKES[one.what], where=one.where) for one in self._mistakes)

    connecting = Property(bool, lambda self: self._seat.bridge.mirror is None, notify=changed)
    stale = Property(bool, _stale, notify=changed)
    age = Property(str, _age, notify=changed)
    clock = Property(str, lambda self: self._seat.clock(), notify=changed)
    hall = Property(str, _hall, notify=changed)
    keyProblem = Property(str, _key_problem, notify=changed)
    english = Property(bool, lambda _: w.is_english(), notify=changed)
