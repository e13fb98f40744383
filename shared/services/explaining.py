"""Why a ticket waits: who was before it, who was called meanwhile, and by which rule, each in one sentence.

Rebuilt for any moment of the ticket's day; nothing is kept for it. What is told costs a sentence, and the
rest of the day a look.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from shared.domain.moments import from_millis, to_millis
from shared.domain.refusals import Refused
from shared.domain.ticket import State
from shared.domain.why import Code, Waiter, decisive
from shared.domain.why_place import not_waiting, own_place, shared_windows
from shared.domain.why_text import say
from shared.domain.windows import Desk
from shared.protocol import messages as m
from shared.services.hall import HallPlan
from shared.services.waits import DayOfTicket, Wait
from shared.store.line import joining_moment
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow

MOST_TOLD = 50
"""Comparisons of a kind in one answer; the counts say how many there are."""

_STAY_AT = sql("stay_at")


class _Compared(NamedTuple):
    """`first` goes before `second`, or was called before it, and what decides."""

    first: Wait
    second: Wait
    code: Code


def present(connection: Connection, ticket: TicketRow, now: datetime) -> int:
    """Now, as far as the line goes (milliseconds): a clock that was put back undoes nobody's joining it."""
    return max(joining_moment(connection, to_millis(now)), ticket.taken_at)


def why(connection: Connection, plan: HallPlan, ticket: TicketRow, moment: int, *, addressed: bool) -> m.Why:
    """Everything that explains a ticket's place at `moment` (milliseconds); see m.Why.

    `addressed` when its holder reads it. Raises Refused("invalid_query") for a moment before the number
    was taken.
    """
    if moment < ticket.taken_at:
        raise Refused("invalid_query", detail=f"at: {ticket.display} was taken later")
    day = DayOfTicket(connection, ticket, moment)
    mine = [wait for wait in day.waits if wait.ticket == ticket.id]
    others = [wait for wait in day.waits if wait.ticket != ticket.id]
    now = next((wait for wait in mine if wait.lasts_at(moment)), None)
    called = _called(day, plan, mine, others, moment)
    ahead, beside = [], []
    if now is not None:
        standing = [wait for wait in others if wait.lasts_at(moment)]
        ahead, beside = _ahead(now, standing, moment), _beside(plan, now, standing, moment)
    return m.Why(
        number=ticket.display,
        lane=ticket.lane if now is None else now.lane,
        at=from_millis(moment),
        own=_not_waiting(connection, ticket, moment, addressed)
        if now is None
        else _own(day.waiter(now), moment, addressed),
        ahead=_told(day, _reasons(day, ahead, now, moment), addressed),
        ahead_count=len(ahead),
        beside=_told(day, _reasons(day, beside, now, moment), addressed),
        beside_count=len(beside),
        called=_told(day, _telling(called), addressed),
        called_count=len(called),
        windows=_windows(plan, now),
    )


# -- who stands before it ------------------------------------------------------------------------------


def _ahead(mine: Wait, standing: list[Wait], moment: int) -> list[Wait]:
    """In its own line."""
    key = mine.key(moment)
    found = [wait for wait in standing if wait.lane == mine.lane and wait.key(moment) < key]
    return sorted(found, key=lambda wait: wait.key(moment))


def _beside(plan: HallPlan, mine: Wait, standing: list[Wait], moment: int) -> list[Wait]:
    """In other lines that its windows call as well, as they may at this moment."""
    everyone = [*standing, mine]
    counts = Counter(wait.lane for wait in everyone)
    calls = {desk.no: _lanes_now(desk, everyone, counts) for desk in plan.desks.values()}
    windows = [no for no, lanes in calls.items() if _may_call(no, lanes, mine)]
    key = mine.key(moment)
    found = [
        wait
        for wait in standing
        if wait.lane != mine.lane
        and wait.key(moment) < key
        and any(_may_call(no, calls[no], wait) for no in windows)
    ]
    return sorted(found, key=lambda wait: wait.key(moment))


def _lanes_now(desk: Desk, everyone: list[Wait], counts: Counter[str]) -> frozenset[str]:
    """The lanes a window calls now, by its rule for those that are not its own."""
    has_own = any(
        wait.lane in desk.own if wait.for_window is None else wait.for_window == desk.no
        for wait in (everyone if desk.also else ())
    )
    return frozenset(desk.own) | frozenset(desk.helped(has_own, counts.__getitem__))


