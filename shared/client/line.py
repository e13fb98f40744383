"""The live tickets in the client's memory, folded from the facts of their moves."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from shared.domain.moments import from_millis, to_millis
from shared.domain.ordering import Place, Priority
from shared.domain.ticket import LIVE, State
from shared.protocol.events import FactEvent
from shared.protocol.messages import Queue, Ticket


class Tickets:
    """All live tickets true at fact `seq`, with the people ahead of each that waits."""

    def __init__(self, queue: Queue) -> None:
        self.seq = queue.seq
        self.by_id: dict[int, Ticket] = {ticket.id: ticket for ticket in queue.tickets}

    def line(self, letter: str, now: datetime) -> list[Ticket]:
        """Who waits in a lane, in the order of the rule at `now`."""
        waiting = (t for t in self.by_id.values() if t.lane == letter and t.state is State.WAITING)
        return in_order(waiting, now)

    def fold(self, event: FactEvent) -> bool:
        """Take in one fact; True when a ticket changed. Raises KeyError for a ticket that is not here."""
        data = event.data
        if not event.name.startswith("ticket.") or "state" not in data:
            self.seq = event.seq
            return False
        ticket = _taken(event) if event.name == "ticket.taken" else _moved(self.by_id[data["ticket"]], event)
        if ticket.state in LIVE:
            self.by_id[ticket.id] = ticket
        else:
            del self.by_id[ticket.id]
        self._count_ahead(ticket.lane, event.at)
        self.seq = event.seq
        return True

    def _count_ahead(self, letter: str, now: datetime) -> None:
        """A wait that was told for another place in the line is no longer true."""
        for ahead, ticket in enumerate(self.line(letter, now)):
            if ticket.ahead != ahead:
                self.by_id[ticket.id] = replace(ticket, ahead=ahead, estimate=None)


def place(ticket: Ticket) -> Place:
    """Where a ticket on the wire stands."""
    due_at = None if ticket.due_at is None else to_millis(ticket.due_at)
    return Place(to_millis(ticket.sort_at), due_at, int(ticket.number[1:]), ticket.number[0])


def in_order(tickets: Iterable[Ticket], now: datetime) -> list[Ticket]:
    """Tickets as the rule has them at `now`."""
    moment = to_millis(now)
    return sorted(tickets, key=lambda ticket: place(ticket).key(moment))


def _taken(event: FactEvent) -> Ticket:
    data = event.data
    return Ticket(
        id=data["ticket"],
        number=data["number"],
        lane=data["lane"],
        state=State(data["state"]),
        taken_at=_moment(data["taken_at"]) if "taken_at" in data else in_store(event.at),
        sort_at=_moment(data["sort_at"]),
        due_at=_moment_or_none(data["due_at"]),
        booked_for=_moment_or_none(data["booked_for"]),
        priority=Priority(data["priority"]),
        matter=data["matter"],
        holder=data["holder"],
    )


def _moved(ticket: Ticket, event: FactEvent) -> Ticket:
    changes: dict[str, Any] = {"state": State(event.data["state"]), "ahead": None, "estimate": None}
    return replace(ticket, **changes | _changes(event))


_UNCALLED: dict[str, Any] = {"window": None, "calls": 0, "called_at": None, "started_at": None}


def _changes(event: FactEvent) -> dict[str, Any]:
    """What a move changes besides the state."""
    data, at = event.data, in_store(event.at)
    noted = _moment(data["noted_at"]) if "noted_at" in data else at
    match event.name:
        case "ticket.called":
            return {"window": data["window"], "calls": data["calls"], "called_at": at, "started_at": None}
        case "ticket.called_by_hand":
            return {"window": data["window"], "calls": 1, "called_at": noted, "started_at": None}
        case "ticket.recalled":
            return {"calls": data["calls"]}
        case "ticket.started":
            return {"started_at": noted}
        case "ticket.returned":
            return _UNCALLED | {
                "sort_at": _moment(data["sort_at"]),
                "due_at": _moment_or_none(data["due_at"]),
                "returned": True,
            }
        case "ticket.transferred" | "ticket.sent_back":
            return _UNCALLED | _sent(data)
        case _:
            return {}


def _sent(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "lane": data["lane"],
        "for_window": data["for_window"],
        "back_to": data["back_to"],
        "note": data.get("note", ""),
    }


def _moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else _moment(text)


def _moment(text: str) -> datetime:
    return in_store(datetime.fromisoformat(text))


def in_store(moment: datetime) -> datetime:
    """Moments are kept in whole milliseconds."""
    return from_millis(to_millis(moment))
