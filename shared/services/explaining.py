"""Why a ticket waits: who was before it, who was called meanwhile, and by which rule, each in one sentence.

Rebuilt from stays and legs for any moment of the ticket's day; nothing is kept for it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from shared.domain.moments import from_millis
from shared.domain.ordering import Key, Place, Priority
from shared.domain.refusals import Refused
from shared.domain.rules import rules_from
from shared.domain.ticket import State
from shared.domain.why import Code, Waiter
from shared.domain.why_place import not_waiting, own_place, shared_windows
from shared.domain.why_text import Reason, compare, say
from shared.domain.windows import Desk
from shared.protocol import messages as m
from shared.services.hall import HallPlan
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow

MOST_TOLD = 50
"""Comparisons of a kind in one answer; the counts say how many there are."""

_WAITS = sql("waits_of_day")
_STAYS = sql("stays_of_ticket")
_STAY_AT = sql("stay_at")


@dataclass(frozen=True, slots=True)
class Wait:
    """One wait of a ticket in a line, and how it ended; `ended` None while it lasts."""

    ticket: int
    waiter: Waiter
    began: int
    ended: int | None
    window: int | None
    """The window that called it; None when it ended otherwise."""
    chosen: bool

    def lasts_at(self, moment: int) -> bool:
        """Whether it stood in line then."""
        return self.began <= moment and (self.ended is None or self.ended > moment)

    def key(self, moment: int) -> Key:
        """Its place at a moment."""
        return self.waiter.place.key(moment)


def why(connection: Connection, plan: HallPlan, ticket: TicketRow, moment: int, *, addressed: bool) -> m.Why:
    """Everything that explains a ticket's place at `moment` (milliseconds), the next in line first.

    Raises Refused("invalid_query") for a moment before the number was taken.
    """
    if moment < ticket.taken_at:
        raise Refused("invalid_query", detail=f"at: {ticket.display} was taken later")
    waits = list(_waits(connection, ticket, moment))
    mine = [wait for wait in waits if wait.ticket == ticket.id]
    others = [wait for wait in waits if wait.ticket != ticket.id]
    now = next((wait for wait in mine if wait.lasts_at(moment)), None)
    tell = partial(compare, addressed=addressed)
    ahead = [] if now is None else _ahead(now, others, moment)
    beside = [] if now is None else _beside(plan, now, others, moment)
    called = list(_called(plan, mine, others, moment, addressed))
    own = _not_waiting(connection, ticket, moment, addressed) if now is None else _own(now, moment, addressed)
    lane = ticket.lane if now is None else now.waiter.lane
    return m.Why(
        number=ticket.display,
        lane=lane,
        at=from_millis(moment),
        own=own,
        ahead=[_told(wait, tell(wait.waiter, now.waiter, moment)) for wait in ahead[:MOST_TOLD] if now],
        ahead_count=len(ahead),
        beside=[_told(wait, tell(wait.waiter, now.waiter, moment)) for wait in beside[:MOST_TOLD] if now],
        beside_count=len(beside),
        called=called[:MOST_TOLD],
        called_count=len(called),
        windows=[m.Said(zh=zh, en=en) for zh, en in _windows(plan, lane, now)],
    )


def _ahead(mine: Wait, others: list[Wait], moment: int) -> list[Wait]:
    """Who stands before it in its own line."""
    key = mine.key(moment)
    found = [w for w in others if w.lasts_at(moment) and w.waiter.lane == mine.waiter.lane]
    return sorted((w for w in found if w.key(moment) < key), key=lambda w: w.key(moment))


def _beside(plan: HallPlan, mine: Wait, others: list[Wait], moment: int) -> list[Wait]:
    """Who stands before it in other lines that its windows call as well, as they may at this moment."""
    standing = [w for w in others if w.lasts_at(moment)]
    counts = Counter(w.waiter.lane for w in standing) + Counter([mine.waiter.lane])
    desks = [desk for desk in plan.desks.values() if _calls_now(desk, mine, [*standing, mine], counts)]
    key = mine.key(moment)
    found = [
        w
        for w in standing
        if w.waiter.lane != mine.waiter.lane
        and w.key(moment) < key
        and any(_calls_now(desk, w, [*standing, mine], counts) for desk in desks)
    ]
    return sorted(found, key=lambda w: w.key(moment))


def _calls_now(desk: Desk, wait: Wait, standing: list[Wait], counts: Counter[str]) -> bool:
    """Whether a window may call a ticket, its rule for other lines included."""
    if wait.waiter.for_window is not None:
        return wait.waiter.for_window == desk.no
    lane = wait.waiter.lane
    if lane in desk.own:
        return True
    if lane not in desk.also:
        return False
    has_own = any(_is_own(desk, other.waiter) for other in standing)
    return lane in desk.helped(has_own, counts.__getitem__)


def _is_own(desk: Desk, waiter: Waiter) -> bool:
    if waiter.for_window is not None:
        return waiter.for_window == desk.no
    return waiter.lane in desk.own


# -- calls meanwhile -----------------------------------------------------------------------------------


def _called(
    plan: HallPlan, mine: list[Wait], others: list[Wait], moment: int, addressed: bool
) -> Iterator[m.Before]:
    """Who was called while it waited and could have been, the latest first."""
    calls = [w for w in others if w.window is not None and w.ended is not None and w.ended <= moment]
    for call in sorted(calls, key=lambda w: w.ended or 0, reverse=True):
        at = call.ended or 0
        waiting = next((w for w in mine if w.began < at and w.lasts_at(at)), None)
        reason = None if waiting is None else _why_called(plan, call, waiting, at, addressed)
        if reason is not None:
            yield _told(call, reason)


def _why_called(plan: HallPlan, call: Wait, mine: Wait, at: int, addressed: bool) -> Reason | None:
    """Why `call` came first; None when the two were never compared."""
    window, lane = call.window or 0, mine.waiter.lane
    desk, reserved = plan.desks[window], mine.waiter.for_window
    reaches = reserved == window if reserved is not None else lane in desk.lanes
    is_line = call.waiter.lane == lane
    if not reaches and not is_line:
        return None
    if call.key(at) < mine.key(at):
        return compare(call.waiter, mine.waiter, at, addressed=addressed)
    code = _exception(call, mine, desk, reaches)
    return say(code, call.waiter, mine.waiter, addressed=addressed, window=window)


def _exception(call: Wait, mine: Wait, desk: Desk, reaches: bool) -> Code:
    """Why a window called someone whose place was later."""
    if call.chosen:
        return Code.CHOSEN
    if not reaches and mine.waiter.for_window is not None:
        return Code.YOU_ELSEWHERE
    if call.waiter.for_window is not None:
        return Code.SENT_TO_WINDOW
    return Code.OTHER_LINE if mine.waiter.lane in desk.also else Code.UNEXPLAINED


# -- one's own place -----------------------------------------------------------------------------------


def _own(wait: Wait, moment: int, addressed: bool) -> m.Said:
    zh, en = own_place(wait.waiter, moment, addressed=addressed)
    return m.Said(zh=zh, en=en)


def _not_waiting(connection: Connection, ticket: TicketRow, moment: int, addressed: bool) -> m.Said:
    state, began, window = connection.execute(_STAY_AT, (ticket.id, moment)).fetchone()
    zh, en = not_waiting(ticket.display, State(state), began, window, addressed=addressed)
    return m.Said(zh=zh, en=en)


def _windows(plan: HallPlan, lane: str, now: Wait | None) -> list[tuple[str, str]]:
    """What the windows do that could call it; none for one that a single window keeps."""
    if now is None or now.waiter.for_window is not None:
        return []
    return shared_windows(plan.desks.values(), lane)


def _told(wait: Wait, reason: Reason) -> m.Before:
    return m.Before(
        number=wait.waiter.number,
        lane=wait.waiter.lane,
        code=reason.code,
        zh=reason.zh,
        en=reason.en,
        called_at=None if wait.window is None or wait.ended is None else from_millis(wait.ended),
        window=wait.window,
    )


# -- from the store ------------------------------------------------------------------------------------


def _waits(connection: Connection, ticket: TicketRow, moment: int) -> Iterator[Wait]:
    """Every wait of the ticket's day that touches its own time in the hall up to `moment`."""
    age_at = _ages(connection)
    parameters = {"day": ticket.day, "since": ticket.taken_at, "until": moment}
    for row in connection.execute(_WAITS, parameters).fetchall():
        yield _wait(connection, row, age_at)


