"""Any order of booking, confirming, changing, giving up, waiting, cutting places and letting time pass does
what a few dicts say, and no slot ever holds more than it may."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.protocol.messages import Identity
from shared.services import booking, booking_days, waiting_list
from shared.store.audit import audit
from shared.store.bookings import BookingRow, SlotRow, get_booking
from shared.store.sqlite import IntegrityError
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, id_number, put_slots, rehearsal
from tests.services.booking_model import GRID, MATTERS, TODAY, TOMORROW, Model

people = st.integers(1, 4)
slots = st.integers(0, len(GRID) - 1)


def refusal_of(act: Callable[[], object]) -> str | None:
    """The code of the refusal, if there was one."""
    try:
        act()
    except Refused as refused:
        return refused.code
    return None


class Booking(RuleBasedStateMachine):
    """The services on a hall's file beside the model; a refusal must be the same, and change nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.hall: Rehearsal = self.stack.enter_context(rehearsal(Path(folder) / "hall"))
        self.model = Model()
        self.ids: list[int] = []

    def teardown(self) -> None:
        with self.stack:
            assert not audit(self.hall.connection, self.hall.keys).wrong

    @initialize()
    def open_slots(self) -> None:
        for lane, day, hour in GRID:
            first = datetime.combine(day, time(hour), HALL_ZONE)
            self.ids += put_slots(self.hall.house, lane, first, places=[1])

    def both(self, real: Callable[[Transaction], object], expected: Callable[[Model], None]) -> None:
        model = deepcopy(self.model)
        code = refusal_of(lambda: expected(model))
        assert refusal_of(lambda: self.hall.run(real)) == code
        if code is None:
            self.model = model

    def who(self, tx: Transaction, person: int) -> booking.Applicant:
        return booking.applicant(tx, Identity(number=id_number(serial=person), name="王小明"), "kiosk")

    def row(self, tx: Transaction, key: tuple[int, str]) -> BookingRow:
        person = self.hall.keys.person(id_number(serial=key[0]))
        query = (
            "SELECT id FROM bookings WHERE person = ? AND matter = ? AND state IN ('reserved', 'confirmed')"
        )
        return get_booking(tx.connection, tx.execute(query, (person, MATTERS[key[1]])).fetchone()[0])

    def somebody(self) -> st.SearchStrategy[tuple[int, str]]:
        """One of those who hold a place."""
        return st.sampled_from(sorted(self.model.live))

    @rule(person=people, slot=slots)
    def reserve(self, person: int, slot: int) -> None:
        self.both(
            lambda tx: booking.reserve(
                tx, self.hall.plan, self.who(tx, person), self.ids[slot], MATTERS[GRID[slot][0]]
            ),
            lambda model: model.reserve(person, slot),
        )

    @precondition(lambda self: self.model.live)
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        key = data.draw(self.somebody())
        self.both(
            lambda tx: booking.confirm(tx, self.hall.plan, self.row(tx, key)),
            lambda model: model.confirm(key),
        )

    @precondition(lambda self: self.model.live)
    @rule(data=st.data(), slot=slots)
    def change(self, data: st.DataObject, slot: int) -> None:
        key = data.draw(self.somebody())
        self.both(
            lambda tx: booking.change(tx, self.hall.plan, self.row(tx, key), self.ids[slot]),
            lambda model: model.change(key, slot),
        )

    @precondition(lambda self: self.model.live)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        key = data.draw(self.somebody())
        self.both(
            lambda tx: booking.cancel(tx, self.hall.plan, self.row(tx, key)), lambda model: model.release(key)
        )

    @rule(person=people, slot=slots)
    def wait(self, person: int, slot: int) -> None:
        lane, day, _ = GRID[slot]
        self.both(
            lambda tx: waiting_list.wait_for_place(
                tx, self.hall.plan, self.who(tx, person), day, MATTERS[lane]
            ),
            lambda model: model.wait(person, lane, day),
        )

    @rule(slot=slots, places=st.integers(0, 3))
    def set_places(self, slot: int, places: int) -> None:
        def expected(model: Model) -> None:
            model.places[slot] = places
            model.offer(slot)

        self.both(lambda tx: booking_days.set_places(tx, self.hall.plan, self.ids[slot], places), expected)

    @rule(minutes=st.sampled_from([1, 4, 5, 30, 61, 240]))
    def let_time_pass(self, minutes: int) -> None:
        self.hall.later(minutes=minutes)
        self.model.now += timedelta(minutes=minutes)

    @rule()
    def the_hub_looks(self) -> None:
        def real(tx: Transaction) -> None:
            booking.lapse_holds(tx, self.hall.plan)
            for lane in MATTERS:
                for day in (TODAY, TOMORROW):
                    waiting_list.offer_free_places(tx, self.hall.plan, lane, day.isoformat())

        self.both(real, Model.look)

    @invariant()
    def the_file_says_what_the_dicts_say(self) -> None:
        rows = self.hall.connection.execute(
            "SELECT person, matter, slot, state FROM bookings WHERE state IN ('reserved', 'confirmed')"
        ).fetchall()
        told = {
            (self.hall.keys.person(id_number(serial=person)), MATTERS[lane]): (
                self.ids[held.slot],
                "reserved" if held.until else "confirmed",
            )
            for (person, lane), held in self.model.live.items()
        }
        assert {(bytes(person), matter): tuple(rest) for person, matter, *rest in rows} == told

    @invariant()
    def every_slot_counts_its_bookings_and_none_is_oversold(self) -> None:
        query = "SELECT id, offered, places, taken FROM slots ORDER BY id"
        for number, offered, places, taken in self.hall.connection.execute(query).fetchall():
            slot = self.ids.index(number)
            assert (offered, taken) == (self.model.places[slot], self.model.taken(slot))
            assert taken <= places
            assert places == max(offered, taken), "over capacity only for those who had a place before"

    @invariant()
    def the_waiting_list_is_the_same(self) -> None:
        query = (
            "SELECT person, matter, day, state FROM wishes WHERE state IN ('waiting', 'offered') ORDER BY id"
        )
        rows = self.hall.connection.execute(query).fetchall()
        told = [
            (self.hall.keys.person(id_number(serial=person)), MATTERS[lane], day.isoformat(), state)
            for (person, lane), (day, state) in self.model.wishes.items()
        ]
        assert sorted((bytes(person), *rest) for person, *rest in rows) == sorted(told)


TRIES = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
Booking.TestCase.settings = TRIES
TestBooking = Booking.TestCase


def without_a_condition(tx: Transaction, slot: SlotRow) -> None:
    tx.execute("UPDATE slots SET taken = taken + 1, places = max(places, taken + 1) WHERE id = ?", (slot.id,))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("booking_hold.take_place", without_a_condition),
        ("booking.give_back", lambda *_: None),
        ("booking.offer_places", lambda *_: None),
        ("booking.lapse_holds", lambda *_: 0),
    ],
)
def test_the_machine_catches_what_is_broken(
    monkeypatch: pytest.MonkeyPatch, name: str, broken: Callable[..., object]
) -> None:
    """The controls: a place without a look, one never given back, nobody offered, nothing lapsing."""
    monkeypatch.setattr(f"shared.services.{name}", broken)
    without_shrinking = settings(TRIES, derandomize=True, database=None, phases=[Phase.generate])
    with pytest.raises((AssertionError, IntegrityError)):
        run_state_machine_as_test(Booking, settings=without_shrinking)
