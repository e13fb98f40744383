"""The panel of bookings at a desk: a clerk, or who answers 12345, books for a caller."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.viewmodels import words as w
from counter.viewmodels.book_form import BookFormModel
from counter.viewmodels.book_mine import BookMineModel
from counter.viewmodels.book_places import PlacesModel
from counter.viewmodels.book_rows import Outcome
from counter.viewmodels.book_talk import BookTalk
from counter.viewmodels.seat import Seat

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

SILENCE_SECONDS = 180
"""Without a touch for so long, nothing personal stays on the desk."""


@QmlElement
class BookModel(QObject):
    """`mode` is "new" or "find"; `go` does what `verb` says. Nothing personal outlives `end` or silence."""

    changed = Signal()

    def __init__(
        self, seat: Seat, parent: QObject | None = None, silence_seconds: float = SILENCE_SECONDS
    ) -> None:
        super().__init__(parent)
        self._mode = "new"
        self._talk = BookTalk(seat, self)
        self._places = PlacesModel(seat, self)
        self._form = BookFormModel(self._talk, self._places, self)
        self._mine = BookMineModel(self._talk, self._places, self)
        self._silence = QTimer(self, singleShot=True, interval=round(silence_seconds * 1000))
        self._silence.timeout.connect(self._clear)
        self._talk.refused.connect(self._places.refresh)
        for part in (self._talk, self._places, self._form, self._mine):
            part.changed.connect(self._moved)

    @Slot()
    def begin(self) -> None:
        """The panel opens."""
        self._clear()
        self.touch()

    @Slot()
    def end(self) -> None:
        """The panel closes."""
        self._clear()
        self._silence.stop()

    @Slot()
    def touch(self) -> None:
        """Somebody is there."""
        self._silence.start()

    @Slot(str)
    def show(self, mode: str) -> None:
        """The other half of the panel, empty."""
        self._clear()
        self._mode = mode
        self.changed.emit()

    @Slot()
    def go(self) -> None:
        """Do what the key says."""
        if self._talk.busy:
            return
        if self._talk.outcome is not None:
            self._clear()
        elif self._mode == "new":
            self._form.send()
        else:
            self._mine.send()

    def _clear(self) -> None:
        self._mode = "new"
        self._talk.forget()
        self._form.clear()
        self._mine.clear()
        self._places.look("")
        self.changed.emit()

    def _moved(self) -> None:
        self._silence.start()
        self.changed.emit()

    def _verb(self) -> str:
        if self._talk.outcome is not None:
            return w.say(w.BOOK_VERBS["again"])
        if self._mode == "find":
            return w.say(w.BOOK_VERBS[self._mine.errand or "find"])
        return w.say(w.BOOK_VERBS["wait" if self._places.is_full else "book"])

    def _outcome(self) -> Outcome:
        return self._talk.outcome or Outcome()

    form = Property(BookFormModel, lambda self: self._form, constant=True)
    mine = Property(BookMineModel, lambda self: self._mine, constant=True)
    places = Property(PlacesModel, lambda self: self._places, constant=True)
    mode = Property(str, lambda self: self._mode, notify=changed)
    verb = Property(str, _verb, notify=changed)
    busy = Property(bool, lambda self: self._talk.busy, notify=changed)
    problem = Property(str, lambda self: self._talk.problem, notify=changed)
    isDone = Property(bool, lambda self: self._talk.outcome is not None, notify=changed)
    doneTitle = Property(str, lambda self: self._outcome().title, notify=changed)
    doneDay = Property(str, lambda self: self._outcome().day, notify=changed)
    doneTime = Property(str, lambda self: self._outcome().time, notify=changed)
    donePlace = Property(str, lambda self: self._outcome().place, notify=changed)
    doneCode = Property(str, lambda self: self._outcome().code, notify=changed)
    doneNote = Property(str, lambda self: self._outcome().note, notify=changed)
