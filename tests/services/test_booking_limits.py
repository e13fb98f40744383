"""Every no of booking that a hall without network can say; each leaves no place taken."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from shared.domain.booking import LIMITS
from shared.domain.contact import phone_contact
from shared.domain.delivery import answered
from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.refusals import Refused
from shared.domain.rules import Rules
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.services import booking, contact_proof, outbox
from shared.services.booking_codes import find_by_code, find_by_token, token_of, typed_code_of
from shared.services.booking_days import set_places
from shared.services.check_in import check_in
from shared.store.bookings import BookingRow, get_booking
from shared.store.sqlite import connect
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, put_slots, rehearsal, small_hall

A, C = "yyzz-bg", "bdc-sc"
TODAY = MONDAY_MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
HOME = bytes(16)
"""The digest of a network address."""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    with rehearsal(tmp_path / "hall", small_hall(hours=("Mon-Fri 09:00-17:00",))) as hall:
        yield hall


def slot_at(hall: Rehearsal, lane: str = "A", day: int = 1, hour: int = 10, places: int = 20) -> int:
    first = datetime.combine(TODAY + timedelta(days=day), time(hour), HALL_ZONE)
    return put_slots(hall.house, lane, first, places=[places])[0]


def reserve(
    hall: Rehearsal, slot: int, serial: int = 1, matter: str = A, address: bytes | None = None
) -> BookingRow:
    def work(tx: Transaction) -> BookingRow:
        identity = m.Identity(number=id_number(serial=serial), name="王小明")
        who = booking.applicant(tx, identity, "kiosk" if address is None else "phone", address=address)
        return booking.reserve(tx, hall.plan, who, slot, matter)

    return hall.run(work)


def book(hall: Rehearsal, slot: int, serial: int = 1, matter: str = A) -> BookingRow:
    row = reserve(hall, slot, serial, matter)
    return hall.run(lambda tx: booking.confirm(tx, hall.plan, row))


def taken(hall: Rehearsal) -> int:
    total: int = hall.connection.execute("SELECT sum(taken) FROM slots").fetchone()[0]
    return total


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(("day", "hour"), [(5, 10), (6, 10), (1, 8), (1, 17), (39, 10)])
def test_a_day_or_an_hour_at_which_the_lane_is_closed(hall: Rehearsal, day: int, hour: int) -> None:
    """Saturday, Sunday, before, after, and New Year's Day."""
    slot = slot_at(hall, day=day, hour=hour)
    assert refusal(lambda: reserve(hall, slot)) == "booking_closed"
    assert taken(hall) == 0


def test_a_slot_that_reaches_over_the_end_of_the_hours(hall: Rehearsal) -> None:
    last = datetime.combine(TOMORROW, time(16, 50), HALL_ZONE)
    (slot,) = put_slots(hall.house, "A", last, places=[1], minutes=20)
    assert refusal(lambda: reserve(hall, slot)) == "booking_closed"


def test_a_place_is_booked_until_a_minute_before_and_no_later(hall: Rehearsal) -> None:
    slot = slot_at(hall, day=0, hour=10)
    hall.later(minutes=29)
    assert refusal(lambda: reserve(hall, slot)) == "slot_past"
    hall.later(minutes=-1)
    assert reserve(hall, slot).slot == slot


