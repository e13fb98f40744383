"""Numbers lent to kiosks for the time without the hub: for which days, how many, and from which number on.

A number belongs to a business day, so 72 hours without a line need the numbers of four: today's and those of
the three changes of day that may pass. They begin at 501, so that the numbers the hub gives run on without a
gap in all but the busiest lanes; there the hub leaps over what is lent.
"""

from collections.abc import Iterable
from datetime import date, timedelta

DAYS = 4
"""Business days that a kiosk holds numbers for: 72 hours see at most three changes of day."""
FIRST = 501
FEWEST, MOST = 40, 300
REMEMBERED = timedelta(days=14)
"""How far back the busiest day is looked for."""
NEVER_CAME_BACK = timedelta(days=7)
"""After so long a kiosk's unsettled numbers are taken for gaps. What it still brings then, counts."""


def days_from(today: date) -> tuple[date, ...]:
    """The business days to hold numbers for."""
    return tuple(today + timedelta(days=n) for n in range(DAYS))


def needed(busiest: int) -> int:
    """How many numbers of a lane and day a kiosk must have left: what the whole hall gave on its busiest
    day, since the other kiosks may be the ones that fail.
    """
    return min(max(busiest, FEWEST), MOST)


def first_to_lend(spoken_for: int) -> int:
    """The first number of a new block, `spoken_for` being the highest that is given or lent."""
    return max(spoken_for + 1, FIRST)


def gaps(first: int, last: int, given: Iterable[int]) -> list[tuple[int, int]]:
    """The spans of `first` to `last` that are not among `given` (in order)."""
    found, begin = [], first
    for number in given:
        if number > begin:
            found.append((begin, number - 1))
        begin = number + 1
    return [*found, (begin, last)] if begin <= last else found
