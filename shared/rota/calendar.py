"""A rota as calendars (iCalendar, RFC 5545): one of all, or one for a clerk.

An event's UID is made of the day and the clerk, so that a calendar that is fetched again replaces what it
had. Times are in the hall's zone, which stands in the file.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from shared.domain.moments import HALL_ZONE, aware
from shared.domain.plain import plain_line
from shared.domain.rota import Duty, Rota
from shared.domain.rota_plan import Clerk

_PRODUCT = "-//Service Hall//Rota//ZH"


def rota_calendar(rota: Rota, hall: str, made: datetime, clerk: str = "", revision: int = 0) -> bytes:
    """The calendar of one clerk, or of all with their names. `made` stamps every event; `revision` grows.

    Raises KeyError for a clerk who is not in the rota.
    """
    chosen = [one for one in rota.plan.clerks if clerk in ("", one.number)]
    if not chosen:
        raise KeyError(clerk)
    name = f"{hall} 排班" if not clerk else f"{chosen[0].name} 排班"
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain_line(name))  # the library escapes the properties that it knows
    for one in chosen:
        for event in _events(rota, one, whose=not clerk):
            event.add("dtstamp", aware(made))
            event.add("sequence", revision)
            event.add("location", hall)
            calendar.add_component(event)
    calendar.add_missing_timezones(rota.plan.first, rota.plan.last)
    return bytes(calendar.to_ical())


def _events(rota: Rota, clerk: Clerk, *, whose: bool) -> Iterator[Event]:
    prefix = f"{clerk.name} " if whose else ""
    by_day: dict[date, list[Duty]] = {}
    for duty in sorted(rota.duties):
        if duty.clerk == clerk.number:
            by_day.setdefault(duty.day, []).append(duty)
    for day, duties in by_day.items():
        yield _on_duty(rota, day, duties, prefix)
    for rest in rota.rests:
        if rest.clerk == clerk.number:
            yield _at_rest(rest.day, clerk.number, f"{prefix}调休", f"{rest.earned} 值班的调休")


def _on_duty(rota: Rota, day: date, duties: list[Duty], prefix: str) -> Event:
    """From the first span to the end of the last; the spans with their places in the description."""
    shift = rota.plan.shift(duties[0].shift)
    places = "/".join(dict.fromkeys(duty.place for duty in duties if duty.place)) or "机动"
    event = Event()
    event.add("uid", _uid(day, duties[0].clerk))
    event.add("summary", f"{prefix}{shift.name} {places}")
    event.add("description", "\n".join(f"{duty.span.times} {duty.place or '机动'}" for duty in duties))
    event.add("dtstart", _moment(day, duties[0].span.start))
    event.add("dtend", _moment(day, duties[-1].span.end))
    event.add("transp", "OPAQUE")
    return event


def _at_rest(day: date, number: str, summary: str, description: str) -> Event:
    event = Event()
    event.add("uid", _uid(day, number))
    event.add("summary", summary)
    event.add("description", description)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(day: date, number: str) -> str:
    """A clerk is at work or at rest on a day, never both: one UID for either."""
    return f"rota-{day.isoformat()}-{number}@service-hall"


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE) + timedelta(minutes=minutes)
