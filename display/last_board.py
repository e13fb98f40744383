"""The hall as a screen last knew it, kept so that a start without the hub shows it, greyed and dated."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer

from shared.protocol.messages import Board
from shared.qt.bridge import HallBridge

_log = logging.getLogger(__name__)

KEEP_EVERY_SECONDS = 5.0
"""While something changes, and at every call; while nothing does, `KEEP_ANYWAY` times as long: the hub's last
sign moves on.
"""
KEEP_ANYWAY = 6
MachineClock = Callable[[], datetime]


class KeptBoard(msgspec.Struct, frozen=True):
    """`board.hall.now` is the hub's last sign, when this machine's clock said `machine`."""

    owner: str
    machine: datetime
    board: Board

    def now(self, machine: datetime) -> datetime:
        """The hub's clock when this machine's says `machine`, as far as it is known."""
        return self.board.hall.now + (machine - self.machine)


class LastBoard:
    """A file beside the screen's credential. Losing it costs the picture of a start without the hub.

    `owner` names the device by its credential: one that enrolled anew, perhaps in another hall, begins anew.
    """

    def __init__(self, path: Path, owner: str) -> None:
        self._path = path
        self._owner = owner

    def recall(self) -> KeptBoard | None:
        """What was kept; None when there is nothing of this device that can be read."""
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=KeptBoard)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError) as error:
            _log.warning("the hall as it was last shown cannot be read: %s (%s)", self._path, error)
            return None
        return kept if kept.owner == self._owner else None

    def keep(self, board: Board, machine: datetime) -> None:
        """Keep the hall. A full or read-only disk is logged; the screen goes on."""
        draft = self._path.with_suffix(".new")
        try:
            draft.write_bytes(msgspec.json.encode(KeptBoard(self._owner, machine, board)))
            draft.replace(self._path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._path, error)


class BoardKeeper(QObject):
    """Shows the bridge what was kept, and keeps the hall as it goes on, as of the hub's last sign."""

    def __init__(
        self,
        bridge: HallBridge,
        last: LastBoard,
        clock: MachineClock = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._last, self._clock = bridge, last, clock
        if (kept := last.recall()) is not None:
            bridge.recall(kept.board, kept.now(clock()))
        self._changed, self._looks = False, KEEP_ANYWAY
        bridge.changed.connect(self._mark)
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.keep)
        bridge.called.connect(lambda _call: self._soon.start())
        self._timer = QTimer(self, interval=int(KEEP_EVERY_SECONDS * 1000))
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _mark(self, _parts: object) -> None:
        self._changed = True
        if self._looks >= KEEP_ANYWAY:  # the first sign of the hub, or one after a long silence: at once
            self.keep()

    def _look(self) -> None:
        self._looks += 1
        if self._changed or self._looks >= KEEP_ANYWAY:
            self.keep()

    def keep(self) -> None:
        """Keep the hall as it was at the hub's last sign."""
        mirror, heard = self._bridge.mirror, self._bridge.heard
        if (self._changed or self._bridge.online) and mirror is not None and heard is not None:
            self._changed, self._looks = False, 0
            machine = self._clock() - (self._bridge.now() - heard)
            self._last.keep(mirror.as_board(heard), machine)
