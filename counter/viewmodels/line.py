"""The line on the desk: the next ten in the order in which they will be called, and how many wait in all."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from counter.line import SHOWN, Place, places, waiting_for
from counter.viewmodels import words as w
from counter.viewmodels.seat import Seat
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_AGAIN_MS = 10_000


@dataclass(frozen=True, slots=True)
class LineRow:
    """One row; `why` are its reasons in words."""

    id: int
    number: str
    lane: str
    holder: str
    matter: str
    waited: int
    why: str
    forUs: bool


@QmlElement
class LineModel(QObject):
    """`waited` moves with the clock, so the rows are read again now and then."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._count = 0
        self._rows = ValueListModel(LineRow, "id", self)
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        seat.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the line again."""
        window, now = self._seat.window, self._seat.bridge.now()
        waiting = [] if window is None else waiting_for(self._seat.tickets, window, now)
        shown = places(waiting[:SHOWN], now) if waiting else []
        self._rows.replace([row_of(self._seat, place) for place in shown])
        self._count = len(waiting)
        self.changed.emit()

    def _lanes(self) -> list[dict[str, object]]:
        """The lanes this window calls from, each with the people in it."""
        window, mirror = self._seat.window, self._seat.bridge.mirror
        if window is None or mirror is None:
            return []
        known = [mirror.lanes[letter] for letter in window.lanes if letter in mirror.lanes]
        return [{"letter": a.letter, "name": w.pair(a.name, a.name_en), "waiting": a.waiting} for a in known]

    rows = Property(QObject, lambda self: self._rows, constant=True)
    count = Property(int, lambda self: self._count, notify=changed)
    more = Property(int, lambda self: max(0, self._count - SHOWN), notify=changed)
    lanes = Property(list, _lanes, notify=changed)


def row_of(seat: Seat, place: Place) -> LineRow:
    """A place in words."""
    ticket = place.ticket
    matter = seat.matters.get(ticket.matter or "")
    return LineRow(
        id=ticket.id,
        number=ticket.number,
        lane=ticket.lane,
        holder=ticket.holder,
        matter="" if matter is None else w.pair(matter.name, matter.name_en),
        waited=place.waited,
        why=" · ".join(w.say(w.WHY[why]) for why in place.why),
        forUs=ticket.for_window is not None,
    )
