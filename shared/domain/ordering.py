"""Who is called next. Posted on the wall, so every comparison can be said in one sentence.

1. A checked-in appointment whose time has come goes first (precedence 0).
2. Everyone else by sort time: the moment of the ticket minus a published credit. A transfer keeps it;
   a return after a missed call moves it to ten minutes after the return, once.
3. A window calls the smallest key among the lanes it may call; ties by number.

The key is a constant of the ticket between its moves, so the order never shuffles and nobody starves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from shared.domain.moments import aware


class Precedence(IntEnum):
    """Rule 1 before rule 2. Booking makes tickets of the first kind; walk-ins are of the second."""

    DUE_APPOINTMENT = 0
    WALK_IN = 1


class Priority(StrEnum):
    """Grounds for a published credit on the sort time."""

    NONE = "none"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    SOLDIER = "soldier"
    FIREFIGHTER = "firefighter"
    PREGNANT = "pregnant"


CREDIT = timedelta(minutes=20)
RETURN_PENALTY = timedelta(minutes=10)
ELDERLY_FROM_AGE = 65


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """The whole order as one comparable value: smaller is called earlier."""

    precedence: Precedence
    sort_at: datetime
    number: int
    series: str

    def __post_init__(self) -> None:
        aware(self.sort_at)


def sort_time(issued_at: datetime, priority: Priority) -> datetime:
    """Rule 2: the moment of the ticket, minus the credit of its priority."""
    return aware(issued_at) - (timedelta() if priority is Priority.NONE else CREDIT)


def sort_time_after_return(returned_at: datetime) -> datetime:
    """Rule 2: back after a missed call, the place is ten minutes after the return."""
    return aware(returned_at) + RETURN_PENALTY


def priority_by_age(age_years: int) -> Priority:
    """The one priority that an ID card proves by itself."""
    return Priority.ELDERLY if age_years >= ELDERLY_FROM_AGE else Priority.NONE
