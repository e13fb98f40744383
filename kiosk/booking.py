"""What the hub is asked about bookings, and their paper. Every function waits, and runs in a worker."""

from dataclasses import dataclass

from kiosk.appointment import Appointment, Errand, Outcome
from kiosk.booking_slip import compose_booking
from kiosk.equipment import Equipment
from kiosk.issuing import Taken, fate, matter_named
from kiosk.slip import Language
from kiosk.visit import Citizen, Sentence, Slip
from shared.client.api import HubClient
from shared.client.errors import HubError, HubRefused
from shared.protocol.booking import (
    Booking,
    Bookings,
    ChangeBooking,
    Reserve,
    WaitForPlace,
    Whose,
    Wish,
)
from shared.protocol.messages import HallInfo, Matter, Matters, Nothing, TakenTicket

CANNOT_REACH = Sentence(
    "现在联系不上系统，请稍后再试一次",
    "The system cannot be reached just now. Please try again a little later.",
)


@dataclass(frozen=True, slots=True)
class Mine:
    """Bookings of one person, and the matters of the hall to say what to bring."""

    bookings: tuple[Booking, ...]
    matters: tuple[Matter, ...]


def arrange(
    client: HubClient, wanted: Appointment, matter: str, citizen: Citizen, language: Language
) -> Booking | Wish:
    """Hold the place, or join the waiting list. Raises `HubError`."""
    identity = citizen.identity
    if wanted.errand is Errand.WAIT and wanted.day is not None:
        wait = WaitForPlace(day=wanted.day, matter=matter, identity=identity, language=language)
        return client.ask(Wish, "wait_for_place", wait, request_id=wanted.request_id)
    if wanted.slot is None:
        raise ValueError("a place without a time")
    reserve = Reserve(slot=wanted.slot.id, matter=matter, identity=identity, language=language)
    return client.ask(Booking, "reserve", reserve, request_id=wanted.request_id)


def settle(client: HubClient, wanted: Appointment) -> Booking:
    """Confirm the place that is held, or move the booking to the chosen one. Raises `HubError`."""
    booking = wanted.booking
    if booking is None:
        raise ValueError("nothing to confirm")
    if wanted.errand is Errand.MOVE and wanted.slot is not None:
        return client.ask(
            Booking,
            "change_booking",
            ChangeBooking(slot=wanted.slot.id),
            request_id=wanted.request_id,
            token=booking.token,
        )
    return client.ask(Booking, "confirm_booking", Nothing(), token=booking.token)


def find_mine(client: HubClient, whose: Whose) -> Mine:
    """The live bookings of a card or of a code. Raises `HubError`."""
    found = client.ask(Bookings, "find_bookings", whose).bookings
    live = tuple(booking for booking in found if booking.state in ("reserved", "confirmed"))
    return Mine(live, tuple(client.ask(Matters, "matters").matters) if live else ())


def check_in(client: HubClient, equipment: Equipment, whose: Whose, request_id: str) -> Taken:
    """Join the line with a booking of today. Raises `HubError`.

    The printer is asked for its state alone: a citizen who is there in time is not kept from the line by it.
    """
    report = equipment.ask_printer()
    ticket = client.ask(TakenTicket, "check_in", whose, request_id=request_id)
    return Taken(ticket, prints=report.can_print)


def print_booking(
    client: HubClient, equipment: Equipment, hall: HallInfo, booking: Booking, matter: Matter | None
) -> Slip:
    """Print the confirmation, and say what is certain of it."""
    known = matter or matter_named(client, booking.matter)
    address = page_address(hall, client.base_url, booking)
    return fate(
        equipment, lambda columns: compose_booking(hall, booking, known, address=address, columns=columns)
    )


def page_address(hall: HallInfo, hub: str, booking: Booking) -> str:
    """The booking's page, as a phone reaches it: at the hall's public address, else at the hub's own."""
    return f"{(hall.public_url or hub).rstrip('/')}/b/{booking.token}"


def why(error: Exception) -> tuple[str, Sentence]:
    """The code that chooses the next step, and the sentence; a fault of our own is raised."""
    if isinstance(error, HubRefused):
        return error.code, Sentence(error.zh, error.en)
    if isinstance(error, HubError):
        return Outcome.UNREACHABLE, CANNOT_REACH
    raise error
