"""The counter's own file at work: who sits here is kept while the hub is heard; what is noted while it is
away goes to the disk before anybody sees it, and to the hub when it is back.
"""

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from counter.outage import Standby, catch_up
from counter.spool import Call, Chair, Look, NotPossibleError
from counter.viewmodels.seat import Seat
from counter.viewmodels.session import SessionModel
from shared.client.errors import HubRefused, HubUnreachable
from shared.domain.ticket import State
from shared.qt.bridge import LINK

PATIENCE_MS = 5_000
"""Silence after the start of the program from which on the hub counts as away."""
_REST_MS = 5 * 60_000
"""Between two looks at what waits; the hall as it is shown and the hub's clock are kept with them."""
_FIRST_MS = 3_000
"""After the hub was found and nothing waits for it: the clerk at the door goes first."""
_SOON_MS = 1_000
_LATER_MS = 5_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Write:
    work: Callable[[], None]
    then: Callable[[Exception | None], None]


class StandingBy(QObject):
    """`phase` is "" while the hub is heard, "away", "back" while what was noted is brought in, or "rest" when
    it was, but the ticket before the window is one that the hub could not carry out yet.
    """

    changed = Signal()
    brought = Signal(object)
    """list of `Call`: what was brought in, with what came of it."""

    def __init__(
        self, seat: Seat, session: SessionModel, standby: Standby, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seat, self._session, self.standby = seat, session, standby
        self.phase = ""
        self._kept: Chair | None = None
        self._writes: deque[_Write] = deque()
        self._is_writing = self._is_out = self._is_refused = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._hear_nothing)
        self._patience.start()
        seat.bridge.changed.connect(self._hear)
        seat.bridge.refused.connect(self._refuse)
        seat.changed.connect(self._keep)
        session.changed.connect(self._keep)

    @property
    def look(self) -> Look:
        """What stands in the file."""
        return self.standby.spool.look

    @property
    def is_active(self) -> bool:
        """Whether the desk works by hand now."""
        chair = self.look.chair
        return self.phase != "" and chair is not None and chair.present and self.look.time.day is not None

    def write(self, work: Callable[[], None], then: Callable[[Exception | None], None]) -> None:
        """Do `work` with the file after all that was asked before; `then` hears its error, or None."""
        self._writes.append(_Write(work, then))
        self._next_write()

    def go_on(self) -> None:
        """Something was noted: tell the hub if it is heard."""
        if self._seat.online:
            self._go()

    # -- who sits here

    def _keep(self) -> None:
        """Keep the chair while it is the hub that says who sits on it."""
        bridge = self._seat.bridge
        if self.phase or not self._seat.online or bridge.mirror is None:
            return
        chair, hall, now, machine = self._chair(), bridge.mirror.hall, bridge.now(), self.standby.clock()
        if chair is not None and chair != self._kept:
            self._kept = chair
            spool = self.standby.spool
            self.write(lambda: spool.keep_chair(chair, hall, now, machine), self._kept_or_not)

    def _chair(self) -> Chair | None:
        no, kept = self._seat.no, self.look.chair
        if no is None or not self._session.clerk_number:
            return None if kept is None else Chair(kept.window, kept.clerk, kept.name, present=False)
        ticket = self._seat.ticket
        shown = None
        if ticket is not None:
            since = ticket.started_at if ticket.state is State.SERVING else ticket.called_at
            shown = (ticket.number, ticket.state, since or ticket.taken_at)
        return Chair(no, self._session.clerk_number, self._session.clerk_name, ticket=shown)

    def _kept_or_not(self, error: Exception | None) -> None:
        if error is not None:
            self._kept = None

    # -- the link

    def _refuse(self, _refusal: HubRefused) -> None:
        """The hub is there, and does not want this counter: nobody calls by hand either."""
        self._is_refused = True
        self._patience.stop()

    def _hear(self, parts: frozenset[str]) -> None:
        self._is_refused = self._is_refused and not self._seat.online
        if not parts >= LINK:
            return
        self._patience.stop()
        if self._seat.online:
            self._find()
        else:
            self._lose()

    def _hear_nothing(self) -> None:
        if not self._seat.online:
            self._lose()

    def _lose(self) -> None:
        """The chair is on its way to the file before this, so the file knows who is before the window."""
        self._kept = None
        standby = self.standby
        if self._is_refused:
            self.write(standby.spool.leave, lambda _: None)
            return
        self.write(lambda: standby.spool.lose_hub(standby.now()), lambda _: self._away())

    def _away(self) -> None:
        if not self._seat.online:
            self.phase = "away"
            self.changed.emit()

    def _find(self) -> None:
        if self.phase or self.look.lost_at is not None or self.look.untold:
            self.phase = "back"
            self.changed.emit()
            self._go()
        else:
            self._timer.start(_FIRST_MS)

    # -- bringing in

    def _go(self) -> None:
        """After all that waits to be written, and one at a time."""
        if self._is_out or not self._seat.online:
            return
        self._is_out = True
        standby = self.standby
        self.write(lambda: None, lambda _: self._seat.bridge.submit(
            lambda client: catch_up(client, standby), self._end, self._fail, as_device=True
        ))  # fmt: skip

    def _end(self, brought: list[Call]) -> None:
        self._is_out = False
        self._settle()
        if brought:
            self.brought.emit(brought)
        self._timer.start(_REST_MS if not self.look.untold else 0)

    def _fail(self, error: Exception) -> None:
        """A hub that refuses its disk, or this very call, must not keep the window closed to everybody."""
        self._is_out = False
        is_answered = not isinstance(error, HubUnreachable)
        level = logging.WARNING if is_answered else logging.INFO
        _log.log(level, "what was noted by hand is not brought in yet: %s", error)
        if is_answered:
            self._settle()
        self._timer.start(_LATER_MS if is_answered else _SOON_MS)

    def _settle(self) -> None:
        if self._seat.online:
            self.phase = "rest" if self.phase and self.look.current is not None else ""
            self.changed.emit()
            self._keep()

    # -- the file

    def _next_write(self) -> None:
        if self._is_writing or not self._writes:
            return
        self._is_writing = True
        write = self._writes.popleft()
        self._seat.bridge.submit(
            lambda _client: write.work(),
            lambda _: self._written(write, None),
            lambda error: self._written(write, error),
        )

    def _written(self, write: _Write, error: Exception | None) -> None:
        self._is_writing = False
        if error is not None and not isinstance(error, NotPossibleError):
            _log.error("the counter's own file: %s", error)
        write.then(error)
        self.changed.emit()
        self._next_write()
