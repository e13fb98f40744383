"""The line before one window: who may be called here, in which order, and why each stands where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.client.line import in_order, place
from shared.domain.moments import to_millis
from shared.domain.ordering import Priority
from shared.domain.ticket import AT_A_WINDOW, State
from shared.protocol.messages import Ticket, Window

SHOWN = 10


class Why(StrEnum):
    """A reason to stand at a place in the line, besides the time of the ticket."""

    APPOINTMENT = "appointment"
    LONGEST = "longest"
    BOOKED = "booked"
    ELDERLY = "elderly"
    DISABLED = "disabled"
    SOLDIER = "soldier"
    FIREFIGHTER = "firefighter"
    PREGNANT = "pregnant"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    FOR_US = "for_us"


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the line; `waited` in whole minutes since the number was taken."""

    ticket: Ticket
    waited: int
    why: tuple[Why, ...]


def may_call(ticket: Ticket, window: Window) -> bool:
    """Whether this window may call the ticket, were it waiting: meant for it, or for all of its lane."""
    return ticket.for_window == window.no or (ticket.for_window is None and ticket.lane in window.lanes)


def waiting_for(tickets: Iterable[Ticket], window: Window, now: datetime) -> list[Ticket]:
    """Who waits for this window, next first, in the hub's own order."""
    return in_order((t for t in tickets if t.state is State.WAITING and may_call(t, window)), now)


def places(waiting: Iterable[Ticket], now: datetime) -> list[Place]:
    """What the line shows of each ticket."""
    return [Place(ticket, minutes_between(ticket.taken_at, now), reasons(ticket, now)) for ticket in waiting]


def reasons(ticket: Ticket, now: datetime) -> tuple[Why, ...]:
    """Why it stands where it stands, the strongest reason first."""
    found = []
    if place(ticket).is_due(to_millis(now)):
        found.append(Why.LONGEST if ticket.booked_for is None else Why.APPOINTMENT)
    elif ticket.booked_for is not None:
        found.append(Why.BOOKED)
    if ticket.for_window is not None:
        found.append(Why.FOR_US)
    if was_transferred(ticket):
        found.append(Why.TRANSFERRED)
    if ticket.returned:
        found.append(Why.RETURNED)
    if ticket.priority is not Priority.NONE:
        found.append(Why(ticket.priority.value))
    return tuple(found)


def was_transferred(ticket: Ticket) -> bool:
    """A number keeps its first lane's letter; a note or a window to return to also tells of a transfer."""
    return ticket.number[0] != ticket.lane or bool(ticket.note) or ticket.back_to is not None


def at_window(tickets: Iterable[Ticket], no: int) -> Ticket | None:
    """The ticket that is called to or served at a window."""
    return next((t for t in tickets if t.state in AT_A_WINDOW and t.window == no), None)


def missed_for(tickets: Iterable[Ticket], window: Window) -> list[Ticket]:
    """Missed tickets that this window may bring back, those it called itself first, then by number."""
    mine = (t for t in tickets if t.state is State.MISSED and (t.window == window.no or may_call(t, window)))
    return sorted(mine, key=lambda t: (t.window != window.no, t.number))


def held_at(tickets: Iterable[Ticket], no: int) -> list[Ticket]:
    """Tickets this window interrupted, the longest in service first."""
    mine = (t for t in tickets if t.state is State.HELD and t.window == no)
    return sorted(mine, key=lambda t: (t.started_at or t.taken_at, t.number))


def minutes_between(start: datetime, now: datetime) -> int:
    """Whole minutes, never negative: clocks may differ by a beat."""
    return max(0, int((now - start).total_seconds() // 60))
