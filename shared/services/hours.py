"""Opening hours changed while the hall runs: what a change would do, and the change itself.

Nothing happens to those who have booked: places outside the new hours are offered no more, and whoever holds
one is over capacity, for a manager to ask to another time (shared.services.booking_days).
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from shared.domain.hours import WeekHours, parse_hours
from shared.domain.hours_changes import HoursChange, changes
from shared.domain.hours_spans import Spans
from shared.domain.moments import HALL_ZONE, from_millis, to_millis
from shared.domain.refusals import Refused
from shared.services.hall import HallPlan, load_plan
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

Lines = tuple[str, ...]
"""Hours in their written form."""
Whose = str | int
"""A lane's letter or a window's number."""
Moments = tuple[datetime, datetime]
"""From the first to just before the second."""

AHEAD = timedelta(days=60)
"""How far ahead a change is shown; to its last date by itself if that is later, a year at most."""
_FURTHEST = timedelta(days=366)
_MOST_LINES, _LONGEST_LINE = 200, 120
_WHOLE_DAY = 24 * 60
_AT_LINE = re.compile("^“(.*?)”: (.*)$", re.DOTALL)
_MISTAKES = (
    ("overlap", "hours_overlap"),
    ("weekend hours are for", "hours_not_weekend"),
    ("is there twice", "hours_twice"),
    ("in another line", "hours_contradict"),
    ("must end after it starts", "hours_backwards"),
    ("does not end after it starts", "hours_backwards"),
)
"""What a sentence of the parser is about; anything else cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What new hours change, day by day, and how many booked citizens would find a lane closed.

    A window that is there less closes no lane: places follow its clerk, and who is over them is asked.
    """

    whose: Whose
    before: Lines
    after: Lines
    days: tuple[HoursChange, ...]
    booked: int


@dataclass(frozen=True, slots=True)
class PastChange:
    """A change that was made, by the name of who made it."""

    at: datetime
    who: str
    whose: Whose
    gone: Lines
    new: Lines


def preview(
    connection: Connection, plan: HallPlan, wanted: Mapping[Whose, Lines], now: datetime
) -> list[Preview]:
    """What the wanted hours would change; whoever keeps its hours is left out.

    No lines at all give a window the hours of its lanes. Raises Refused: unknown_lane, unknown_window, or
    hours_... for what cannot be.
    """
    found = (
        _of_window(plan, whose, lines, now)
        if isinstance(whose, int)
        else _of_lane(connection, plan, whose, lines, now)
        for whose, lines in wanted.items()
    )
    return [change for change in found if change.before != change.after]


def change_hours(
    tx: Transaction, plan: HallPlan, wanted: Mapping[Whose, Lines], known: Mapping[Whose, Lines]
) -> int:
    """Let new hours hold in some lanes and windows, all or none; how many changed.

    `known` is what was seen when the change was asked for. Raises Refused: hours_changed_meanwhile when it is
    no longer so, unknown_lane, unknown_window, or hours_... for what cannot be.
    """
    current = load_plan(tx.connection)
    found = preview(tx.connection, current, wanted, tx.now)
    for change in found:
        if change.before != tuple(known.get(change.whose, ())):
            raise _meanwhile(change.whose)
        _write(tx, plan, change)
    return len(found)


def with_exception(lines: Lines, day: date, spans: str) -> Lines:
    """The lines with other hours on one date; empty spans take its exception back."""
    others = tuple(line for line in lines if not line.startswith(f"{day} "))
    return (*others, f"{day} {spans.strip()}") if spans.strip() else others


def booked_between(connection: Connection, lane: str, spans: Iterable[Moments]) -> int:
    """How many bookings of a lane touch any of the spans."""
    found: set[int] = set()
    for start, end in spans:
        rows = connection.execute(sql("booked_within"), (lane, to_millis(end), to_millis(start)))
        found.update(row[0] for row in rows)
    return len(found)


def hours_history(connection: Connection, plan: HallPlan, most: int = 20) -> list[PastChange]:
    """The latest changes, newest first."""
    names = {f"device:{row[0]}": str(row[1]) for row in connection.execute(sql("devices"))}
    names |= {f"clerk:{number}": name for number, name in plan.clerk_names.items()}
    return [
        _past(from_millis(at), names.get(actor, actor), whose, json.loads(before), json.loads(after))
        for at, actor, whose, before, after, _ in connection.execute(sql("hours_history"), (most,))
    ]


def split_lines(text: str) -> Lines:
    """What was typed, a line each, without blanks around and empty ones between."""
    return tuple(line for line in (line.strip() for line in text.splitlines()) if line)


# -- checking -----------------------------------------------------------------------------------------


def _read(plan: HallPlan, lines: Lines) -> WeekHours:
    """The hours of the lines; Refused with a code for each kind of mistake."""
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        raise Refused("hours_unreadable", line=lines[0][:20], detail="the text is too long")
    try:
        hours = parse_hours(lines, plan.calendar)
    except ValueError as error:
        raise _refused(str(error)) from error
    if not any(hours.week):
        raise Refused("hours_never_open")
    if _is_open_at(hours, plan.day_change):
        raise Refused("hours_over_day_change", time=f"{plan.day_change:%H:%M}")
    return hours


def _refused(sentence: str) -> Refused:
    found = _AT_LINE.match(sentence)
    line, detail = (found[1], found[2]) if found else ("", sentence)
    code = next((code for words, code in _MISTAKES if words in detail), "hours_unreadable")
    return Refused(code, line=line, detail=detail)


def _meanwhile(whose: Whose) -> Refused:
    zh, en = (
        (f"{whose} 号窗口", f"window {whose}")
        if isinstance(whose, int)
        else (f"队列 {whose} ", f"lane {whose}")
    )
    return Refused("hours_changed_meanwhile", whose_zh=zh, whose_en=en)


def _is_open_at(hours: WeekHours, change: time) -> bool:
    """Whether a span that ends holds the day's change, at which every ticket that waits ends."""
    minute = change.hour * 60 + change.minute
    days: Sequence[Spans] = [*hours.week, *hours.exceptions.values(), hours.on_holidays or ()]
    spans = (span for day in days for span in day if span.end - span.start < _WHOLE_DAY)
    return any(span.holds(minute) for span in spans)


