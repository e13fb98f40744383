"""Why one ticket goes before another: the one difference of the posted order that decides it.

Every code names a decisive difference: were it taken away, the two would stand the other way round, or the
rule that compares them (first the due, then by sort time, then by number) would not tell them apart at all.
shared.domain.why_text puts it into words. Moments are milliseconds, as in shared.domain.ordering.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.ordering import Place, Priority, Standing
from shared.domain.rules import MINUTE
from shared.domain.ticket import display_number


class Code(StrEnum):
    """What decides; `you_...` where it is about the one who asks."""

    APPOINTMENT_DUE = "appointment_due"
    EARLIER_APPOINTMENT = "earlier_appointment"
    LONGEST_WAIT = "longest_wait"
    CREDIT = "credit"
    EARLIER = "earlier"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    EARLY_APPOINTMENT = "early_appointment"
    LATE_APPOINTMENT = "late_appointment"
    YOU_RETURNED = "you_returned"
    YOU_EARLY = "you_early"
    YOU_LATE = "you_late"
    SORT_TIME = "sort_time"
    NUMBER = "number"
    LETTER = "letter"
    # A call that the order alone does not explain
    CHOSEN = "chosen"
    SENT_TO_WINDOW = "sent_to_window"
    YOU_ELSEWHERE = "you_elsewhere"
    OTHER_LINE = "other_line"
    UNEXPLAINED = "unexplained"


class Origin(StrEnum):
    """What its place rests on."""

    WALK_IN = "walk_in"
    APPOINTMENT = "appointment"
    LATE = "late"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """A ticket in a line, as an explanation needs it. `place` is the one that it has, `given` the first."""

    place: Place
    given: Place
    taken_at: int
    joined_at: int
    """When it came to stand in this line: taken, sent here, or back after a missed call."""
    lane: str
    priority: Priority = Priority.NONE
    elderly_from_age: int = 65
    booked_for: int | None = None
    returned_at: int | None = None
    from_lane: str | None = None
    """The line it was sent from, if it was; its own when a window sent it on or back within the line."""
    for_window: int | None = None
    """The only window that may call it."""

    @property
    def number(self) -> str:
        """The number as people read it."""
        return display_number(self.place.series, self.place.number)

    @property
    def origin(self) -> Origin:
        """What its place rests on."""
        if self.returned_at is not None:
            return Origin.RETURNED
        if self.booked_for is None:
            return Origin.WALK_IN
        return Origin.APPOINTMENT if self.place.due_at == self.booked_for else Origin.LATE

    @property
    def credit(self) -> int:
        """Milliseconds that its priority took off the sort time when it was taken; 0 with a booking."""
        return 0 if self.booked_for is not None else self.taken_at - self.given.sort_at

    @property
    def longest_wait(self) -> int:
        """Minutes after its sort time from which on it is due; only where that is what makes it due."""
        return 0 if self.place.due_at is None else (self.place.due_at - self.place.sort_at) // MINUTE

    def standing_at(self, sort_at: int, due_at: int | None = None) -> Place:
        """Its place, had it these constants."""
        return self.place._replace(sort_at=sort_at, due_at=due_at)


def decisive(first: Waiter, second: Waiter, now: int) -> Code:
    """What puts `first` before `second` at `now`. Raises ValueError when it does not stand before it."""
    one, other = first.place.key(now), second.place.key(now)
    if one >= other:
        raise ValueError(f"{first.number} is not before {second.number}")
    if one.standing is Standing.IN_LINE:
        return _by_sort_time(first, second, now)
    if first.origin is Origin.APPOINTMENT:
        return _due_appointment(first, second, now)
    is_booked = second.origin is Origin.APPOINTMENT and second.place.is_due(now)
    if not is_booked and _sorted(first.place) < _sorted(second.place):
        return _by_sort_time(first, second, now)  # the clause only confirms what the sort times say
    return Code.LONGEST_WAIT if one[:2] != other[:2] else _by_number(first, second)


def _due_appointment(first: Waiter, second: Waiter, now: int) -> Code:
    if not second.place.is_due(now):
        return Code.APPOINTMENT_DUE
    if first.place.due_at == second.place.due_at:
        return _by_number(first, second)
    return Code.EARLIER_APPOINTMENT if second.origin is Origin.APPOINTMENT else Code.APPOINTMENT_DUE


def _by_sort_time(first: Waiter, second: Waiter, now: int) -> Code:
    if first.place.sort_at == second.place.sort_at:
        return _by_number(first, second)
    return _second_fell_back(first, second, now) or _first_stands_early(first, second)


def _second_fell_back(first: Waiter, second: Waiter, now: int) -> Code | None:
    """Whether `second` would be before `first`, had it come in time."""
    key = first.place.key(now)
    if second.origin is Origin.RETURNED and second.given.key(now) < key:
        return Code.YOU_RETURNED
    if second.origin is Origin.LATE and second.booked_for is not None:
        in_time = second.standing_at(second.booked_for, second.booked_for)
        return Code.YOU_LATE if in_time.key(now) < key else None
    return None


def _first_stands_early(first: Waiter, second: Waiter) -> Code:
    match first.origin, second.origin:
        case Origin.RETURNED, _:
            return Code.RETURNED
        case Origin.APPOINTMENT, _:
            return Code.EARLY_APPOINTMENT
        case Origin.LATE, _:
            return Code.LATE_APPOINTMENT
        case _, Origin.APPOINTMENT:
            return Code.YOU_EARLY
    return _walk_in(first, second)


def _walk_in(first: Waiter, second: Waiter) -> Code:
    has_more = first.taken_at >= second.taken_at or first.credit > second.credit
    if has_more and first.taken_at >= second.place.sort_at:
        return Code.CREDIT
    if first.from_lane is not None and first.joined_at >= second.place.sort_at:
        return Code.TRANSFERRED
    return Code.EARLIER if first.taken_at < second.taken_at else Code.SORT_TIME


def _by_number(first: Waiter, second: Waiter) -> Code:
    return Code.NUMBER if first.place.number != second.place.number else Code.LETTER


def _sorted(place: Place) -> tuple[int, int, str]:
    return place.sort_at, place.number, place.series
