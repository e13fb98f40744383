"""Bookings and slots as rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shared.domain.booking import State
from shared.domain.refusals import Refused
from shared.store.queries import sql
from shared.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot. Moments are in ms since 1970."""

    id: int
    lane: str
    day: str
    start: int
    minutes: int
    offered: int
    taken: int
    by_hand: int
    """1 where a manager set `offered`; otherwise it follows from who is on duty."""


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking with its slot. Moments are in ms since 1970."""

    id: int
    slot: int
    matter: str
    state: State
    person: bytes = field(repr=False)
    masked_id: str
    holder: str
    sealed_name: bytes | None = field(repr=False)
    channel: str
    contact: bytes | None = field(repr=False)
    version: int
    hold_until: int | None
    asked_at: int | None
    wish: int | None
    ticket: int | None
    lane: str
    day: str
    start: int
    minutes: int


def get_slot(connection: Connection, number: int) -> SlotRow:
    """Raises Refused("unknown_slot")."""
    row = connection.execute(sql("slot"), (number,)).fetchone()
    if row is None:
        raise Refused("unknown_slot")
    return SlotRow(*row)


def get_booking(connection: Connection, number: int) -> BookingRow:
    """Raises Refused("unknown_booking")."""
    row = connection.execute(sql("booking"), (number,)).fetchone()
    if row is None:
        raise Refused("unknown_booking")
    return _booking(row)


def bookings(connection: Connection, query: str, *parameters: object) -> list[BookingRow]:
    """The bookings that a named query with the columns of `booking` finds."""
    return [_booking(row) for row in connection.execute(sql(query), parameters)]


def slots_of_day(connection: Connection, day: str) -> list[SlotRow]:
    """Every slot of a day, by lane and time."""
    return [SlotRow(*row) for row in connection.execute(sql("slots_of_day"), (day,))]


def _booking(row: Iterable[Any]) -> BookingRow:
    number, slot, matter, state, *rest = row
    return BookingRow(number, slot, matter, State(state), *rest)
