"""Choosing the window: those that are free, the clerk's own from before, and who sits at the others."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from counter.viewmodels.session import SessionModel
from shared.protocol import messages as m
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window to choose."""

    no: int
    name: str
    place: str
    lanes: str
    note: str
    free: bool


@QmlElement
class WindowsModel(QObject):
    """`fixed` is the one window this counter stands at, or None where the clerk chooses."""

    changed = Signal()

    def __init__(
        self,
        seat: Seat,
        orders: Orders,
        session: SessionModel,
        fixed: int | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat, self._orders, self._session, self._fixed = seat, orders, session, fixed
        self._rows = ValueListModel(WindowRow, "no", self)
        orders.done.connect(self._after)
        seat.changed.connect(self.refresh)
        session.changed.connect(self.refresh)
        self.refresh()

    @Slot(int)
    def open(self, no: int) -> None:
        """Sit down at window `no`: open it, or go on where this clerk is on duty already."""
        mirror = self._seat.bridge.mirror
        window = None if mirror is None else mirror.windows.get(no)
        if window is not None and self._is_mine(window):
            self._seat.sit_down(no)
        else:
            self._orders.run("open-window", "open_window", m.Nothing(), no=no)

    @Slot(int)
    def openAt(self, row: int) -> None:
        """Sit down at the window in `row`."""
        rows = self._rows.rows
        if 0 <= row < len(rows) and rows[row].free:
            self.open(rows[row].no)

    def refresh(self) -> None:
        """Read the windows again; nobody looks at them from the desk."""
        if self._seat.no is not None:
            return
        mirror = self._seat.bridge.mirror
        windows = [] if mirror is None else mirror.windows.values()
        self._rows.replace([self._row(one) for one in windows if self._fixed in (None, one.no)])
        self.changed.emit()

    def _after(self, action: str, answer: object) -> None:
        if action == "open-window" and isinstance(answer, m.Window):
            self._seat.sit_down(answer.no)
        elif action == "close-window":
            self._seat.stand_up()

    def _is_mine(self, window: m.Window) -> bool:
        return window.state != "closed" and window.clerk == self._session.clerk_name

    def _row(self, window: m.Window) -> WindowRow:
        mine = self._is_mine(window)
        note = w.WINDOW_STATES["mine" if mine else window.state]
        return WindowRow(
            no=window.no,
            name=window.name,
            place=window.place,
            lanes=" ".join(window.lanes),
            note=w.say(note, clerk=window.clerk),
            free=mine or window.state == "closed",
        )

    def _first(self) -> int:
        """The row to begin with: the clerk's own window, else the first free one."""
        rows, mine = self._rows.rows, w.say(w.WINDOW_STATES["mine"])
        own = [at for at, row in enumerate(rows) if row.note == mine]
        free = [at for at, row in enumerate(rows) if row.free]
        return (own or free or [0])[0]

    def _missing(self) -> str:
        """A counter that was told a window the hall does not have."""
        if self._fixed is None or self._rows.rows or self._seat.bridge.mirror is None:
            return ""
        return w.say(w.NO_SUCH_WINDOW, window=self._fixed)

    rows = Property(QObject, lambda self: self._rows, constant=True)
    first = Property(int, _first, notify=changed)
    missing = Property(str, _missing, notify=changed)
