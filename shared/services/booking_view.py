"""A booking as its holder sees it."""

from datetime import date

from shared.domain.booking import State
from shared.domain.moments import from_millis
from shared.protocol import booking as b
from shared.services.booking_codes import token_of, typed_code_of
from shared.services.hall import HallPlan
from shared.store.bookings import BookingRow, SlotRow
from shared.store.keys import Keys


def booking_view(row: BookingRow, plan: HallPlan, keys: Keys) -> b.Booking:
    """With its codes: for its holder, or a device of the hall that acts for them."""
    lane, matter = plan.lane(row.lane), plan.matter(row.matter)
    return b.Booking(
        id=row.id,
        token=token_of(row, keys),
        code=typed_code_of(row, keys),
        state=row.state.value,
        matter=matter.id,
        matter_name=matter.name,
        matter_name_en=matter.name_en,
        lane=lane.letter,
        lane_name=lane.name,
        lane_name_en=lane.name_en,
        place=lane.place,
        place_en=lane.place_en,
        day=date.fromisoformat(row.day),
        start=from_millis(row.start),
        minutes=row.minutes,
        holder=row.holder,
        masked_id=row.masked_id,
        hold_until=None if row.hold_until is None else from_millis(row.hold_until),
        asked_to_move=row.asked_at is not None and row.state is State.CONFIRMED,
        is_offer=row.wish is not None and row.state is State.RESERVED,
    )


def slot_view(slot: SlotRow) -> b.SlotNow:
    """A slot for managers."""
    return b.SlotNow(
        slot.id,
        slot.lane,
        from_millis(slot.start),
        slot.minutes,
        slot.offered,
        slot.taken,
        bool(slot.by_hand),
    )
