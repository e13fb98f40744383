"""The questions that some keys ask first: where to, which one, and why."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.line import held_at, missed_for, places, waiting_for
from counter.viewmodels import words as w
from counter.viewmodels.line import LineRow, row_of
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from shared.protocol import messages as m
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Target:
    """A lane or a window to transfer to; `key` is `lane-B` or `window-3`."""

    key: str
    letter: str
    title: str
    detail: str
    lane: str
    window: int


@QmlElement
class TransferModel(QObject):
    """Where the ticket before the window may go."""

    changed = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._orders = seat, orders
        self._rows = ValueListModel(Target, "key", self)

    @Slot()
    def begin(self) -> None:
        """Read lanes and windows as they are now; they stand still while the clerk chooses."""
        self._rows.replace([*self._lanes(), *self._windows()])
        self.changed.emit()

    @Slot(int, str, bool)
    def send(self, row: int, note: str, and_back: bool) -> None:
        """Transfer to the target at `row`."""
        ticket, rows = self._seat.ticket, self._rows.rows
        if ticket is None or not 0 <= row < len(rows):
            self._orders.note("transfer", w.say(w.CHOOSE_TARGET))
            return
        target = rows[row]
        body = m.Transfer(
            lane=target.lane or None,
            window=target.window or None,
            note=note.strip()[:200],
            and_back=and_back,
        )
        self._orders.run("transfer", "transfer_ticket", body, id=ticket.id)

    @Slot(str, result=int)
    def find(self, typed: str) -> int:
        """The row of the lane or the window whose letter or number was typed; -1 for none."""
        wanted = (f"lane-{typed.upper()}", f"window-{typed}")
        return next((at for at, row in enumerate(self._rows.rows) if row.key in wanted), -1)

    def _lanes(self) -> list[Target]:
        mirror, ticket = self._seat.bridge.mirror, self._seat.ticket
        lanes = [] if mirror is None else sorted(mirror.lanes.values(), key=lambda lane: lane.letter)
        return [
            Target(
                key=f"lane-{lane.letter}",
                letter=lane.letter,
                title=w.pair(lane.name, lane.name_en),
                detail=w.say(w.WAITING_COUNT, count=lane.waiting),
                lane=lane.letter,
                window=0,
            )
            for lane in lanes
            if ticket is None or lane.letter != ticket.lane
        ]

    def _windows(self) -> list[Target]:
        mirror = self._seat.bridge.mirror
        windows = [] if mirror is None else mirror.windows.values()
        return [
            Target(
                key=f"window-{window.no}",
                letter="",
                title=f"{w.say(w.WINDOW, window=window.no)} {window.name}",
                detail=window.clerk,
                lane="",
                window=window.no,
            )
            for window in windows
            if window.state != "closed" and window.no != self._seat.no
        ]

    rows = Property(QObject, lambda self: self._rows, constant=True)


@QmlElement
class PickModel(QObject):
    """The lists behind three keys: `pick` (call one who waits), `missed` (bring back), `held` (go on)."""

    changed = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._orders = seat, orders
        self._list = ""
        self._cancelling = False
        self._rows = ValueListModel(LineRow, "id", self)
        seat.changed.connect(self.refresh)

    @Slot(str)
    def begin(self, name: str) -> None:
        """Show the list of the key `name`; it follows the hall while it is open. Empty closes it."""
        self._list, self._cancelling = name, False
        self.refresh()

    @Slot(bool)
    def ask(self, cancelling: bool) -> None:
        """What the reason is for: to give the ticket up, or what the list itself is for."""
        self._cancelling = cancelling
        self.changed.emit()

    @Slot(int, str)
    def choose(self, ticket: int, reason: str) -> None:
        """Do it with the ticket of this id. One that left the list is asked for all the same: the hub knows
        who has it."""
        if ticket == 0:
            self._orders.note(self._list, w.say(w.CHOOSE_TICKET))
        elif self._needs_reason() and not reason.strip():
            self._orders.note(self._list, w.say(w.SAY_WHY))
        elif self._cancelling:
            self._orders.run(self._list, "cancel_ticket", m.Reason(reason=reason.strip()[:60]), id=ticket)
        elif self._list == "pick":
            self._orders.run("pick", "call_ticket", m.CallTicket(reason=reason.strip()[:60]), id=ticket)
        else:
            verb = {"missed": "return_ticket", "held": "resume_ticket"}[self._list]
            self._orders.run(self._list, verb, m.Nothing(), id=ticket)

    @Slot(int, result=int)
    def ticketAt(self, row: int) -> int:
        """The ticket's id at `row`; 0 for none."""
        rows = self._rows.rows
        return rows[row].id if 0 <= row < len(rows) else 0

    def refresh(self) -> None:
        """Read the list again while it is shown."""
        rows = self._read() if self._list else []
        self._rows.replace(rows)
        self.changed.emit()

    def _read(self) -> list[LineRow]:
        window, tickets = self._seat.window, self._seat.tickets
        if window is None:
            return []
        now = self._seat.bridge.now()
        match self._list:
            case "pick":
                chosen = waiting_for(tickets, window, now)
            case "missed":
                chosen = missed_for(tickets, window)
            case _:
                chosen = held_at(tickets, window.no)
        return [row_of(self._seat, place) for place in places(chosen, now)]

    def _needs_reason(self) -> bool:
        return self._cancelling or self._list == "pick"

    def _reasons(self) -> list[str]:
        if not self._needs_reason():
            return []
        return [w.say(one) for one in (w.CANCEL_REASONS if self._cancelling else w.CALL_REASONS)]

    def _title(self) -> str:
        return w.say(w.ACTIONS["cancel" if self._cancelling else self._list]) if self._list else ""

    rows = Property(QObject, lambda self: self._rows, constant=True)
    name = Property(str, lambda self: self._list, notify=changed)
    count = Property(int, lambda self: len(self._rows.rows), notify=changed)
    title = Property(str, _title, notify=changed)
    reasons = Property(list, _reasons, notify=changed)
    cancelling = Property(bool, lambda self: self._cancelling, notify=changed)
    mayCancel = Property(bool, lambda self: self._list in ("pick", "held"), notify=changed)


@QmlElement
class ReasonModel(QObject):
    """Why the window pauses, or why the ticket before it is cancelled."""

    changed = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._orders = seat, orders
        self._action = "pause"

    @Slot(str)
    def begin(self, action: str) -> None:
        """Ask for the reason of `action`: pause or cancel."""
        self._action = action
        self.changed.emit()

    @Slot(str)
    def give(self, reason: str) -> None:
        """Do it for this reason."""
        text, ticket = reason.strip()[:60], self._seat.ticket
        if not text:
            self._orders.note(self._action, w.say(w.SAY_WHY))
        elif self._action == "pause":
            self._orders.run("pause", "pause_window", m.Reason(reason=text), no=self._seat.no)
        elif ticket is not None:
            self._orders.run("cancel", "cancel_ticket", m.Reason(reason=text), id=ticket.id)

    def _reasons(self) -> list[str]:
        usual = w.PAUSE_REASONS if self._action == "pause" else w.CANCEL_REASONS
        return [w.say(one) for one in usual]

    def _title(self) -> str:
        ticket = self._seat.ticket
        name = w.say(w.ACTIONS[self._action])
        return f"{name} {ticket.number}" if self._action == "cancel" and ticket is not None else name

    action = Property(str, lambda self: self._action, notify=changed)
    title = Property(str, _title, notify=changed)
    reasons = Property(list, _reasons, notify=changed)
