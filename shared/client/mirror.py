"""The hall in the client's memory: a snapshot, and every later fact folded into it. Pure; no clock, no IO.

After each fact the mirror equals what the hub would answer to `board` (and `queue`) at that seq, but for
waits: those come as estimates of their own, and a ticket whose place changed has none.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self

from msgspec.structs import replace

from shared.client.line import Tickets, in_store
from shared.domain.ticket import AT_A_WINDOW, State
from shared.protocol.events import Beat, Estimates, Event, FactEvent
from shared.protocol.messages import Board, Call, HallInfo, Lane, Notice, Queue, Ticket, Window

CALLS_KEPT = 12
CALLS = frozenset({"ticket.called", "ticket.recalled"})
RELOADS = frozenset(
    {
        "day.rolled",
        "hall.configured",
        "lane.closed",
        "lane.opened",
        "rules.changed",
        "hours.changed",
        "hours.window_changed",
        "workdays.changed",
    }
)
"""Facts whose outcome only the hub can tell."""

Parts = frozenset[str]
NOTHING: Parts = frozenset()


class NeedsReload(Exception):
    """The mirror cannot go on from here; a fresh snapshot can."""


def needs_reload(event: FactEvent, last_seq: int) -> bool:
    """Whether `event` cannot be folded by somebody who knows all facts up to `last_seq`."""
    return event.seq > last_seq and (event.name in RELOADS or event.seq > last_seq + 1)


def call_of(event: FactEvent) -> Call:
    """A call as boards show it, from its fact."""
    data = event.data
    return Call(
        seq=event.seq,
        at=in_store(event.at),
        number=data["number"],
        window=data["window"],
        lane=data["lane"],
        holder=data.get("holder", ""),
        again=data["calls"] - 1,
    )


class Mirror:
    """The hall's state at fact `seq`. Read its attributes; change it through `apply` only.

    `calls` are newest first. `tickets` is empty without a queue.
    """

    def __init__(self, board: Board, queue: Queue | None = None) -> None:
        self._board_seq = board.seq
        self._queue = None if queue is None else Tickets(queue)
        self.seq = board.seq if queue is None else min(board.seq, queue.seq)
        self.hall: HallInfo = board.hall
        self.lanes: dict[str, Lane] = {lane.letter: lane for lane in board.lanes}
        self.windows: dict[int, Window] = {window.no: window for window in board.windows}
        self.calls: list[Call] = list(board.calls)
        self.notices: list[Notice] = list(board.notices)

    @classmethod
    def load(cls, board: Board, queue: Queue | None = None) -> Self:
        """A mirror of these answers. They may be true at different facts: each takes up what it lacks."""
        return cls(board, queue)

    def as_board(self, now: datetime) -> Board:
        """The hall as one answer again, with `now` as its moment: to be kept, and loaded another day."""
        return Board(
            seq=self._board_seq,
            hall=replace(self.hall, now=now),
            lanes=list(self.lanes.values()),
            windows=list(self.windows.values()),
            calls=list(self.calls),
            notices=list(self.notices),
        )

    @property
    def tickets(self) -> dict[int, Ticket]:
        """Live tickets by id."""
        return {} if self._queue is None else self._queue.by_id

    def line(self, letter: str, now: datetime) -> list[Ticket]:
        """Who waits in a lane, in the order of the rule at `now` (empty without a queue)."""
        return [] if self._queue is None else self._queue.line(letter, now)

    def apply(self, event: Event) -> Parts:
        """Fold one event; gives the parts that changed: hall, lanes, windows, calls, notices, tickets.

        Facts that are known already change nothing. Raises NeedsReload when a fact was missed or cannot
        be folded; the mirror is then as it was.
        """
        match event:
            case FactEvent():
                return self._fact(event)
            case Estimates(lanes=waits):
                return self._estimates(waits)
            case Beat():
                return NOTHING

    def _fact(self, event: FactEvent) -> Parts:
        if event.seq <= self.seq:
            return NOTHING
        if needs_reload(event, self.seq):
            raise NeedsReload(f"{event.name} at {event.seq}, known up to {self.seq}")
        changed = NOTHING
        if self._queue is not None and event.seq > self._queue.seq:
            changed |= self._fold_ticket(self._queue, event)
        if event.seq > self._board_seq:
            changed |= self._fold_board(event)
            self._board_seq = event.seq
        self.seq = event.seq
        return changed

    def _fold_ticket(self, queue: Tickets, event: FactEvent) -> Parts:
        try:
            return frozenset({"tickets"}) if queue.fold(event) else NOTHING
        except KeyError as error:
            raise NeedsReload(
                f"{event.name} at {event.seq} tells of ticket {error}, which is not here"
            ) from error

    def _fold_board(self, event: FactEvent) -> Parts:
        kind, _, _ = event.name.partition(".")
        fold: Callable[[FactEvent], Parts] | None = {
            "ticket": self._ticket,
            "window": self._window,
            "notice": self._notice,
        }.get(kind)
        return NOTHING if fold is None else fold(event)

    def _ticket(self, event: FactEvent) -> Parts:
        data = event.data
        if "state" not in data:  # a look at a name moves nothing
            return NOTHING
        before = None if data["from"] is None else State(data["from"])
        changed = self._count(data, before) | self._seat(data, before)
        if event.name in CALLS:
            self.calls = [call_of(event), *self.calls][:CALLS_KEPT]
            changed |= {"calls"}
        return changed

    def _count(self, data: dict[str, Any], before: State | None) -> Parts:
        """Waiting counts: one fewer where the ticket waited, one more where it waits."""
        moved: dict[str, int] = {}
        if before is State.WAITING:
            moved[data["lane"]] = -1
        if data["state"] == State.WAITING:
            moved[data["lane"]] = moved.get(data["lane"], 0) + 1
        for letter, step in moved.items():
            lane = self.lanes[letter]
            self.lanes[letter] = replace(lane, waiting=lane.waiting + step)
        return frozenset({"lanes"}) if moved else NOTHING

    def _seat(self, data: dict[str, Any], before: State | None) -> Parts:
        """What stands before a window."""
        here = data["state"] in AT_A_WINDOW
        if not here and before not in AT_A_WINDOW:
            return NOTHING
        window = self.windows[data["window"]]
        number, state = (data["number"], data["state"]) if here else ("", "")
        self.windows[window.no] = replace(window, ticket=number, ticket_state=state)
        return frozenset({"windows"})

    def _window(self, event: FactEvent) -> Parts:
        data = event.data
        window = self.windows[data["window"]]
        self.windows[window.no] = replace(
            window, state=data["state"], clerk=data["clerk"], reason=data.get("reason", "")
        )
        return frozenset({"windows"})

    def _notice(self, event: FactEvent) -> Parts:
        data = event.data
        self.notices = [notice for notice in self.notices if notice.id != data["id"]]
        if event.name == "notice.posted":
            self.notices.append(Notice(id=data["id"], zh=data["zh"], en=data["en"]))
        return frozenset({"notices"})

    def _estimates(self, waits: Any) -> Parts:
        known = {letter: wait for letter, wait in waits.items() if letter in self.lanes}
        for letter, wait in known.items():
            self.lanes[letter] = replace(self.lanes[letter], estimate=wait)
        return frozenset({"lanes"}) if known else NOTHING
