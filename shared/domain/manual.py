"""Calls that a window made by hand while the hub was away (应急手动叫号): do they contradict the hall?

A clerk typed a number and noted what came of it. Where the hall knows nothing else of the ticket, the note
is carried out. Where it does, neither side is believed: a person decides.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.ticket import Move, State

CLOCKS_DIFFER_MS = 60_000
"""How far a window's clock may be behind the hub's before "the hall moved the ticket later" is believed."""


class Step(StrEnum):
    """What a clerk can note. `WITHDRAWN`: the number was typed wrongly, nobody was called."""

    CALLED = "called"
    STARTED = "started"
    FINISHED = "finished"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


class Conflict(StrEnum):
    """Why a call by hand was not carried out."""

    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_CLERK = "unknown_clerk"
    ELSEWHERE = "elsewhere"
    ENDED = "ended"
    PUT_ASIDE = "put_aside"
    SENT_ELSEWHERE = "sent_elsewhere"
    WINDOW_BUSY = "window_busy"
    MOVED_SINCE = "moved_since"
    DISAGREES = "disagrees"


CONFLICTS: dict[Conflict, tuple[str, str]] = {
    Conflict.UNKNOWN_NUMBER: ("当天没有这个号", "No such number was given that day"),
    Conflict.UNKNOWN_CLERK: ("没有这个工号", "There is no such clerk"),
    Conflict.ELSEWHERE: ("另一个窗口叫过此号", "Another window called this number"),
    Conflict.ENDED: ("此号已经结束", "The number had come to its end"),
    Conflict.PUT_ASIDE: ("此号已过号或挂起", "The number was missed or held"),
    Conflict.SENT_ELSEWHERE: ("此号指定由另一个窗口办理", "The number was sent to another window"),
    Conflict.WINDOW_BUSY: ("本窗口还有另一个号没有结束", "The window had another number before it"),
    Conflict.MOVED_SINCE: ("手动叫号之后，此号又有变动", "The hall moved the number after the call by hand"),
    Conflict.DISAGREES: ("与大厅记录的先后不符", "It does not fit what the hall had noted before"),
}
"""Each reason in Chinese and English."""

_NUMBER = re.compile(r"([A-Z])([0-9]{1,6})", re.ASCII)
_OPENINGS: dict[State, dict[Step, tuple[Move, ...]]] = {
    State.WAITING: {
        Step.CALLED: (Move.CALL,),
        Step.STARTED: (Move.CALL, Move.START),
        Step.FINISHED: (Move.CALL, Move.START, Move.FINISH),
        Step.MISSED: (Move.CALL, Move.MISS),
    },
    State.CALLED: {
        Step.CALLED: (),
        Step.STARTED: (Move.START,),
        Step.FINISHED: (Move.START, Move.FINISH),
        Step.MISSED: (Move.MISS,),
    },
    State.SERVING: {Step.CALLED: (), Step.STARTED: (), Step.FINISHED: (Move.FINISH,)},
    State.HELD: {
        Step.CALLED: (),
        Step.STARTED: (Move.RESUME,),
        Step.FINISHED: (Move.RESUME, Move.FINISH),
    },
}
_FOLLOWS: dict[State | None, frozenset[Step]] = {
    State.CALLED: frozenset({Step.STARTED, Step.MISSED, Step.WITHDRAWN}),
    State.SERVING: frozenset({Step.FINISHED}),
}
_LEADS_TO: dict[Step, State] = {Step.CALLED: State.CALLED, Step.STARTED: State.SERVING}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the hall knows of the ticket and of the window, moments in milliseconds.

    A ticket that the end of the day expired while it waited stands as it did before (`is_expired`): the hall
    only knew of nothing else.
    """

    state: State
    window: int | None
    for_window: int | None
    moved_at: int
    is_returned: bool
    """It was missed once and has come back."""
    is_expired: bool
    window_is_busy: bool
    """Another ticket is called to the noting window, or served there."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A step as the window noted it. `is_first`: nothing of this call was carried out before it."""

    step: Step
    window: int
    at: int
    is_first: bool