# -- what changes -------------------------------------------------------------------------------------


def _of_lane(connection: Connection, plan: HallPlan, letter: str, lines: Lines, now: datetime) -> Preview:
    before, after = plan.lane(letter).hours, _read(plan, lines)
    days = changes(before, after, *_shown([before, after], now))
    lost = [_moments(day.day, span.start, span.end, now) for day in days for span in day.no_longer_bookable]
    booked = booked_between(connection, letter, [span for span in lost if span[0] < span[1]])
    return Preview(letter, tuple(before.in_config()), tuple(after.in_config()), days, booked)


def _of_window(plan: HallPlan, no: int, lines: Lines, now: datetime) -> Preview:
    before = plan.hours_of_window(no)
    after = replace(before, own=_read(plan, lines) if lines else None)
    own = [hours.own for hours in (before, after) if hours.own is not None]
    days = changes(before, after, *_shown(own, now))
    return Preview(no, tuple(before.in_config()), tuple(after.in_config()), days, 0)


def _shown(hours: Iterable[WeekHours], now: datetime) -> tuple[date, date]:
    """The first and last date of a preview."""
    today = now.astimezone(HALL_ZONE).date()
    named = [day for each in hours for day in each.exceptions]
    return today, min(max([today + AHEAD, *named]), today + _FURTHEST)


def _moments(day: date, start: int, end: int, now: datetime) -> Moments:
    """A span of a day; what is over already changes for nobody."""
    midnight = datetime.combine(day, time(), HALL_ZONE)
    return max(midnight + timedelta(minutes=start), now), midnight + timedelta(minutes=end)


def _write(tx: Transaction, plan: HallPlan, change: Preview) -> None:
    before, after = (json.dumps(lines, ensure_ascii=False) for lines in (change.before, change.after))
    lines = {"before": list(change.before), "after": list(change.after)}
    if isinstance(change.whose, int):
        tx.execute(sql("set_window_hours"), (after, change.whose))
        tx.execute(sql("insert_window_hours_change"), (tx.millis, tx.actor, change.whose, before, after))
        tx.fact("hours.window_changed", window=change.whose, **lines)
        return
    tx.execute(sql("set_lane_hours"), (after, change.whose))
    tx.execute(sql("insert_hours_change"), (tx.millis, tx.actor, change.whose, before, after))
    tx.fact("hours.changed", lane=change.whose, **lines)
    _close_slots(tx, change.whose, parse_hours(change.after, plan.calendar))


def _close_slots(tx: Transaction, lane: str, hours: WeekHours) -> None:
    """Offer no place outside the hours. Those within new hours come with the capacity of the rota."""
    for number, day, start, minutes, offered in tx.execute(sql("slots_ahead"), (lane, tx.millis)).fetchall():
        if not hours.is_bookable(from_millis(start), minutes):
            tx.execute(sql("offer_places"), (0, 0, number))
            tx.fact("slot.changed", slot=number, lane=lane, day=day, before=offered, after=0)


def _past(at: datetime, who: str, whose: Whose, before: list[str], after: list[str]) -> PastChange:
    gone = tuple(line for line in before if line not in after)
    return PastChange(at, who, whose, gone, tuple(line for line in after if line not in before))
