"""From a likely wait to the interval that is shown: what likely waits have lately turned out to be.

The ratios actual / likely of the last called tickets are kept in bins by people ahead; their tenth and
ninetieth percentiles turn a likely wait into an interval. What people read is rounded, so the
percentiles themselves are tracked: each shown bound that was missed moves its percentile a little
outwards, each that held a ninth of that inwards, until one in ten is missed on either side (a quantile
tracker after Gibbs and Candès, "Adaptive conformal inference under distribution shift", 2021).
"""

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

    def __init__(self) -> None:
        self._bins = tuple(_Bin() for _ in range(len(_BIN_EDGES) + 1))

    def learn(self, ahead: int, likely: float, minutes: float) -> None:
        """Take in what a likely wait (above 0) turned out to be."""
        shown = self.interval(ahead, likely)
        where = self._bins[_bin(ahead)]
        if shown is not None and not shown.long:
            where.track(minutes < shown.low, minutes > shown.high)
        where.learn(minutes / likely)

    def bounds(self, ahead: int, likely: float) -> tuple[float, float] | None:
        """The bounds in minutes before they are made fit to be shown; None below RATIOS_NEEDED."""
        ratios = self._bins[_bin(ahead)].bounds
        return None if ratios is None else (likely * ratios[0], likely * ratios[1])

    def interval(self, ahead: int, likely: float) -> Interval | None:
        """The interval to show, or None where nothing honest can be said."""
        if ahead >= MOST_AHEAD:
            return Interval(long=True)
        bounds = self.bounds(ahead, likely)
        if ahead <= 0 or bounds is None:
            return None
        if bounds[1] > MOST_MINUTES:
            return Interval(long=True)
        return Interval(False, _shown(bounds[0]), max(_shown(bounds[1]), 5))


class _Bin:
    def __init__(self) -> None:
        self._ratios = Rolling(RATIOS_KEPT)
        self._below = self._above = OUTSIDE
        self.bounds: tuple[float, float] | None = None

    def track(self, below: bool, above: bool) -> None:
        self._below = _stepped(self._below, below)
        self._above = _stepped(self._above, above)

    def learn(self, ratio: float) -> None:
        self._ratios.add(ratio)
        if len(self._ratios) >= RATIOS_NEEDED:
            self.bounds = self._ratios.quantile(self._below), self._ratios.quantile(1 - self._above)


def _stepped(level: float, missed: bool) -> float:
    return max(_WIDEST, min(_NARROWEST, level + _STEP * (OUTSIDE - missed)))


def _bin(ahead: int) -> int:
    return sum(ahead > edge for edge in _BIN_EDGES)


def _shown(minutes: float) -> int:
    """Whole minutes up to twenty, then fives: nobody believes 43, and fives would halve a short interval."""
    return round(minutes / 5) * 5 if minutes >= _FIVES_FROM else round(minutes)
