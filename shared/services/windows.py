"""Opening, pausing and closing windows, and the checks every call and move makes of its window."""

from dataclasses import dataclass

from shared.domain.refusals import Refused
from shared.protocol.messages import WindowState
from shared.services.people import Actor
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow, get_ticket
from shared.store.transaction import Transaction

_WINDOW = sql("window")
_SET_WINDOW = sql("set_window")
_WINDOW_OF_CLERK = sql("window_of_clerk")
_TICKET_AT_WINDOW = sql("ticket_at_window")


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window as stored."""

    no: int
    name: str
    kind: str
    place: str
    state: WindowState
    clerk: str | None
    clerk_name: str
    reason: str


def get_window(connection: Connection, no: int) -> WindowRow:
    """The window with this number. Raises Refused("unknown_window")."""
    row = connection.execute(_WINDOW, (no,)).fetchone()
    if row is None:
        raise Refused("unknown_window", window=no)
    return WindowRow(*row)


def window_of_clerk(connection: Connection, clerk: str) -> int | None:
    """The window this clerk is on duty at, or None."""
    row = connection.execute(_WINDOW_OF_CLERK, (clerk,)).fetchone()
    return None if row is None else row[0]


def ticket_at(connection: Connection, no: int) -> TicketRow | None:
    """The ticket called to or served at a window, or None."""
    row = connection.execute(_TICKET_AT_WINDOW, (no,)).fetchone()
    return None if row is None else get_ticket(connection, row[0])


def own_window(connection: Connection, no: int, actor: Actor) -> WindowRow:
    """The window, if it is this clerk's and not closed; else the refusal that says whose it is."""
    window = get_window(connection, no)
    if window.state == "closed":
        raise Refused("window_not_open", window=no)
    if window.clerk != actor.clerk:
        raise Refused("window_of_other_clerk", window=no, clerk=window.clerk_name)
    return window


def require_empty(connection: Connection, no: int) -> None:
    """Raise Refused("window_has_ticket") while a citizen is called to or served at the window."""
    ticket = ticket_at(connection, no)
    if ticket is not None:
        raise Refused("window_has_ticket", number=ticket.display)


def open_window(tx: Transaction, actor: Actor, no: int) -> None:
    """Open a closed window; the signed-in clerk is on duty there."""
    window = get_window(tx.connection, no)
    clerk = actor.as_clerk()
    if actor.window is not None and actor.window != no:
        raise Refused("device_of_other_window", window=actor.window)
    if window.state != "closed":
        raise Refused("window_open_already", window=no, clerk=window.clerk_name)
    elsewhere = window_of_clerk(tx.connection, clerk)
    if elsewhere is not None:
        raise Refused("clerk_at_other_window", window=elsewhere)
    _change(tx, window, "opened", "open", clerk)


def pause_window(tx: Transaction, actor: Actor, no: int, reason: str) -> None:
    """Call nobody for a while. The reason is for staff; screens say that the window pauses."""
    window = own_window(tx.connection, no, actor)
    require_empty(tx.connection, no)
    _change(tx, window, "paused", "paused", window.clerk, reason)


def resume_window(tx: Transaction, actor: Actor, no: int) -> None:
    """Go on after a pause; nothing happens to a window that is open already."""
    window = own_window(tx.connection, no, actor)
    if window.state == "paused":
        _change(tx, window, "resumed", "open", window.clerk)


def close_window(tx: Transaction, actor: Actor, no: int) -> None:
    """Close the window; its clerk is free for another one."""
    window = own_window(tx.connection, no, actor)
    require_empty(tx.connection, no)
    _change(tx, window, "closed", "closed", None)


def _change(
    tx: Transaction, window: WindowRow, verb: str, state: WindowState, clerk: str | None, reason: str = ""
) -> None:
    parameters = (state, clerk, reason, window.no, window.state, window.clerk)
    if tx.execute(_SET_WINDOW, parameters).rowcount != 1:
        raise RuntimeError(f"window {window.no} changed within its own transaction")
    name = "" if clerk is None else get_window(tx.connection, window.no).clerk_name
    tx.fact(f"window.{verb}", window=window.no, state=state, clerk=name, reason=reason)
