"""A booking for a calendar (RFC 5545): one event that later versions replace, and a reminder a day before."""

from datetime import datetime, timedelta

import icalendar

from shared.domain.booking import LIVE, State
from shared.domain.moments import from_millis
from shared.hub.book_frame import book_word
from shared.services.booking_codes import typed_code_of
from shared.services.hall import HallPlan
from shared.store.bookings import BookingRow
from shared.store.keys import Keys
from shared.web.words import Language

_DAY_BEFORE = timedelta(days=-1)
_STATUS = {State.RESERVED: "TENTATIVE", State.CANCELLED: "CANCELLED", State.LAPSED: "CANCELLED"}


def booking_ics(row: BookingRow, plan: HallPlan, keys: Keys, language: Language, now: datetime) -> bytes:
    """The whole file. Its UID stays when the booking moves; its SEQUENCE grows then, and at the end."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Service Hall//booking//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = _event(row, plan, keys, language, now)
    if row.state in LIVE:
        event.add_component(_alarm(str(event["summary"])))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _event(row: BookingRow, plan: HallPlan, keys: Keys, language: Language, now: datetime) -> icalendar.Event:
    side = 0 if language == "zh" else 1
    matter, lane, hall = plan.matter(row.matter), plan.lane(row.lane), (plan.name, plan.name_en)[side]
    event = icalendar.Event()
    event.add("uid", f"{keys.digest(b'calendar', str(row.id).encode()).hex()}@service-hall")
    event.add("sequence", 2 * row.version + (row.state not in LIVE))
    event.add("dtstamp", now)
    event.add("dtstart", from_millis(row.start))
    event.add("duration", timedelta(minutes=row.minutes))
    event.add("summary", f"{hall} {(matter.name, matter.name_en)[side]}")
    event.add("location", f"{hall} {(lane.place, lane.place_en)[side]}")
    event.add("description", "\n".join(_lines(row, plan, keys, language)))
    event.add("status", _STATUS.get(row.state, "CONFIRMED"))
    return event


def _lines(row: BookingRow, plan: HallPlan, keys: Keys, language: Language) -> list[str]:
    """The code to type, and what to bring; not the page's address: it lets its reader cancel."""
    lines = [f"{book_word('book_code_name', language)} {typed_code_of(row, keys)}"]
    if materials := plan.matter(row.matter).materials:
        joined = ("、" if language == "zh" else ", ").join(materials)
        lines.append(f"{book_word('bring', language)} {joined}")
    return lines


def _alarm(text: str) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", _DAY_BEFORE)
    return alarm
