"""What must hold of every call in a hall, checked by brute force over everyone who waits.

Written from the posted rules and not from the code that chooses: no heap, no key, no head.
"""

from collections import Counter
from dataclasses import dataclass, field

from shared.domain.lines import Line
from shared.domain.ordering import Place
from shared.domain.rules import MINUTE, Rules
from shared.domain.windows import Desk, When
from shared.simulation.engine import Observer, SimulatedHall
from shared.simulation.model import Visit


@dataclass(slots=True)
class Referee(Observer):
    """An observer that counts violations by name; `violations` is empty after a fair run."""

    rules: Rules
    violations: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    def called(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        """Check one call against all who wait."""
        self.calls += 1
        desk = hall.open[no].desk
        eligible = _eligible(hall, desk)
        mine = next((place for found, place in eligible if found is visit), None)
        if mine is None:
            self.violations["called without the skill or against the window's rule"] += 1
            return
        for other, place in eligible:
            if other is not visit and _goes_before(place, mine, hall.now):
                self.violations["a smaller key waited"] += 1
            if other is not visit and self._is_unfair(hall.now, visit, mine, other):
                self.violations["overtaken beyond the credit"] += 1
        if self.calls % 50 == 0:
            self._restart(hall)

    def settled(self, hall: SimulatedHall) -> None:
        """Nobody waits whom an idle window could call."""
        for no in hall.idle:
            if _eligible(hall, hall.open[no].desk):
                self.violations["somebody waited while a window idled"] += 1

    def _is_unfair(self, now: int, first: Visit, place: Place, second: Visit) -> bool:
        """Whether `first` goes before a walk-in who took a number earlier, by more than the rules publish."""
        if second.returned or second.visitor.booked_for is not None:
            return False  # their place is not the moment of their ticket
        if first.visitor.at <= second.visitor.at or place.is_due(now):
            return False
        if first.visitor.booked_for is not None:
            return first.visitor.booked_for - self.rules.appointment_early * MINUTE > second.visitor.at
        credit = self.rules.credits.get(first.visitor.priority, 0) * MINUTE
        return first.visitor.at - second.visitor.at > credit

    def _restart(self, hall: SimulatedHall) -> None:
        """The order of each line is the same when it is built again, in whatever sequence."""
        for line in hall.lines.values():
            again = Line()
            for ticket in sorted(line, reverse=True):
                again.add(ticket, line.place(ticket))
            if again.ordered(hall.now) != line.ordered(hall.now) or again.head(hall.now) != line.head(
                hall.now
            ):
                self.violations["another order after a restart"] += 1


def _eligible(hall: SimulatedHall, desk: Desk) -> list[tuple[Visit, Place]]:
    """Everyone whom the window may call now."""
    own = [pair for lane in desk.own for pair in _waiting(hall, hall.lines.get(lane))]
    own += _waiting(hall, hall.sent.get(desk.no))
    if desk.takes.when is When.OWN_EMPTY and own:
        return own
    least = desk.takes.people if desk.takes.when is When.LONGER_THAN else 0
    helped = [found for lane in desk.also if len(found := _waiting(hall, hall.lines.get(lane))) > least]
    return own + [pair for found in helped for pair in found]


def _waiting(hall: SimulatedHall, line: Line | None) -> list[tuple[Visit, Place]]:
    return [] if line is None else [(hall.visits[ticket], line.place(ticket)) for ticket in line]


def _goes_before(one: Place, other: Place, now: int) -> bool:
    """The rule in words: the due first, by their due moment; then by sort time; ties by number."""
    if one.is_due(now) != other.is_due(now):
        return one.is_due(now)
    if one.is_due(now) and one.due_at != other.due_at:
        return one.due_at is not None and other.due_at is not None and one.due_at < other.due_at
    if not one.is_due(now) and one.sort_at != other.sort_at:
        return one.sort_at < other.sort_at
    return (one.number, one.series) < (other.number, other.series)
