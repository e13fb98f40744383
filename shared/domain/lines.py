"""A line in memory: the order of shared.domain.ordering as two heaps, so that the head is always at hand.

The store keeps the same order as two indexes; one contract holds both to the same answers.
"""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from shared.domain.ordering import Key, Place


class Line:
    """Waiting tickets by id. `head` costs the logarithm of the line, however long it is."""

    __slots__ = ("_by_due", "_by_sort", "_places")

    def __init__(self) -> None:
        self._places: dict[int, Place] = {}
        self._by_sort: list[tuple[int, int, str, int]] = []
        self._by_due: list[tuple[int, int, str, int]] = []

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, ticket: int) -> bool:
        return ticket in self._places

    def __iter__(self) -> Iterator[int]:
        return iter(self._places)

    def place(self, ticket: int) -> Place:
        """Where a ticket of this line stands."""
        return self._places[ticket]

    def add(self, ticket: int, place: Place) -> None:
        """Let a ticket join."""
        self._places[ticket] = place
        sort_at, due_at, number, series = place
        heappush(self._by_sort, (sort_at, number, series, ticket))
        if due_at is not None:
            heappush(self._by_due, (due_at, number, series, ticket))

    def remove(self, ticket: int) -> None:
        """Let a ticket leave; KeyError when it is not here."""
        del self._places[ticket]

    def head(self, now: int) -> tuple[Key, int] | None:
        """The smallest key at `now` with its ticket, or None when nobody waits."""
        places = self._places
        if not places:
            self._by_sort.clear()
            self._by_due.clear()
            return None
        due = self._by_due
        while due:
            ticket = due[0][-1]
            place = places.get(ticket)
            if place is None or place.due_at != due[0][0]:
                heappop(due)
                continue
            if place.is_due(now):
                return place.key(now), ticket
            break
        line = self._by_sort
        while True:
            ticket = line[0][-1]
            place = places.get(ticket)
            if place is not None and place.sort_at == line[0][0]:
                return place.key(now), ticket
            heappop(line)

    def ordered(self, now: int) -> list[int]:
        """All tickets in the order of `now`."""
        return sorted(self._places, key=self._key_at(now))

    def ahead_of(self, place: Place, now: int) -> int:
        """How many stand before `place` at `now`."""
        key, key_at = place.key(now), self._key_at(now)
        return sum(key_at(ticket) < key for ticket in self._places)

    def _key_at(self, now: int) -> Callable[[int], Key]:
        places = self._places
        return lambda ticket: places[ticket].key(now)
