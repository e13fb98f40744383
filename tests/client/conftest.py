"""A real hub for the tests of this folder, and a follower that keeps a mirror as the bridge does."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.client.api import HubClient
from shared.client.follow import Follower, Heard, Lost, News, Snapshot
from shared.client.mirror import Mirror, NeedsReload, call_of
from shared.protocol.events import FactEvent
from shared.protocol.messages import Call
from shared.testing import RunningHub, running_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path) as running:
        yield running


class Onlooker:
    """Follows a hub; folds in the follower's own thread."""

    def __init__(self, client: HubClient, *, with_queue: bool = True) -> None:
        self.mirror: Mirror | None = None
        self.snapshots: list[Snapshot] = []
        self.losses: list[Lost] = []
        self.facts: list[int] = []
        self.names: set[str] = set()
        self.calls: list[Call] = []
        self.lock = threading.Lock()
        self.follower = Follower(client, with_queue=with_queue, on_event=self._take)

    def until(self, is_so: Callable[[], bool], seconds: float = 8) -> None:
        """Wait until it is so; fails otherwise."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with self.lock:
                if self.mirror is not None and is_so():
                    return
            time.sleep(0.01)
        raise AssertionError(f"not so after {seconds} s; mirror at {self.mirror and self.mirror.seq}")

    def _take(self, news: News) -> None:
        with self.lock:
            match news:
                case Snapshot():
                    self.snapshots.append(news)
                    self.mirror = Mirror.load(news.board, news.queue)
                case Heard():
                    self._fold(news)
                case Lost():
                    self.losses.append(news)

    def _fold(self, heard: Heard) -> None:
        assert self.mirror is not None
        for event in heard.events:
            if isinstance(event, FactEvent):
                self.facts.append(event.seq)
                self.names.add(event.name)
                if event.name in ("ticket.called", "ticket.recalled"):
                    self.calls.append(call_of(event))
            try:
                self.mirror.apply(event)
            except NeedsReload:
                self.follower.reload()


@pytest.fixture
def look_on() -> Iterator[Callable[..., Onlooker]]:
    started: list[Onlooker] = []

    def start(client: HubClient, *, with_queue: bool = True, after: int | None = None) -> Onlooker:
        onlooker = Onlooker(client, with_queue=with_queue)
        if after is not None:
            onlooker.follower.resume_after(after)
        started.append(onlooker)
        onlooker.follower.start()
        onlooker.until(lambda: True)
        return onlooker

    yield start
    for onlooker in started:
        onlooker.follower.stop()
