"""The state table is the whole truth: every move from every state either follows an arrow or is refused."""

from functools import partial
from pathlib import Path

import pytest

from shared.domain.refusals import Refused
from shared.domain.ticket import MOVES, Move, State
from shared.protocol.messages import TakeTicket
from shared.services import taking
from shared.store.sqlite import IntegrityError
from shared.store.tickets import apply_move, get_ticket
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal

AT_WINDOW = {State.CALLED, State.SERVING, State.HELD}


def ticket_in(hall: Rehearsal, state: State) -> int:
    """A ticket put into `state` by the table's own arrows."""
    ticket = hall.run(
        lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, TakeTicket(channel="kiosk", lane="A"))
    )
    ways = {
        State.WAITING: [],
        State.CALLED: [Move.CALL],
        State.SERVING: [Move.CALL, Move.START],
        State.HELD: [Move.CALL, Move.START, Move.HOLD],
        State.MISSED: [Move.CALL, Move.MISS],
        State.DONE: [Move.CALL, Move.START, Move.FINISH],
        State.CANCELLED: [Move.CANCEL],
        State.EXPIRED: [Move.EXPIRE],
    }
    for move in ways[state]:
        hall.run(partial(moved, ticket, move))
    return ticket


def moved(ticket: int, move: Move, tx: Transaction) -> None:
    apply_move(tx, get_ticket(tx.connection, ticket), move, window=1)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(Move))
def test_every_move_from_every_state(tmp_path: Path, state: State, move: Move) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        ticket = ticket_in(hall, state)
        before = get_ticket(hall.connection, ticket)
        allowed = state in MOVES[move].sources
        if allowed:
            hall.run(lambda tx: apply_move(tx, before, move, window=1))
            after = get_ticket(hall.connection, ticket)
            assert after.state is MOVES[move].target
            assert after.moves == before.moves + 1
        else:
            with pytest.raises(Refused) as refused:
                hall.run(lambda tx: apply_move(tx, before, move, window=1))
            assert refused.value.code == "illegal_move"
            assert get_ticket(hall.connection, ticket) == before


def test_a_stale_reading_loses(tmp_path: Path) -> None:
    """The update holds only while the ticket is as it was read."""
    with rehearsal(tmp_path / "hall") as hall:
        ticket = ticket_in(hall, State.WAITING)
        seen_by_both = get_ticket(hall.connection, ticket)
        hall.run(lambda tx: apply_move(tx, seen_by_both, Move.CALL, window=1))
        with pytest.raises(Refused) as refused:
            hall.run(lambda tx: apply_move(tx, seen_by_both, Move.CALL, window=2))
        assert refused.value.code == "illegal_move"
        assert get_ticket(hall.connection, ticket).window == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tickets SET state = 'done'",
        "UPDATE tickets SET lane = 'B'",
        "UPDATE facts SET data = '{}'",
        "DELETE FROM facts",
        "UPDATE stays SET began = 0",
        "DELETE FROM stays",
        "UPDATE lanes SET waiting = -1",
        "UPDATE tickets SET moves = moves + 1, state = 'serving', window = NULL",
        "UPDATE windows SET state = 'open'",
        "INSERT INTO counters VALUES ('2026-11-23', 'A', 1)",
    ],
)
def test_the_schema_itself_refuses(tmp_path: Path, statement: str) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        ticket_in(hall, State.WAITING)
        with pytest.raises(IntegrityError):
            hall.connection.execute(statement)


def test_two_tickets_never_stand_at_one_window(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        ticket_in(hall, State.CALLED)
        other = ticket_in(hall, State.WAITING)
        with pytest.raises(IntegrityError, match=r"tickets\.window"):
            hall.run(lambda tx: apply_move(tx, get_ticket(tx.connection, other), Move.CALL, window=1))
