"""Do slots and bookings say what their facts say, and does every slot count its bookings right?"""

import json
from collections.abc import Iterator
from datetime import datetime

from shared.domain.booking import LIVE
from shared.domain.moments import to_millis
from shared.store.sqlite import Connection

_Told = tuple[str, int]
"""State, and start of the slot in ms."""


def bookings_against_facts(connection: Connection) -> Iterator[str]:
    """Every slot that counts wrong, and every booking that is not as its facts left it."""
    yield from _counts(connection)
    yield from _bookings(connection)


def _counts(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT s.id, s.taken, count(b.id) FROM slots AS s "
        "LEFT JOIN bookings AS b ON b.slot = s.id AND b.state NOT IN ('cancelled', 'lapsed') "
        "GROUP BY s.id HAVING s.taken <> count(b.id)"
    )
    for slot, taken, counted in rows:
        yield f"slot {slot}: {taken} places are said to be taken, {counted} are"


def _bookings(connection: Connection) -> Iterator[str]:
    """Only live bookings are remembered on the way."""
    live: dict[int, _Told] = {}
    made = 0
    rows = connection.execute(
        "SELECT name, data FROM facts "
        "WHERE name GLOB 'booking.*' AND name <> 'booking.asked_to_move' ORDER BY seq"
    )
    for name, data in rows:
        told = json.loads(data)
        made += name == "booking.reserved"
        number = told["booking"]
        state = told.get("state") or live[number][0]
        live[number] = state, to_millis(datetime.fromisoformat(told["start"]))
        if state not in LIVE:
            yield from _against_row(connection, number, live.pop(number))
    for number, last in live.items():
        yield from _against_row(connection, number, last)
    kept = connection.execute("SELECT count(*) FROM bookings").fetchone()[0]
    if kept != made:
        yield f"{made} bookings were made, but the table has {kept}"


def _against_row(connection: Connection, number: int, told: _Told) -> Iterator[str]:
    row = connection.execute(
        "SELECT b.state, s.start FROM bookings AS b JOIN slots AS s ON s.id = b.slot WHERE b.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        yield f"booking {number} has facts but is not in the table"
    elif tuple(row) != told:
        yield f"booking {number} ({row[0]}) is not as its last fact says: {told[0]}, or at another time"
