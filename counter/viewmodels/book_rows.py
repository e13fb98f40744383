"""What the panel of bookings shows of days, times and bookings, in the language of the screen."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from counter.viewmodels import words as w
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol.messages import Matter


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A day or a time to choose; a full day has a waiting list only."""

    key: str
    title: str
    detail: str
    isFull: bool = False


@dataclass(frozen=True, slots=True)
class MatterRow:
    """A matter that fits the search."""

    key: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking that was found; what may be done with it stands in its three flags."""

    key: int
    when: str
    matter: str
    who: str
    standing: str
    mayConfirm: bool
    mayMove: bool
    mayCancel: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, to be read out. `code` stands in two groups."""

    title: str = ""
    day: str = ""
    time: str = ""
    place: str = ""
    code: str = ""
    note: str = ""


def day_rows(calendar: b.BookingCalendar, today: date, *, waits: bool) -> list[PlaceRow]:
    """Days in their order; the full ones only where somebody may wait."""
    free = {day.day: day.free for day in calendar.days}
    full = calendar.full if waits else []
    return [_day_row(day, free.get(day, 0), today) for day in sorted([*free, *full])]


def time_rows(times: b.BookingTimes) -> list[PlaceRow]:
    """The slots of a day."""
    return [PlaceRow(str(slot.id), clock(slot.start), _places(slot.free)) for slot in times.slots]


def matter_row(matter: Matter) -> MatterRow:
    return MatterRow(matter.id, w.pair(matter.name, matter.name_en), f"{matter.lane} · {matter.department}")


def booking_row(booking: b.Booking) -> BookingRow:
    is_live = booking.state in ("reserved", "confirmed")
    return BookingRow(
        key=booking.id,
        when=f"{day_words(booking.day)} {clock(booking.start)}",
        matter=w.pair(booking.matter_name, booking.matter_name_en),
        who=f"{booking.holder} {booking.masked_id}".strip(),
        standing=w.say(w.BOOK_MUST_MOVE if booking.asked_to_move else w.BOOK_STATES[booking.state]),
        mayConfirm=booking.state == "reserved",
        mayMove=booking.state == "confirmed",
        mayCancel=is_live,
    )


def outcome_of(title: str, booking: b.Booking) -> Outcome:
    """A booking as it is read out."""
    return Outcome(
        title=w.say(title),
        day=day_words(booking.day),
        time=clock(booking.start),
        place=place_of(booking),
        code=booking.code.replace("-", "  "),
        note=w.pair(booking.matter_name, booking.matter_name_en),
    )


def place_of(booking: b.Booking) -> str:
    lane = w.pair(booking.lane_name, booking.lane_name_en)
    return f"{w.pair(booking.place, booking.place_en)} · {booking.lane} {lane}"


def day_words(day: date) -> str:
    """The day with its weekday."""
    return w.say(w.BOOK_DAY, month=day.month, day=day.day, weekday=w.say(w.WEEKDAYS[day.weekday()]))


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(HALL_ZONE):%H:%M}"


def _day_row(day: date, free: int, today: date) -> PlaceRow:
    near = {today: w.TODAY, today + timedelta(days=1): w.TOMORROW}.get(day, w.WEEKDAYS[day.weekday()])
    title = w.say(w.BOOK_DATE, month=day.month, day=day.day)
    told = _places(free) if free else w.say(w.BOOK_FULL)
    return PlaceRow(day.isoformat(), title, f"{w.say(near)} · {told}", isFull=not free)


def _places(free: int) -> str:
    return w.say(w.BOOK_FREE, count=free)
