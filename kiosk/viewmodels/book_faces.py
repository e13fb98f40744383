"""What a screen shows of days, times and bookings: numbers and names; the words are QML's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.viewmodels.guide import Manner
from shared.domain.moments import HALL_ZONE
from shared.protocol.booking import Booking, BookingCalendar, SlotTime

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class DayFace:
    """A day to choose. `near` is today, tomorrow or empty; a full one has a waiting list."""

    day: str
    month: int
    dayOfMonth: int
    weekday: str
    near: str
    free: int
    isFull: bool


@dataclass(frozen=True, slots=True)
class TimeFace:
    """A time to choose."""

    id: int
    time: str
    free: int


@dataclass(frozen=True, slots=True)
class BookingFace:
    """A booking as a row, and as what is about to be confirmed."""

    id: int
    standing: str
    matter: str
    laneName: str
    letter: str
    place: str
    month: int
    dayOfMonth: int
    weekday: str
    time: str
    code: str
    isOffer: bool
    mustMove: bool


NO_BOOKING = BookingFace(0, "", "", "", "", "", 0, 0, "", "", "", False, False)


def day_faces(calendar: BookingCalendar, today: date, *, waits: bool) -> list[DayFace]:
    """Days in their order; full ones only where one may wait for a place."""
    free = {one.day: one.free for one in calendar.days}
    full = calendar.full if waits else []
    return [_day_face(day, free.get(day, 0), today) for day in sorted([*free, *full])]


def _day_face(day: date, free: int, today: date) -> DayFace:
    near = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day, "")
    return DayFace(day.isoformat(), day.month, day.day, weekday_of(day), near, free, free == 0)


def time_face(slot: SlotTime) -> TimeFace:
    return TimeFace(slot.id, time_of(slot.start), slot.free)


def booking_face(booking: Booking, manner: Manner) -> BookingFace:
    return BookingFace(
        id=booking.id,
        standing=booking.state,
        matter=manner.pick(booking.matter_name, booking.matter_name_en),
        laneName=manner.pick(booking.lane_name, booking.lane_name_en),
        letter=booking.lane,
        place=manner.pick(booking.place, booking.place_en),
        month=booking.day.month,
        dayOfMonth=booking.day.day,
        weekday=weekday_of(booking.day),
        time=time_of(booking.start),
        code=booking.code,
        isOffer=booking.is_offer,
        mustMove=booking.asked_to_move,
    )


def weekday_of(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def time_of(moment: datetime) -> str:
    return f"{moment.astimezone(HALL_ZONE):%H:%M}"