def parse_number(text: str) -> tuple[str, int] | None:
    """Series and number of what a clerk typed (`a012`, ` A12 `), or None when it is none."""
    found = _NUMBER.fullmatch(text.strip().upper())
    return None if found is None or int(found[2]) == 0 else (found[1], int(found[2]))


def state_after(step: Step) -> State | None:
    """How a ticket stands before the window once `step` was noted; None when it has left."""
    return _LEADS_TO.get(step)


def may_follow(state: State | None, step: Step) -> bool:
    """Whether a clerk may note `step` of the ticket that stands before the window in `state`."""
    return step in _FOLLOWS.get(state, frozenset())


def judge(standing: Standing, noted: Noted) -> tuple[Move, ...] | Conflict:
    """The moves that carry the step out, or the contradiction that keeps it from being so."""
    if _is_so_already(standing, noted):
        return ()
    return _contradiction(standing, noted) or moves_for(standing, noted) or _nothing_to_do(standing, noted)


def moves_for(standing: Standing, noted: Noted) -> tuple[Move, ...]:
    """How the ticket comes from where it stands to what was noted; empty where no way leads there.

    A person's verdict may go this way where `judge` sees a contradiction.
    """
    if noted.step not in _OPENINGS.get(_opening(standing), {}):
        return ()
    moves = _OPENINGS[_opening(standing)][noted.step]
    if standing.state is State.MISSED:
        return (Move.RETURN, *moves)
    return (Move.REINSTATE, *moves) if standing.is_expired else moves


def stands_open(standing: Standing, window: int) -> bool:
    """Whether the ticket can still come to what `window` noted: nobody else has it, the window is free."""
    if standing.state is State.WAITING:
        return not standing.window_is_busy
    return standing.state in _OPENINGS and standing.window == window


def _opening(standing: Standing) -> State:
    return State.WAITING if standing.state is State.MISSED else standing.state


def _nothing_to_do(standing: Standing, noted: Noted) -> tuple[Move, ...] | Conflict:
    is_so = noted.step in _OPENINGS.get(standing.state, {})
    return () if is_so else Conflict.DISAGREES


def _is_so_already(standing: Standing, noted: Noted) -> bool:
    """The window's own last command was carried out before the line was lost; its answer was not heard."""
    ends = {State.DONE: Step.FINISHED, State.MISSED: Step.MISSED}
    return standing.window == noted.window and ends.get(standing.state) is noted.step


def _contradiction(standing: Standing, noted: Noted) -> Conflict | None:
    state = standing.state
    if state is State.WAITING:
        return _while_waiting(standing, noted)
    if standing.window not in (None, noted.window):
        return Conflict.ELSEWHERE
    if state is State.MISSED:
        return Conflict.PUT_ASIDE if standing.is_returned else _while_free(standing, noted)
    if state not in _OPENINGS:
        return Conflict.ENDED
    if state is State.HELD:
        return _moved_since(standing, noted) or _busy(standing)
    return _moved_since(standing, noted)


def _while_waiting(standing: Standing, noted: Noted) -> Conflict | None:
    if standing.for_window not in (None, noted.window):
        return Conflict.SENT_ELSEWHERE
    return _while_free(standing, noted)


def _while_free(standing: Standing, noted: Noted) -> Conflict | None:
    """Nobody has it: it can be called, once for each call by hand."""
    if not noted.is_first:
        return Conflict.DISAGREES
    return _moved_since(standing, noted) or _busy(standing)


def _busy(standing: Standing) -> Conflict | None:
    return Conflict.WINDOW_BUSY if standing.window_is_busy else None


def _moved_since(standing: Standing, noted: Noted) -> Conflict | None:
    return Conflict.MOVED_SINCE if standing.moved_at > noted.at + CLOCKS_DIFFER_MS else None
