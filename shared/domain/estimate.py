"""How long a wait will be: an interval that has been measured, or nothing.

likely wait = people really ahead x the lane's own minutes per person ahead. Those minutes are the
rolling median of what the lane's tickets really took, shrunk to the lane's default until about a
hundred are known. The ratios actual / likely of the last called tickets, in three bins by people
ahead, turn the likely wait into the interval that held for eight in ten. Above 50 ahead or two hours
there are words and no minutes; before there is history there is nothing but the people ahead.

Never a short call rate, never divided by open windows: both were measured to be worse.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import median

FULL_TRUST = 100
"""Tickets after which a lane's own median stands alone."""
RATIOS_KEPT = 300
RATIOS_NEEDED = 20
"""Below so many ratios an interval would be a guess."""
MOST_AHEAD = 50
MOST_MINUTES = 120
_BIN_EDGES = (5, 15)


@dataclass(frozen=True, slots=True)
class Wait:
    """What one first call taught: people ahead when taken, minutes waited, minutes that were likely."""

    ahead: int
    minutes: float
    likely: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A promised wait in minutes, or `long` (words, no minutes)."""

    long: bool
    low: int = 0
    high: int = 0


class Estimator:
    """All lanes' histories and the ratios that calibrate them.

    One thread learns; any thread may ask: answers come from finished values only.
    """

    def __init__(self, default_minutes: Mapping[str, float]) -> None:
        self._defaults = dict(default_minutes)
        self._per_person = {letter: _window() for letter in default_minutes}
        self._minutes = dict(default_minutes)
        self._ratios = tuple(_window() for _ in range(len(_BIN_EDGES) + 1))
        self._bounds: list[tuple[float, float] | None] = [None] * len(self._ratios)

    def learn(self, lane: str, wait: Wait) -> None:
        """Take in one first call; a ticket that had nobody ahead teaches nothing."""
        if wait.ahead == 0 or wait.likely <= 0:
            return
        self._per_person[lane].append(wait.minutes / wait.ahead)
        self._minutes[lane] = _shrunk_median(self._per_person[lane], self._defaults[lane])
        index = _bin(wait.ahead)
        self._ratios[index].append(wait.minutes / wait.likely)
        self._bounds[index] = _tenth_and_ninth(self._ratios[index])

    def likely_minutes(self, lane: str, ahead: int) -> float:
        """The likely wait for `ahead` people, in minutes."""
        return ahead * self._minutes[lane]

    def interval(self, lane: str, ahead: int) -> Interval | None:
        """The interval to show, or None where nothing honest can be said."""
        if ahead > MOST_AHEAD:
            return Interval(long=True)
        bounds = self._bounds[_bin(ahead)]
        if ahead == 0 or bounds is None:
            return None
        likely = self.likely_minutes(lane, ahead)
        low, high = likely * bounds[0], likely * bounds[1]
        if high > MOST_MINUTES:
            return Interval(long=True)
        return Interval(False, _down(low), max(_up(high), 5))


def _window() -> deque[float]:
    return deque(maxlen=RATIOS_KEPT)


def _shrunk_median(values: Collection[float], default: float) -> float:
    trust = min(len(values) / FULL_TRUST, 1.0)
    return trust * median(values) + (1 - trust) * default


def _tenth_and_ninth(ratios: Collection[float]) -> tuple[float, float] | None:
    if len(ratios) < RATIOS_NEEDED:
        return None
    ordered, last = sorted(ratios), len(ratios) - 1
    return ordered[round(0.1 * last)], ordered[round(0.9 * last)]


def _bin(ahead: int) -> int:
    return sum(ahead > edge for edge in _BIN_EDGES)


def _down(minutes: float) -> int:
    return int(minutes // 5 * 5) if minutes >= 10 else int(minutes)


def _up(minutes: float) -> int:
    return int(-(-minutes // 5) * 5) if minutes > 10 else int(-(-minutes // 1))
