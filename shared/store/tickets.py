"""The tickets table: rows as frozen values, and the one conditional update through which every move goes."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from shared.domain.ordering import Place
from shared.domain.refusals import Refused
from shared.domain.ticket import MOVES, Move, State, display_number
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

STATE_ZH = {
    State.WAITING: "等候中",
    State.CALLED: "已呼叫",
    State.SERVING: "办理中",
    State.HELD: "挂起",
    State.MISSED: "过号",
    State.DONE: "已办结",
    State.CANCELLED: "已取消",
    State.EXPIRED: "已失效",
}
MOVE_ZH = {
    Move.CALL: "呼叫",
    Move.RECALL: "重呼",
    Move.START: "开始办理",
    Move.FINISH: "完成",
    Move.SEND_BACK: "转回",
    Move.MISS: "标记过号",
    Move.RETURN: "恢复",
    Move.TRANSFER: "转移",
    Move.HOLD: "挂起",
    Move.RESUME: "继续",
    Move.CANCEL: "取消",
    Move.EXPIRE: "失效",
    Move.REINSTATE: "恢复有效",
}


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket as stored; moments in milliseconds since 1970-01-01T00:00Z."""

    id: int
    day: str
    series: str
    number: int
    lane: str
    state: State
    sort_at: int
    due_at: int | None
    booked_for: int | None
    taken_at: int
    moved_at: int
    moves: int
    priority: str
    matter: str | None
    masked_id: str
    holder: str
    sealed_name: bytes | None
    window: int | None
    for_window: int | None
    back_to: int | None
    calls: int
    called_at: int | None
    started_at: int | None
    leg: int
    returned: int
    note: str
    secret: str
    ahead: int
    likely_ms: int
    rolled_ms: int | None
    method: str
    low_minutes: int | None
    high_minutes: int | None
    told_long: int
    lease: int | None
    entry: bytes | None

    @property
    def display(self) -> str:
        """The number as people read it."""
        return display_number(self.series, self.number)

    @property
    def place(self) -> Place:
        """Its place in the order of the line."""
        return Place(self.sort_at, self.due_at, self.number, self.series)


_COLUMNS = ", ".join(f.name for f in fields(TicketRow))
_BY_ID = f"SELECT {_COLUMNS} FROM tickets WHERE id = ?"  # noqa: S608 - column names of our own
_BY_NUMBER = sql("ticket_by_number")
_STATES = {state.value: state for state in State}


def find_ticket(connection: Connection, ticket_id: int) -> TicketRow | None:
    """The ticket with this id, or None."""
    row = connection.execute(_BY_ID, (ticket_id,)).fetchone()
    return None if row is None else _row(row)


def get_ticket(connection: Connection, ticket_id: int) -> TicketRow:
    """The ticket with this id. Raises Refused("unknown_ticket")."""
    row = find_ticket(connection, ticket_id)
    if row is None:
        raise Refused("unknown_ticket")
    return row


_NUMBER = re.compile(r"([A-Z])([0-9]{1,6})", re.ASCII)


def find_numbered(connection: Connection, day: str, number: str) -> TicketRow:
    """The ticket of a business day that people call `number` (A017). Raises Refused("unknown_ticket")."""
    found = _NUMBER.fullmatch(number.strip().upper())
    parameters = None if found is None else (day, found[1], int(found[2]))
    row = parameters and connection.execute(_BY_NUMBER, parameters).fetchone()
    if not row:
        raise Refused("unknown_ticket")
    return get_ticket(connection, row[0])


def get_tickets(connection: Connection, query: str, parameters: tuple[Any, ...] = ()) -> list[TicketRow]:
    """The tickets whose ids `query` gives."""
    statement = f"SELECT {_COLUMNS} FROM tickets WHERE id IN ({query.rstrip(';')}) ORDER BY id"  # noqa: S608
    return [_row(row) for row in connection.execute(statement, parameters)]


def apply_move(tx: Transaction, ticket: TicketRow, move: Move, **changes: Any) -> TicketRow:
    """Move `ticket` as the state table allows; `changes` are further columns.

    The update holds only while the ticket is as it was read (state and count of moves). Otherwise,
    and when the table has no such arrow, raises Refused("illegal_move") with the state it is in.
    """
    arrow = MOVES[move]
    if ticket.state not in arrow.sources:
        raise illegal(ticket, move)
    columns = {"state": arrow.target, "moved_at": tx.millis, "moves": ticket.moves + 1, **changes}
    assignments = ", ".join(f"{name} = ?" for name in columns)
    statement = f"UPDATE tickets SET {assignments} WHERE id = ? AND state = ? AND moves = ?"  # noqa: S608
    values = (*columns.values(), ticket.id, ticket.state, ticket.moves)
    if tx.execute(statement, values).rowcount != 1:
        raise illegal(get_ticket(tx.connection, ticket.id), move)
    return replace(ticket, **columns)


def illegal(ticket: TicketRow, move: Move) -> Refused:
    """The refusal of a move that the ticket's state does not allow."""
    return Refused(
        "illegal_move",
        number=ticket.display,
        state=ticket.state.value,
        state_zh=STATE_ZH[ticket.state],
        move=move.value.replace("_", " "),
        move_zh=MOVE_ZH[move],
    )


def _row(row: tuple[Any, ...]) -> TicketRow:
    values = list(row)
    values[5] = _STATES[values[5]]
    return TicketRow(*values)
