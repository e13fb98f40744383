"""Following the hall: one thread that takes a snapshot, reads the event stream, and never gives up."""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.client.api import HubClient
from shared.client.errors import HubError, HubRefused
from shared.client.hub_clock import HubClock
from shared.client.mirror import needs_reload
from shared.client.stream import EventStream
from shared.protocol.events import Beat, Event, FactEvent
from shared.protocol.messages import Board, Queue

log = logging.getLogger(__name__)

SHORTEST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
RESUMED_AT_MOST = 5_000
"""Facts that a client started anew reads up: more than a minute of the biggest hall."""
_RELOAD_MARGIN = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The hall anew. `is_first` marks those before which nothing was followed: no call was missed."""

    board: Board
    queue: Queue | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """Events as they arrived together, at `heard_at` (seconds of `time.monotonic`)."""

    events: Sequence[Event]
    heard_at: float


@dataclass(frozen=True, slots=True)
class Lost:
    """The stream was cut, or could not be opened; it is being tried again."""

    error: HubError


News = Snapshot | Heard | Lost


class Follower:
    """Tells `on_event` the news, in order, from its own thread.

    A cut stream is taken up again with the id of the last fact, so none is missed; a snapshot comes with
    each new connection because waits and opening hours are no facts. The snapshot is also renewed when
    a fact asks for it, when a lane's door opens or closes by the clock, and on `reload`.
    """

    def __init__(self, client: HubClient, *, with_queue: bool, on_event: Callable[[News], None]) -> None:
        self._client = client
        self._with_queue = with_queue
        self._tell = on_event
        self._clock = HubClock()
        self._last: int | None = None
        self._resumed: int | None = None
        self._next_door: datetime | None = None
        self._wants_reload = threading.Event()
        self._stopped = threading.Event()
        self._is_other = threading.Event()
        self._lock = threading.Lock()
        self._stream: EventStream | None = None
        self._pauses = _Pauses()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def resume_after(self, seq: int) -> None:
        """Before `start`: this client knows all facts up to `seq` from before it was ended."""
        self._resumed = seq

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self, timeout: float = 1.0) -> None:
        """Tell nothing more; waits up to `timeout` seconds for the thread to end."""
        self._stopped.set()
        self._cut()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout)

    def reload(self) -> None:
        """Take a fresh snapshot with the next event, two seconds from now at most."""
        self._wants_reload.set()

    def use(self, client: HubClient) -> None:
        """Go on as somebody else, from a fresh snapshot; what one may see differs."""
        self._client = client
        self._is_other.set()
        self._cut()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._follow(self._client)
            except HubError as error:
                if not self._is_other.is_set():
                    self._report(error)
                    self._stopped.wait(self._pauses.after(error))
            self._is_other.clear()

    def _report(self, error: HubError) -> None:
        if not self._stopped.is_set():
            log.info("the hub is not heard: %s", error)
            self._tell(Lost(error))

    def _follow(self, client: HubClient) -> None:
        """One connection, until it ends."""
        is_resumed = self._last is not None
        if not is_resumed:
            self._load()
        with client.events(self._last or 0) as stream:
            self._hold(stream)
            try:
                if is_resumed:
                    self._load()
                self._read(stream)
            finally:
                self._hold(None)

    def _read(self, stream: Iterable[Sequence[Event]]) -> None:
        for events in stream:
            if self._stopped.is_set():
                return
            heard = Heard(events, time.monotonic())
            self._pauses.reset()
            is_reload = self._notice(heard)
            self._tell(heard)
            if is_reload or self._wants_reload.is_set() or self._door_moved():
                self._load()

    def _notice(self, heard: Heard) -> bool:
        """Keep the place in the stream and the clock; True when a fact asks for a fresh snapshot."""
        is_reload = False
        for event in heard.events:
            match event:
                case FactEvent(seq=seq):
                    is_reload = is_reload or needs_reload(event, self._last or 0)
                    self._last = max(seq, self._last or 0)
                case Beat(now=now, speed=speed):
                    self._clock.hear(now, speed, heard.heard_at)
        return is_reload

    def _load(self) -> None:
        """A fresh snapshot. One older than the last fact comes from another hall, or from an older file."""
        self._wants_reload.clear()
        queue = self._client.ask(Queue, "queue") if self._with_queue else None
        board = self._client.ask(Board, "board")
        self._clock.hear(board.hall.now, board.hall.speed, time.monotonic())
        self._next_door = next_door(board)
        is_first = self._last is None or board.seq < self._last
        if is_first:
            self._last = board.seq if queue is None else min(board.seq, queue.seq)
            is_first = not self._is_resumed(self._last)
        if not self._stopped.is_set():
            self._tell(Snapshot(board, queue, is_first))

    def _is_resumed(self, head: int) -> bool:
        """Go on where an earlier process ended, once, if this is the hall it knew and not too far on."""
        seq, self._resumed = self._resumed, None
        if seq is None or not 0 <= head - seq <= RESUMED_AT_MOST:
            return False
        self._last = seq
        return True

    def _door_moved(self) -> bool:
        return self._next_door is not None and self._clock.now() >= self._next_door + _RELOAD_MARGIN

    def _hold(self, stream: EventStream | None) -> None:
        with self._lock:
            self._stream = stream
        if stream is not None and (self._stopped.is_set() or self._is_other.is_set()):
            stream.cut()

    def _cut(self) -> None:
        with self._lock:
            if self._stream is not None:
                self._stream.cut()


def next_door(board: Board) -> datetime | None:
    """When the clock next opens or closes a lane; its board is old from then on."""
    doors = (door for lane in board.lanes for door in (lane.opens_at, lane.closes_at) if door is not None)
    return min((door for door in doors if door > board.hall.now), default=None)


class _Pauses:
    """Growing pauses between attempts, each shortened by up to half so that clients do not come together."""

    def __init__(self) -> None:
        self._longest = SHORTEST_PAUSE_SECONDS

    def reset(self) -> None:
        self._longest = SHORTEST_PAUSE_SECONDS

    def after(self, error: HubError) -> float:
        """Seconds to wait; a refusal will not change soon."""
        if isinstance(error, HubRefused):
            self._longest = LONGEST_PAUSE_SECONDS
        pause = max(SHORTEST_PAUSE_SECONDS, self._longest * random.uniform(0.5, 1.0))  # noqa: S311
        self._longest = min(self._longest * 2, LONGEST_PAUSE_SECONDS)
        return pause
