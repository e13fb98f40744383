"""Booking against the real hub: from the free days to the ticket, and every no on the way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shared.client.api import HubClient, HubRefused
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, running_hub

MATTER, OTHER = "yyzz-bg", "bdc-sc"
TODAY = MONDAY_MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hall") as hub:
        yield hub


@pytest.fixture
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HALL_ZONE)


def card(serial: int) -> m.Identity:
    return m.Identity(number=id_number(serial=serial), name="王小明")


def reserve(kiosk: HubClient, slot: int, serial: int = 1, matter: str = MATTER) -> b.Booking:
    return kiosk.ask(b.Booking, "reserve", b.Reserve(slot=slot, matter=matter, identity=card(serial)))


def book(kiosk: HubClient, slot: int, serial: int = 1, matter: str = MATTER) -> b.Booking:
    held = reserve(kiosk, slot, serial, matter)
    return kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=held.token)


def refusal(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(HubRefused) as refused:
        act(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def free(kiosk: HubClient, day: date = TOMORROW) -> int:
    found = kiosk.ask(b.BookingTimes, "booking_times", matter=MATTER, day=day.isoformat())
    return sum(slot.free for slot in found.slots)


def test_only_days_that_have_places_are_shown(hub: RunningHub, kiosk: HubClient) -> None:
    (full,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[1])
    put_slots(hub.house, "A", at(TOMORROW + timedelta(days=2), 9), places=[2, 3])
    book(kiosk, full)
    found = kiosk.ask(b.BookingCalendar, "booking_calendar", matter=MATTER)
    assert [(day.day, day.free) for day in found.days] == [(TOMORROW + timedelta(days=2), 5)]
    assert found.full == [TOMORROW]
    assert free(kiosk) == 0


def test_a_booking_is_held_confirmed_and_checked_in_under_its_time(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TODAY, 9, 45), places=[2])
    held = reserve(kiosk, slot)
    assert (held.state, held.lane, held.start) == ("reserved", "A", at(TODAY, 9, 45))
    assert held.hold_until is not None
    booked = kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=held.token)
    assert (booked.state, booked.code) == ("confirmed", held.code)
    taken = kiosk.ask(m.TakenTicket, "check_in", b.Whose(code=booked.code.lower().replace("-", " ")))
    assert taken.ticket.due_at == at(TODAY, 9, 45)
    assert taken.ticket.matter == MATTER
    assert refusal(kiosk.call, "check_in", b.Whose(code=booked.code)) == "booking_over"
    with connect(hub.house.database, read_only=True) as connection:
        assert not audit(connection, load_keys(hub.house.key)).wrong


def test_the_card_and_the_address_of_the_page_check_in_as_well(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TODAY, 10), places=[2])
    book(kiosk, slot, 1)
    second = book(kiosk, slot, 2)
    by_card = kiosk.ask(m.TakenTicket, "check_in", b.Whose(identity=card(1)))
    by_address = kiosk.ask(m.TakenTicket, "check_in", b.Whose(code=f"http://hall.example/b/{second.token}"))
    assert by_card.ticket.number != by_address.ticket.number


def test_one_person_one_matter_once(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[5])
    (other,) = put_slots(hub.house, "C", at(TOMORROW, 9), places=[5])
    reserve(kiosk, slot)
    assert refusal(reserve, kiosk, other, matter=OTHER) == "reservation_open"
    kiosk.call(
        "confirm_booking",
        m.Nothing(),
        token=kiosk.ask(b.Bookings, "find_bookings", b.Whose(identity=card(1))).bookings[0].token,
    )
    assert refusal(reserve, kiosk, slot) == "booked_twice"
    assert free(kiosk) == 4
    assert book(kiosk, other, matter=OTHER).state == "confirmed"


def test_a_change_takes_the_new_place_before_it_gives_the_old_one_back(
    hub: RunningHub, kiosk: HubClient
) -> None:
    first, second = put_slots(hub.house, "A", at(TOMORROW, 9), places=[1, 1])
    booked = book(kiosk, first)
    book(kiosk, second, 2)
    change = b.ChangeBooking(slot=second)
    assert refusal(kiosk.call, "change_booking", change, token=booked.token) == "slot_full"
    assert kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=booked.token)).bookings[0].start == at(
        TOMORROW, 9
    )
    (third,) = put_slots(hub.house, "A", at(TOMORROW, 15), places=[1])
    moved = kiosk.ask(b.Booking, "change_booking", b.ChangeBooking(slot=third), token=booked.token)
    assert (moved.start, moved.code) == (at(TOMORROW, 15), booked.code)
    assert refusal(kiosk.call, "cancel_booking", m.Nothing(), token=booked.token) == "booking_moved"
    assert free(kiosk) == 1, "the old place is free again"


def test_a_cancelled_place_goes_to_the_first_who_waits(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[1])
    wish = b.WaitForPlace(day=TOMORROW, matter=MATTER, identity=card(2))
    assert refusal(kiosk.call, "wait_for_place", wish) == "day_not_full"
    booked = book(kiosk, slot)
    assert kiosk.ask(b.Wish, "wait_for_place", wish).ahead == 0
    assert refusal(kiosk.call, "wait_for_place", wish) == "already_waiting"
    assert (
        kiosk.ask(
            b.Wish, "wait_for_place", b.WaitForPlace(day=TOMORROW, matter=MATTER, identity=card(3))
        ).ahead
        == 1
    )
    kiosk.call("cancel_booking", m.Nothing(), token=booked.token)
    (offer,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(identity=card(2))).bookings
    assert offer.is_offer
    assert free(kiosk) == 0
    kiosk.call("cancel_booking", m.Nothing(), token=offer.token)
    (offer,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(identity=card(3))).bookings
    assert kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=offer.token).state == "confirmed"


def test_fewer_places_are_listed_and_asked_to_move_and_never_dropped(
    hub: RunningHub, kiosk: HubClient
) -> None:
    (slot,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[3])
    booked = [book(kiosk, slot, serial) for serial in (1, 2, 3)]
    now = hub.operator.ask(b.SlotNow, "set_places", b.SetPlaces(places=1), id=slot)
    assert (now.offered, now.taken) == (1, 3)
    day = hub.operator.ask(b.BookedDay, "booked_day", day=TOMORROW.isoformat())
    assert {row.id for row in day.over} == {booked[1].id, booked[2].id}
    assert hub.operator.ask(b.Asked, "ask_to_move", b.AskToMove(day=TOMORROW)).asked == 2
    assert hub.operator.ask(b.Asked, "ask_to_move", b.AskToMove(day=TOMORROW)).asked == 0
    assert [row.state for row in day.bookings] == ["confirmed"] * 3
    assert kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=booked[2].code)).bookings[0].asked_to_move
    kiosk.call("cancel_booking", m.Nothing(), token=booked[0].token)
    assert refusal(reserve, kiosk, slot, 4) == "slot_full"


@pytest.mark.parametrize(
    ("hour", "day", "places", "code"),
    [
        (9, TODAY, 1, "slot_past"),
        (9, TOMORROW, 0, "slot_withdrawn"),
    ],
)
def test_times_that_cannot_be_booked(
    hub: RunningHub, kiosk: HubClient, hour: int, day: date, places: int, code: str
) -> None:
    (slot,) = put_slots(hub.house, "A", at(day, hour), places=[places])
    assert refusal(reserve, kiosk, slot) == code
    assert hub.operator.ask(b.BookedDay, "booked_day", day=day.isoformat()).slots[0].taken == 0


def test_a_closed_lane_and_a_foreign_lane(hub: RunningHub, kiosk: HubClient) -> None:
    (today,) = put_slots(hub.house, "A", at(TODAY, 15), places=[1])
    hub.operator.call("close_lane", m.Reason(reason="停电"), letter="A")
    assert refusal(reserve, kiosk, today) == "lane_closed"
    assert refusal(reserve, kiosk, today, matter=OTHER) == "unknown_slot"
    assert refusal(reserve, kiosk, 999) == "unknown_slot"


def test_codes_that_are_used_forged_foreign_or_for_another_day(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[3])
    booked = book(kiosk, slot)
    assert refusal(kiosk.call, "check_in", b.Whose(code=booked.code)) == "booking_other_day"
    forged = ("0" if booked.code[-1] != "0" else "1").join([booked.code[:-1], ""])
    tampered = booked.token[:8] + ("0" if booked.token[8] != "0" else "1") + booked.token[9:]
    for code in (forged, tampered, "8K3TQ-0M4XE", "junk", "", "https://elsewhere.example/b/" + "0" * 32):
        assert refusal(kiosk.call, "check_in", b.Whose(code=code)) == "unknown_booking"
    assert refusal(kiosk.call, "check_in", b.Whose(identity=card(9))) == "no_booking_today"
    kiosk.call("cancel_booking", m.Nothing(), token=booked.token)
    assert refusal(kiosk.call, "confirm_booking", m.Nothing(), token=booked.token) == "booking_over"


def test_the_day_after_says_who_did_not_come(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TODAY, 15), places=[2])
    booked = book(kiosk, slot)
    hub.operator.call("roll_day", m.RollDay(day=TOMORROW))
    (row,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=booked.code)).bookings
    assert row.state == "missed"


def test_a_repeated_request_books_once(hub: RunningHub, kiosk: HubClient) -> None:
    (slot,) = put_slots(hub.house, "A", at(TOMORROW, 9), places=[3])
    request = b.Reserve(slot=slot, matter=MATTER, identity=card(1))
    once = "0193f5a0-0000-7000-8000-000000000001"
    first = kiosk.ask(b.Booking, "reserve", request, request_id=once)
    assert kiosk.ask(b.Booking, "reserve", request, request_id=once) == first
    assert free(kiosk) == 2
