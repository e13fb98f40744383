"""Why a ticket stands where it stands: the sentences for the clerk who is asked. Nothing waits for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.line import SHOWN, waiting_for
from counter.viewmodels import words as w
from counter.viewmodels.seat import Seat
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Before, Said, Ticket, Why
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A ticket that can be asked about: the one before the window, then the next of the line."""

    id: int
    number: str
    lane: str
    standing: str


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A sentence, or the head of some."""

    id: int
    sentence: str
    isHead: bool


@QmlElement
class WhyModel(QObject):
    """`tickets` stand still while the panel is open; each choice asks the hub in a worker."""

    changed = Signal()

    def __init__(self, seat: Seat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._tickets = ValueListModel(Asked, "id", self)
        self._rows = ValueListModel(ReasonRow, "id", self)
        self._chosen = self._wanted = 0
        self._asking = 0
        self._own = self._problem = ""

    @Slot(int)
    def want(self, ticket: int) -> None:
        """Open the panel on this ticket; 0 for the one before the window, else the first of the line."""
        self._wanted = ticket

    @Slot()
    def begin(self) -> None:
        """Read who can be asked about, and ask for the first."""
        self._tickets.replace(list(self._askable()))
        ids = [row.id for row in self._tickets.rows]
        self._chosen = 0
        self.choose(self._wanted if self._wanted in ids else next(iter(ids), 0))
        self._wanted = 0

    @Slot(int)
    def choose(self, ticket: int) -> None:
        """Ask why this ticket stands where it stands."""
        if ticket in (0, self._chosen):
            return
        self._chosen, self._own, self._problem = ticket, "", ""
        self._rows.replace([])
        self._asking += 1
        asked = self._asking
        self._seat.bridge.submit(
            lambda client: client.ask(Why, "why", id=ticket),
            lambda why: self._answer(asked, why),
            lambda error: self._fail(asked, error),
        )
        self.changed.emit()

    @Slot(int)
    def step(self, rows: int) -> None:
        """The ticket so many rows further down."""
        ids = [row.id for row in self._tickets.rows]
        if self._chosen in ids:
            self.choose(ids[max(0, min(len(ids) - 1, ids.index(self._chosen) + rows))])

    def _answer(self, asked: int, why: Why) -> None:
        if asked == self._asking:
            self._own = w.pair(why.own.zh, why.own.en)
            texts = _texts(why)
            self._rows.replace([ReasonRow(at, text, head) for at, (text, head) in enumerate(texts)])
            self.changed.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asking:
            self._problem = w.problem(error)
            self.changed.emit()

    def _askable(self) -> Iterator[Asked]:
        window, ticket = self._seat.window, self._seat.ticket
        if ticket is not None:
            yield _asked(ticket)
        if window is not None:
            waiting = waiting_for(self._seat.tickets, window, self._seat.bridge.now())
            wanted = [t for t in waiting[SHOWN:] if t.id == self._wanted]
            yield from map(_asked, waiting[:SHOWN] + wanted)

    tickets = Property(QObject, lambda self: self._tickets, constant=True)
    rows = Property(QObject, lambda self: self._rows, constant=True)
    chosen = Property(int, lambda self: self._chosen, notify=changed)
    own = Property(str, lambda self: self._own, notify=changed)
    problem = Property(str, lambda self: self._problem, notify=changed)
    isAsking = Property(
        bool, lambda self: bool(self._chosen) and not self._own and not self._problem, notify=changed
    )


def _asked(ticket: Ticket) -> Asked:
    state = "" if ticket.state == "waiting" else w.say(w.STATES.get(ticket.state, ""))
    return Asked(ticket.id, ticket.number, ticket.lane, state)


def _texts(why: Why) -> Iterator[tuple[str, bool]]:
    """Heads and sentences; a list that is empty has no head, but nobody ahead is said."""
    if why.ahead:
        yield from _list(w.WHY_AHEAD, why.ahead, why.ahead_count)
    else:
        yield w.say(w.WHY_NOBODY), True
    yield from _list(w.WHY_BESIDE, why.beside, why.beside_count)
    yield from _list(w.WHY_CALLED, why.called, why.called_count)
    yield from _list(w.WHY_WINDOWS, why.windows, 0)


def _list(head: str, said: Sequence[Before | Said], count: int) -> Iterator[tuple[str, bool]]:
    if not said:
        return
    yield w.say(head, count=count), True
    for one in said:
        yield _line(one), False
    if count > len(said):
        yield w.say(w.WHY_MORE, count=count - len(said)), False


def _line(said: Before | Said) -> str:
    text = w.pair(said.zh, said.en)
    if isinstance(said, Before) and said.called_at is not None:
        return f"{said.called_at.astimezone(HALL_ZONE):%H:%M}  {text}"
    return text
