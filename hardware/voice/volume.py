"""How loud calls are at which time of the day: `07:30-12:00=100,12:00-14:00=60,17:00-20:00=70`."""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Self

_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})=(\d{1,3})")
LOUDEST = 100


@dataclass(frozen=True, slots=True)
class Volume:
    """Percent by local time of day; outside the spans it is `LOUDEST`. A span ends before its last minute."""

    spans: tuple[tuple[time, time, int], ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError with a sentence for a span that cannot be, or two that overlap."""
        spans = sorted(_span(part.strip()) for part in text.split(","))
        for (_, end, _), (begin, _, _) in pairwise(spans):
            if begin < end:
                raise ValueError(f"two volumes at {begin:%H:%M}")
        return cls(tuple(spans))

    def at(self, now: time) -> int:
        """Percent at the local time `now`."""
        return next((percent for begin, end, percent in self.spans if begin <= now < end), LOUDEST)


def _span(text: str) -> tuple[time, time, int]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no volume: expected 12:00-14:00=60")
    from_hour, from_minute, to_hour, to_minute, percent = map(int, found.groups())
    try:
        begin, end = time(from_hour, from_minute), time(to_hour, to_minute)
    except ValueError as error:
        raise ValueError(f"{text!r}: there is no such time of the day") from error
    if not begin < end or percent > LOUDEST:
        raise ValueError(f"{text!r}: from the earlier to the later time, at most {LOUDEST} percent")
    return begin, end, percent
