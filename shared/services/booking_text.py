"""A booking's day and time as people read them."""

from datetime import datetime

from shared.domain.hours_words import Words, date_in_words
from shared.domain.moments import HALL_ZONE


def day_words(starts: datetime) -> Words:
    """`11月28日 周六`, `Sat 28 Nov`."""
    return date_in_words(starts.astimezone(HALL_ZONE).date())


def time_words(starts: datetime) -> str:
    """`09:20`."""
    return f"{starts.astimezone(HALL_ZONE):%H:%M}"
