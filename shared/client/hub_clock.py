"""The hub's clock as a client knows it: told with every beat, and running on between."""

import time
from datetime import UTC, datetime, timedelta

from shared.domain.moments import HALL_ZONE


class HubClock:
    """A `shared.clock.Clock`. Until the hub was heard it is the machine's own clock."""

    def __init__(self) -> None:
        self._base: tuple[datetime, float] | None = None
        self.speed = 1.0

    def hear(self, now: datetime, speed: float, heard_at: float) -> None:
        """The hub said `now` at `heard_at` (seconds of `time.monotonic`)."""
        self._base = now.astimezone(HALL_ZONE), heard_at
        self.speed = speed

    def now(self) -> datetime:
        """The hub's moment, in the hall's zone."""
        return self.at(time.monotonic())

    def at(self, monotonic: float) -> datetime:
        """The hub's moment when `time.monotonic()` said `monotonic`."""
        if self._base is None:
            return datetime.now(UTC).astimezone(HALL_ZONE)
        now, heard_at = self._base
        return now + timedelta(seconds=(monotonic - heard_at) * self.speed)
