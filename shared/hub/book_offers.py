"""Other times for somebody whose time is gone, or cannot be kept: the nearest that are free."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.moments import HALL_ZONE
from shared.hub.book_text import day_text
from shared.hub.core import Hub
from shared.services import booking_times
from shared.services.booking_text import time_words
from shared.web.words import Language

_DAYS = 3
_MOST = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """A slot as a key says it."""

    id: int
    day_text: str
    time_text: str


def nearest_times(hub: Hub, matter_id: str, around: datetime, language: Language) -> list[Offer]:
    """Free times on the days nearest to `around`, in their order, without `around` itself."""
    now, today = hub.clock.now(), around.astimezone(HALL_ZONE).date()
    days = [day.day for day in booking_times.calendar(hub.reading, hub.plan, matter_id, now).days]
    near = sorted(days, key=lambda day: abs(day - today))[:_DAYS]
    slots = [
        slot
        for day in near
        for slot in booking_times.times(hub.reading, hub.plan, matter_id, day, now).slots
        if slot.start != around
    ]
    chosen = sorted(slots, key=lambda slot: abs(slot.start - around))[:_MOST]
    return [
        Offer(slot.id, day_text(slot.start, language), time_words(slot.start))
        for slot in sorted(chosen, key=lambda slot: slot.start)
    ]
