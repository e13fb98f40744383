"""Slots from who is on duty: opened, made fewer when somebody falls ill, and nobody loses a place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from shared.domain.booking import LIMITS
from shared.domain.moments import HALL_ZONE, from_millis
from shared.protocol import booking as b
from shared.protocol.messages import Identity
from shared.services import booking, booking_days, places, rota
from shared.services import booking_times as when
from shared.services.capacity import capacity_terms, duties_of
from shared.services.hall import load_plan
from shared.services.waiting_list import wait_for_place
from shared.store.bookings import SlotRow, slots_of_day
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, rehearsal, small_hall

MATTER = "yyzz-bg"
TUESDAY = date(2026, 11, 24)
WEDNESDAY = TUESDAY + timedelta(days=1)
OFFICE_HOURS = ("Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00 weekend booked")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    with rehearsal(tmp_path / "hall", small_hall(hours=OFFICE_HOURS)) as hall:
        hall.run(lambda tx: places.set_terms(tx, b.SetPlaceTerms(automatic=True)))
        yield hall


def opened(hall: Rehearsal, day: date = TUESDAY) -> list[SlotRow]:
    """The slots of a day, after it was worked out as the hub does."""
    hall.run(lambda tx: places.work_out_day(tx, hall.plan, day))
    return slots_of_day(hall.connection, day.isoformat())


def offered(slots: list[SlotRow], lane: str = "A") -> int:
    return sum(slot.offered for slot in slots if slot.lane == lane)


def book(hall: Rehearsal, slot: SlotRow, serial: int) -> int:
    def work(tx: Transaction) -> int:
        who = booking.applicant(tx, Identity(number=id_number(serial=serial), name="王小明"), "kiosk")
        row = booking.reserve(tx, hall.plan, who, slot.id, MATTER)
        return booking.confirm(tx, hall.plan, row).id

    return hall.run(work)


def publish_rota(hall: Rehearsal, days: dict[str, str]) -> None:
    """A rota of this week: for each clerk the letters of their shifts, Monday first, `-` for rest."""
    monday = TUESDAY - timedelta(days=1)
    plan = rota.plan_for(hall.connection, hall.plan, monday, monday + timedelta(days=6))
    roster = {clerk: [letter.strip("-") for letter in letters] for clerk, letters in days.items()}
    draft = hall.run(lambda tx: rota.save_draft(tx, plan, roster))
    hall.run(lambda tx: rota.publish(tx, draft.id))


WHOLE_WEEK = {"1001": "DDDDD--", "1002": "DDDDD--", "1003": "DDDDD--", "1004": "DDDDD--"}


def test_nothing_opens_before_a_manager_says_so(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        assert opened(hall) == []


def test_without_a_rota_places_follow_windows_and_hours_and_say_so(hall: Rehearsal) -> None:
    slots = opened(hall)
    starts = {from_millis(slot.start).time() for slot in slots if slot.offered}
    assert min(starts) == time(9)
    assert max(starts) < time(17)
    assert not any(time(12) <= start < time(13) for start in starts)
    _, by_rota = duties_of(hall.connection, hall.plan, TUESDAY)
    assert not by_rota
    told = next(fact for fact in reversed(hall.facts) if fact.name == "places.worked_out")
    assert told.data["by_rota"] is False
    assert told.data["after"]["A"] == offered(slots)


def test_all_the_work_that_is_promised_is_at_most_the_share_of_the_clerks_time(hall: Rehearsal) -> None:
    slots = opened(hall)
    terms = places.terms_of(hall.connection, hall.plan, MONDAY_MORNING)
    promised = sum(slot.offered * terms.lanes[slot.lane].seconds for slot in slots)
    theirs = 3 * 7 * 3600 * hall.plan.rules.appointment_share / 100
    assert 0.95 * theirs < promised <= theirs


def test_hours_for_appointments_only_offer_more_of_each_hour(hall: Rehearsal) -> None:
    saturday = opened(hall, TUESDAY + timedelta(days=4))
    morning = [slot for slot in opened(hall) if from_millis(slot.start).time() < time(12)]
    windows_on_saturday = 1
    windows = len(hall.plan.desks)
    assert offered(saturday) / windows_on_saturday > 1.5 * offered(morning) / windows


def test_a_published_rota_is_followed_instead(hall: Rehearsal) -> None:
    by_windows = offered(opened(hall))
    publish_rota(hall, WHOLE_WEEK | {"1003": "D-DDD--", "1004": "-DDDD--"})
    duties, by_rota = duties_of(hall.connection, hall.plan, TUESDAY)
    assert by_rota
    assert {duty.clerk for duty in duties} == {"1001", "1002", "1004"}
    hall.run(lambda tx: rota.take_leave(tx, "1004", frozenset({TUESDAY})))
    assert offered(opened(hall)) == pytest.approx(by_windows * 2 / 3, abs=1)


def test_who_falls_ill_takes_places_along_and_those_over_are_listed_not_dropped(hall: Rehearsal) -> None:
    publish_rota(hall, WHOLE_WEEK)
    before = opened(hall)
    slot = next(slot for slot in before if slot.lane == "A" and slot.offered)
    held = [book(hall, slot, serial) for serial in range(1, slot.offered + 1)]
    for number in WHOLE_WEEK:
        hall.run(partial(rota.take_leave, number=number, days=frozenset({TUESDAY}), sick=True))
    after = opened(hall)
    assert offered(after) == 0
    day = booking_days.booked_day(hall.connection, hall.plan, hall.keys, TUESDAY)
    assert {row.id for row in day.over} == set(held)
    assert {row.state for row in day.bookings} == {"confirmed"}
    assert day.by_rota
    calendar = when.calendar(hall.connection, hall.plan, MATTER, hall.now)
    assert TUESDAY not in [shown.day for shown in calendar.days]


def test_places_set_by_hand_stay_until_they_are_left_to_capacity_again(hall: Rehearsal) -> None:
    slot = next(slot for slot in opened(hall) if slot.lane == "A" and slot.offered)
    hall.run(lambda tx: booking_days.set_places(tx, hall.plan, slot.id, 9))
    assert next(s for s in opened(hall) if s.id == slot.id).offered == 9
    hall.run(lambda tx: booking_days.set_places(tx, hall.plan, slot.id, None))
    assert next(s for s in opened(hall) if s.id == slot.id).offered == slot.offered


def test_working_out_the_same_again_changes_nothing_and_tells_nothing(hall: Rehearsal) -> None:
    opened(hall)
    told = len(hall.facts)
    opened(hall)
    assert len(hall.facts) == told


def test_other_slots_replace_the_old_and_the_past_is_left_alone(hall: Rehearsal) -> None:
    hall.now = datetime.combine(TUESDAY, time(8), HALL_ZONE)
    by_quarters = opened(hall)
    hall.now = datetime.combine(TUESDAY, time(13), HALL_ZONE)
    hall.run(lambda tx: places.set_terms(tx, b.SetPlaceTerms(automatic=True, minutes=20)))
    by_thirds = {slot.id: slot for slot in opened(hall)}
    for slot in by_quarters:
        if from_millis(slot.start) <= hall.now:
            assert by_thirds[slot.id] == slot
    later = [slot for slot in by_thirds.values() if from_millis(slot.start) > hall.now and slot.offered]
    assert later
    assert {slot.minutes for slot in later} == {20}


def test_new_places_go_to_who_waits_first(hall: Rehearsal) -> None:
    hall.run(lambda tx: places.set_terms(tx, b.SetPlaceTerms(automatic=True)))
    slots = opened(hall)
    for slot in slots:
        if slot.lane == "A":
            hall.run(partial(booking_days.set_places, plan=hall.plan, slot_id=slot.id, places=0))
    keeper = next(slot for slot in slots if slot.lane == "A")
    hall.run(lambda tx: booking_days.set_places(tx, hall.plan, keeper.id, 1))
    book(hall, keeper, 1)

    def wait(tx: Transaction) -> b.Wish:
        who = booking.applicant(tx, Identity(number=id_number(serial=2), name="李四"), "kiosk")
        return wait_for_place(tx, hall.plan, who, TUESDAY, MATTER)

    hall.run(wait)
    hall.run(lambda tx: booking_days.set_places(tx, hall.plan, slots[3].id, None))
    offers = [fact for fact in hall.facts if fact.name == "wish.offered"]
    assert len(offers) == 1


def test_who_stays_away_makes_room(hall: Rehearsal) -> None:
    everybody = [slot for slot in opened(hall, WEDNESDAY) if slot.lane == "A" for _ in range(slot.offered)]
    for serial, slot in enumerate(everybody, 100):
        book(hall, slot, serial)
    before = capacity_terms(hall.connection, hall.plan, WEDNESDAY, 15, 80).lanes["A"]
    hall.later(days=3)
    hall.run(lambda tx: booking_days.end_days_before(tx, WEDNESDAY + timedelta(days=1)))
    after = capacity_terms(hall.connection, hall.plan, hall.now.date(), 15, 80).lanes["A"]
    assert before.absence == 0.0
    assert after.absence == 0.3, "all of them stayed away, and only so much is believed"
    assert after.seconds < before.seconds


def test_terms_change_once_and_are_told(hall: Rehearsal) -> None:
    told = len(hall.facts)
    hall.run(lambda tx: places.set_terms(tx, b.SetPlaceTerms(automatic=True)))
    assert len(hall.facts) == told
    hall.run(lambda tx: places.set_terms(tx, b.SetPlaceTerms(automatic=True, booked_share=60)))
    assert hall.facts[-1].data["after"]["booked_share"] == 60
    shown = places.terms_view(hall.connection, hall.plan)
    assert (shown.automatic, shown.booked_share, shown.share) == (True, 60, 35)


def test_a_share_of_nothing_closes_booking_and_keeps_the_booked(hall: Rehearsal) -> None:
    slot = next(slot for slot in opened(hall) if slot.lane == "A" and slot.offered)
    book(hall, slot, 1)
    hall.plan = replace(load_plan(hall.connection), rules=replace(hall.plan.rules, appointment_share=0))
    assert offered(opened(hall)) == 0
    assert next(s for s in opened(hall) if s.id == slot.id).taken == 1
    assert len(places.days_ahead(hall.now)) == LIMITS.days_ahead + 1