def test_one_person_has_at_most_so_many(hall: Rehearsal) -> None:
    held = [book(hall, slot_at(hall), matter=A), book(hall, slot_at(hall, "C"), matter=C)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shared.services.booking.LIMITS", type(LIMITS)(per_person=2))
        other = "zhu-ce"
        hall.plan.matters[other] = msgspec.structs.replace(hall.plan.matter(A), id=other)
        assert refusal(lambda: reserve(hall, slot_at(hall), matter=other)) == "too_many_bookings"
    assert taken(hall) == len(held)


def test_one_network_address_makes_at_most_so_many_a_day(hall: Rehearsal) -> None:
    slot = slot_at(hall)
    for serial in range(1, LIMITS.per_address_and_day + 1):
        reserve(hall, slot, serial, address=HOME)
    assert refusal(lambda: reserve(hall, slot, 99, address=HOME)) == "too_many_from_here"
    assert reserve(hall, slot, 99, address=bytes(15) + b"\1").slot == slot
    hall.later(hours=23, minutes=-31)
    assert refusal(lambda: reserve(hall, slot, 100, address=HOME)) == "too_many_from_here"
    later = slot_at(hall, day=2)
    hall.later(hours=2)
    assert reserve(hall, later, 100, address=HOME).slot == later


def test_a_reservation_that_ran_out_is_over_and_its_place_is_free(hall: Rehearsal) -> None:
    slot = slot_at(hall, places=1)
    row = reserve(hall, slot)
    hall.later(minutes=5)
    late = get_booking(hall.connection, row.id)
    assert refusal(lambda: hall.run(lambda tx: booking.confirm(tx, hall.plan, late))) == "booking_over"
    assert reserve(hall, slot, 2).state == "reserved", "nobody waits for the hub's next look"
    assert get_booking(hall.connection, row.id).state == "lapsed"


def test_nothing_of_a_reservation_can_be_checked_in_changed_or_used_twice(hall: Rehearsal) -> None:
    slot, other = slot_at(hall, day=0, hour=10), slot_at(hall, day=0, hour=11)
    row = reserve(hall, slot)
    code = typed_code_of(row, hall.keys)

    def come() -> object:
        return hall.run(lambda tx: check_in(tx, hall.plan, hall.estimator, b.Whose(code=code), "kiosk"))

    assert refusal(come) == "booking_over"
    assert refusal(lambda: hall.run(lambda tx: booking.change(tx, hall.plan, row, other))) == "booking_over"
    hall.run(lambda tx: booking.confirm(tx, hall.plan, row))
    come()
    assert refusal(come) == "booking_over"
    used = get_booking(hall.connection, row.id)
    assert refusal(lambda: hall.run(lambda tx: booking.cancel(tx, hall.plan, used))) == "booking_over"
    assert taken(hall) == 1


def test_a_withdrawn_slot_takes_nobody_and_keeps_who_is_there(hall: Rehearsal) -> None:
    slot, other = slot_at(hall), slot_at(hall, hour=11)
    mine, moving = book(hall, slot), book(hall, other, 2)
    hall.run(lambda tx: set_places(tx, hall.plan, slot, 0))
    assert refusal(lambda: reserve(hall, slot, 3)) == "slot_withdrawn"
    move_there = partial(booking.change, plan=hall.plan, row=moving, slot_id=slot)
    assert refusal(lambda: hall.run(move_there)) == "slot_withdrawn"
    assert get_booking(hall.connection, mine.id).state == "confirmed"
    assert get_booking(hall.connection, moving.id).slot == other


def test_codes_of_another_hall_and_from_before_a_change(hall: Rehearsal, tmp_path: Path) -> None:
    first, second = slot_at(hall), slot_at(hall, hour=11)
    row = book(hall, first)
    old = token_of(row, hall.keys)
    hall.run(lambda tx: booking.change(tx, hall.plan, row, second))
    assert refusal(lambda: find_by_token(hall.connection, hall.keys, old)) == "booking_moved"
    with rehearsal(tmp_path / "other", small_hall(windows=2)) as elsewhere:
        theirs = book(elsewhere, slot_at(elsewhere))
        for code in (token_of(theirs, elsewhere.keys), typed_code_of(theirs, elsewhere.keys)):
            assert refusal(partial(find_by_code, hall.connection, hall.keys, code)) == "unknown_booking"


def sent_code(hall: Rehearsal) -> str:
    """What the gateway was told last, and took."""
    (message,) = outbox.due(hall.connection, hall.keys, to_millis(hall.now), 9)
    hall.run(lambda tx: outbox.record(tx, message, answered(200), 1.0))
    return message.fields["code"]


def test_a_wrong_code_is_counted_and_the_right_one_is_good_once(hall: Rehearsal) -> None:
    contact = phone_contact("138 0000 1234", "zh")

    def send() -> object:
        return hall.run(lambda tx: contact_proof.send_code(tx, contact, HOME))

    def prove(code: str) -> bool:
        return hall.run(lambda tx: contact_proof.prove(tx, contact, code))

    assert refusal(send) == "no_gateway"
    hall.run(lambda tx: outbox.use_gateway(tx, "sms.example"))
    send()
    right = sent_code(hall)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert [prove(wrong), prove(right), prove(right)] == [False, True, False]
    send()
    assert not any(prove("abcdef") for _ in range(LIMITS.proof_tries))
    assert not prove(sent_code(hall)), "after five wrong tries even the right one is no longer taken"
    send()
    late = sent_code(hall)
    hall.later(minutes=6)
    assert not prove(late)
    assert refusal(send) == "too_many_from_here"


def test_late_and_early_ones_join_the_line_as_the_rules_say(hall: Rehearsal) -> None:
    slot = slot_at(hall, day=0, hour=10)
    rows = [book(hall, slot, serial) for serial in (1, 2, 3)]
    due = []
    for row, minutes in zip(rows, (20, 20, 10), strict=True):  # 09:50, 10:10, 10:20: beyond the 15 minutes
        hall.later(minutes=minutes)
        code = b.Whose(code=token_of(row, hall.keys))
        ticket = hall.run(
            partial(check_in, plan=hall.plan, estimator=hall.estimator, request=code, channel="kiosk")
        )
        query = "SELECT due_at, sort_at, taken_at FROM tickets WHERE id = ?"
        due.append(hall.connection.execute(query, (ticket,)).fetchone())
    early, on_time, late = due
    ten = rows[0].start
    assert early[:2] == on_time[:2] == (ten, ten - Rules().appointment_early * 60_000)
    assert late[0] is None
    assert late[1] == late[2], "a late one sorts by its check-in"


def test_no_id_number_and_no_telephone_stands_in_the_file(hall: Rehearsal) -> None:
    number, phone, slot = id_number(serial=7), "13800001234", slot_at(hall)

    def work(tx: Transaction) -> None:
        who = booking.applicant(
            tx, m.Identity(number=number, name="王小明"), "desk", phone_contact(phone, "zh")
        )
        booking.confirm(tx, hall.plan, booking.reserve(tx, hall.plan, who, slot, A))

    hall.run(work)
    with connect(hall.house.database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in hall.house.folder.iterdir():
        if file.is_file():
            content = file.read_bytes()
            assert number.encode() not in content
            assert phone.encode() not in content
            assert "王小明".encode() not in content
