"""What a key would run into, known before the hub is asked. The hub alone decides; this spares a press."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.ticket import State


class Obstacle(StrEnum):
    """Why a key does not work now."""

    CUT = "cut"
    PAUSED = "paused"
    NOBODY_WAITS = "nobody_waits"
    CALLED_FIRST = "called_first"
    DEAL_FIRST = "deal_first"
    NO_TICKET = "no_ticket"
    ONLY_CALLED = "only_called"
    ONLY_SERVING = "only_serving"
    NO_MISSED = "no_missed"
    NO_HELD = "no_held"
    NOBODY_TO_ASK = "nobody_to_ask"
    BY_HAND = "by_hand"
    NOBODY_BY_HAND = "nobody_by_hand"
    BRINGING_IN = "bringing_in"
    NOT_TO_BE_TAKEN_BACK = "not_to_be_taken_back"


@dataclass(frozen=True, slots=True)
class Situation:
    """What stands before the window. `ticket` is the state of its ticket, None for none."""

    online: bool = True
    paused: bool = False
    ticket: State | None = None
    waiting: int = 0
    missed: int = 0
    held: int = 0
    may_invite: bool = False
    """Whether the last citizen can be asked again how it was."""
    by_hand: bool = False
    """The hub is away: `ticket` is the one that is noted by hand."""
    bringing_in: bool = False
    """The hub is back and takes in what was noted."""
    may_take_back: bool = False
    """The number before the window was typed here, and the hub has not heard of it."""


_NEEDS: dict[str, frozenset[State]] = {
    "recall": frozenset({State.CALLED}),
    "start": frozenset({State.CALLED}),
    "miss": frozenset({State.CALLED}),
    "cancel": frozenset({State.CALLED}),
    "finish": frozenset({State.SERVING}),
    "hold": frozenset({State.SERVING}),
    "transfer": frozenset({State.CALLED, State.SERVING}),
    "show-name": frozenset({State.CALLED, State.SERVING}),
}
"""Moves of the ticket before the window, and the states they start from here."""

ABOUT_TICKET = frozenset(_NEEDS)
"""The keys that mean the ticket that was seen when they were pressed, and no other."""
BY_HAND = frozenset({"start", "finish", "miss", "cancel"})
"""The keys that note something of a call by hand; `cancel` takes a wrong number back."""
_EMPTY_WINDOW = frozenset({"pick", "held", "pause", "close-window", "sign-out"})
_CALLS = frozenset({"next", "pick"})


def obstacle(action: str, now: Situation) -> Obstacle | None:
    """The first thing in the way of `action`, or None when it may be tried."""
    return _by_hand(action, now) if now.by_hand else _by_the_hub(action, now)


def _by_the_hub(action: str, now: Situation) -> Obstacle | None:
    if action == "shape" or (action == "pause" and now.paused and now.online):
        return None  # to go on after a pause is always right
    if not now.online:
        return Obstacle.CUT
    if action in _NEEDS:
        return _wrong_state(_NEEDS[action], now.ticket)
    if action in _EMPTY_WINDOW and now.ticket is not None:
        return Obstacle.DEAL_FIRST
    if action in _CALLS:
        return _cannot_call(now)
    if action == "missed" and now.missed == 0:
        return Obstacle.NO_MISSED
    if action == "held" and now.held == 0:
        return Obstacle.NO_HELD
    if action == "why" and now.ticket is None and now.waiting == 0:
        return Obstacle.NOBODY_WAITS
    if action == "invite" and not now.may_invite:
        return Obstacle.NOBODY_TO_ASK
    return None


def suggestion(now: Situation) -> str:
    """The key that the hand most likely wants next; it alone is filled with colour. Empty without the hub."""
    if now.by_hand:
        return {State.CALLED: "start", State.SERVING: "finish"}.get(now.ticket or State.DONE, "")
    if not now.online:
        return ""
    match now.ticket:
        case State.CALLED:
            return "start"
        case State.SERVING if now.paused or now.waiting == 0:
            return "finish"
        case _:
            return "pause" if now.paused else "next"


def _by_hand(action: str, now: Situation) -> Obstacle | None:
    """What can be noted while the hub is away; `next` leads to where the number is typed."""
    if action in ("shape", "next"):
        return None
    if now.bringing_in:
        return Obstacle.BRINGING_IN
    if action not in BY_HAND:
        return Obstacle.BY_HAND
    if now.ticket is None:
        return Obstacle.NOBODY_BY_HAND
    found = _wrong_state(_NEEDS[action], now.ticket)
    return (
        Obstacle.NOT_TO_BE_TAKEN_BACK
        if found is None and action == "cancel" and not now.may_take_back
        else found
    )


def _wrong_state(needed: frozenset[State], ticket: State | None) -> Obstacle | None:
    if ticket is None:
        return Obstacle.NO_TICKET
    if ticket in needed:
        return None
    return Obstacle.ONLY_SERVING if ticket is State.CALLED else Obstacle.ONLY_CALLED


def _cannot_call(now: Situation) -> Obstacle | None:
    """A ticket being served is finished by the next call; one that was only called is not."""
    if now.paused:
        return Obstacle.PAUSED
    if now.ticket is State.CALLED:
        return Obstacle.CALLED_FIRST
    if now.ticket is None and now.waiting == 0:
        return Obstacle.NOBODY_WAITS
    return None
