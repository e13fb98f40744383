"""The handlers of booking: from kiosks and desks, and for managers. Citizens' phones have pages instead."""

from datetime import date

from shared.domain.contact import Contact, ContactError, phone_contact
from shared.domain.refusals import Refused
from shared.hub.core import Call, Hub
from shared.hub.registry import read, write
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.services import booking, booking_days, places, viewing, waiting_list
from shared.services import booking_times as when
from shared.services import check_in as checking_in
from shared.services.booking_codes import find_by_token
from shared.services.booking_view import booking_view
from shared.store.bookings import BookingRow
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction


@read
def booking_calendar(hub: Hub, call: Call) -> m.Answer:
    """Days with places."""
    return when.calendar(hub.reading, hub.plan, _matter(call), hub.clock.now())


@read
def booking_times(hub: Hub, call: Call) -> m.Answer:
    """Slots of a day."""
    return when.times(hub.reading, hub.plan, _matter(call), _day(call), hub.clock.now())


@write
def reserve(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Hold a place."""
    body: b.Reserve = call.body
    who = _applicant(call, tx, body)
    return _view(hub, tx, booking.reserve(tx, hub.plan, who, body.slot, body.matter))


@write
def confirm_booking(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Make it a promise."""
    return _view(hub, tx, booking.confirm(tx, hub.plan, _of_token(call, tx)))


@write
def change_booking(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Another slot."""
    return _view(hub, tx, booking.change(tx, hub.plan, _of_token(call, tx), call.body.slot))


@write
def cancel_booking(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Give it up."""
    return _view(hub, tx, booking.cancel(tx, hub.plan, _of_token(call, tx)))


@write
def find_bookings(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Whose they are. A write only because an ID number becomes a pseudonym with the writer's keys."""
    found = checking_in.whose(tx, call.body)
    return b.Bookings([booking_view(row, hub.plan, tx.keys) for row in found])


@write
def wait_for_place(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Join the waiting list."""
    body: b.WaitForPlace = call.body
    return waiting_list.wait_for_place(tx, hub.plan, _applicant(call, tx, body), body.day, body.matter)


@write
def check_in(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """A booking becomes a ticket."""
    number = checking_in.check_in(tx, hub.plan, hub.estimator, call.body, _channel(call))
    row = get_ticket(tx.connection, number)
    url = hub.plan.public_url or call.base_url
    return m.TakenTicket(ticket=viewing.ticket_as_taken(row), url=url + viewing.phone_path(row))


@read
def booked_day(hub: Hub, call: Call) -> m.Answer:
    """A day for managers."""
    return booking_days.booked_day(hub.reading, hub.plan, hub.keys, _day(call))


@write
def ask_to_move(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Those over capacity."""
    return booking_days.ask_to_move(tx, hub.plan, call.body.day)


@write
def set_places(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """More places, or fewer."""
    return booking_days.set_places(tx, hub.plan, call.params["id"], call.body.places)


@read
def place_terms(hub: Hub, call: Call) -> m.Answer:
    """How places are worked out."""
    del call
    return places.terms_view(hub.reading, hub.plan)


@write
def set_place_terms(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """From now on."""
    places.set_terms(tx, call.body)
    return places.terms_view(tx.connection, hub.plan)


def _of_token(call: Call, tx: Transaction) -> BookingRow:
    return find_by_token(tx.connection, tx.keys, call.params["token"])


def _view(hub: Hub, tx: Transaction, row: BookingRow) -> b.Booking:
    return booking_view(row, hub.plan, tx.keys)


def _applicant(call: Call, tx: Transaction, body: b.Reserve | b.WaitForPlace) -> booking.Applicant:
    return booking.applicant(tx, body.identity, _channel(call), _contact(body))


def _channel(call: Call) -> str:
    return "kiosk" if call.actor.clerk is None else "desk"


def _contact(body: b.Reserve | b.WaitForPlace) -> Contact | None:
    if body.phone is None:
        return None
    try:
        return phone_contact(body.phone, body.language)
    except ContactError as error:
        raise Refused("bad_contact") from error


def _matter(call: Call) -> str:
    try:
        return call.query["matter"]
    except KeyError:
        raise Refused("invalid_query", detail="matter: the id of a matter") from None


def _day(call: Call) -> date:
    try:
        return date.fromisoformat(call.query["day"])
    except (KeyError, ValueError):
        raise Refused("invalid_query", detail="day: a date like 2026-11-28") from None
