"""The clock of the current service: quiet, and amber past the usual minutes. Never more than that."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the service takes already."""

    elapsed: timedelta
    is_long: bool

    @property
    def text(self) -> str:
        """`mm:ss`, or `h:mm:ss` from an hour on."""
        minutes, seconds = divmod(int(self.elapsed.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def tempo(since: datetime, now: datetime, usual_minutes: int | None) -> Tempo:
    """The tempo at `now`; without usual minutes nothing is long."""
    elapsed = max(now - since, timedelta())
    return Tempo(elapsed, usual_minutes is not None and elapsed > timedelta(minutes=usual_minutes))
