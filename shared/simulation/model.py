"""What a simulated hall is given, and what it gives back. Moments and spans are whole milliseconds.

A visitor carries everything that chance decides (service times, patience, whether they come), drawn before
the run: the same visitors through another hall are a fair comparison.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from shared.domain.ordering import Place, Priority
from shared.domain.rules import Rules
from shared.domain.windows import Desk

SECOND = 1000
DAY = 24 * 3600 * SECOND


@dataclass(frozen=True, slots=True)
class Leg:
    """One stay at a window: `lane` it is called from, and how long the window is taken by it.

    `for_window` is the only one that may call it; None for any with the skill.
    """

    lane: str
    service: int
    for_window: int | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """One ticket's whole visit. `legs` after the first are transfers, which keep the sort time."""

    at: int
    """The moment of the ticket, or of the check-in for an appointment."""
    legs: tuple[Leg, ...]
    priority: Priority = Priority.NONE
    booked_for: int | None = None
    patience: int | None = None
    """Leaves after waiting so long uncalled; None for never."""
    comes: bool = True
    """False: does not come when called the first time."""
    returns_after: int | None = None
    """After a missed call, comes back so much later (once); None for never."""
    place: Place | None = None
    """A place that is given already, instead of the one that the rules give at `at`."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A window open from `start` to `end`, with its skills. Breaks are gaps between shifts.

    Who is at the window when the shift ends is served to the end; nobody is called after it.
    """

    desk: Desk
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch of time in a hall: who comes, which windows are open when, and by which rules."""

    visitors: tuple[Visitor, ...]
    shifts: tuple[Shift, ...]
    rules: Rules = field(default_factory=Rules)
    no_show: int = 60 * SECOND
    """How long a window waits for somebody who does not come."""
    until: int | None = None
    """Where the run stops; None for when nobody is left who can be called."""


class End(StrEnum):
    """How a visit ended."""

    DONE = "done"
    LEFT = "left"
    """Out of patience."""
    MISSED = "missed"
    WAITING = "waiting"
    """Still in line when the run stopped."""
    AT_WINDOW = "at_window"


@dataclass(slots=True)
class Visit:
    """What became of a visitor. `called_at` is the first call."""

    visitor: Visitor
    id: int
    number: int
    ahead: int = 0
    """People before them when they joined; counted for observers only."""
    end: End = End.WAITING
    called_at: int | None = None
    window: int | None = None
    ended_at: int | None = None
    leg: int = 0
    returned: bool = False
    likely: float | None = None
    """Minutes; what the production estimate said when the ticket was taken."""
    low: int | None = None
    high: int | None = None

    @property
    def wait(self) -> int | None:
        """From the ticket to the first call; None when there was none."""
        return None if self.called_at is None else self.called_at - self.visitor.at

    @property
    def now_for(self) -> Leg:
        """The leg that it is in, or waits for."""
        return self.visitor.legs[self.leg]

    @property
    def lane(self) -> str:
        """The lane of that leg."""
        return self.now_for.lane
