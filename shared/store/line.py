"""The line as the store keeps it: the order of shared.domain.ordering read from two indexes.

Moments are milliseconds since 1970-01-01T00:00Z.
"""

from shared.domain.ordering import Key, Place
from shared.domain.windows import Head
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow

_FIRST_DUE = sql("first_due_of_lane")
_FIRST_IN_LINE = sql("first_in_line")
_SENT = sql("sent_to_window")
_WAITING = sql("waiting_count")
_NEWEST_WAITING = sql("newest_waiting")
_SORTED_BEFORE = sql("count_sorted_before")
_SORTED_AFTER = sql("count_sorted_after")
_DUE_SORTED_AFTER = sql("count_due_sorted_after")
_DUE_BEFORE = sql("count_due_before")


def head_of_lane(connection: Connection, lane: str, window: int, now: int) -> Head[int] | None:
    """The first of a lane that this window could call, with its key."""
    row = connection.execute(_FIRST_DUE, (lane, now, window)).fetchone()
    if row is None:
        row = connection.execute(_FIRST_IN_LINE, (lane, window)).fetchone()
    return None if row is None else _head(row, now)


def head_sent_to(connection: Connection, window: int, now: int) -> Head[int] | None:
    """The first that was sent to this very window."""
    rows = connection.execute(_SENT, (window,)).fetchall()
    return min((_head(row, now) for row in rows), default=None)


def waiting_in(connection: Connection, lane: str) -> int:
    """People who wait in a lane: the kept count."""
    count: int = connection.execute(_WAITING, (lane,)).fetchone()[0]
    return count


def joining_moment(connection: Connection, now: int) -> int:
    """The moment by which somebody joins the line now: `now`, but never before one who waits already.

    A clock that was put back lets nobody pass those who came before.
    """
    row = connection.execute(_NEWEST_WAITING).fetchone()
    return now if row is None or row[0] <= now else row[0] + 1


def newcomers_ahead(connection: Connection, lane: str, place: Place, now: int) -> int:
    """People before a place that is about to be taken: the kept count less the few behind, however long."""
    if place.is_due(now):
        return _due_before(connection, lane, place)
    behind: int = connection.execute(_SORTED_AFTER, (lane, *_sorted(place))).fetchone()[0]
    return waiting_in(connection, lane) - behind + _due_sorted_after(connection, lane, place, now)


def people_ahead(connection: Connection, ticket: TicketRow, now: int) -> int:
    """People in the same line with a smaller key at `now`."""
    place = ticket.place
    if place.is_due(now):
        return _due_before(connection, ticket.lane, place)
    before: int = connection.execute(_SORTED_BEFORE, (ticket.lane, *_sorted(place))).fetchone()[0]
    return before + _due_sorted_after(connection, ticket.lane, place, now)


def _due_before(connection: Connection, lane: str, place: Place) -> int:
    parameters = (lane, place.due_at, place.number, place.series)
    count: int = connection.execute(_DUE_BEFORE, parameters).fetchone()[0]
    return count


def _due_sorted_after(connection: Connection, lane: str, place: Place, now: int) -> int:
    count: int = connection.execute(_DUE_SORTED_AFTER, (lane, now, *_sorted(place))).fetchone()[0]
    return count


def _sorted(place: Place) -> tuple[int, int, str]:
    return place.sort_at, place.number, place.series


def _head(row: tuple[int, int | None, int, str, int], now: int) -> tuple[Key, int]:
    *place, ticket = row
    return Place(*place).key(now), ticket  # type: ignore[arg-type]  # columns are typed by the STRICT schema
