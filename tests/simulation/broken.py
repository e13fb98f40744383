"""Halls that break one posted rule each: what the proofs have to notice.

Their lines know everyone's true place, as a hall's would, and choose the wrong head.
"""

from collections import defaultdict
from typing import Any

from shared.domain.lines import Line
from shared.domain.ordering import Key, Place
from shared.domain.windows import Desk
from shared.simulation.engine import SimulatedHall
from shared.simulation.model import Visit


class WrongLine(Line):
    """Calls the smallest by `wrong_key`."""

    def head(self, now: int) -> tuple[Key, int] | None:
        ticket = min(self, key=lambda ticket: self.wrong_key(self.place(ticket), now), default=None)
        return None if ticket is None else (self.place(ticket).key(now), ticket)

    def wrong_key(self, place: Place, now: int) -> tuple[Any, ...]:
        """What takes the place of the posted key."""
        raise NotImplementedError


class LastFirst(WrongLine):
    """Whoever came last goes first."""

    def wrong_key(self, place: Place, now: int) -> tuple[Any, ...]:  # noqa: ARG002
        return (-place.sort_at, -place.number)


class Dueless(WrongLine):
    """Takes no notice of appointments: whoever took a number first goes first."""

    def wrong_key(self, place: Place, now: int) -> tuple[Any, ...]:  # noqa: ARG002
        return (place.number,)


class ByNumber(WrongLine):
    """The smallest number goes first, whatever the credit."""

    def wrong_key(self, place: Place, now: int) -> tuple[Any, ...]:
        return (not place.is_due(now), place.number)


class Tieless(WrongLine):
    """Of several with the same moment, the one with the largest number."""

    def wrong_key(self, place: Place, now: int) -> tuple[Any, ...]:
        return (*place.key(now)[:2], -place.number)


class BrokenHall(SimulatedHall):
    """A hall with another kind of lines."""

    line: type[Line] = Line

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.lines = defaultdict(self.line)


class LastFirstHall(BrokenHall):
    line = LastFirst


class DuelessHall(BrokenHall):
    line = Dueless


class ByNumberHall(BrokenHall):
    line = ByNumber


class TielessHall(BrokenHall):
    line = Tieless


class UnskilledHall(SimulatedHall):
    """Any window calls from any lane."""

    def first_for(self, desk: Desk) -> tuple[Key, int] | None:  # noqa: ARG002
        heads = [head for line in self.lines.values() if (head := line.head(self.now)) is not None]
        return min(heads, default=None)


class SleepyHall(SimulatedHall):
    """A window that has nobody to call does not look up when somebody comes; window 1 does."""

    def _offer(self, visit: Visit) -> None:
        if 1 in self.idle:
            super()._offer(visit)
