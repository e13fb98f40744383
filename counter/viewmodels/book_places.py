"""Days with places and the times of one of them, for a matter. A late answer to an older wish is dropped."""

from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.viewmodels import words as w
from counter.viewmodels.book_rows import PlaceRow, day_rows, time_rows
from counter.viewmodels.seat import Seat
from shared.protocol import booking as b
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class PlacesModel(QObject):
    """The first day with places is chosen at once, so that a clerk can say the earliest time; no time is."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._days = ValueListModel(PlaceRow, "key", self)
        self._times = ValueListModel(PlaceRow, "key", self)
        self._matter = self._day = self._slot = self._problem = ""
        self._waits = True
        self._asked = 0
        self._is_asking = False

    @property
    def day(self) -> date | None:
        """The chosen day."""
        return date.fromisoformat(self._day) if self._day else None

    @property
    def slot(self) -> int | None:
        """The chosen time."""
        return int(self._slot) if self._slot else None

    @property
    def is_full(self) -> bool:
        """Whether only the waiting list of the chosen day is open."""
        return any(row.key == self._day and row.isFull for row in self._days.rows)

    def look(self, matter: str, *, waits: bool = True) -> None:
        """Show the days of this matter; empty shows none. `waits`: also the full ones."""
        if matter != self._matter or waits != self._waits:
            self._day = self._slot = ""
            self._days.replace([])
            self._times.replace([])
        self._matter, self._waits = matter, waits
        self.refresh()

    def refresh(self) -> None:
        """Ask again: places may have gone. What is chosen and still there stays chosen."""
        self._asked += 1
        asked, matter = self._asked, self._matter
        self._is_asking, self._problem = bool(matter), ""
        if matter:
            self._seat.bridge.submit(
                lambda client: client.ask(b.BookingCalendar, "booking_calendar", matter=matter),
                lambda found: self._take_days(asked, found),
                lambda error: self._fail(asked, error),
            )
        self.changed.emit()

    @Slot(str)
    def chooseDay(self, day: str) -> None:
        """A day; a full one is waited for."""
        if not any(row.key == day for row in self._days.rows):
            return
        if day != self._day:
            self._slot = ""
            self._times.replace([])
        self._day = day
        self._ask_times()

    @Slot(str)
    def chooseTime(self, slot: str) -> None:
        """A time of the chosen day."""
        if any(row.key == slot for row in self._times.rows):
            self._slot = slot
            self.changed.emit()

    def _take_days(self, asked: int, found: b.BookingCalendar) -> None:
        if asked != self._asked:
            return
        rows = day_rows(found, self._seat.bridge.now().date(), waits=self._waits)
        self._days.replace(rows)
        if not any(row.key == self._day for row in rows):
            self._day = self._slot = ""
            self._times.replace([])
        first = next((row.key for row in rows if not row.isFull), "")
        self._day = self._day or first
        self._ask_times()

    def _ask_times(self) -> None:
        self._asked += 1
        asked, matter, day = self._asked, self._matter, self._day
        self._is_asking, self._problem = bool(day) and not self.is_full, ""
        if self._is_asking:
            self._seat.bridge.submit(
                lambda client: client.ask(b.BookingTimes, "booking_times", matter=matter, day=day),
                lambda found: self._take_times(asked, found),
                lambda error: self._fail(asked, error),
            )
        else:
            self._slot = ""
            self._times.replace([])
        self.changed.emit()

    def _take_times(self, asked: int, found: b.BookingTimes) -> None:
        if asked != self._asked:
            return
        self._is_asking = False
        rows = time_rows(found)
        self._times.replace(rows)
        if not any(row.key == self._slot for row in rows):
            self._slot = ""
        self.changed.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._is_asking, self._problem = False, w.problem(error)
            self.changed.emit()

    def _told(self) -> str:
        if self._is_asking:
            return w.say(w.BOOK_ASKING)
        if self._problem:
            return self._problem
        if not self._matter:
            return w.say(w.BOOK_MATTER_FIRST)
        if not self._days.rows:
            return w.say(w.BOOK_NO_DAYS)
        return w.say(w.BOOK_WAIT_HINT) if self.is_full else ""

    days = Property(QObject, lambda self: self._days, constant=True)
    times = Property(QObject, lambda self: self._times, constant=True)
    dayKey = Property(str, lambda self: self._day, notify=changed)
    timeKey = Property(str, lambda self: self._slot, notify=changed)
    told = Property(str, _told, notify=changed)
