"""What one visit knows of a booking: what is looked for, the place that is held, and what the hub said."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self

from shared.protocol.booking import Booking, BookingCalendar, BookingTimes, SlotTime, Whose, Wish


class Errand(StrEnum):
    """What choosing a matter, a day and a time is for."""

    NUMBER = "number"
    """Nothing to do with booking: a number now."""
    BOOK = "book"
    WAIT = "wait"
    """The waiting list of a full day."""
    MOVE = "move"
    """Another time for a booking."""


class Outcome(StrEnum):
    """How the last question to the hub about a booking ended, when not by its answer."""

    NONE = ""
    UNREACHABLE = "unreachable"
    LAPSED = "lapsed"
    """The place was not confirmed in time and is given to others."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Frozen as the visit is; the wipe replaces it whole."""

    errand: Errand = Errand.NUMBER
    is_asking: bool = False
    """The hub was asked and has not answered."""
    calendar: BookingCalendar | None = None
    day: date | None = None
    times: BookingTimes | None = None
    slot: SlotTime | None = None
    request_id: str = ""
    """Of the reservation, the move or the check-in: kept while the same is wanted."""
    booking: Booking | None = field(default=None, repr=False)
    """The place that is held, booked, or to be moved or given up."""
    wish: Wish | None = None
    mine: tuple[Booking, ...] = field(default=(), repr=False)
    whose: Whose | None = field(default=None, repr=False)
    refusal: str = ""
    """The hub's code, or one of `Outcome`: which next step to offer."""

    @property
    def holds_place(self) -> bool:
        """A place is kept from others that was not confirmed."""
        return self.booking is not None and self.booking.state == "reserved" and not self.booking.is_offer

    def without_place(self) -> Self:
        """The step that held a place was left. A booking to be moved stays."""
        kept = self.booking if self.errand is Errand.MOVE else None
        return replace(self, booking=kept, wish=None, refusal="", is_asking=False)


NO_APPOINTMENT = Appointment()
