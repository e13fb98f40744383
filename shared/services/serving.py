"""What a clerk does with the ticket before them: start, finish, miss, hold, transfer, and the way back."""

from dataclasses import dataclass
from typing import Any

from shared.domain.moments import from_millis
from shared.domain.ordering import Place
from shared.domain.refusals import Refused
from shared.domain.ticket import AT_A_WINDOW, Move, State
from shared.protocol.messages import Transfer
from shared.services.hall import HallPlan
from shared.services.people import Actor
from shared.services.windows import get_window, own_window, require_empty, window_of_clerk
from shared.store.line import joining_moment
from shared.store.queries import sql
from shared.store.tickets import TicketRow, apply_move
from shared.store.transaction import Transaction

_BUSINESS_DAY = sql("business_day")
_START_LEG = sql("start_leg")
_END_LEG = sql("end_leg")
_LEG_OF = sql("leg_of")
_ADD_TO_CLERK_DAY = sql("add_to_clerk_day")
_LIVE_TICKET = sql("live_ticket_of_person")


@dataclass(frozen=True, slots=True)
class ByHand:
    """A window noted the move while the hub was away; it is written now, as of then.

    `call` is the call by hand that it belongs to, `at` the moment in milliseconds, `day` the business day.
    """

    call: int
    at: int
    day: str

    @property
    def told(self) -> dict[str, object]:
        """What facts tell of it."""
        return {"by_hand": self.call, "noted_at": from_millis(self.at).isoformat()}


