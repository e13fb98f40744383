"""The verbs of booking: reserve, confirm, change, cancel. Each is one transaction."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from shared.domain.booking import LIMITS, Move, State
from shared.domain.moments import from_millis, to_millis
from shared.domain.refusals import Refused
from shared.services import reminders
from shared.services.booking_hold import (
    Applicant,
    applicant,
    appointment_of,
    give_back,
    hold_place,
    move_booking,
    over,
    require_move,
    take_place,
)
from shared.services.booking_text import day_words, time_words
from shared.services.booking_times import earliest_start
from shared.services.hall import HallPlan
from shared.services.waiting_list import offer_places
from shared.store.bookings import BookingRow, SlotRow, bookings, get_booking, get_slot
from shared.store.queries import sql
from shared.store.transaction import Transaction

__all__ = ["Applicant", "applicant", "cancel", "change", "confirm", "lapse_holds", "reserve"]
_DAY = timedelta(days=1)


def reserve(tx: Transaction, plan: HallPlan, who: Applicant, slot_id: int, matter_id: str) -> BookingRow:
    """Hold a place for a few minutes. Raises Refused with what stands against it; then nothing changed."""
    lapse_holds(tx, plan)
    slot = get_slot(tx.connection, slot_id)
    if plan.matter(matter_id).lane != slot.lane:
        raise Refused("unknown_slot")
    _require_bookable(tx, plan, slot)
    _require_within_limits(tx, who, matter_id)
    until = to_millis(tx.now + LIMITS.hold)
    return get_booking(tx.connection, hold_place(tx, slot, matter_id, who, until))


def confirm(tx: Transaction, plan: HallPlan, row: BookingRow) -> BookingRow:
    """Make a reservation a promise; a second time changes nothing. Raises Refused("booking_over")."""
    if row.state is State.CONFIRMED:
        return row
    if row.hold_until is not None and row.hold_until <= tx.millis:
        raise over(State.LAPSED)
    move_booking(tx, row, Move.CONFIRM)
    if row.wish is not None:
        tx.execute(sql("set_wish_state"), ("taken", row.wish))
    told = appointment_of(tx.keys, row)
    if told is not None:
        reminders.booked(tx, plan, told)
    return get_booking(tx.connection, row.id)


def change(tx: Transaction, plan: HallPlan, row: BookingRow, slot_id: int) -> BookingRow:
    """Move a promise to another slot of its lane: the new place is taken before the old one is given back."""
    slot = get_slot(tx.connection, slot_id)
    if slot.id == row.slot:
        return row
    if slot.lane != row.lane:
        raise Refused("unknown_slot")
    require_move(row, Move.CHANGE)
    lapse_holds(tx, plan)
    _require_bookable(tx, plan, slot)
    take_place(tx, slot)
    tx.execute(sql("change_booking"), (slot.id, tx.millis, row.id))
    give_back(tx, row.slot)
    tx.fact(
        "booking.changed", booking=row.id, lane=row.lane, day=slot.day,
        start=from_millis(slot.start).isoformat(), before=from_millis(row.start).isoformat(),
    )  # fmt: skip
    offer_places(tx, plan, row.slot)
    changed = get_booking(tx.connection, row.id)
    told = appointment_of(tx.keys, changed)
    if told is not None:
        reminders.moved(tx, plan, told)
    return changed


def cancel(tx: Transaction, plan: HallPlan, row: BookingRow) -> BookingRow:
    """Give a place up. Raises Refused("booking_over")."""
    release(tx, plan, row, Move.CANCEL)
    told = appointment_of(tx.keys, row)
    if told is not None and row.state is State.CONFIRMED:
        reminders.cancelled(tx, plan, told)
    return get_booking(tx.connection, row.id)


def release(tx: Transaction, plan: HallPlan, row: BookingRow, move: Move) -> None:
    """End a booking that holds a place, and let the next have it."""
    move_booking(tx, row, move)
    if row.wish is not None and row.state is State.RESERVED:
        tx.execute(sql("set_wish_state"), ("over", row.wish))
    give_back(tx, row.slot)
    offer_places(tx, plan, row.slot)


def lapse_holds(tx: Transaction, plan: HallPlan) -> int:
    """Give back what nobody confirmed in time; how many they were."""
    over = [row[0] for row in tx.execute(sql("holds_over"), (tx.millis,)).fetchall()]
    for number in over:
        release(tx, plan, get_booking(tx.connection, number), Move.LAPSE)
    return len(over)


def _require_bookable(tx: Transaction, plan: HallPlan, slot: SlotRow) -> None:
    lane, starts = plan.lane(slot.lane), from_millis(slot.start)
    if slot.start <= earliest_start(tx.now):
        raise Refused("slot_past")
    names = {"lane_name": lane.name, "lane_name_en": lane.name_en}
    if lane.closed_reason is not None and starts.date() == from_millis(tx.millis).date():
        raise Refused("lane_closed", reason=lane.closed_reason, **names)
    if not lane.hours.is_bookable(starts, slot.minutes):
        zh, en = day_words(starts)
        raise Refused("booking_closed", day_zh=zh, day=en, time=time_words(starts), **names)


def _require_none(held: Iterable[BookingRow], is_in_the_way: Callable[[BookingRow], bool], code: str) -> None:
    """Refuse with the first that is in the way."""
    for row in held:
        if is_in_the_way(row):
            starts = from_millis(row.start)
            zh, en = day_words(starts)
            raise Refused(code, day_zh=zh, day=en, time=time_words(starts))


def _require_within_limits(tx: Transaction, who: Applicant, matter_id: str) -> None:
    held = bookings(tx.connection, "live_bookings_of_person", who.person)
    _require_none(held, lambda row: row.matter == matter_id, "booked_twice")
    _require_none(held, lambda row: row.state is State.RESERVED, "reservation_open")
    if len(held) >= LIMITS.per_person:
        raise Refused("too_many_bookings", most=LIMITS.per_person)
    if who.address is not None:
        since = to_millis(tx.now - _DAY)
        made = tx.execute(sql("bookings_made_from"), (who.address, since)).fetchone()[0]
        if made >= LIMITS.per_address_and_day:
            raise Refused("too_many_from_here")
