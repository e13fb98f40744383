"""The order over a ticket's whole life: the store, the line in memory and the words on the wall agree.

A machine does to the real store everything that may happen in a hall. After each step, who would be called
next by each window is asked three times: of the store, of lines in memory, and of a reading of the posted
rules that sorts everybody with no index and no heap.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from shared.config import HallConfig
from shared.domain.lines import Line
from shared.domain.moments import to_millis
from shared.domain.ordering import Key, Place, Priority, Standing
from shared.domain.refusals import Refused
from shared.domain.rules import CREDITED, MINUTE, Rules
from shared.domain.ticket import State
from shared.domain.windows import Desk, Takes, When
from shared.protocol.messages import TakeTicket, Transfer
from shared.services import calling, serving, taking
from shared.services.hall import load_plan
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.audit import audit
from shared.store.line import head_of_lane, head_sent_to, people_ahead, waiting_in
from shared.store.sqlite import connect
from shared.store.tickets import TicketRow, get_ticket, get_tickets
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal, small_hall

LANES = "ABC"
WINDOWS = range(1, 6)
WAITING = "SELECT id FROM tickets WHERE state = 'waiting'"
LIVE = "SELECT id FROM tickets WHERE state IN ('waiting', 'called', 'serving', 'held', 'missed')"

all_rules = st.builds(
    Rules,
    credits=st.fixed_dictionaries({priority: st.integers(0, 40) for priority in CREDITED}),
    return_penalty=st.integers(0, 30),
    appointment_early=st.integers(0, 20),
    appointment_late=st.integers(0, 30),
    longest_wait=st.none() | st.integers(10, 60),
)


def _hall() -> HallConfig:
    """Five windows: a zone each, one plain general, and two that help by a rule."""
    hall = small_hall(windows=5, clerks=5)
    skills: list[dict[str, Any]] = [
        {"lanes": ("A",)},
        {"lanes": ("A",), "also": ("B", "C"), "also_when": Takes(When.OWN_EMPTY)},
        {"lanes": ("B",), "also": ("A",), "also_when": Takes(When.LONGER_THAN, 2)},
        {"lanes": ("C", "B")},
        {"lanes": ("C",), "also": ("A",)},
    ]
    desks = tuple(replace(window, **skill) for window, skill in zip(hall.windows, skills, strict=True))
    return replace(hall, windows=desks)


HALL = _hall()


def clerk(no: int) -> Actor:
    return Actor("clerk", device=no, clerk=f"10{no:02d}")


class Order(RuleBasedStateMachine):
    """A hall and everything that may happen in it."""

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.hall: Rehearsal

    @initialize(rules=all_rules)
    def found(self, rules: Rules) -> None:
        folder = Path(self._open.enter_context(TemporaryDirectory()))
        self.hall = self._open.enter_context(rehearsal(folder / "hall", HALL))
        self.hall.plan = replace(self.hall.plan, rules=rules)  # founding anew would hash the PINs anew
        self.hall.connection.execute("PRAGMA synchronous = OFF")
        for no in WINDOWS:
            self.do(partial(open_window, actor=clerk(no), no=no), no)

    def teardown(self) -> None:
        try:
            if hasattr(self, "hall"):
                assert audit(self.hall.connection, self.hall.keys).wrong == ()
        finally:
            self._open.close()

    def do(self, work: Callable[[Transaction], Any], no: int = 0) -> Any:
        return self.hall.run(work, clerk(no).name if no else "device:1")

    def rows(self, *states: State) -> list[TicketRow]:
        return [row for row in get_tickets(self.hall.connection, LIVE) if row.state in states]

    def pick(self, data: st.DataObject, *states: State) -> TicketRow:
        rows = self.rows(*states)
        assume(rows)
        return data.draw(st.sampled_from(rows))

    # -- what happens ---------------------------------------------------------------------------------

    @rule(seconds=st.integers(0, 1200))
    def time_passes(self, seconds: int) -> None:
        self.hall.now += timedelta(seconds=seconds)

    @rule(lane=st.sampled_from(LANES), priority=st.sampled_from([Priority.NONE] * 3 + list(Priority)))
    def take(self, lane: str, priority: Priority) -> None:
        body = TakeTicket(channel="kiosk", lane=lane, priority=priority)
        self._taken(self.do(lambda tx: taking.take_ticket(tx, self.hall.plan, self.hall.estimator, body)))

    @rule(lane=st.sampled_from(LANES), early=st.integers(-40, 60))
    def check_in(self, lane: str, early: int) -> None:
        booked: datetime = self.hall.now + timedelta(minutes=early)
        body = TakeTicket(channel="kiosk", lane=lane)
        self._taken(
            self.do(lambda tx: taking.take_ticket(tx, self.hall.plan, self.hall.estimator, body, booked))
        )

    def _taken(self, ticket: int) -> None:
        row = get_ticket(self.hall.connection, ticket)
        before = [
            other for other in self.waiting() if other.lane == row.lane and self.goes_before(other, row)
        ]
        assert row.ahead == len(before)

    @rule(no=st.sampled_from(WINDOWS), finish=st.booleans())
    def call_next(self, no: int, finish: bool) -> None:
        hall = self.hall
        row = self.may_refuse(
            lambda tx: calling.call_next(tx, hall.plan, hall.estimator, clerk(no), no, finish),
            no,
            {"window_has_ticket"},
        )
        if row is not None:
            assert row.for_window == no or row.lane in self.hall.plan.lanes_of_window(no)

    @rule(data=st.data(), no=st.sampled_from(WINDOWS))
    def call_out_of_order(self, data: st.DataObject, no: int) -> None:
        row = self.pick(data, State.WAITING)
        allowed = {"window_has_ticket", "not_for_this_window", "lane_not_served"}
        self.may_refuse(
            lambda tx: calling.call_ticket(tx, self.hall.plan, self.hall.estimator, clerk(no), row, "孕妇"),
            no,
            allowed,
        )

    @rule(data=st.data(), verb=st.sampled_from(["recall", "start", "miss"]))
    def at_the_window(self, data: st.DataObject, verb: str) -> None:
        row = self.pick(data, State.CALLED)
        move = {"recall": calling.recall, "start": serving.start, "miss": serving.miss}[verb]
        self.do(lambda tx: move(tx, self.hall.plan, clerk(row.window or 0), row), row.window or 0)

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        row = self.pick(data, State.SERVING)
        self.do(lambda tx: serving.finish(tx, row), row.window or 0)

    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        row = self.pick(data, State.MISSED)
        self.may_refuse(lambda tx: serving.give_back_place(tx, self.hall.plan, row), 0, {"return_used"})

    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        row = self.pick(data, State.SERVING)
        self.do(lambda tx: serving.hold(tx, self.hall.plan, clerk(row.window or 0), row), row.window or 0)

    @rule(data=st.data())
    def resume(self, data: st.DataObject) -> None:
        row = self.pick(data, State.HELD)
        no = row.window or 0
        self.may_refuse(
            lambda tx: serving.resume(tx, self.hall.plan, clerk(no), row), no, {"window_has_ticket"}
        )

    @rule(data=st.data(), to=st.sampled_from([*LANES, *WINDOWS]), back=st.booleans())
    def transfer(self, data: st.DataObject, to: str | int, back: bool) -> None:
        row = self.pick(data, State.CALLED, State.SERVING)
        assume(to != row.window)
        there = (
            Transfer(lane=to, and_back=back) if isinstance(to, str) else Transfer(window=to, and_back=back)
        )
        no = row.window or 0
        self.do(lambda tx: serving.transfer(tx, self.hall.plan, clerk(no), row, there), no)
        after = get_ticket(self.hall.connection, row.id)
        assert after.place == row.place, "a transfer keeps its place"

    @rule(data=st.data())
    def give_up(self, data: st.DataObject) -> None:
        row = self.pick(data, State.WAITING, State.CALLED, State.HELD)
        self.do(lambda tx: serving.give_up(tx, row), row.window or 0)

    def may_refuse(self, work: Callable[[Transaction], Any], no: int, allowed: set[str]) -> Any:
        try:
            return self.do(work, no)
        except Refused as refused:
            if refused.code not in allowed:
                raise
            return None

    # -- what holds -----------------------------------------------------------------------------------

    @invariant()
    def three_ways_one_order(self) -> None:
        if not hasattr(self, "hall"):
            return
        again = connect(self.hall.house.database, read_only=True)  # as after a restart
        try:
            for no in WINDOWS:
                expected = self.by_the_wall(no)
                assert self.by_the_store(no, self.hall.connection) == expected, f"window {no}"
                assert self.by_the_store(no, again) == expected, f"window {no} after a restart"
                assert self.by_the_lines(no) == expected, f"window {no}, in memory"
        finally:
            again.close()

    @invariant()
    def people_ahead_are_counted(self) -> None:
        if not hasattr(self, "hall"):
            return
        waiting = self.waiting()
        for row in waiting:
            before = sum(other.lane == row.lane and self.goes_before(other, row) for other in waiting)
            assert people_ahead(self.hall.connection, row, self.now) == before
        for lane in LANES:
            assert waiting_in(self.hall.connection, lane) == sum(row.lane == lane for row in waiting)

    @property
    def now(self) -> int:
        return to_millis(self.hall.now)

    def waiting(self) -> list[TicketRow]:
        return get_tickets(self.hall.connection, WAITING)

    def by_the_store(self, no: int, connection: Any) -> int | None:
        found = self.hall.plan.desks[no].first(
            lambda lane: head_of_lane(connection, lane, no, self.now),
            lambda lane: waiting_in(connection, lane),
            head_sent_to(connection, no, self.now),
        )
        return None if found is None else found[1]

    def by_the_lines(self, no: int) -> int | None:
        lines = {lane: Line() for lane in LANES}
        sent = Line()
        counts = dict.fromkeys(LANES, 0)
        for row in sorted(self.waiting(), key=lambda row: -row.id):
            counts[row.lane] += 1
            if row.for_window is None:
                lines[row.lane].add(row.id, row.place)
            elif row.for_window == no:
                sent.add(row.id, row.place)
        found = self.hall.plan.desks[no].first(
            lambda lane: lines[lane].head(self.now), counts.__getitem__, sent.head(self.now)
        )
        return None if found is None else found[1]

    def by_the_wall(self, no: int) -> int | None:
        """Read from the posted sentences, with nothing but comparisons."""
        config = HALL.windows[no - 1]
        waiting = self.waiting()
        mine = [row for row in waiting if row.for_window == no]
        free = [row for row in waiting if row.for_window is None]
        own = mine + [row for row in free if row.lane in config.lanes]
        helped = [
            row
            for row in free
            if row.lane in config.also
            and (
                config.also_when.when is When.ALWAYS
                or (config.also_when.when is When.OWN_EMPTY and not own)
                or (
                    config.also_when.when is When.LONGER_THAN
                    and sum(r.lane == row.lane for r in waiting) > config.also_when.people
                )
            )
        ]
        return self.first_of(own + helped)

    def first_of(self, rows: list[TicketRow]) -> int | None:
        for row in rows:
            if not any(self.goes_before(other, row) for other in rows if other is not row):
                return row.id
        return None

    def goes_before(self, one: TicketRow, other: TicketRow) -> bool:
        """The due first, by their due moment; then the earlier sort time; then the smaller number."""
        one_due = one.due_at is not None and one.due_at <= self.now
        other_due = other.due_at is not None and other.due_at <= self.now
        if one_due != other_due:
            return one_due
        mine, theirs = (one.due_at, other.due_at) if one_due else (one.sort_at, other.sort_at)
        if mine != theirs:
            return bool(mine < theirs)  # type: ignore[operator]  # both are moments
        return (one.number, one.series) < (other.number, other.series)


LONG = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


BRIEF = settings(LONG, phases=[Phase.generate])
"""For the controls: that it is found matters, not the shortest way to it."""


def test_three_ways_to_say_who_is_next_are_one() -> None:
    run_state_machine_as_test(Order, settings=LONG)


def _by_number(place: Place, _: int) -> Key:
    return Key(Standing.IN_LINE, 0, place.number, place.series)


def _never_due(place: Place, _: int) -> Key:
    return Key(Standing.IN_LINE, place.sort_at, place.number, place.series)


BROKEN: dict[str, list[tuple[type, str, Callable[..., Any]]]] = {
    "numbers only": [(Place, "key", _by_number)],
    "nobody is due": [(Place, "key", _never_due), (Place, "is_due", lambda *_: False)],
    "always helps": [(Desk, "helped", lambda desk, *_: desk.also)],
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_order_is_caught(monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """The control: what the machine must find."""
    for target, name, wrong in BROKEN[broken]:
        monkeypatch.setattr(target, name, wrong)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Order, settings=BRIEF)


def test_a_changed_rule_holds_for_numbers_taken_after_it(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall", HALL) as hall:
        assert load_plan(hall.connection).rules == Rules()
        body = TakeTicket(channel="kiosk", lane="A", priority=Priority.ELDERLY)
        take = lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body)  # noqa: E731
        before = get_ticket(hall.connection, hall.run(take))
        hall.plan = replace(hall.plan, rules=Rules(credits=dict.fromkeys(CREDITED, 5)))
        after = get_ticket(hall.connection, hall.run(take))
        assert after.sort_at - before.sort_at == 15 * MINUTE
        assert get_ticket(hall.connection, before.id).sort_at == before.sort_at
