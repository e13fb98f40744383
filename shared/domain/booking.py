"""A booking's states and the named moves between them, and the limits of booking.

A booking is a promise of a place in a slot. It is first reserved, for a short time, by somebody who has
proved who they are or where they can be told; confirming it makes it a promise.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a booking stands. The last four are ends."""

    RESERVED = "reserved"
    CONFIRMED = "confirmed"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    MISSED = "missed"


class Move(StrEnum):
    """What may happen to a booking after it was reserved."""

    CONFIRM = "confirm"
    CHANGE = "change"
    """To another slot: the new place is taken before the old one is given back."""
    CHECK_IN = "check_in"
    CANCEL = "cancel"
    LAPSE = "lapse"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move: the states it may start from, and the one it ends in."""

    sources: frozenset[State]
    target: State


MOVES: dict[Move, Arrow] = {
    Move.CONFIRM: Arrow(frozenset({State.RESERVED}), State.CONFIRMED),
    Move.CHANGE: Arrow(frozenset({State.CONFIRMED}), State.CONFIRMED),
    Move.CHECK_IN: Arrow(frozenset({State.CONFIRMED}), State.CHECKED_IN),
    Move.CANCEL: Arrow(frozenset({State.RESERVED, State.CONFIRMED}), State.CANCELLED),
    Move.LAPSE: Arrow(frozenset({State.RESERVED}), State.LAPSED),
    Move.MISS: Arrow(frozenset({State.CONFIRMED}), State.MISSED),
}

LIVE = frozenset({State.RESERVED, State.CONFIRMED})
"""States in which a booking holds a place; a person has at most one for each matter."""

STATE_WORDS: dict[State, tuple[str, str]] = {
    State.RESERVED: ("待确认", "to be confirmed"),
    State.CONFIRMED: ("预约成功", "booked"),
    State.CHECKED_IN: ("已签到", "checked in"),
    State.CANCELLED: ("已取消", "cancelled"),
    State.LAPSED: ("未确认，已失效", "not confirmed in time"),
    State.MISSED: ("未到", "not kept"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of booking. Counts are of live things unless they say otherwise."""

    days_ahead: int = 60
    hold: timedelta = timedelta(minutes=5)
    """How long a reservation waits to be confirmed."""
    offer: timedelta = timedelta(minutes=60)
    """How long a place is kept for the first of the waiting list."""
    per_person: int = 3
    per_address_and_day: int = 12
    """Reservations from one network address within 24 hours: enough for a family, not for a robot."""
    proof: timedelta = timedelta(minutes=5)
    """How long a code that was sent to a telephone is good."""
    proof_tries: int = 5
    proofs_per_contact_and_hour: int = 3
    proofs_per_address_and_hour: int = 12
    last_call: timedelta = timedelta(minutes=1)
    """How long before its start a slot can still be booked."""


LIMITS = Limits()
