"""Where the clerk sits: the bridge, the window, the ticket before it. All view-models read this one place."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from counter.line import at_window
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Matter, Ticket, Window
from shared.qt.bridge import HallBridge


class Seat(QObject):
    """Lives in the Qt thread. `changed` comes after every change of the hall, the window or the language."""

    changed = Signal()

    def __init__(self, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.no: int | None = None
        self._was_on_duty = False
        self.matters: dict[str, Matter] = {}
        bridge.changed.connect(self._tell)

    def sit_down(self, no: int) -> None:
        """The clerk works at this window from now on, which the mirror may not show yet."""
        self.no = no
        self._was_on_duty = False
        self.changed.emit()

    def stand_up(self) -> None:
        """The clerk works at no window."""
        self.no = None
        self.changed.emit()

    def learn(self, matters: Iterable[Matter]) -> None:
        """Know the hall's matters: what to ask for, and how long it usually takes."""
        self.matters = {matter.id: matter for matter in matters}
        self.changed.emit()

    @property
    def online(self) -> bool:
        """Whether the hub is heard."""
        return self.bridge.online

    @property
    def tickets(self) -> Iterable[Ticket]:
        """All live tickets."""
        mirror = self.bridge.mirror
        return () if mirror is None else mirror.tickets.values()

    @property
    def window(self) -> Window | None:
        """The clerk's window."""
        mirror = self.bridge.mirror
        return None if mirror is None or self.no is None else mirror.windows.get(self.no)

    @property
    def ticket(self) -> Ticket | None:
        """Who is called to, or served at, the clerk's window."""
        return None if self.no is None else at_window(self.tickets, self.no)

    @property
    def matter(self) -> Matter | None:
        """What the citizen before the window came for."""
        ticket = self.ticket
        return None if ticket is None or ticket.matter is None else self.matters.get(ticket.matter)

    def clock(self) -> str:
        """hh:mm of the hub's clock; empty before the first snapshot."""
        if self.bridge.mirror is None:
            return ""
        return f"{self.bridge.now().astimezone(HALL_ZONE):%H:%M}"

    def _tell(self, _parts: object) -> None:
        """A window that was closed from elsewhere (the session ended, the day is over) is no longer ours."""
        is_closed = self.window is None or self.window.state == "closed"
        if is_closed and self._was_on_duty:
            self.no = None
        self._was_on_duty = not is_closed
        self.changed.emit()
