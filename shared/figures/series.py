"""What the pictures are drawn from: labelled waits over a day, and their summary by half hour."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import fmean
from typing import Literal

from shared.domain.moments import aware
from shared.figures.table import middle, quantile

Form = Literal["png", "svg"]
"""What a picture is written as."""
BIN_MINUTES = 30
BAND = 0.05
"""The share left out on either side: the band holds nine in ten."""
BAND_FROM = 5
"""Below so many tickets nine in ten of them are all of them."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a thing is called: Chinese, and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Series:
    """Waits of one lane: when each number was taken, and the minutes until its first call."""

    label_zh: str
    label_en: str
    points: Sequence[tuple[datetime, float]]

    def __post_init__(self) -> None:
        for at, _ in self.points:
            aware(at)

    @property
    def label(self) -> Label:
        """What the lane is called."""
        return Label(self.label_zh, self.label_en)

    @property
    def longest(self) -> float:
        """The longest wait in minutes; 0 of none."""
        return max((minutes for _, minutes in self.points), default=0.0)

    @property
    def mean(self) -> float:
        """The mean wait in minutes; 0 of none."""
        return fmean(minutes for _, minutes in self.points) if self.points else 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which something was other than usual, and what it was."""

    start: datetime
    end: datetime
    label_zh: str
    label_en: str

    def __post_init__(self) -> None:
        if aware(self.start) >= aware(self.end):
            raise ValueError("a span ends after it begins")


@dataclass(frozen=True, slots=True)
class Effect:
    """Minutes of waiting before and after: the longest and the mean of the tickets that are compared."""

    longest_before: float
    longest_after: float
    mean_before: float
    mean_after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One lane before and after. Without a stated `effect`, that of all points is named."""

    before: Series
    after: Series
    effect: Effect | None = None

    @property
    def named(self) -> Effect:
        """The effect that the caption names."""
        return self.effect or Effect(
            self.before.longest, self.after.longest, self.before.mean, self.after.mean
        )


@dataclass(frozen=True, slots=True)
class HalfHour:
    """The waits of those who took a number in one half hour; `at` is their mean minute of the day.

    `low` and `high` hold nine in ten of them, and are None where too few make a band.
    """

    at: float
    median: float
    low: float | None
    high: float | None


def half_hours(points: Iterable[tuple[float, float]]) -> list[HalfHour]:
    """Waits by (minute of the day, minutes), summed up by half hour, in the order of time."""
    found: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for minute, wait in points:
        found[int(minute // BIN_MINUTES)].append((minute, wait))
    return [_half_hour(inside) for _, inside in sorted(found.items())]


def _half_hour(points: Sequence[tuple[float, float]]) -> HalfHour:
    at, waits = fmean(minute for minute, _ in points), [wait for _, wait in points]
    if len(waits) < BAND_FROM:
        return HalfHour(at, middle(waits), None, None)
    return HalfHour(at, middle(waits), quantile(waits, BAND), quantile(waits, 1 - BAND))


def midnight(at: datetime) -> datetime:
    """The local midnight before a moment, in its own zone."""
    return datetime.combine(at.date(), time(), at.tzinfo)


def minute_of(at: datetime, zero: datetime) -> float:
    """Minutes from `zero` to a moment."""
    return (at - zero) / timedelta(minutes=1)
