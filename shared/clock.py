"""Clocks. The hub's clock is the only one of the hall; every rule takes `now` as an argument."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from shared.domain.moments import HALL_ZONE, aware


class Clock(Protocol):
    """Tells the moment, and how fast it runs against real seconds."""

    @property
    def speed(self) -> float:
        """Clock seconds per real second."""
        ...

    def now(self) -> datetime:
        """The moment, in the hall's zone."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    speed: float = 1.0

    def now(self) -> datetime:
        """The moment, in the hall's zone."""
        return datetime.now(UTC).astimezone(HALL_ZONE)


class RehearsalClock:
    """A clock for training days and demonstrations: starts at any moment, runs at any speed."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError(f"a clock runs forward; speed {speed} does not")
        self._start = aware(start).astimezone(HALL_ZONE)
        self._began = time.monotonic()
        self.speed = speed

    def now(self) -> datetime:
        """The moment, in the hall's zone."""
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self.speed)


def moment(given: datetime | None) -> datetime:
    """A typed moment, the hall's own where it names no zone; now without one."""
    if given is None:
        return SystemClock().now()
    return given if given.tzinfo else given.replace(tzinfo=HALL_ZONE)
