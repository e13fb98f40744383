"""Spans of a day: when it is open, in which kind of hours (错时延时), and for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

_SATURDAY = 5


class SpanKind(StrEnum):
    """Kinds of hours. All but the regular ones are the offset and extended hours of “5+2”."""

    REGULAR = "regular"
    LUNCH = "lunch"
    EVENING = "evening"
    WEEKEND = "weekend"


class Access(StrEnum):
    """Who may come: anybody, appointments too; or appointments only."""

    WALK_IN = "walk_in"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to just before `end`, in minutes after midnight."""

    start: int
    end: int
    kind: SpanKind = SpanKind.REGULAR
    access: Access = Access.WALK_IN

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= 24 * 60:
            raise ValueError(
                f"{_clock(self.start)}-{_clock(self.end)} does not end after it starts, within one day"
            )

    def __str__(self) -> str:
        """The written form: `12:00-13:00 lunch booked`."""
        kind = "" if self.kind is SpanKind.REGULAR else f" {self.kind}"
        return f"{self.times}{kind}{' booked' if self.access is Access.BOOKED else ''}"

    @property
    def times(self) -> str:
        """`12:00-13:00`."""
        return f"{_clock(self.start)}-{_clock(self.end)}"

    def holds(self, minute: int) -> bool:
        """Whether a minute of the day lies in it."""
        return self.start <= minute < self.end

    def alike(self, other: "Span") -> bool:
        """Whether both are of one kind and for the same people."""
        return (self.kind, self.access) == (other.kind, other.access)


Spans = tuple[Span, ...]
"""The spans of one day, in order, none overlapping."""


def require_spans(spans: Spans, *, weekend: bool) -> None:
    """Refuse what no day can have: spans out of order or overlapping, weekend hours on another day."""
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError(f"{earlier} and {later} overlap")
    for span in spans:
        if span.kind is SpanKind.WEEKEND and not weekend:
            raise ValueError(f"{span}: weekend hours are for Sat and Sun")


def is_weekend(weekday: int) -> bool:
    """Whether a weekday, 0 for Monday, is a Saturday or Sunday."""
    return weekday >= _SATURDAY


def joined(spans: Iterable[Span]) -> Spans:
    """The spans in order; two alike that touch become one, so that nothing seems to change between them."""
    found: list[Span] = []
    for span in sorted(spans):
        touches = found and span.start == found[-1].end and span.alike(found[-1])
        found.append(replace(found.pop(), end=span.end) if touches else span)
    return tuple(found)


def overlaid(spans: Iterable[Span]) -> Spans:
    """The times at which any of the spans holds, whatever their kinds."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found.pop() if found and span.start <= found[-1].end else span
        found.append(Span(last.start, max(last.end, span.end)))
    return tuple(found)


def without(spans: Spans, others: Spans) -> Spans:
    """The parts of `spans` that lie in none of `others`."""
    return tuple(part for span in spans for part in _parts(span, others))


def within(spans: Spans, others: Spans) -> Spans:
    """The parts of `spans` that lie in one of `others`."""
    return without(spans, without(spans, others))


def _parts(span: Span, others: Spans) -> Iterator[Span]:
    start = span.start
    for other in others:
        if other.start >= span.end or other.end <= start:
            continue
        if start < other.start:
            yield replace(span, start=start, end=other.start)
        start = other.end
    if start < span.end:
        yield replace(span, start=start)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
