"""The hall in the Qt thread: one queued signal brings the hub's news and the workers' answers."""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from msgspec import to_builtins
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.client.follow import Follower, Heard, Lost, News, Snapshot
from shared.client.hub_clock import HubClock
from shared.client.mirror import CALLS, Mirror, NeedsReload, Parts, call_of
from shared.domain.moments import HALL_ZONE
from shared.domain.rules import Rules, rules_from
from shared.protocol.events import SILENT_AFTER_SECONDS, Beat, Event, FactEvent
from shared.protocol.messages import Board
from shared.qt.workers import Workers

log = logging.getLogger(__name__)

LINK: Parts = frozenset({"link"})
EVERYTHING: Parts = frozenset({"hall", "lanes", "windows", "calls", "notices", "tickets", "link"})
_WORKERS = 4
_LOOK_EVERY_MS = 250
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Answered:
    """A worker's answer on its way to whoever asked."""

    deliver: Callable[[Any], None]
    value: object


class HallBridge(QObject):
    """Follows the hub and speaks with it, without ever keeping the Qt thread waiting.

    `mirror` is None until the first snapshot; it stays, and grows old, when the hub is gone. All signals
    come in the Qt thread, after the mirror took up the whole batch.
    """

    changed = Signal(object)
    """frozenset of the parts that changed: those of `Mirror.apply`, and "link" for `online` and `failing`."""
    called = Signal(object)
    """`Call`: each call once, in order, none for those before the first snapshot."""
    refused = Signal(object)
    """`HubRefused`: the hub lets this device follow no longer (its credential was revoked)."""
    _arrived = Signal(object)

    def __init__(self, client: HubClient, *, with_queue: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.mirror: Mirror | None = None
        self._device = self._client = client
        self._clock = HubClock()
        self._heard_at: float | None = None
        self._recalled_at: datetime | None = None
        self._online = False
        self._failing = False
        self._told_seq = 0
        self._closed = False
        self._gate = threading.Lock()
        self._workers = Workers(_WORKERS, "hall")
        self._follower = Follower(client, with_queue=with_queue, on_event=self._bring)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._watch = QTimer(self, interval=_LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)

    def resume_after(self, seq: int) -> None:
        """Before `start`: an earlier run of this device was told every call up to fact `seq`."""
        self._told_seq = seq
        self._follower.resume_after(seq)

    def start(self) -> None:
        """Begin to follow."""
        self._follower.start()
        self._watch.start()

    def recall(self, board: Board, now: datetime) -> None:
        """Show the hall as it was last known until the hub is heard; `now` is its clock as far as known."""
        if self.mirror is None:
            self.mirror = Mirror.load(board)
            self._recalled_at = board.hall.now
            self._clock.hear(now, 1.0, time.monotonic())
            self.changed.emit(EVERYTHING)

    def close(self) -> None:
        """End all threads' work, within a second; nothing is told afterwards."""
        if self._closed:
            return
        with self._gate:
            self._closed = True
        self._watch.stop()
        self._workers.end()
        self._follower.stop(timeout=0.5)
        self._device.close()

    @property
    def online(self) -> bool:
        """Whether the hub was heard within the last SILENT_AFTER_SECONDS."""
        return self._online

    @property
    def failing(self) -> bool:
        """Whether the hub is heard, and says that it cannot write: it shows the hall, and refuses changes."""
        return self._online and self._failing

    @property
    def told_seq(self) -> int:
        """The newest fact that was told: every call up to it has passed through `called`, or is history."""
        return self._told_seq

    @property
    def heard(self) -> datetime | None:
        """The last sign of the hub, by its own clock; None before the first, ever."""
        return self._recalled_at if self._heard_at is None else self._clock.at(self._heard_at)

    @property
    def staleSince(self) -> str:
        """hh:mm of the last sign of the hub while it is silent, after mm-dd on another day; else empty."""
        heard = self.heard
        if self._online or heard is None:
            return ""
        moment, today = heard.astimezone(HALL_ZONE), self.now().date()
        return f"{moment:%H:%M}" if moment.date() == today else f"{moment:%m-%d %H:%M}"

    @property
    def rules(self) -> Rules:
        """The posted figures; as they ship before the hub was heard."""
        return Rules() if self.mirror is None else rules_from(to_builtins(self.mirror.hall.rules))

    def now(self) -> datetime:
        """The hub's clock, in the hall's zone."""
        return self._clock.now()

    @property
    def client(self) -> HubClient:
        """Whom `submit` speaks as."""
        return self._client

    def move(self, url: str) -> None:
        """The hub is at another address now; whoever is signed in stays so."""
        self._device.move(url)

    def use_credential(self, token: str | None) -> None:
        """Speak and follow as a signed-in clerk; None goes back to the device."""
        self._client = self._device if token is None else self._device.with_credential(token)
        self._follower.use(self._client)

    def submit(
        self,
        work: Callable[[HubClient], _Result],
        on_answer: Callable[[_Result], None],
        on_error: Callable[[Exception], None],
        *,
        as_device: bool = False,
    ) -> None:
        """Run `work(client)` in a worker; the answer, or its exception, comes back in the Qt thread.

        With `as_device` the device itself speaks, whoever is signed in at it. Works may overtake each other.
        After `close` nothing runs and nothing is answered.
        """
        client = self._device if as_device else self._client

        def run() -> None:
            try:
                answer = _Answered(on_answer, work(client))
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to whoever asked
                answer = _Answered(on_error, error)
            self._bring(answer)

        if not self._closed:
            self._workers.submit(run)

    def _bring(self, item: News | _Answered) -> None:
        """Called by all threads; the gate keeps one that outlives `close` off a Qt object that is gone."""
        with self._gate:
            if not self._closed:
                with suppress(RuntimeError):  # never closed, and the app has ended
                    self._arrived.emit(item)

    @Slot(object)
    def _take(self, item: News | _Answered) -> None:
        if self._closed:
            return
        match item:
            case _Answered(deliver=deliver, value=value):
                deliver(value)
            case Snapshot():
                self._renew(item)
            case Heard():
                self._fold(item)
            case Lost(error=HubRefused() as refusal):
                self.refused.emit(refusal)

    def _renew(self, snapshot: Snapshot) -> None:
        self.mirror = Mirror.load(snapshot.board, snapshot.queue)
        if snapshot.is_first:
            self._told_seq = snapshot.board.seq
        hall = snapshot.board.hall
        self._clock.hear(hall.now, hall.speed, time.monotonic())
        self._hear(time.monotonic())
        self.changed.emit(EVERYTHING)

    def _fold(self, heard: Heard) -> None:
        was_failing, changed = self.failing, self._hear(heard.heard_at)
        for event in heard.events:
            changed |= self._apply(event, heard.heard_at)
        changed |= LINK if self.failing != was_failing else frozenset()
        if changed:
            self.changed.emit(changed)
        self._tell_calls(heard.events)

    def _apply(self, event: Event, heard_at: float) -> Parts:
        if isinstance(event, Beat):
            self._clock.hear(event.now, event.speed, heard_at)
            self._failing = event.failing
        try:
            return frozenset() if self.mirror is None else self.mirror.apply(event)
        except NeedsReload as reason:
            log.info("a fresh snapshot is needed: %s", reason)
            self._follower.reload()
            return frozenset()

    def _tell_calls(self, events: Iterable[Event]) -> None:
        """Calls come from the stream alone: each fact passes once, whatever snapshots come between."""
        for event in events:
            if isinstance(event, FactEvent) and event.seq > self._told_seq:
                self._told_seq = event.seq
                if event.name in CALLS:
                    self.called.emit(call_of(event))

    def _hear(self, at: float) -> Parts:
        """The hub gave a sign at `at`; "link" when that is news."""
        was, self._heard_at = self._online, at
        self._online = self._is_heard()
        return LINK if self._online != was else frozenset()

    def _is_heard(self) -> bool:
        return self._heard_at is not None and time.monotonic() - self._heard_at < SILENT_AFTER_SECONDS

    def _look(self) -> None:
        """Notice silence."""
        if self._online and not self._is_heard():
            self._online = False
            self.changed.emit(LINK)
