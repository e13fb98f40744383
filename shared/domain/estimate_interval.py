"""From a likely wait to the interval that is shown: what likely waits have lately turned out to be.

The ratios actual / likely of the last called tickets are kept for the hall in bins by people ahead, and
for each lane; the tenth and ninetieth percentiles of both, mixed by how many the lane has, turn a likely
wait into an interval. What people read is rounded, so the
percentiles themselves are tracked: each shown bound that was missed moves its percentile a little
outwards, each that held a ninth of that inwards, until one in ten is missed on either side (a quantile
tracker after Gibbs and Candès, "Adaptive conformal inference under distribution shift", 2021).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.estimate_rolling import Rolling

RATIOS_KEPT = 300
RATIOS_NEEDED = 20
"""Below so many ratios an interval would be a guess."""
MOST_AHEAD = 50
"""From so many ahead on, words and no minutes."""
MOST_MINUTES = 120
OUTSIDE = 0.1
"""The share of waits meant to end below the interval, and the share meant to end above it."""

_BIN_EDGES = (1, 5, 15)
_HALF_TRUST = 100
"""Tickets after which a lane's own ratios count as much as its hall's."""
_STEP = 0.005
_FIVES_FROM = 20
_WIDEST, _NARROWEST = 0.0, 0.4


@dataclass(frozen=True, slots=True)
class Interval:
    """A promised wait in minutes, or `long` (words, no minutes)."""

    long: bool
    low: int = 0
    high: int = 0


class Calibration:
    """How the waits one method called likely turned out. One thread learns; any thread may ask."""

    def __init__(self, lanes: Iterable[str]) -> None:
        self._bins = tuple(_Ratios() for _ in range(len(_BIN_EDGES) + 1))
        self._lanes = {lane: _Ratios() for lane in lanes}

    def learn(self, lane: str, ahead: int, likely: float, minutes: float) -> None:
        """Take in what a likely wait (above 0) turned out to be."""
        shown = self.interval(lane, ahead, likely)
        hall, own = self._bins[_bin(ahead)], self._lanes[lane]
        if shown is not None and not shown.long:
            hall.track(minutes < shown.low, minutes > shown.high)
            own.track(minutes < shown.low, minutes > shown.high)
        hall.learn(minutes / likely)
        own.learn(minutes / likely)

    def bounds(self, lane: str, ahead: int, likely: float) -> tuple[float, float] | None:
        """The bounds in minutes before they are made fit to be shown; None below RATIOS_NEEDED."""
        hall, own = self._bins[_bin(ahead)].known, self._lanes[lane].known
        if hall is None:
            return None
        if own is None:
            return likely * hall.low, likely * hall.high
        trust = own.count / (own.count + _HALF_TRUST)
        return likely * _mixed(hall.low, own.low, trust), likely * _mixed(hall.high, own.high, trust)

    def interval(self, lane: str, ahead: int, likely: float) -> Interval | None:
        """The interval to show, or None where nothing honest can be said."""
        if ahead >= MOST_AHEAD:
            return Interval(long=True)
        bounds = self.bounds(lane, ahead, likely)
        if ahead <= 0 or bounds is None:
            return None
        if bounds[1] > MOST_MINUTES:
            return Interval(long=True)
        return Interval(False, _shown(bounds[0]), max(_shown(bounds[1]), 5))


@dataclass(frozen=True, slots=True)
class _Known:
    """So many ratios, and between which of them eight in ten lie."""

    count: int
    low: float
    high: float


class _Ratios:
    """The latest ratios of one bin or lane, and the tracked shares of them that may lie outside."""

    def __init__(self) -> None:
        self._ratios = Rolling(RATIOS_KEPT)
        self._below = self._above = OUTSIDE
        self.known: _Known | None = None

    def track(self, below: bool, above: bool) -> None:
        self._below = _stepped(self._below, below)
        self._above = _stepped(self._above, above)

    def learn(self, ratio: float) -> None:
        self._ratios.add(ratio)
        count = len(self._ratios)
        if count >= RATIOS_NEEDED:
            low, high = self._ratios.quantile(self._below), self._ratios.quantile(1 - self._above)
            self.known = _Known(count, low, high)


def _mixed(hall: float, own: float, trust: float) -> float:
    """The geometric mean of two ratios, as ratios are."""
    return float(hall ** (1 - trust) * own**trust)


def _stepped(level: float, missed: bool) -> float:
    return max(_WIDEST, min(_NARROWEST, level + _STEP * (OUTSIDE - missed)))


def _bin(ahead: int) -> int:
    return sum(ahead > edge for edge in _BIN_EDGES)


def _shown(minutes: float) -> int:
    """Whole minutes up to twenty, then fives: nobody believes 43, and fives would halve a short interval."""
    return round(minutes / 5) * 5 if minutes >= _FIVES_FROM else round(minutes)
