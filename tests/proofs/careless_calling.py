"""The control of calling: a hub that chooses before it holds the lock, with a line of defence taken out.

    python -m tests.proofs.careless_calling MODE --data FOLDER ...

It chooses the next ticket, and believes it waiting, by what the last commit said: the usual mistake of a
program with several workers. MODE says what still stands in its way: `guarded` nothing but the conditional
update, `unconditional` not even that. `crowded` lets a window call beside the ticket that it has, with the
unique index gone; `indexed` is the same with the index kept.
"""

import sys
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from shared.domain.ticket import MOVES, Move, State
from shared.hub.__main__ import main
from shared.services import calling
from shared.services.hall import HallPlan
from shared.store import writer
from shared.store.sqlite import Connection, connect
from shared.store.tickets import TicketRow, apply_move, get_ticket
from shared.store.transaction import Transaction

PAUSE = 0.02
"""Seconds the writer waits for company, so that the mistake does not wait for bad luck."""

_first = calling._first
_gather = writer.Writer._gather


def patiently(self: writer.Writer, batch: list[writer.Command]) -> bool:
    time.sleep(PAUSE)
    return _gather(self, batch)


@cache
def last_commit(database: str) -> Connection:
    """A connection that does not see what the open transaction did."""
    return connect(Path(database), read_only=True)


def as_committed(tx: Transaction) -> Connection:
    return last_commit(tx.execute("PRAGMA database_list").fetchone()[2])


def first_as_committed(tx: Transaction, plan: HallPlan, no: int) -> int | None:
    return _first(replace(tx, connection=as_committed(tx)), plan, no)


def believed_waiting(connection: Connection, ticket_id: int) -> TicketRow:
    return replace(get_ticket(connection, ticket_id), state=State.WAITING)


def move_anyway(tx: Transaction, ticket: TicketRow, move: Move, **changes: Any) -> TicketRow:
    """The update without its condition."""
    columns = {"state": MOVES[move].target, "moved_at": tx.millis, "moves": ticket.moves + 1, **changes}
    assignments = ", ".join(f"{name} = ?" for name in columns)
    tx.execute(f"UPDATE tickets SET {assignments} WHERE id = ?", (*columns.values(), ticket.id))  # noqa: S608
    return replace(ticket, **columns)


def beside_another(tx: Transaction, ticket: TicketRow, move: Move, **changes: Any) -> TicketRow:
    """With the index gone."""
    tx.execute("DROP INDEX IF EXISTS one_ticket_per_window")
    return apply_move(tx, ticket, move, **changes)


def patch(mode: str) -> None:
    writer.Writer._gather = patiently  # type: ignore[method-assign]
    if mode in ("guarded", "unconditional"):
        calling._first = first_as_committed
        calling.get_ticket = believed_waiting  # type: ignore[attr-defined]
    if mode in ("indexed", "crowded"):
        calling.require_empty = lambda *_: None  # type: ignore[attr-defined]
    if mode in ("unconditional", "crowded"):
        calling.apply_move = move_anyway if mode == "unconditional" else beside_another  # type: ignore[attr-defined]


if __name__ == "__main__":
    patch(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
