"""A ticket's states and the named moves between them. This table is the only one; docs/states.md shows it.

A ticket is one place in a lane. It keeps the number it was printed with (series and number) through
every transfer; the lane it waits in may change.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a ticket stands. The last four are ends: nothing leads out of them, but for REINSTATE."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    MISSED = "missed"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Move(StrEnum):
    """What may happen to a ticket after it was taken."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    SEND_BACK = "send_back"
    MISS = "miss"
    RETURN = "return"
    TRANSFER = "transfer"
    HOLD = "hold"
    RESUME = "resume"
    CANCEL = "cancel"
    EXPIRE = "expire"
    REINSTATE = "reinstate"


@dataclass(frozen=True, slots=True)
class Arrow:
    """A move: the states it may start from, and the one it ends in."""

    sources: frozenset[State]
    target: State


def _arrow(target: State, *sources: State) -> Arrow:
    return Arrow(frozenset(sources), target)


MOVES: dict[Move, Arrow] = {
    Move.CALL: _arrow(State.CALLED, State.WAITING),
    Move.RECALL: _arrow(State.CALLED, State.CALLED),
    Move.START: _arrow(State.SERVING, State.CALLED),
    Move.FINISH: _arrow(State.DONE, State.SERVING),
    # The finish of a leg that was transferred "and back": the citizen returns to the window that sent them.
    Move.SEND_BACK: _arrow(State.WAITING, State.SERVING),
    Move.MISS: _arrow(State.MISSED, State.CALLED),
    Move.RETURN: _arrow(State.WAITING, State.MISSED),
    Move.TRANSFER: _arrow(State.WAITING, State.CALLED, State.SERVING),
    Move.HOLD: _arrow(State.HELD, State.SERVING),
    Move.RESUME: _arrow(State.SERVING, State.HELD),
    Move.CANCEL: _arrow(State.CANCELLED, State.WAITING, State.CALLED, State.HELD),
    Move.EXPIRE: _arrow(State.EXPIRED, State.WAITING, State.HELD, State.MISSED),
    # The day ended over a ticket that a window had called by hand, which nobody could know yet.
    Move.REINSTATE: _arrow(State.WAITING, State.EXPIRED),
}

AT_A_WINDOW = frozenset({State.CALLED, State.SERVING})
"""States in which a window has the citizen before it; a window has at most one such ticket."""

LIVE = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD, State.MISSED})
"""States in which a ticket still counts as its holder's place; one person has at most one per lane."""


def display_number(series: str, number: int) -> str:
    """The number as people read it: `A007`, and `A1000` after `A999`."""
    if len(series) != 1 or not "A" <= series <= "Z":
        raise ValueError(f"a series is one capital letter, not {series!r}")
    if number < 1:
        raise ValueError(f"numbers start at 1, not {number}")
    return f"{series}{number:03d}"
