"""The tables of calls by hand: rows as frozen values."""

from dataclasses import dataclass
from typing import Any

from shared.domain.manual import Conflict, Step
from shared.domain.refusals import Refused
from shared.domain.ticket import display_number
from shared.store.queries import sql
from shared.store.sqlite import Connection

_BY_ID = sql("manual_by_id")
_BY_KEY = sql("manual_by_key")
_STEPS = sql("manual_steps")
_TICKET = sql("ticket_by_number")


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call by hand as stored."""

    id: int
    key: bytes
    day: str
    series: str
    number: int
    window: int
    clerk: str
    proved: bool
    state: str
    ticket: int | None
    conflict: Conflict | None

    @property
    def display(self) -> str:
        """The number as people read it."""
        return display_number(self.series, self.number)


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step as noted, its moment in milliseconds by the window's clock."""

    n: int
    step: Step
    at: int
    carried: bool


def call_row(row: tuple[Any, ...]) -> CallRow:
    """A row that a statement of queries_manual.sql gave."""
    values = list(row)
    values[7] = bool(values[7])
    values[10] = None if values[10] is None else Conflict(values[10])
    return CallRow(*values)


def get_call(connection: Connection, call: int) -> CallRow:
    """The call by hand with this id. Raises Refused("unknown_manual_call")."""
    row = connection.execute(_BY_ID, (call,)).fetchone()
    if row is None:
        raise Refused("unknown_manual_call")
    return call_row(row)


def find_call(connection: Connection, key: bytes) -> CallRow | None:
    """The call by hand that its window names so."""
    row = connection.execute(_BY_KEY, (key,)).fetchone()
    return None if row is None else call_row(row)


def steps_of(connection: Connection, call: int) -> list[StepRow]:
    """What was noted of a call, in the order of noting."""
    rows = connection.execute(_STEPS, (call,)).fetchall()
    return [StepRow(n, Step(step), at, bool(carried)) for n, step, at, carried in rows]


def ticket_of(connection: Connection, call: CallRow) -> int | None:
    """The ticket that a call by hand is of, as far as anybody knows."""
    if call.ticket is not None:
        return call.ticket
    row = connection.execute(_TICKET, (call.day, call.series, call.number)).fetchone()
    return None if row is None else row[0]
