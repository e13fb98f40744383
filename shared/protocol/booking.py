"""What the hub's routes say of bookings. A booking's `token` is its credential; it names no person."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta

from shared.protocol.messages import Answer, Count, Identity, Letter, Request, Text

BookingState = Literal["reserved", "confirmed", "checked_in", "cancelled", "lapsed", "missed"]
Language = Literal["zh", "en"]
Phone = Annotated[str, Meta(max_length=40)]


class Reserve(Request, frozen=True):
    """Hold a place for a few minutes: `slot` for `matter`.

    A kiosk's citizen has laid down an ID card, a clerk has asked a caller. `phone`, as typed, is where to
    remind them.
    """

    slot: int
    matter: Text
    identity: Identity
    phone: Phone | None = None
    language: Language = "zh"


class WaitForPlace(Request, frozen=True):
    """Join the waiting list of a full `day`; who, as for a reservation."""

    day: date
    matter: Text
    identity: Identity
    phone: Phone | None = None
    language: Language = "zh"


class ChangeBooking(Request, frozen=True):
    """Take a place in `slot` and give the earlier one back, in one step."""

    slot: int


class Whose(Request, frozen=True):
    """Exactly one of the two: a `code` as typed or scanned (or its page's address), or an ID card."""

    code: Annotated[str, Meta(max_length=300)] | None = None
    identity: Identity | None = None


class AskToMove(Request, frozen=True):
    """Ask everybody over capacity on `day` who was not asked yet to choose another time."""

    day: date


class SetPlaces(Request, frozen=True):
    """Let a slot offer so many places from now on; 0 withdraws it. Those who have one keep it.

    None: no longer by hand, but as many as the clerks on duty can keep.
    """

    places: Annotated[int, Meta(ge=0, le=500)] | None


class SetPlaceTerms(Request, frozen=True):
    """How places are worked out from now on; every field as in `PlaceTerms`."""

    automatic: bool
    minutes: Annotated[int, Meta(ge=10, le=20)] = 15
    booked_share: Annotated[int, Meta(ge=0, le=100)] = 80


class BookingDay(Answer, frozen=True):
    """A day with slots: places that are free now, and whether there is a waiting list to join."""

    day: date
    free: Count


class BookingCalendar(Answer, frozen=True):
    """The days with places of one matter's lane; `full` are open days without one, for the waiting list."""

    matter: str
    lane: str
    days: list[BookingDay]
    full: list[date]


class SlotTime(Answer, frozen=True):
    """A slot with free places."""

    id: int
    start: datetime
    minutes: int
    free: Count


class BookingTimes(Answer, frozen=True):
    """The slots of a day that have places."""

    day: date
    slots: list[SlotTime]


class Booking(Answer, frozen=True):
    """A booking as its holder sees it.

    `token` is the end of its page's address `/b/{token}` and the content of its QR code; `code` is the one to
    type. `hold_until` is set while it is reserved. `asked_to_move`: the hall cannot keep its time.
    """

    id: int
    token: str
    code: str
    state: BookingState
    matter: str
    matter_name: str
    matter_name_en: str
    lane: Letter
    lane_name: str
    lane_name_en: str
    place: str
    place_en: str
    day: date
    start: datetime
    minutes: int
    holder: str
    masked_id: str
    hold_until: datetime | None
    asked_to_move: bool
    is_offer: bool
    """A place that came free for somebody on the waiting list."""


class Bookings(Answer, frozen=True):
    """Bookings of one person, or of one day."""

    bookings: list[Booking]


class Wish(Answer, frozen=True):
    """A place in the waiting list: how many stand before it."""

    id: int
    day: date
    matter: str
    ahead: Count


class SlotNow(Answer, frozen=True):
    """A slot for managers. More `taken` than `offered`: somebody must be asked to move."""

    id: int
    lane: Letter
    start: datetime
    minutes: int
    offered: Count
    taken: Count
    by_hand: bool = False
    """A manager set `offered`; otherwise it follows from who is on duty."""


class PlaceTerms(Answer, frozen=True):
    """How places are worked out. `automatic`: the hub opens slots for the days ahead by itself.

    `minutes` is a slot's length. `share` is the posted rule's per cent of the clerks' time (changed with the
    rules), `booked_share` the per cent in hours for appointments only.
    """

    automatic: bool
    minutes: int
    share: int
    booked_share: int


class BookedDay(Answer, frozen=True):
    """A day for managers: its slots, its bookings, those over capacity, and how many wait for a place.

    `by_rota`: its places follow from a published rota; otherwise from the windows and hours alone, as if
    every window had its clerk.
    """

    day: date
    slots: list[SlotNow]
    bookings: list[Booking]
    over: list[Booking]
    waiting: Count
    by_rota: bool = False


class Asked(Answer, frozen=True):
    """How many were asked to move, and of them how many could be told."""

    asked: Count
    told: Count
