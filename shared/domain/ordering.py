"""Who is called next. Posted on the wall, so every comparison can be said in one sentence.

1. Whoever is due goes first, the earlier due before the later: a checked-in appointment from its time on
   and, where the hall has that rule, anyone who has waited the longest wait.
2. Everyone else by sort time: the moment of the ticket, minus a published credit (shared.domain.rules).
3. A window calls the smallest key among the lanes it may call (shared.domain.windows); ties by number.

A ticket's place is a constant between its moves, so the order never shuffles and nobody starves: time only
makes a ticket due. Moments are whole milliseconds since 1970-01-01T00:00Z, as the store keeps them.
"""

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Standing(IntEnum):
    """Rule 1 before rule 2."""

    DUE = 0
    IN_LINE = 1


class Priority(StrEnum):
    """Grounds for a published credit on the sort time."""

    NONE = "none"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    SOLDIER = "soldier"
    FIREFIGHTER = "firefighter"
    PREGNANT = "pregnant"


class Key(NamedTuple):
    """A place at one moment as a comparable value: smaller is called earlier."""

    standing: Standing
    at: int
    number: int
    series: str


class Place(NamedTuple):
    """Where a ticket stands, whatever the moment: its sort time, and from when on it is due, if ever."""

    sort_at: int
    due_at: int | None
    number: int
    series: str

    def is_due(self, now: int) -> bool:
        """Whether rule 1 holds for it at `now`."""
        return self.due_at is not None and self.due_at <= now

    def key(self, now: int) -> Key:
        """The place at `now`."""
        if self.due_at is not None and self.due_at <= now:
            return Key(Standing.DUE, self.due_at, self.number, self.series)
        return Key(Standing.IN_LINE, self.sort_at, self.number, self.series)
