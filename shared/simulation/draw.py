"""Drawing visitors: arrivals by the hour, service times, and what chance does to a visit; by numpy."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
MINUTE = 60_000


def moments(random: np.random.Generator, rate: float, start: int, end: int) -> Whole:
    """A Poisson process of `rate` a minute from `start` to `end` (ms), in order."""
    number = random.poisson(rate * (end - start) / MINUTE)
    return np.sort(random.integers(start, end, number))


def by_the_hour(random: np.random.Generator, rates: Sequence[float], start: int) -> Whole:
    """A Poisson process whose rate (a minute) changes by the hour from `start` on."""
    hour = 60 * MINUTE
    parts = [moments(random, rate, start + n * hour, start + (n + 1) * hour) for n, rate in enumerate(rates)]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def exponential(random: np.random.Generator, mean: float, number: int) -> Whole:
    """Exponential spans of `mean` minutes, in ms, at least 1."""
    return np.maximum(random.exponential(mean * MINUTE, number), 1).astype(np.int64)


def lognormal(random: np.random.Generator, mean: float, variation: float, number: int) -> Whole:
    """Lognormal spans of `mean` minutes and coefficient of variation `variation`, in ms, at least 1.

    Service times at counters are close to lognormal: Brown et al., JASA 100 (2005), on call centres.
    """
    spread = np.log1p(variation**2)
    values = random.lognormal(np.log(mean * MINUTE) - spread / 2, np.sqrt(spread), number)
    return np.maximum(values, 1).astype(np.int64)
