"""Calling: the next ticket, a chosen ticket, the same ticket again. Two clerks never hold one ticket."""

from functools import partial

from shared.domain.estimate import RATIOS_KEPT, Estimator, Wait
from shared.domain.refusals import Refused
from shared.domain.ticket import Move, State
from shared.services.hall import HallPlan
from shared.services.people import Actor
from shared.services.serving import ByHand, finish, require_mine, tell
from shared.services.windows import own_window, require_empty, ticket_at, window_of_clerk
from shared.store.line import head_of_lane, head_sent_to, waiting_in
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow, apply_move, get_ticket, illegal
from shared.store.transaction import Transaction

_OPEN_LEG = sql("open_leg")
_INSERT_WAIT = sql("insert_wait")
_RECENT_WAITS = sql("recent_waits")


def call_next(
    tx: Transaction, plan: HallPlan, estimator: Estimator, actor: Actor, no: int, finish_current: bool
) -> TicketRow | None:
    """Call the smallest key among the lanes this window may call, or None when nobody waits.

    With `finish_current`, the ticket being served is finished first, in the same transaction.
    """
    window = own_window(tx.connection, no, actor)
    if window.state != "open":
        raise Refused("window_not_open", window=no)
    current = ticket_at(tx.connection, no)
    if current is not None and finish_current and current.state is State.SERVING:
        finish(tx, current)
    require_empty(tx.connection, no)
    ticket_id = _first(tx, plan, no)
    return (
        None if ticket_id is None else _call(tx, estimator, actor, get_ticket(tx.connection, ticket_id), no)
    )


def call_ticket(
    tx: Transaction, plan: HallPlan, estimator: Estimator, actor: Actor, ticket: TicketRow, reason: str
) -> TicketRow:
    """Call one chosen ticket out of order; the reason is a fact. The loser of a race is told who won."""
    no = _desk(tx, actor)
    if ticket.state in (State.CALLED, State.SERVING, State.HELD):
        require_mine(tx, plan, actor, ticket)
    if ticket.state is not State.WAITING:
        raise illegal(ticket, Move.CALL)
    if ticket.for_window not in (None, no):
        raise Refused("not_for_this_window", number=ticket.display, window=ticket.for_window)
    if ticket.for_window is None and ticket.lane not in plan.lanes_of_window(no):
        raise Refused("lane_not_served", lane=ticket.lane)
    require_empty(tx.connection, no)
    return _call(tx, estimator, actor, ticket, no, reason)


def call_by_hand(tx: Transaction, ticket: TicketRow, hand: ByHand, no: int, clerk: str) -> TicketRow:
    """Write down a call that a window made while the hub was away. No screen announces it, and it says
    nothing of how long one waits: the number was chosen.
    """
    leg = ticket.leg + 1
    moved = apply_move(
        tx, ticket, Move.CALL, window=no, calls=1, called_at=hand.at, started_at=None, leg=leg,
        moved_at=hand.at,
    )  # fmt: skip
    tx.execute(_OPEN_LEG, (ticket.id, leg, no, clerk, ticket.lane, hand.at, True))
    tell(tx, "ticket.called_by_hand", moved, ticket.state, window=no, holder=ticket.holder, **hand.told)
    return moved


def recall(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """Call the same ticket again; recalls are counted."""
    require_mine(tx, plan, actor, ticket)
    moved = apply_move(tx, ticket, Move.RECALL, calls=ticket.calls + 1)
    _call_fact(tx, "ticket.recalled", moved, ticket.state)
    return moved


def _desk(tx: Transaction, actor: Actor) -> int:
    """The open window this clerk is on duty at."""
    no = window_of_clerk(tx.connection, actor.as_clerk())
    if no is None:
        raise Refused("window_not_open", window=actor.window or "…")
    if own_window(tx.connection, no, actor).state != "open":
        raise Refused("window_not_open", window=no)
    return no


def _first(tx: Transaction, plan: HallPlan, no: int) -> int | None:
    found = plan.desks[no].first(
        lambda lane: head_of_lane(tx.connection, lane, no, tx.millis),
        lambda lane: waiting_in(tx.connection, lane),
        head_sent_to(tx.connection, no, tx.millis),
    )
    return None if found is None else found[1]


def _call(
    tx: Transaction, estimator: Estimator, actor: Actor, ticket: TicketRow, no: int, reason: str = ""
) -> TicketRow:
    leg = ticket.leg + 1
    moved = apply_move(
        tx, ticket, Move.CALL, window=no, calls=1, called_at=tx.millis, started_at=None, leg=leg
    )
    tx.execute(_OPEN_LEG, (ticket.id, leg, no, actor.as_clerk(), ticket.lane, tx.millis, reason != ""))
    if leg == 1 and not ticket.returned and not reason and ticket.lease is None:
        _teach(tx, estimator, ticket)
    _call_fact(tx, "ticket.called", moved, ticket.state, reason)
    return moved


def _call_fact(tx: Transaction, name: str, ticket: TicketRow, was: State, reason: str = "") -> None:
    extra = {"reason": reason} if reason else {}
    tx.fact(
        name,
        ticket=ticket.id,
        number=ticket.display,
        lane=ticket.lane,
        state=ticket.state,
        window=ticket.window,
        calls=ticket.calls,
        holder=ticket.holder,
        **{"from": was},
        **extra,
    )


def _teach(tx: Transaction, estimator: Estimator, ticket: TicketRow) -> None:
    """What the first call of a ticket says about waiting, kept and learnt; nothing if the clock went back."""
    waited = tx.millis - ticket.taken_at
    if waited < 0:
        return
    tx.execute(
        _INSERT_WAIT,
        (ticket.lane, ticket.ahead, waited, ticket.likely_ms, ticket.id, tx.millis, ticket.rolled_ms,
         ticket.method, ticket.low_minutes, ticket.high_minutes, ticket.told_long),
    )  # fmt: skip
    wait = _wait(ticket.ahead, waited, ticket.likely_ms, ticket.rolled_ms, tx.millis)
    tx.after_commit.append(partial(estimator.learn, ticket.lane, wait))


def recall_history(connection: Connection, estimator: Estimator) -> None:
    """Teach a new estimator what the last days' calls said."""
    rows = connection.execute(_RECENT_WAITS, (RATIOS_KEPT * 12,)).fetchall()
    for lane, *wait in reversed(rows):
        estimator.learn(lane, _wait(*wait))


def _wait(ahead: int, waited_ms: int, likely_ms: int, rolled_ms: int | None, at: int | None) -> Wait:
    rolled = None if rolled_ms is None else rolled_ms / 60_000
    return Wait(ahead, waited_ms / 60_000, likely_ms / 60_000, rolled, at or 0)
