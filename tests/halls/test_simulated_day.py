"""A simulated day through the real store, and the recorded day played again: all three are one day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from shared.config import WindowConfig
from shared.domain.moments import from_millis, to_millis
from shared.domain.ordering import Place, Priority
from shared.domain.rules import MINUTE
from shared.domain.windows import Desk, Takes, When
from shared.protocol.messages import TakeTicket, Transfer
from shared.services import calling, serving, taking, windows
from shared.services.daybook import NoSuchDayError, recorded_day
from shared.services.people import Actor
from shared.simulation.engine import Observer, SimulatedHall, simulate
from shared.simulation.model import End, Leg, Scene, Shift, Visit, Visitor
from shared.simulation.what_if import Change, what_if
from shared.store.tickets import TicketRow, get_ticket
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, rehearsal, small_hall

T = TypeVar("T")
NINE = to_millis(MONDAY_MORNING.replace(hour=9, minute=0))
EVENING = NINE + 14 * 60 * MINUTE


def _row(tx: Transaction, ticket: int) -> TicketRow:
    return get_ticket(tx.connection, ticket)


class Clerks(Observer):
    """Does in the real hall what happens in the simulated one; the store must choose the same ticket."""

    def __init__(self, hall: Rehearsal) -> None:
        self.hall = hall
        self.ids: dict[int, int] = {}
        self.open: set[int] = set()
        self.chosen = 0

    def joined(self, hall: SimulatedHall, visit: Visit, place: Place) -> None:
        self._windows(hall)
        if visit.id not in self.ids:
            body = TakeTicket(channel="kiosk", lane=visit.lane, priority=visit.visitor.priority)
            self.ids[visit.id] = self._do(
                hall, lambda tx: taking.take_ticket(tx, self.hall.plan, self.hall.estimator, body)
            )
        elif visit.returned and visit.leg == 0:
            ticket = self.ids[visit.id]
            self._do(hall, lambda tx: serving.give_back_place(tx, self.hall.plan, _row(tx, ticket)))
        row = get_ticket(self.hall.connection, self.ids[visit.id])
        assert (row.place.sort_at, row.lane, row.ahead if not visit.leg else 0) == (
            place.sort_at, visit.lane, visit.ahead if not visit.leg else 0,
        )  # fmt: skip

    def called(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        self._windows(hall)
        clerk = self._clerk(no)
        row = self._do(
            hall, lambda tx: calling.call_next(tx, self.hall.plan, self.hall.estimator, clerk, no, False), no
        )
        assert row is not None
        assert row.id == self.ids[visit.id], "the store chooses as the simulated hall does"
        self.chosen += 1

    def freed(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        clerk, ticket = self._clerk(no), self.ids[visit.id]
        if visit.end is End.MISSED:
            self._do(hall, lambda tx: serving.miss(tx, self.hall.plan, clerk, _row(tx, ticket)), no)
            return
        self._do(hall, lambda tx: serving.start(tx, self.hall.plan, clerk, _row(tx, ticket)), no)
        following = visit.visitor.legs[visit.leg + 1 :]
        if following:
            there = Transfer(lane=following[0].lane)
            self._do(
                hall,
                lambda tx: serving.transfer(tx, self.hall.plan, clerk, _row(tx, ticket), there),
                no,
            )
        else:
            self._do(hall, lambda tx: serving.finish(tx, _row(tx, ticket)), no)

    def settled(self, hall: SimulatedHall) -> None:
        self._windows(hall)

    def _windows(self, hall: SimulatedHall) -> None:
        for no in set(hall.open) - self.open:
            self._do(hall, partial(windows.open_window, actor=self._clerk(no), no=no), no)
            self.open.add(no)
        for no in self.open - set(hall.open) - set(hall.busy):
            self._do(hall, partial(windows.close_window, actor=self._clerk(no), no=no), no)
            self.open.remove(no)

    def _clerk(self, no: int) -> Actor:
        return Actor("clerk", device=no, clerk=f"10{no:02d}")

    def _do(self, hall: SimulatedHall, work: Callable[[Transaction], T], no: int = 0) -> T:
        self.hall.now = from_millis(hall.now)
        return self.hall.run(work, self._clerk(no).name if no else "device:1")


def desks() -> tuple[WindowConfig, ...]:
    """Two general windows, one of which helps the zone when it has nobody, and one of the zone."""
    one, two, zone = small_hall().windows
    return (
        replace(one, lanes=("A", "B"), also=("C",), also_when=Takes(When.OWN_EMPTY)),
        replace(two, lanes=("A", "B"), also=("C",), also_when=Takes(When.LONGER_THAN, 2)),
        replace(zone, lanes=("C",)),
    )


def scene(seed: int) -> Scene:
    """A busy day of one visit in two minutes, with a lunch break and everything that happens to visits."""
    random = Random(seed)
    visitors = []
    for n in range(200):
        lane = random.choice("AAABBC")
        legs = [Leg(lane, random.randint(1, 12) * MINUTE + n)]
        if random.random() < 0.1:
            legs.append(Leg("C" if lane != "C" else "A", random.randint(1, 6) * MINUTE + n))
        misses = random.random() < 0.08
        visitors.append(
            Visitor(
                NINE + n * 2 * MINUTE + random.randint(0, 59_000),
                tuple(legs),
                random.choice([*Priority, *[Priority.NONE] * 20]),
                comes=not misses,
                returns_after=11 * MINUTE + n if misses and random.random() < 0.5 else None,
            )
        )
    shifts = []
    for window in desks():
        desk = Desk(window.no, window.lanes, window.also, window.also_when)
        noon = NINE + (180 + 30 * window.no) * MINUTE
        shifts += [Shift(desk, NINE + window.no, noon), Shift(desk, noon + 30 * MINUTE, EVENING)]
    return Scene(tuple(visitors), tuple(shifts), until=EVENING)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_store_calls_whom_the_simulated_hall_calls_and_remembers_the_day(
    tmp_path: Path, seed: int
) -> None:
    with rehearsal(tmp_path / "hall", replace(small_hall(), windows=desks())) as hall:
        clerks = Clerks(hall)
        visits = simulate(scene(seed), clerks)
        assert clerks.chosen > 180
        day = recorded_day(hall.connection, hall.plan, MONDAY_MORNING.date())
        assert list(day.waited) == [visit.wait for visit in visits]
        again = simulate(replace(day.scene, until=EVENING))
        assert [(visit.called_at, visit.window) for visit in again] == [
            (visit.called_at, visit.window) for visit in visits
        ]


def test_one_more_window_shortens_the_waits_it_is_opened_for(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall", replace(small_hall(), windows=desks())) as hall:
        simulate(scene(3), Clerks(hall))
        day = recorded_day(hall.connection, hall.plan, MONDAY_MORNING.date())
    start = NINE + 60 * MINUTE
    found = what_if(day.scene, [Change(9, ("A", "B"), start, start + 60 * MINUTE)])
    effect = {effect.lane: effect for effect in found.effects}
    assert effect["A"].after.longest < effect["A"].before.longest
    assert effect["B"].after.mean < effect["B"].before.mean
    used = [visit for visit in found.after if visit.window == 9]
    assert used
    assert all(start <= (visit.called_at or 0) < start + 60 * MINUTE for visit in used)
    closed = what_if(day.scene, [Change(1, (), start, start + 60 * MINUTE)])
    effect = {effect.lane: effect for effect in closed.effects}
    assert effect["A"].after.longest > effect["A"].before.longest


def test_a_day_without_tickets_is_told(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall, pytest.raises(NoSuchDayError, match="2026-11-22"):
        recorded_day(hall.connection, hall.plan, MONDAY_MORNING.date() - timedelta(days=1))
