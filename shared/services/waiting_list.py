"""The waiting list of a full day: a place that comes free is held for who is first, for a while."""

from datetime import date, timedelta

from shared.domain.booking import LIMITS
from shared.domain.moments import from_millis, to_millis
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.services import reminders
from shared.services.booking_hold import Applicant, appointment_of, hold_place, sealed_contact
from shared.services.booking_times import earliest_start
from shared.services.hall import HallPlan
from shared.services.taking import Holder
from shared.store.bookings import SlotRow, get_booking, get_slot
from shared.store.queries import sql
from shared.store.transaction import Transaction


def wait_for_place(tx: Transaction, plan: HallPlan, who: Applicant, day: date, matter_id: str) -> b.Wish:
    """Join the list. Raises Refused: day_not_full, unknown_slot for a day without slots, already_waiting."""
    matter = plan.matter(matter_id)
    bounds = (matter.lane, day.isoformat(), day.isoformat(), earliest_start(tx.now))
    found = tx.execute(sql("booking_calendar"), bounds).fetchone()
    if found is None:
        raise Refused("unknown_slot")
    if found[1]:
        raise Refused("day_not_full", day=day.isoformat())
    if tx.execute(sql("wish_of_person"), (who.person, matter_id)).fetchone():
        raise Refused("already_waiting")
    holder = who.holder
    contact = None if who.contact is None else sealed_contact(tx.keys, who.contact)
    wish: int = tx.execute(
        sql("insert_wish"),
        (
            matter.lane, day.isoformat(), matter_id, who.person, holder.masked_id, holder.masked_name,
            holder.sealed_name, who.channel, contact, tx.millis,
        ),
    ).fetchone()[0]  # fmt: skip
    tx.fact("wish.made", wish=wish, lane=matter.lane, day=day.isoformat(), matter=matter_id)
    ahead = tx.execute(sql("wishes_ahead"), (matter.lane, day.isoformat(), wish)).fetchone()[0]
    return b.Wish(id=wish, day=day, matter=matter_id, ahead=ahead)


def offer_free_places(tx: Transaction, plan: HallPlan, lane: str, day: str) -> None:
    """Hold every free place of a day for its waiting list, the earliest first."""
    for (slot,) in tx.execute(sql("slots_with_places"), (lane, day, earliest_start(tx.now))).fetchall():
        offer_places(tx, plan, slot)


def offer_places(tx: Transaction, plan: HallPlan, slot_id: int) -> None:
    """Hold the free places of a slot for the first of its day's list, and tell them."""
    while (slot := get_slot(tx.connection, slot_id)).taken < slot.offered:
        until = min(to_millis(tx.now + LIMITS.offer), slot.start - _millis(LIMITS.last_call))
        row = tx.execute(sql("next_wish"), (slot.lane, slot.day)).fetchone()
        if row is None or until - tx.millis < _millis(LIMITS.hold):
            return
        _offer(tx, plan, slot, row, until)


def _offer(tx: Transaction, plan: HallPlan, slot: SlotRow, row: tuple[object, ...], until: int) -> None:
    wish, matter, person, masked_id, name, sealed, channel, contact = row
    holder = Holder(person, masked_id, name, sealed)  # type: ignore[arg-type]  # columns of a STRICT table
    booking = hold_place(tx, slot, str(matter), Applicant(holder, str(channel)), until, int(str(wish)))
    tx.execute(sql("set_booking_contact"), (contact, booking))
    tx.execute(sql("set_wish_state"), ("offered", wish))
    tx.fact("wish.offered", wish=wish, booking=booking, until=from_millis(until).isoformat())
    told = appointment_of(tx.keys, get_booking(tx.connection, booking))
    if told is not None:
        reminders.offered(tx, plan, told, from_millis(until))


def _millis(span: timedelta) -> int:
    return round(span.total_seconds() * 1000)