def _wait(connection: Connection, row: tuple[Any, ...], age_at: Callable[[int], int]) -> Wait:
    (id_, series, number, priority, booked, taken, n, lane, began, sort_at, due_at, for_window,
     end, ended, window, chosen) = row  # fmt: skip
    place = Place(sort_at, due_at, number, series)
    history = {"given": place} if n == 0 else _history(connection, id_, n, place)
    waiter = Waiter(
        place=place,
        taken_at=taken,
        joined_at=began,
        lane=lane,
        priority=Priority(priority),
        elderly_from_age=age_at(taken),
        booked_for=booked,
        for_window=for_window,
        **history,
    )
    return Wait(id_, waiter, began, ended, window if end == State.CALLED else None, bool(chosen))


def _history(connection: Connection, ticket: int, n: int, place: Place) -> dict[str, Any]:
    """What a ticket that waits again went through: its first place, its return, where it was sent from."""
    stays = connection.execute(_STAYS, (ticket, n)).fetchall()
    sort_at, due_at = stays[0][4:]
    found: dict[str, Any] = {
        "given": place if sort_at is None else place._replace(sort_at=sort_at, due_at=due_at)
    }
    for (before, lane, *_), (state, _, _, began, *_) in pairwise(stays):
        if state != State.WAITING:
            continue
        if before == State.MISSED:
            found["returned_at"] = began
        found["from_lane"] = None if before == State.MISSED else lane
    return found


def _ages(connection: Connection) -> Callable[[int], int]:
    """From which age the elderly had their credit, at a moment: the rules of then."""
    rows = [(at, data) for at, _, data in connection.execute(sql("rules_history"))]
    ages = [(at, rules_from(json.loads(data)).elderly_from_age) for at, data in rows]

    def age_at(moment: int) -> int:
        return next((age for at, age in reversed(ages) if at <= moment), ages[0][1] if ages else 65)

    return age_at
