"""A process watched from outside: memory, open files, and the size of its hall's WAL, once a second."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from shared.bench.events import resident_mb
from shared.store.house import House


@dataclass(frozen=True, slots=True)
class Sample:
    """How a hub stands at one moment."""

    memory_mb: float
    wal_bytes: int
    files: int


@dataclass(slots=True)
class Watch:
    """What was seen, oldest first."""

    samples: list[Sample] = field(default_factory=list)

    def most(self, what: str) -> float:
        """The largest value of one of a sample's figures."""
        return max((float(getattr(sample, what)) for sample in self.samples), default=0.0)


def wal_of(house: House) -> Path:
    """The write-ahead log beside a hall's file."""
    return house.database.with_name(house.database.name + "-wal")


def sample(pid: int, house: House) -> Sample:
    """Look once. OSError when the process is gone."""
    wal = wal_of(house)
    return Sample(
        resident_mb(pid),
        wal.stat().st_size if wal.exists() else 0,
        sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
    )


@contextmanager
def watched(pid: int, house: House, every_seconds: float = 1.0) -> Iterator[Watch]:
    """Look at it until the block ends, or the process."""
    watch, stop = Watch(), threading.Event()

    def look() -> None:
        with suppress(OSError, RuntimeError):  # it is gone: what was seen stands
            while True:
                watch.samples.append(sample(pid, house))
                if stop.wait(every_seconds):
                    return

    thread = threading.Thread(target=look, name="watch")
    thread.start()
    try:
        yield watch
    finally:
        stop.set()
        thread.join()
