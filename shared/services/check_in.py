"""Checking in: the holder of a booking is there, and joins the line under the rule of appointments."""

from shared.domain.booking import Move, State
from shared.domain.estimate import Estimator
from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.protocol import booking as b
from shared.services.booking_codes import find_by_code
from shared.services.booking_hold import move_booking, require_move
from shared.services.booking_text import day_words, time_words
from shared.services.hall import HallPlan
from shared.services.taking import Booked, Holder, join_booked, person_of
from shared.store.bookings import BookingRow, bookings
from shared.store.queries import sql
from shared.store.transaction import Transaction


def whose(tx: Transaction, request: b.Whose) -> list[BookingRow]:
    """The live bookings of a card, or the one of a code, whatever its state. Raises Refused."""
    if (request.code is None) == (request.identity is None):
        raise Refused("invalid_body", detail="code, identity: exactly one of the two")
    if request.identity is not None:
        return bookings(tx.connection, "live_bookings_of_person", person_of(tx, request.identity))
    return [find_by_code(tx.connection, tx.keys, str(request.code))]


def check_in(tx: Transaction, plan: HallPlan, estimator: Estimator, request: b.Whose, channel: str) -> int:
    """Give the holder of today's booking a ticket; returns its id.

    With a card and several bookings today it is the one nearest to now. Raises Refused: unknown_booking,
    booking_moved, booking_over, booking_other_day, no_booking_today, lane_closed, has_live_ticket.
    """
    row = _todays(tx, request)
    ticket = join_booked(tx, plan, estimator, _booked(row, channel))
    move_booking(tx, row, Move.CHECK_IN, ticket)
    return ticket


def _todays(tx: Transaction, request: b.Whose) -> BookingRow:
    today = tx.execute(sql("business_day")).fetchone()[0]
    found = whose(tx, request)
    if request.identity is not None:
        found = [row for row in found if row.day == today and row.state is State.CONFIRMED]
        if not found:
            raise Refused("no_booking_today")
    row = min(found, key=lambda row: abs(row.start - tx.millis))
    require_move(row, Move.CHECK_IN)
    if row.day != today:
        zh, en = day_words(from_millis(row.start))
        raise Refused("booking_other_day", day_zh=zh, day=en, time=time_words(from_millis(row.start)))
    return row


def _booked(row: BookingRow, channel: str) -> Booked:
    holder = Holder(row.person, row.masked_id, row.holder, row.sealed_name)
    return Booked(row.lane, row.matter, holder, channel, from_millis(row.start))
