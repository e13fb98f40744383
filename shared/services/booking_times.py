"""When there are places: the days of one matter, and the slots of a day."""

from datetime import date, datetime, timedelta

from shared.domain.booking import LIMITS
from shared.domain.moments import HALL_ZONE, from_millis, to_millis
from shared.protocol import booking as b
from shared.services.hall import HallPlan
from shared.store.queries import sql
from shared.store.sqlite import Connection


def calendar(connection: Connection, plan: HallPlan, matter_id: str, now: datetime) -> b.BookingCalendar:
    """The days ahead that have places, and those that are full. Raises Refused("unknown_matter")."""
    lane = plan.matter(matter_id).lane
    first = now.astimezone(HALL_ZONE).date()
    last = first + timedelta(days=LIMITS.days_ahead)
    bounds = (lane, first.isoformat(), last.isoformat(), earliest_start(now))
    rows = [
        (date.fromisoformat(day), free) for day, free in connection.execute(sql("booking_calendar"), bounds)
    ]
    return b.BookingCalendar(
        matter=matter_id,
        lane=lane,
        days=[b.BookingDay(day=day, free=free) for day, free in rows if free],
        full=[day for day, free in rows if not free],
    )


def times(connection: Connection, plan: HallPlan, matter_id: str, day: date, now: datetime) -> b.BookingTimes:
    """The slots of a day with free places. Raises Refused("unknown_matter")."""
    lane = plan.matter(matter_id).lane
    rows = connection.execute(sql("booking_times"), (lane, day.isoformat(), earliest_start(now)))
    slots = [b.SlotTime(number, from_millis(start), minutes, free) for number, start, minutes, free in rows]
    return b.BookingTimes(day=day, slots=slots)


def earliest_start(now: datetime) -> int:
    """The start that can no longer be booked, in ms: later ones can."""
    return to_millis(now + LIMITS.last_call)
