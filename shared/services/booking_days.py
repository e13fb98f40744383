"""What happens to bookings by itself or by a manager: days end, places grow or shrink."""

from datetime import date

from shared.domain.booking import Move
from shared.protocol import booking as b
from shared.services import reminders
from shared.services.booking_hold import appointment_of, move_booking
from shared.services.booking_view import booking_view, slot_view
from shared.services.capacity import follows_rota
from shared.services.hall import HallPlan
from shared.services.places import work_out_day
from shared.services.waiting_list import offer_places
from shared.store.bookings import bookings, get_booking, get_slot, slots_of_day
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction


def end_days_before(tx: Transaction, day: date) -> int:
    """Note who did not come on the days before `day`; how many they were."""
    missed = [row[0] for row in tx.execute(sql("bookings_missed"), (day.isoformat(),)).fetchall()]
    for number in missed:
        move_booking(tx, get_booking(tx.connection, number), Move.MISS)
    tx.execute(sql("wishes_over"), (day.isoformat(),))
    return len(missed)


def set_places(tx: Transaction, plan: HallPlan, slot_id: int, places: int | None) -> b.SlotNow:
    """Let a slot offer so many places; whoever has one keeps it. None: as many as its clerks can keep.

    Raises Refused("unknown_slot").
    """
    slot = get_slot(tx.connection, slot_id)
    if places is None:
        tx.execute(sql("leave_places_to_capacity"), (slot.id,))
        work_out_day(tx, plan, date.fromisoformat(slot.day))
        return slot_view(get_slot(tx.connection, slot.id))
    tx.execute(sql("set_places_by_hand"), (places, places, slot.id))
    tx.fact("slot.changed", slot=slot.id, lane=slot.lane, day=slot.day, before=slot.offered, after=places)
    offer_places(tx, plan, slot.id)
    return slot_view(get_slot(tx.connection, slot.id))


def ask_to_move(tx: Transaction, plan: HallPlan, day: date) -> b.Asked:
    """Ask whoever is over capacity, once, to choose another time; nobody loses a place."""
    asked = told = 0
    for number in _over(tx.connection, day):
        row = get_booking(tx.connection, number)
        if row.asked_at is not None:
            continue
        tx.execute(sql("note_asked"), (tx.millis, number))
        tx.fact("booking.asked_to_move", booking=number, lane=row.lane, day=row.day)
        asked += 1
        appointment = appointment_of(tx.keys, row)
        if appointment is not None:
            reminders.withdrawn(tx, plan, appointment)
            told += 1
    return b.Asked(asked=asked, told=told)


def booked_day(connection: Connection, plan: HallPlan, keys: Keys, day: date) -> b.BookedDay:
    """A day for managers."""
    over = set(_over(connection, day))
    rows = [booking_view(row, plan, keys) for row in bookings(connection, "bookings_of_day", day.isoformat())]
    return b.BookedDay(
        day=day,
        slots=[slot_view(slot) for slot in slots_of_day(connection, day.isoformat())],
        bookings=rows,
        over=[row for row in rows if row.id in over],
        waiting=connection.execute(sql("wishes_of_day"), (day.isoformat(),)).fetchone()[0],
        by_rota=follows_rota(connection, day),
    )


def _over(connection: Connection, day: date) -> list[int]:
    return [row[0] for row in connection.execute(sql("bookings_over"), (day.isoformat(),))]