def _may_call(no: int, lanes: frozenset[str], wait: Wait) -> bool:
    return wait.lane in lanes if wait.for_window is None else wait.for_window == no


def _reasons(day: DayOfTicket, before: list[Wait], mine: Wait | None, moment: int) -> Iterator[_Compared]:
    """What decides for the first of them."""
    for wait in before[:MOST_TOLD]:
        if mine is not None:
            yield _Compared(wait, mine, decisive(day.waiter(wait), day.waiter(mine), moment))


# -- calls meanwhile -----------------------------------------------------------------------------------


def _called(
    day: DayOfTicket, plan: HallPlan, mine: list[Wait], others: list[Wait], moment: int
) -> list[_Compared]:
    """Who was called while it waited and was compared with it, the latest first."""
    calls = [w for w in others if w.window is not None and w.ended is not None and w.ended <= moment]
    found = (_why_called(day, plan, call, mine) for call in sorted(calls, key=_when, reverse=True))
    return [compared for compared in found if compared is not None]


def _why_called(day: DayOfTicket, plan: HallPlan, call: Wait, mine: list[Wait]) -> _Compared | None:
    """Why `call` came first; None when it did not wait then, or the two were never compared."""
    at, window = _when(call), call.window or 0
    waiting = next((wait for wait in mine if wait.began < at and wait.lasts_at(at)), None)
    if waiting is None:
        return None
    desk = plan.desks[window]
    reaches = _may_call(window, frozenset(desk.lanes), waiting)
    if not reaches and call.lane != waiting.lane:
        return None
    if call.key(at) < waiting.key(at):
        return _Compared(call, waiting, decisive(day.waiter(call), day.waiter(waiting), at))
    return _Compared(call, waiting, _exception(call, waiting, desk, reaches))


def _exception(call: Wait, mine: Wait, desk: Desk, reaches: bool) -> Code:
    """Why a window called someone whose place was later."""
    if call.chosen:
        return Code.CHOSEN
    if not reaches and mine.for_window is not None:
        return Code.YOU_ELSEWHERE
    if call.for_window is not None:
        return Code.SENT_TO_WINDOW
    return Code.OTHER_LINE if mine.lane in desk.also else Code.UNEXPLAINED


def _telling(called: list[_Compared]) -> list[_Compared]:
    """Of many, those that say most: who merely came earlier comes last."""
    chosen = sorted(called, key=lambda one: one.code is Code.EARLIER)[:MOST_TOLD]
    return sorted(chosen, key=lambda one: _when(one.first), reverse=True)


def _when(call: Wait) -> int:
    return call.ended or 0


# -- in words ------------------------------------------------------------------------------------------


def _told(day: DayOfTicket, compared: Iterable[_Compared], addressed: bool) -> list[m.Before]:
    return [_sentence(day, one, addressed) for one in compared]


def _sentence(day: DayOfTicket, compared: _Compared, addressed: bool) -> m.Before:
    first, second = day.waiter(compared.first), day.waiter(compared.second)
    window = compared.first.window
    reason = say(compared.code, first, second, addressed=addressed, window=window or 0)
    return m.Before(
        number=first.number,
        lane=first.lane,
        code=reason.code,
        zh=reason.zh,
        en=reason.en,
        called_at=None if window is None else from_millis(_when(compared.first)),
        window=window,
    )


def _own(waiter: Waiter, moment: int, addressed: bool) -> m.Said:
    zh, en = own_place(waiter, moment, addressed=addressed)
    return m.Said(zh=zh, en=en)


def _not_waiting(connection: Connection, ticket: TicketRow, moment: int, addressed: bool) -> m.Said:
    state, began, window = connection.execute(_STAY_AT, (ticket.id, moment)).fetchone()
    zh, en = not_waiting(ticket.display, State(state), began, window, addressed=addressed)
    return m.Said(zh=zh, en=en)


def _windows(plan: HallPlan, now: Wait | None) -> list[m.Said]:
    """What the windows do that could call it; nothing for one that a single window keeps."""
    if now is None or now.for_window is not None:
        return []
    return [m.Said(zh=zh, en=en) for zh, en in shared_windows(plan.desks.values(), now.lane)]
