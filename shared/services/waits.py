"""The waits of a day, rebuilt from stays and legs: who stood in which line, at which place, until when."""

import json
from itertools import pairwise
from typing import Any, NamedTuple

from shared.domain.ordering import Key, Place, Priority
from shared.domain.rules import Rules, rules_from
from shared.domain.ticket import State
from shared.domain.why import Waiter
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow

_WAITS = sql("waits_of_day")
_STAYS = sql("stays_of_ticket")


class Wait(NamedTuple):
    """One wait of a ticket in a line, and how it ended; `ended` None while it lasts."""

    ticket: int
    place: Place
    lane: str
    for_window: int | None
    began: int
    ended: int | None
    window: int | None
    """The window that called it; None when it ended otherwise."""
    chosen: bool
    stay: int
    """Its stay in the store, where the rest of it is found."""

    def lasts_at(self, moment: int) -> bool:
        """Whether it stood in line then."""
        return self.began <= moment and (self.ended is None or self.ended > moment)

    def key(self, moment: int) -> Key:
        """Its place at a moment."""
        return self.place.key(moment)


class DayOfTicket:
    """The waits of a ticket's day that touch its own time in the hall up to `moment`, its own among them."""

    def __init__(self, connection: Connection, ticket: TicketRow, moment: int) -> None:
        self._connection = connection
        self._tickets: dict[int, tuple[str, int | None, int]] = {}
        self._waiters: dict[tuple[int, int], Waiter] = {}
        parameters = {"day": ticket.day, "since": ticket.taken_at, "until": moment}
        self.waits = [self._wait(row) for row in connection.execute(_WAITS, parameters).fetchall()]
        rows = connection.execute(sql("rules_history")).fetchall()
        self._rules = [(at, data) for at, _, data in rows]

    def waiter(self, wait: Wait) -> Waiter:
        """All that a sentence may say of a wait; asked for those that are compared only."""
        key = wait.ticket, wait.stay
        if key not in self._waiters:
            self._waiters[key] = self._describe(wait)
        return self._waiters[key]

    def _describe(self, wait: Wait) -> Waiter:
        priority, booked, taken = self._tickets[wait.ticket]
        history = _history(self._connection, wait) if wait.stay else {"given": wait.place}
        return Waiter(
            place=wait.place, taken_at=taken, joined_at=wait.began, lane=wait.lane,
            priority=Priority(priority), elderly_from_age=self._age_at(taken, priority), booked_for=booked,
            for_window=wait.for_window, **history,
        )  # fmt: skip

    def _wait(self, row: tuple[Any, ...]) -> Wait:
        (id_, series, number, priority, booked, taken, n, lane, began, sort_at, due_at, for_window,
         end, ended, window, chosen) = row  # fmt: skip
        self._tickets[id_] = priority, booked, taken
        called_by = window if end == "called" else None
        place = Place(sort_at, due_at, number, series)
        return Wait(id_, place, lane, for_window, began, ended, called_by, bool(chosen), n)

    def _age_at(self, moment: int, priority: str) -> int:
        """From which age the elderly had their credit: by the rules of then; of no use to anyone else."""
        if priority != Priority.ELDERLY or not self._rules:
            return Rules().elderly_from_age
        data = next((data for at, data in reversed(self._rules) if at <= moment), self._rules[0][1])
        return rules_from(json.loads(data)).elderly_from_age


def _history(connection: Connection, wait: Wait) -> dict[str, Any]:
    """What a ticket that waits again went through: its first place, its return, where it was sent from."""
    stays = connection.execute(_STAYS, (wait.ticket, wait.stay)).fetchall()
    sort_at, due_at = stays[0][4:]
    given = wait.place if sort_at is None else wait.place._replace(sort_at=sort_at, due_at=due_at)
    found: dict[str, Any] = {"given": given}
    for (before, lane, *_), (state, _, _, began, *_) in pairwise(stays):
        if state != State.WAITING:
            continue
        if before == State.MISSED:
            found["returned_at"] = began
        found["from_lane"] = None if before == State.MISSED else lane
    return found