def start(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """The citizen is here."""
    require_mine(tx, plan, actor, ticket)
    return begin(tx, ticket)


def begin(tx: Transaction, ticket: TicketRow, hand: ByHand | None = None) -> TicketRow:
    """Service begins."""
    at = _moment(tx, hand)
    moved = apply_move(tx, ticket, Move.START, started_at=at, **_moved(hand))
    tx.execute(_START_LEG, (at, ticket.id, ticket.leg))
    tell(tx, "ticket.started", moved, ticket.state, window=moved.window, **_told(hand))
    return moved


def finish(tx: Transaction, ticket: TicketRow, hand: ByHand | None = None) -> TicketRow:
    """Service is done. A ticket that was sent "and back" returns to the window that sent it."""
    if ticket.back_to is None:
        moved = apply_move(tx, ticket, Move.FINISH, note="", **_moved(hand))
        _end_leg(tx, ticket, Move.FINISH, hand)
        tell(tx, "ticket.finished", moved, ticket.state, window=ticket.window, **_told(hand))
        return moved
    moved = apply_move(
        tx,
        ticket,
        Move.SEND_BACK,
        for_window=ticket.back_to,
        back_to=None,
        note="",
        window=None,
        calls=0,
        called_at=None,
        started_at=None,
        **_moved(hand),
    )
    _end_leg(tx, ticket, Move.SEND_BACK, hand)
    _tell_sent(tx, "ticket.sent_back", ticket, moved, hand)
    return moved


def finish_own(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """Finish, when the ticket is this clerk's."""
    require_mine(tx, plan, actor, ticket)
    return finish(tx, ticket)


def miss(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """The citizen did not come."""
    require_mine(tx, plan, actor, ticket)
    return mark_missed(tx, ticket)


def mark_missed(tx: Transaction, ticket: TicketRow, hand: ByHand | None = None) -> TicketRow:
    """Nobody came."""
    moved = apply_move(tx, ticket, Move.MISS, **_moved(hand))
    _end_leg(tx, ticket, Move.MISS, hand)
    tell(tx, "ticket.missed", moved, ticket.state, window=ticket.window, **_told(hand))
    return moved


def give_back_place(
    tx: Transaction, plan: HallPlan, ticket: TicketRow, hand: ByHand | None = None
) -> TicketRow:
    """A missed ticket comes back to the line, once, a little behind its return."""
    if ticket.state is State.MISSED and ticket.returned:
        raise Refused("return_used", number=ticket.display)
    joins = joining_moment(tx.connection, tx.millis) if hand is None else hand.at
    sort_at, due_at = plan.rules.returned(joins)
    moved = apply_move(
        tx,
        ticket,
        Move.RETURN,
        returned=1,
        sort_at=sort_at,
        due_at=due_at,
        window=None,
        calls=0,
        called_at=None,
        **_moved(hand),
    )
    tell(tx, "ticket.returned", moved, ticket.state, **told_place(moved.place), **_told(hand))
    return moved


def reinstate(tx: Transaction, ticket: TicketRow, hand: ByHand) -> TicketRow:
    """The day ended over a ticket that a window had called by hand: it waits again, to be called as noted."""
    moved = apply_move(tx, ticket, Move.REINSTATE, moved_at=hand.at)
    tell(tx, "ticket.reinstated", moved, ticket.state, **told_place(moved.place), **hand.told)
    return moved


def hold(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """Interrupt service; the window is free for the next."""
    require_mine(tx, plan, actor, ticket)
    moved = apply_move(tx, ticket, Move.HOLD)
    tell(tx, "ticket.held", moved, ticket.state, window=ticket.window)
    return moved


def resume(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> TicketRow:
    """Go on with an interrupted service, at the window that interrupted it."""
    require_mine(tx, plan, actor, ticket)
    if ticket.state is State.HELD and ticket.window is not None:
        require_empty(tx.connection, ticket.window)
    return go_on(tx, ticket)


def go_on(tx: Transaction, ticket: TicketRow, hand: ByHand | None = None) -> TicketRow:
    """An interrupted service goes on."""
    moved = apply_move(tx, ticket, Move.RESUME, **_moved(hand))
    tell(tx, "ticket.resumed", moved, ticket.state, window=ticket.window, **_told(hand))
    return moved


def transfer(
    tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow, request: Transfer
) -> TicketRow:
    """Send the ticket to a lane or a window. It keeps its sort time; `and_back` brings it here again."""
    require_mine(tx, plan, actor, ticket)
    lane, for_window = _target(tx, plan, ticket, request)
    _require_place_free(tx, ticket, lane)
    moved = apply_move(
        tx,
        ticket,
        Move.TRANSFER,
        lane=lane,
        for_window=for_window,
        back_to=ticket.window if request.and_back else ticket.back_to,
        note=request.note,
        window=None,
        calls=0,
        called_at=None,
        started_at=None,
    )
    _end_leg(tx, ticket, Move.TRANSFER)
    _tell_sent(tx, "ticket.transferred", ticket, moved)
    return moved


def cancel(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow, reason: str) -> TicketRow:
    """A clerk gives the ticket up for the citizen."""
    if ticket.state in (State.CALLED, State.SERVING, State.HELD):
        require_mine(tx, plan, actor, ticket)
    return give_up(tx, ticket, reason)


def give_up(tx: Transaction, ticket: TicketRow, reason: str = "") -> TicketRow:
    """The ticket is given up, by its holder or for them."""
    moved = apply_move(tx, ticket, Move.CANCEL)
    if ticket.leg and ticket.state is not State.WAITING:
        tx.execute(_END_LEG, (tx.millis, Move.CANCEL, ticket.id, ticket.leg))
    tell(tx, "ticket.cancelled", moved, ticket.state, window=ticket.window, reason=reason)
    return moved


def reveal_name(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> str:
    """The holder's full name for the clerk who has them at the window now; each look is a fact."""
    if ticket.state not in AT_A_WINDOW:
        raise Refused("name_not_yours", number=ticket.display)
    require_mine(tx, plan, actor, ticket)
    tx.fact("ticket.name_shown", ticket=ticket.id, number=ticket.display, window=ticket.window)
    return tx.keys.unseal(ticket.sealed_name) if ticket.sealed_name else ""


def require_mine(tx: Transaction, plan: HallPlan, actor: Actor, ticket: TicketRow) -> None:
    """Raise Refused("held_elsewhere"), saying who has it, unless the ticket is at this clerk's window."""
    if ticket.window is None or ticket.state in (State.WAITING, State.DONE, State.CANCELLED, State.EXPIRED):
        return  # nobody has it: the state table says what is wrong
    if window_of_clerk(tx.connection, actor.as_clerk()) == ticket.window:
        own_window(tx.connection, ticket.window, actor)
        return
    clerk = tx.execute(_LEG_OF, (ticket.id, ticket.leg)).fetchone()[1]
    name = plan.clerk_names.get(clerk, clerk)
    raise Refused("held_elsewhere", number=ticket.display, window=ticket.window, clerk=name)


def told_place(place: Place) -> dict[str, str | None]:
    """The constants of a place, as facts tell them."""
    due = None if place.due_at is None else from_millis(place.due_at).isoformat()
    return {"sort_at": from_millis(place.sort_at).isoformat(), "due_at": due}


def tell(tx: Transaction, name: str, ticket: TicketRow, was: State, **more: Any) -> None:
    """Write the fact of a move."""
    tx.fact(
        name, ticket=ticket.id, number=ticket.display, lane=ticket.lane, state=ticket.state,
        **{"from": was}, **more,
    )  # fmt: skip


def _tell_sent(
    tx: Transaction, name: str, before: TicketRow, after: TicketRow, hand: ByHand | None = None
) -> None:
    tell(
        tx, name, after, before.state, from_lane=before.lane, for_window=after.for_window,
        back_to=after.back_to, window=before.window, note=after.note, **_told(hand),
    )  # fmt: skip


def _moment(tx: Transaction, hand: ByHand | None) -> int:
    return tx.millis if hand is None else hand.at


def _moved(hand: ByHand | None) -> dict[str, int]:
    return {} if hand is None else {"moved_at": hand.at}


def _told(hand: ByHand | None) -> dict[str, object]:
    return {} if hand is None else hand.told


def _target(tx: Transaction, plan: HallPlan, ticket: TicketRow, request: Transfer) -> tuple[str, int | None]:
    if (request.lane is None) == (request.window is None):
        raise Refused("transfer_needs_target")
    if request.lane is not None:
        return plan.lane(request.lane).letter, None
    window = get_window(tx.connection, request.window or 0)
    if window.no == ticket.window:
        raise Refused("transfer_to_self")
    lanes = plan.lanes_of_window(window.no)
    return (ticket.lane if ticket.lane in lanes else lanes[0]), window.no


def _require_place_free(tx: Transaction, ticket: TicketRow, lane: str) -> None:
    """One live ticket per person and lane holds for transfers too."""
    if lane == ticket.lane:
        return
    person = tx.execute("SELECT person FROM tickets WHERE id = ?", (ticket.id,)).fetchone()[0]
    row = None if person is None else tx.execute(_LIVE_TICKET, (person, lane)).fetchone()
    if row is not None:
        raise Refused("has_live_ticket", number=f"{row[0]}{row[1]:03d}")


def _end_leg(tx: Transaction, ticket: TicketRow, outcome: Move, hand: ByHand | None = None) -> None:
    """Close the leg and add it to the clerk's own day."""
    at = _moment(tx, hand)
    _, clerk, called_at, started_at = tx.execute(_LEG_OF, (ticket.id, ticket.leg)).fetchone()
    tx.execute(_END_LEG, (at, outcome, ticket.id, ticket.leg))
    served = outcome in (Move.FINISH, Move.SEND_BACK)
    serving = at - started_at if served and started_at is not None else 0
    waiting = called_at - ticket.taken_at if served and ticket.leg == 1 else 0
    serving, waiting = max(0, serving), max(0, waiting)  # the clock may have been put back in between
    day = tx.execute(_BUSINESS_DAY).fetchone()[0] if hand is None else hand.day
    tallies = (int(served), int(outcome is Move.MISS), int(outcome is Move.TRANSFER))
    tx.execute(_ADD_TO_CLERK_DAY, (day, clerk, *tallies, serving, waiting))
