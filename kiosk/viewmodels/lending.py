"""The lent numbers at work: topped up while the hub is heard, given while it is not, then brought in."""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from kiosk.outage import Standby, catch_up
from kiosk.spool import Fate
from kiosk.viewmodels.faces import UNKNOWN_COUNT
from shared.protocol.messages import Lane, TakenTicket
from shared.qt.bridge import LINK, HallBridge

_REST_MS = 5 * 60_000
"""Between two looks at what is lent; hours, days and the hub's clock are renewed with them."""
_SOON_MS = 1_000
"""After a slip that was still coming out, or a hub that was lost again."""
_LOOK_MS = 3_000
"""Between two looks at which lanes still give numbers: without the hub, nobody tells that one has closed."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Note:
    taken: TakenTicket
    fate: Fate
    tell_hub: Callable[[TakenTicket], None]


class Lending(QObject):
    """Keeps the spool of one kiosk and the hub in step. `standby` is for whoever gives numbers."""

    def __init__(self, bridge: HallBridge, standby: Standby, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.standby = standby
        self._bridge = bridge
        self._is_out = self._is_writing = False
        self._notes: deque[_Note] = deque()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)
        self._giving: frozenset[str] = frozenset()
        self._watch = QTimer(self, interval=_LOOK_MS)
        self._watch.timeout.connect(self._look)
        self._watch.start()
        bridge.changed.connect(self._hear)

    def can_give(self, lane: str) -> bool:
        """Whether a lane could give a number without the hub."""
        return self.standby.can_give(lane)

    @property
    def can_give_any(self) -> bool:
        """Whether any lane could."""
        mirror = self._bridge.mirror
        return mirror is not None and any(self.standby.can_give(letter) for letter in mirror.lanes)

    def as_known(self, lane: Lane) -> Lane:
        """A lane without the hub: open while a number can be given; who waits, and how long, nobody knows."""
        if self._bridge.online or not self.can_give_any:
            return lane
        return replace(
            lane,
            open=lane.closed_reason == "" and self.can_give(lane.letter),
            waiting=UNKNOWN_COUNT,
            estimate=None,
            closes_at=None,
            opens_at=None,
        )

    def _look(self) -> None:
        """Without the hub a lane opens and closes by the clock: the screens are told."""
        mirror, giving = self._bridge.mirror, self._giving
        if mirror is not None and not self._bridge.online:
            self._giving = frozenset(letter for letter in mirror.lanes if self.can_give(letter))
            if self._giving != giving:
                self._bridge.changed.emit(frozenset({"lanes"}))

    def note(self, taken: TakenTicket, fate: Fate, tell_hub: Callable[[TakenTicket], None]) -> None:
        """Write down what became of the slip of a number given here, one note after the other.

        `tell_hub` is called when the hub has the number already, with the ticket as the hub names it.
        """
        self._notes.append(_Note(taken, fate, tell_hub))
        self._write()

    def _write(self) -> None:
        if self._is_writing or not self._notes:
            return
        self._is_writing = True
        note, spool = self._notes.popleft(), self.standby.spool
        self._bridge.submit(
            lambda _client: spool.note(note.taken, note.fate),
            lambda known: self._wrote(note, known),
            self._lost,
        )

    def _wrote(self, note: _Note, known: int | None) -> None:
        self._is_writing = False
        if known is not None:
            note.tell_hub(replace(note.taken, ticket=replace(note.taken.ticket, id=known)))
        elif self._bridge.online:
            self._timer.start(_SOON_MS)
        self._write()

    def _lost(self, error: Exception) -> None:
        _log.error("the fate of a slip could not be written: %s", error)
        self._is_writing = False
        self._write()

    def _hear(self, parts: frozenset[str]) -> None:
        if parts >= LINK:
            self._go() if self._bridge.online else self._look()

    def _go(self) -> None:
        if self._is_out or not self._bridge.online:
            return
        self._is_out = True
        standby = self.standby
        self._bridge.submit(
            lambda client: catch_up(client, standby.spool, standby.clock),
            self._end,
            self._fail,
            as_device=True,
        )

    def _end(self, is_done: bool) -> None:
        self._is_out = False
        self._timer.start(_REST_MS if is_done else _SOON_MS)

    def _fail(self, error: Exception) -> None:
        _log.warning("what is lent could not be renewed: %s", error)
        self._is_out = False
        self._timer.start(_SOON_MS * 5)
