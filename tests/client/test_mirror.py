"""The mirror's fold is exact: after any legal facts it equals a recount of the whole hall."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.client.line import place
from shared.client.mirror import CALLS, CALLS_KEPT, Mirror, NeedsReload
from shared.domain.moments import HALL_ZONE
from shared.domain.ordering import Priority
from shared.domain.ticket import AT_A_WINDOW, LIVE, MOVES, Move, State
from shared.protocol.events import Beat, Estimates, FactEvent
from shared.protocol.messages import Board, Call, Estimate, HallInfo, Lane, Queue, Ticket, Window

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=HALL_ZONE)
LANES = "ABC"
WINDOWS = (1, 2, 3)
UNCALLED: dict[str, Any] = {"window": None, "calls": 0, "called_at": None, "started_at": None}


@dataclass
class Model:
    """A hall kept the slow way: facts are made from tickets, and everything else is counted anew."""

    seq: int = 0
    tickets: dict[int, dict[str, Any]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return NOW + timedelta(seconds=7 * self.seq)

    def board(self) -> Board:
        return Board(
            seq=self.seq,
            hall=HallInfo(
                name="小厅",
                name_en="Hall",
                sample=True,
                now=self.now,
                speed=1,
                day=date(2026, 11, 23),
                languages=["zh"],
            ),
            lanes=[self._lane(letter) for letter in LANES],
            windows=[self._window(no) for no in WINDOWS],
            calls=self.calls[:CALLS_KEPT],
            notices=[],
        )

    def queue(self) -> Queue:
        live = [t for t in self.tickets.values() if t["state"] in LIVE]
        return Queue(seq=self.seq, tickets=[Ticket(**t, ahead=self._ahead(t)) for t in live])

    def take(self, lane: str, early: bool) -> FactEvent:
        self.seq += 1
        sort_at = self.now - timedelta(minutes=20 if early else 0)
        ticket: dict[str, Any] = {
            "id": len(self.tickets) + 1,
            "number": f"{lane}{len(self.tickets) + 1:03d}",
            "lane": lane,
            "state": State.WAITING,
            "taken_at": self.now,
            "sort_at": sort_at,
            "due_at": None,
            "booked_for": None,
            "priority": Priority.ELDERLY if early else Priority.NONE,
            "matter": None,
            "holder": "张*",
        }
        self.tickets[ticket["id"]] = ticket
        data = {k: ticket[k] for k in ("number", "lane", "due_at", "booked_for", "matter", "holder")}
        data |= {"ticket": ticket["id"], "sort_at": sort_at.isoformat(), "from": None, "state": "waiting"}
        return self._fact("ticket.taken", data | {"priority": str(ticket["priority"]), "channel": "kiosk"})

    def move(self, ticket: dict[str, Any], move: Move, window: int, lane: str) -> FactEvent:
        self.seq += 1
        before, here = ticket["state"], ticket.get("window") or window
        by_hand = lane == "C" and move in (Move.CALL, Move.START)
        at = self.now - timedelta(minutes=40) if by_hand else self.now
        more: dict[str, Any] = {}
        match move:
            case Move.CALL:
                ticket |= {"window": window, "calls": 1, "called_at": at, "started_at": None}
                more = {"calls": 1, "holder": "张*"}
            case Move.RECALL:
                ticket["calls"] += 1
                more = {"calls": ticket["calls"], "holder": "张*"}
            case Move.START:
                ticket["started_at"] = at
            case Move.RETURN:
                ticket |= {"sort_at": self.now, "returned": True} | UNCALLED
                more = {"sort_at": self.now.isoformat(), "due_at": None}
            case Move.TRANSFER:
                more = {"from_lane": ticket["lane"], "for_window": window, "back_to": here, "note": "请补章"}
                ticket |= {"lane": lane, "for_window": window, "back_to": here, "note": "请补章"}
                ticket |= UNCALLED
            case Move.SEND_BACK:
                more = {"from_lane": ticket["lane"], "for_window": here, "back_to": None, "note": ""}
                ticket |= {"for_window": here, "back_to": None, "note": ""} | UNCALLED
        ticket["state"] = MOVES[move].target
        data = {"ticket": ticket["id"], "number": ticket["number"], "lane": ticket["lane"], "window": here}
        more |= {"by_hand": 1, "noted_at": at.isoformat()} if by_hand else {}
        name = "ticket.called_by_hand" if by_hand and move is Move.CALL else FACT_OF[move]
        fact = self._fact(name, data | {"from": before.value, "state": ticket["state"].value} | more)
        if name in CALLS:
            self.calls.insert(0, self._call(fact))
        return fact

    def legal(self, window: int) -> list[tuple[dict[str, Any], Move]]:
        """What may happen with this window: it has at most one citizen before it."""
        taken = any(t["state"] in AT_A_WINDOW and t["window"] == window for t in self.tickets.values())
        fills = {Move.CALL, Move.RESUME}
        return [
            (ticket, move)
            for ticket in self.tickets.values()
            for move, arrow in MOVES.items()
            if move in FACT_OF
            and ticket["state"] in arrow.sources
            and not (move in fills and taken)
            and (move is not Move.RESUME or ticket["window"] == window)
        ]

    def _fact(self, name: str, data: dict[str, Any]) -> FactEvent:
        return FactEvent(seq=self.seq, at=self.now, name=name, actor="clerk:1", data=data)

    def _call(self, fact: FactEvent) -> Call:
        d = fact.data
        return Call(
            seq=fact.seq,
            at=fact.at,
            number=d["number"],
            window=d["window"],
            lane=d["lane"],
            holder="张*",
            again=d["calls"] - 1,
        )

    def _ahead(self, ticket: dict[str, Any]) -> int | None:
        if ticket["state"] is not State.WAITING:
            return None
        key = place(Ticket(**ticket))
        line = [
            t for t in self.tickets.values() if t["state"] is State.WAITING and t["lane"] == ticket["lane"]
        ]
        return sum(place(Ticket(**other)) < key for other in line)

    def _lane(self, letter: str) -> Lane:
        waiting = sum(t["state"] is State.WAITING and t["lane"] == letter for t in self.tickets.values())
        return Lane(
            letter=letter,
            name=letter,
            name_en=letter,
            place="",
            place_en="",
            waiting=waiting,
            estimate=None,
            open=True,
            closes_at=None,
            opens_at=None,
        )

    def _window(self, no: int) -> Window:
        here = [t for t in self.tickets.values() if t["state"] in AT_A_WINDOW and t["window"] == no]
        assert len(here) <= 1
        number, state = (here[0]["number"], here[0]["state"].value) if here else ("", "")
        return Window(
            no=no,
            name="",
            kind="general",
            place="",
            lanes=list(LANES),
            state="open",
            ticket=number,
            ticket_state=state,
        )


FACT_OF = {
    Move.CALL: "ticket.called",
    Move.RECALL: "ticket.recalled",
    Move.START: "ticket.started",
    Move.FINISH: "ticket.finished",
    Move.SEND_BACK: "ticket.sent_back",
    Move.MISS: "ticket.missed",
    Move.RETURN: "ticket.returned",
    Move.TRANSFER: "ticket.transferred",
    Move.HOLD: "ticket.held",
    Move.RESUME: "ticket.resumed",
    Move.CANCEL: "ticket.cancelled",
    Move.EXPIRE: "ticket.expired",
}
"""All but REINSTATE: a ticket that comes back from its end is not here any more, so a reload brings it."""
Choice = tuple[int, int, int]
CHOICES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 999)), max_size=60)


def happen(model: Model, choices: list[Choice]) -> Iterator[FactEvent]:
    """Legal facts, chosen by numbers: a third of them new tickets, the others moves."""
    for window, lane, pick in choices:
        legal = model.legal(WINDOWS[window])
        if pick % 3 == 0 or not legal:
            yield model.take(LANES[lane], early=pick % 2 == 0)
        else:
            ticket, move = legal[pick % len(legal)]
            yield model.move(ticket, move, WINDOWS[window], LANES[lane])


def assert_equal(mirror: Mirror, model: Model) -> None:
    board, queue = model.board(), model.queue()
    assert mirror.seq == board.seq
    assert list(mirror.lanes.values()) == board.lanes
    assert list(mirror.windows.values()) == board.windows
    assert mirror.calls == board.calls
    assert mirror.tickets == {ticket.id: ticket for ticket in queue.tickets}


@settings(max_examples=150, deadline=None)
@given(CHOICES)
def test_folding_equals_a_recount(choices: list[Choice]) -> None:
    model = Model()
    mirror = Mirror.load(model.board(), model.queue())
    for fact in happen(model, choices):
        before = (dict(mirror.lanes), dict(mirror.windows), list(mirror.calls), dict(mirror.tickets))
        parts = mirror.apply(fact)
        after = (mirror.lanes, mirror.windows, mirror.calls, mirror.tickets)
        names = ("lanes", "windows", "calls", "tickets")
        changed = {name for name, old, new in zip(names, before, after, strict=True) if old != new}
        assert changed <= parts
        assert_equal(mirror, model)


@settings(max_examples=60, deadline=None)
@given(CHOICES, st.integers(0, 60), st.integers(0, 60))
def test_board_and_queue_of_different_moments(choices: list[Choice], one: int, other: int) -> None:
    model, facts = Model(), []
    board, queue = model.board(), model.queue()
    for at, fact in enumerate(happen(model, choices), start=1):
        facts.append(fact)
        board = model.board() if at == one else board
        queue = model.queue() if at == other else queue
    mirror = Mirror.load(board, queue)
    for fact in facts:
        mirror.apply(fact)
    assert_equal(mirror, model)


def test_a_known_fact_changes_nothing_and_a_missed_one_is_noticed() -> None:
    model = Model()
    mirror = Mirror.load(model.board(), model.queue())
    first, second, third = (
        model.take("A", early=False),
        model.take("A", early=False),
        model.take("B", early=False),
    )
    assert mirror.apply(first) == {"lanes", "tickets"}
    assert mirror.apply(first) == frozenset()
    with pytest.raises(NeedsReload):
        mirror.apply(third)
    assert mirror.seq == 1
    assert mirror.apply(second) == {"lanes", "tickets"}
    assert mirror.lanes["A"].waiting == 2


@pytest.mark.parametrize("name", ["day.rolled", "hall.configured", "lane.closed", "lane.opened"])
def test_what_only_the_hub_can_tell_needs_a_snapshot(name: str) -> None:
    mirror = Mirror.load(Model().board())
    with pytest.raises(NeedsReload):
        mirror.apply(FactEvent(seq=1, at=NOW, name=name, actor="manager:1", data={}))


def test_windows_notices_waits_and_looks() -> None:
    mirror = Mirror.load(Model().board())

    def tell(name: str, **data: object) -> frozenset[str]:
        return mirror.apply(FactEvent(seq=mirror.seq + 1, at=NOW, name=name, actor="clerk:1", data=data))

    assert tell("window.paused", window=2, state="paused", clerk="李明") == {"windows"}
    assert (mirror.windows[2].state, mirror.windows[2].clerk, mirror.windows[2].reason) == (
        "paused",
        "李明",
        "",
    )
    assert tell("notice.posted", id=4, zh="停水", en="") == {"notices"}
    assert [notice.zh for notice in mirror.notices] == ["停水"]
    assert tell("notice.withdrawn", id=4) == {"notices"}
    assert mirror.notices == []
    assert tell("ticket.name_shown", ticket=1, number="A001", window=2) == frozenset()
    assert tell("slip.printed", ticket=1, number="A001") == frozenset()
    wait = Estimate(kind="minutes", low=5, high=20)
    assert mirror.apply(Estimates(lanes={"A": wait, "Z": None})) == {"lanes"}
    assert mirror.lanes["A"].estimate == wait
    assert mirror.apply(Beat(now=NOW, speed=1, seq=9)) == frozenset()


def test_a_ticket_that_is_not_here_needs_a_snapshot() -> None:
    model = Model()
    mirror = Mirror.load(model.board(), Queue(seq=0, tickets=[]))
    mirror.apply(model.take("A", early=False))
    stranger = dict(model.tickets[1], id=99)
    with pytest.raises(NeedsReload):
        mirror.apply(model.move(stranger, Move.CALL, 1, "A"))
    assert mirror.lanes["A"].waiting == 1
