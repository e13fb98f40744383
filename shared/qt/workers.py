"""Threads that wait for the hub in place of the Qt thread, and never keep the process from ending."""

import queue
import threading
from collections.abc import Callable

Work = Callable[[], None]


class Workers:
    """Runs works in the order they came, `count` at a time. A work must not raise.

    Not a `ThreadPoolExecutor`: the interpreter waits for that one's threads when it ends, and a thread may
    be waiting for a hub that is silent.
    """

    def __init__(self, count: int, name: str) -> None:
        self._works: queue.SimpleQueue[Work] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-{at}", daemon=True) for at in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, work: Work) -> None:
        """Run `work` in a thread, as soon as one is free."""
        self._works.put(work)

    def end(self) -> None:
        """Begin no more works; those that run are left to themselves."""
        self._ended.set()
        for _ in self._threads:
            self._works.put(_nothing)  # wakes a thread that waits

    def _run(self) -> None:
        while not self._ended.is_set():
            work = self._works.get()
            if not self._ended.is_set():
                work()


def _nothing() -> None:
    """No work."""
