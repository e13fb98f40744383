"""The history of a line, replayed from its facts: was a ticket lost, doubled, held twice, called out of turn?

Written from the posted rules alone (walk-ins without priority: by sort time, then number); it shares no code
with the hub. A fact that it does not know ends the replay: nothing is judged by half.
"""

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.store.sqlite import connect

Told = Mapping[str, Any]
Place = tuple[str, int, str, int]
"""Sort time, number, series, and the ticket that stands there: smaller is called earlier."""


@dataclass(slots=True)
class Line:
    """Who stands where, fact after fact. `lanes_of` says which lanes a window calls."""

    lanes_of: Mapping[int, Sequence[str]]
    state: dict[int, str] = field(default_factory=dict)
    at_window: dict[int, int] = field(default_factory=dict)
    called: Counter[int] = field(default_factory=Counter)
    by_window: dict[int, list[int]] = field(default_factory=dict)
    _waiting: dict[str, list[Place]] = field(default_factory=dict)

    def tell(self, seq: int, name: str, told: Told) -> Iterator[str]:
        """Take in the next fact; yields what is wrong with it."""
        ticket, verb = told["ticket"], name.removeprefix("ticket.")
        where = f"fact {seq}, {told['number']}"
        match verb:
            case "taken":
                yield from self._taken(where, ticket, told)
            case "called":
                yield from self._called(where, ticket, told)
            case "started" | "held" | "resumed" | "finished":
                yield from self._at_its_window(where, ticket, verb, told)
            case _:
                raise ValueError(f"{where}: this replay knows no {name}")
        self.state[ticket] = told["state"]

    def _taken(self, where: str, ticket: int, told: Told) -> Iterator[str]:
        if told["due_at"] is not None or told["priority"] != "none":
            raise ValueError(f"{where}: this replay knows walk-ins without priority only")
        if ticket in self.state:
            yield f"{where} was taken twice"
        place = (_sortable(told["sort_at"]), int(told["number"][1:]), told["number"][0], ticket)
        heapq.heappush(self._waiting.setdefault(told["lane"], []), place)

    def _called(self, where: str, ticket: int, told: Told) -> Iterator[str]:
        window = told["window"]
        if self.state.get(ticket) != "waiting":
            yield f"{where} was called to window {window} while it was {self.state.get(ticket)}"
        elif "reason" not in told and (first := self._first(window)) != ticket:
            yield f"{where} was called to window {window} before ticket {first}"
        if window in self.at_window:
            yield f"{where} was called to window {window}, which had ticket {self.at_window[window]}"
        self.at_window[window] = ticket
        self.called[ticket] += 1
        self.by_window.setdefault(window, []).append(ticket)

    def _at_its_window(self, where: str, ticket: int, verb: str, told: Told) -> Iterator[str]:
        window, was = told["window"], self.state.get(ticket)
        held = self.at_window.get(window)
        if verb == "resumed":
            if held is not None or was != "held":
                yield f"{where} was resumed at window {window} as {was} beside ticket {held}"
            self.at_window[window] = ticket
        elif held != ticket:
            yield f"{where} was {verb} at window {window}, which had ticket {held}"
        elif verb in ("held", "finished"):
            del self.at_window[window]

    def _first(self, window: int) -> int | None:
        """Whose turn it is at a window: the smallest place in its lanes."""
        heads = [head for lane in self.lanes_of[window] if (head := self._head(lane)) is not None]
        return min(heads)[-1] if heads else None

    def _head(self, lane: str) -> Place | None:
        waiting = self._waiting.get(lane, [])
        while waiting and self.state[waiting[0][-1]] != "waiting":
            heapq.heappop(waiting)
        return waiting[0] if waiting else None


def _sortable(moment: str) -> str:
    """Facts tell all moments in the hall's zone; with every digit written their text sorts as they do."""
    return datetime.fromisoformat(moment).isoformat(timespec="milliseconds")


def told_of_tickets(database: Path) -> Iterable[tuple[int, str, Told]]:
    """Every fact about a ticket, in order."""
    with closing(connect(database, read_only=True)) as connection:
        rows = connection.execute("SELECT seq, name, data FROM facts WHERE name GLOB 'ticket.*' ORDER BY seq")
        for seq, name, data in rows:
            yield seq, name, json.loads(data)


def replayed(database: Path, lanes_of: Mapping[int, Sequence[str]]) -> tuple[Line, list[str]]:
    """The line after its last fact, and everything that was wrong on the way."""
    line = Line(lanes_of)
    wrong = [each for fact in told_of_tickets(database) for each in line.tell(*fact)]
    return line, wrong
