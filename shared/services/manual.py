"""Calls that windows made by hand while the hub was away: taken in as noted, judged in the order in which
they happened, carried out as of then; what contradicts the hall stays in a list until a person settles it.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from shared.domain.manual import Conflict, Noted, Standing, Step, judge, moves_for, stands_open
from shared.domain.moments import from_millis, to_millis
from shared.domain.refusals import Refused
from shared.domain.ticket import Move, State
from shared.protocol.manual import NoteManualCall, Verdict
from shared.services import serving
from shared.services.calling import call_by_hand
from shared.services.hall import HallPlan
from shared.services.people import Actor
from shared.services.windows import get_window, ticket_at
from shared.store.manual_calls import CallRow, StepRow, call_row, find_call, get_call, steps_of, ticket_of
from shared.store.queries import sql
from shared.store.tickets import TicketRow, get_ticket
from shared.store.transaction import Transaction

AT_ONCE = 200
"""Steps judged in one transaction: others want to write too."""


# -- taking in -----------------------------------------------------------------------------------------


def note(tx: Transaction, actor: Actor, no: int, body: NoteManualCall) -> CallRow:
    """Take in what a window noted. What is known already changes nothing; nothing is judged yet."""
    get_window(tx.connection, no)
    if actor.window not in (None, no):
        raise Refused("device_of_other_window", window=actor.window)
    call = find_call(tx.connection, body.key.bytes) or _insert(tx, actor, no, body)
    if _named(call) != (body.day.isoformat(), body.series, body.number, no, body.clerk, body.proved):
        raise Refused("manual_call_differs", number=call.display)
    fresh = [one for one in body.steps if _is_new(tx, call, one.step, to_millis(one.at))]
    if not fresh:
        return call
    call = _put(tx, call, _state_as_noted(tx, call))
    _tell(
        tx, "manual.noted", call, day=call.day, clerk=call.clerk, proved=call.proved, device=actor.device,
        steps=[[one.step, from_millis(to_millis(one.at)).isoformat()] for one in fresh],
    )  # fmt: skip
    return call


def _insert(tx: Transaction, actor: Actor, no: int, body: NoteManualCall) -> CallRow:
    row = (
        body.key.bytes, body.day.isoformat(), body.series, body.number, no, body.clerk, int(body.proved),
        actor.device, "noted",
    )  # fmt: skip
    return call_row(tx.execute(sql("insert_manual"), row).fetchone())


def _named(call: CallRow) -> tuple[object, ...]:
    return (call.day, call.series, call.number, call.window, call.clerk, call.proved)


def _is_new(tx: Transaction, call: CallRow, step: Step, at: int) -> bool:
    return tx.execute(sql("insert_manual_step"), (call.id, step, at)).fetchone() is not None


def _state_as_noted(tx: Transaction, call: CallRow) -> str:
    """A contradiction stays one, whatever is noted afterwards; a number may be known to a kiosk alone."""
    if call.state in ("conflict", "settled"):
        return call.state
    steps = steps_of(tx.connection, call.id)
    if any(one.step is Step.WITHDRAWN for one in steps) and not any(one.carried for one in steps):
        return "withdrawn"
    if _ticket_of(tx, call) is None and tx.execute(sql("is_lent"), _place(call)).fetchone()[0]:
        return "awaits"
    return "noted"


def _ticket_of(tx: Transaction, call: CallRow) -> TicketRow | None:
    found = ticket_of(tx.connection, call)
    return None if found is None else get_ticket(tx.connection, found)


def _place(call: CallRow) -> tuple[str, str, int]:
    return call.day, call.series, call.number


# -- judging -------------------------------------------------------------------------------------------


def judge_noted(tx: Transaction, plan: HallPlan) -> bool:
    """Judge what any window noted and nobody judged yet, in the order in which it happened.

    True when there is more than one transaction should do.
    """
    rows = tx.execute(sql("manual_undecided"), (AT_ONCE,)).fetchall()
    for call, n in rows:
        _judge_step(tx, plan, call, n)
    return len(rows) == AT_ONCE


def number_joined(tx: Transaction, plan: HallPlan, ticket: TicketRow) -> None:
    """A kiosk brought a number in: calls by hand that waited for it are judged now."""
    waiting = _awaiting(tx, ticket.day, ticket.series, ticket.number, ticket.number)
    for call in waiting:
        _put(tx, call, "noted")
    steps = [(one.at, call.id, one.n) for call in waiting for one in steps_of(tx.connection, call.id)]
    for _, call_id, n in sorted(steps):
        _judge_step(tx, plan, call_id, n)


def numbers_never_given(tx: Transaction, day: str, series: str, first: int, last: int) -> None:
    """Lent numbers came to their end: who called one of these by hand called a number nobody has."""
    for call in _awaiting(tx, day, series, first, last):
        _conflict(tx, call, None, Conflict.UNKNOWN_NUMBER)


def _awaiting(tx: Transaction, day: str, series: str, first: int, last: int) -> list[CallRow]:
    rows = tx.execute(sql("manual_awaiting"), (day, series, first, last)).fetchall()
    return [get_call(tx.connection, number) for (number,) in rows]


def _judge_step(tx: Transaction, plan: HallPlan, call_id: int, n: int) -> None:
    call = get_call(tx.connection, call_id)
    if call.state != "noted":  # an earlier step of it contradicts the hall
        return
    steps = steps_of(tx.connection, call_id)
    ticket = _ticket_of(tx, call)
    if ticket is None:
        _conflict(tx, call, None, Conflict.UNKNOWN_NUMBER)
    elif not tx.execute(sql("clerk_exists"), (call.clerk,)).fetchone()[0]:
        _conflict(tx, call, ticket, Conflict.UNKNOWN_CLERK)
    else:
        standing, noted = standing_of(tx, call, ticket), _noted(call, steps, n)
        verdict = judge(standing, noted)
        if isinstance(verdict, Conflict):
            _conflict(tx, call, ticket, verdict)
        else:
            _carry_out(tx, plan, call, ticket, _as_of(tx, standing, steps[n]), verdict)


def standing_of(tx: Transaction, call: CallRow, ticket: TicketRow) -> Standing:
    """What the hall knows of a ticket, and of the window that called it by hand."""
    state, moved_at = ticket.state, ticket.moved_at
    if state is State.EXPIRED:
        before, began = tx.execute(sql("stay_before"), (ticket.id,)).fetchone()
        if before == State.WAITING:
            state, moved_at = State.WAITING, began
    at = ticket_at(tx.connection, call.window)
    return Standing(
        state=state,
        window=ticket.window,
        for_window=ticket.for_window,
        moved_at=moved_at,
        is_returned=bool(ticket.returned),
        is_expired=state is not ticket.state,
        window_is_busy=at is not None and at.id != ticket.id,
    )


def _noted(call: CallRow, steps: list[StepRow], n: int) -> Noted:
    return Noted(steps[n].step, call.window, steps[n].at, not any(one.carried for one in steps))


def _carry_out(
    tx: Transaction,
    plan: HallPlan,
    call: CallRow,
    ticket: TicketRow,
    step: StepRow,
    moves: tuple[Move, ...],
) -> None:
    hand = serving.ByHand(call.id, step.at, call.day)
    for move in moves:
        ticket = _verb(plan, call, move)(tx, ticket=ticket, hand=hand)
    tx.execute(sql("manual_carried"), (call.id, step.n))
    is_last = all(one.carried for one in steps_of(tx.connection, call.id))
    state = call.state if call.state == "settled" else "done" if is_last else "noted"
    _tell(tx, "manual.carried_out", _put(tx, call, state, ticket.id), step=step.step)


def _as_of(tx: Transaction, standing: Standing, step: StepRow) -> StepRow:
    """The step at a moment that fits the hall: not before what the ticket did last, and not to come."""
    return replace(step, at=max(min(step.at, tx.millis), standing.moved_at))


def _verb(plan: HallPlan, call: CallRow, move: Move) -> Callable[..., TicketRow]:
    verbs: dict[Move, Callable[..., TicketRow]] = {
        Move.REINSTATE: serving.reinstate,
        Move.RETURN: partial(serving.give_back_place, plan=plan),
        Move.CALL: partial(call_by_hand, no=call.window, clerk=call.clerk),
        Move.START: serving.begin,
        Move.FINISH: serving.finish,
        Move.MISS: serving.mark_missed,
        Move.RESUME: serving.go_on,
    }
    return verbs[move]


def _conflict(tx: Transaction, call: CallRow, ticket: TicketRow | None, why: Conflict) -> None:
    call = _put(tx, call, "conflict", None if ticket is None else ticket.id, why)
    _tell(tx, "manual.conflicted", call, why=why)


# -- settling ------------------------------------------------------------------------------------------


def settle(tx: Transaction, plan: HallPlan, call_id: int, verdict: Verdict, reason: str) -> CallRow:
    """A manager decides a conflict. History is not rewritten: "as noted" carries out what still can be.

    Raises Refused: unknown_manual_call, manual_call_settled.
    """
    call = get_call(tx.connection, call_id)
    if not reason.strip():
        raise Refused("invalid_body", detail="reason")
    if call.state != "conflict":
        raise Refused("manual_call_settled", number=call.display)
    tx.execute(sql("insert_settlement"), (call.id, tx.millis, tx.actor, verdict, reason.strip()))
    call = _put(tx, call, "settled", None, call.conflict)
    _tell(tx, "manual.settled", call, verdict=verdict, reason=reason.strip())
    if verdict == "noted":
        _carry_out_what_can_be(tx, plan, call)
    return get_call(tx.connection, call.id)


def _carry_out_what_can_be(tx: Transaction, plan: HallPlan, call: CallRow) -> None:
    for step in steps_of(tx.connection, call.id):
        ticket = _ticket_of(tx, call)
        if step.carried or ticket is None or step.step is Step.WITHDRAWN:
            continue
        standing = standing_of(tx, call, ticket)
        noted = Noted(step.step, call.window, step.at, is_first=True)
        if not stands_open(standing, call.window):
            return
        moves = moves_for(standing, noted)
        if moves and tx.execute(sql("clerk_exists"), (call.clerk,)).fetchone()[0]:
            _carry_out(tx, plan, call, ticket, _as_of(tx, standing, step), moves)


# -- inside --------------------------------------------------------------------------------------------


def _put(
    tx: Transaction,
    call: CallRow,
    state: str,
    ticket: int | None = None,
    conflict: Conflict | None = None,
) -> CallRow:
    why = conflict or call.conflict
    tx.execute(sql("set_manual"), (state, ticket, why, call.id))
    return replace(call, state=state, ticket=call.ticket or ticket, conflict=why)


def _tell(tx: Transaction, name: str, call: CallRow, **more: object) -> None:
    """Each fact says how the call stands after it."""
    tx.fact(
        name, call=call.id, number=call.display, window=call.window, state=call.state, ticket=call.ticket,
        **more,
    )  # fmt: skip
