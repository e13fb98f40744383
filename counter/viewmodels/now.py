"""The ticket before the window: what the clerk reads while calling and serving."""

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from counter.line import minutes_between, reasons
from counter.tempo import Tempo, tempo
from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from shared.protocol.messages import FullName, Lane, Ticket

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_TICK_MS = 500


@QmlElement
class NowModel(QObject):
    """The holder is masked until the clerk asks; the full name goes with the ticket it belongs to."""

    changed = Signal()
    ticked = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._shown: tuple[int, str] | None = None
        self._asked: int | None = None
        self._clock = ("", False)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        orders.changed.connect(lambda: self._remember(orders))
        orders.done.connect(self._after)
        seat.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the ticket again; a name that was shown does not outlive its ticket."""
        ticket = self._seat.ticket
        if self._shown is not None and (ticket is None or ticket.id != self._shown[0]):
            self._shown = None
        self._tick()
        self.ticked.emit()  # its words may be in another language now
        self.changed.emit()

    def _remember(self, orders: Orders) -> None:
        """Whose name was asked for: the answer says a name only."""
        if orders.action == "show-name" and self._seat.ticket is not None:
            self._asked = self._seat.ticket.id

    def _after(self, action: str, answer: object) -> None:
        if action == "show-name" and isinstance(answer, FullName) and self._asked is not None:
            self._shown = (self._asked, answer.name)
            self.refresh()

    def _tick(self) -> None:
        clock = self._tempo()
        told = ("", False) if clock is None else (clock.text, clock.is_long)
        if told != self._clock:
            self._clock = told
            self.ticked.emit()

    def _tempo(self) -> Tempo | None:
        ticket, matter = self._seat.ticket, self._seat.matter
        since = None if ticket is None else ticket.started_at or ticket.called_at
        if ticket is None or since is None:
            return None
        usual = matter.minutes if matter is not None and ticket.state == "serving" else None
        return tempo(since, self._seat.bridge.now(), usual)

    # -- for QML

    def _of(self, name: str) -> str:
        ticket = self._seat.ticket
        return "" if ticket is None else str(getattr(ticket, name))

    def _state(self) -> str:
        window, ticket = self._seat.window, self._seat.ticket
        if ticket is not None:
            return ticket.state.value
        return "paused" if window is not None and window.state == "paused" else ""

    def _state_text(self) -> str:
        window, text = self._seat.window, w.say(w.STATES[self._state()])
        if self._state() == "paused" and window is not None and window.reason:
            return f"{text} · {window.reason}"
        return text

    def _lane(self) -> Lane | None:
        mirror = self._seat.bridge.mirror
        return None if mirror is None else mirror.lanes.get(self._of("lane"))

    def _lane_name(self) -> str:
        lane = self._lane()
        return "" if lane is None else w.pair(lane.name, lane.name_en)

    def _matter(self) -> str:
        ticket, matter = self._seat.ticket, self._seat.matter
        if matter is not None:
            return w.pair(matter.name, matter.name_en)
        return "" if ticket is None else w.say(w.NO_MATTER)

    def _holder(self) -> str:
        if self._shown is not None:
            return self._shown[1] or w.say(w.NO_NAME)
        return self._of("holder") or ("" if self._seat.ticket is None else w.say(w.NO_NAME))

    def _waited(self) -> str:
        ticket = self._seat.ticket
        if ticket is None or ticket.called_at is None:
            return ""
        return w.say(w.WAITED, minutes=minutes_between(ticket.taken_at, ticket.called_at))

    def _calls(self) -> str:
        ticket = self._seat.ticket
        return "" if ticket is None else w.say(w.CALLED_TIMES, count=ticket.calls)

    def _why(self) -> list[str]:
        ticket = self._seat.ticket
        if ticket is None:
            return []
        called_at = ticket.called_at or self._seat.bridge.now()
        return [w.say(w.WHY[why]) for why in reasons(ticket, called_at)]

    def _usual(self) -> str:
        matter = self._seat.matter
        if matter is None:
            return ""
        return w.say(w.LONGER if self._clock[1] else w.USUAL, minutes=matter.minutes)

    def _back(self) -> str:
        ticket: Ticket | None = self._seat.ticket
        return w.say(w.GOES_BACK, window=ticket.back_to) if ticket is not None and ticket.back_to else ""

    def _window(self) -> str:
        return "" if self._seat.no is None else w.say(w.WINDOW, window=self._seat.no)

    def _materials(self) -> list[str]:
        matter = self._seat.matter
        return [] if matter is None else list(matter.materials)

    number = Property(str, lambda self: self._of("number"), notify=changed)
    state = Property(str, _state, notify=changed)
    stateText = Property(str, _state_text, notify=changed)
    lane = Property(str, lambda self: self._of("lane"), notify=changed)
    laneName = Property(str, _lane_name, notify=changed)
    matter = Property(str, _matter, notify=changed)
    materials = Property(list, _materials, notify=changed)
    holder = Property(str, _holder, notify=changed)
    hasName = Property(bool, lambda self: bool(self._of("holder")), notify=changed)
    nameShown = Property(bool, lambda self: self._shown is not None, notify=changed)
    waited = Property(str, _waited, notify=changed)
    calls = Property(str, _calls, notify=changed)
    why = Property(list, _why, notify=changed)
    note = Property(str, lambda self: self._of("note"), notify=changed)
    goesBack = Property(str, _back, notify=changed)
    window = Property(str, _window, notify=changed)
    clock = Property(str, lambda self: self._clock[0], notify=ticked)
    isLong = Property(bool, lambda self: self._clock[1], notify=ticked)
    usual = Property(str, _usual, notify=ticked)
