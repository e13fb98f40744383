"""Moments in time. Every moment in the hall is aware; a naive one is refused when a value is built."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALL_ZONE = ZoneInfo("Asia/Shanghai")


def aware(moment: datetime) -> datetime:
    """Return `moment` unchanged; raise ValueError when it carries no offset."""
    if moment.utcoffset() is None:
        raise ValueError(f"naive datetime {moment.isoformat()}: every moment needs its offset")
    return moment


def to_millis(moment: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z, the form in which the store keeps moments."""
    return round(aware(moment).timestamp() * 1000)


def from_millis(millis: int) -> datetime:
    """The moment `millis` milliseconds after 1970-01-01T00:00Z, in the hall's zone."""
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone(HALL_ZONE)


def due_day(now: datetime, day_change: time) -> date:
    """The business day that a clock at `now` asks for: yesterday's until the hall's change of day.

    Only asked for: the stored day rules, and moves on by an explicit rollover.
    """
    local = aware(now).astimezone(HALL_ZONE)
    return local.date() if local.time() >= day_change else local.date() - timedelta(days=1)
