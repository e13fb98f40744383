"""Booking on a phone: matter, day, time. Works without script, and holds nothing before a code came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.hours import sentence_for_opening
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.hub.book_booking import booking_paths
from shared.hub.book_frame import BookFrame, book_word, language_of
from shared.hub.book_person import PersonPages
from shared.hub.book_text import day_text
from shared.hub.core import Hub
from shared.protocol import booking as b
from shared.services import booking_times
from shared.services.booking_text import time_words
from shared.store.search import search_matters

_PARTS = (("book_morning", 12), ("book_noon", 14), ("book_afternoon", 18), ("book_evening", 24))
"""Until which hour each part of a day lasts."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of the calendar: its free places, or that it is full and has a waiting list."""

    date: date
    free: int
    full: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month as people read it: weeks from Monday, None for a day of another month or before today."""

    year: int
    month: int
    weeks: list[list[DayCell | None]]


def book_paths(hub: Hub) -> list[BaseRoute]:
    """Every page of booking, and of one booking."""
    frame = BookFrame(hub)
    pages, person = BookPages(frame), PersonPages(frame)
    return [
        Path("/book", pages.matters),
        Path("/book/{matter}", pages.days),
        Path("/book/{matter}/slot/{slot:int}", person.slot, methods=["GET", "POST"]),
        Path("/book/{matter}/wait/{day}", person.wait, methods=["GET", "POST"]),
        Path("/book/{matter}/wait/{day}/done", person.waits),
        Path("/book/{matter}/{day}", pages.times),
        *booking_paths(frame, pages),
    ]


class BookPages:
    """Choosing a matter, a day and a time."""

    def __init__(self, frame: BookFrame) -> None:
        self._frame = frame
        self._hub = frame.hub

    async def matters(self, request: Request) -> Response:
        """All matters by lane, or those that a search finds."""
        asked = request.query_params.get("q", "").strip()[:60]
        plan = self._hub.plan
        found = [plan.matters[i] for i in search_matters(self._hub.reading, asked)] if asked else []
        letters = {letter: n for n, letter in enumerate(plan.lanes)}
        by_lane = sorted(plan.matters.values(), key=lambda m: letters[m.lane])
        return self._frame.page(
            request,
            "book_matters.html",
            "book_matter",
            step=1,
            asked=asked,
            found=found,
            bundles=[matter for matter in by_lane if matter.bundle],
            groups=[(plan.lane(lane), list(ms)) for lane, ms in groupby(by_lane, key=lambda m: m.lane)],
            **self._frame.closed(request),
        )

    async def days(self, request: Request) -> Response:
        """The calendar of a matter."""
        try:
            matter = self._hub.plan.matter(request.path_params["matter"])
        except Refused:
            return self._frame.unknown(request)
        closed = self._frame.closed(request)
        return self.calendar(
            request,
            matter.id,
            f"/book/{matter.id}",
            back="/book",
            step=2,
            can_wait=not closed["closed"],
            details=True,
            **closed,
        )

    def calendar(self, request: Request, matter_id: str, path: str, **values: Any) -> Response:
        """The days of a matter, each leading to `path`/day."""
        now = self._hub.clock.now()
        found = booking_times.calendar(self._hub.reading, self._hub.plan, matter_id, now)
        months = list(_months(found, now.astimezone(HALL_ZONE).date()))
        chosen = self.chosen(matter_id) | {"open_text": self._open_text(request, found.lane)}
        return self._frame.page(
            request,
            "book_days.html",
            "book_day",
            months=months,
            path=path,
            full=found.full,
            **chosen,
            **values,
        )

    async def times(self, request: Request) -> Response:
        """The times of a day."""
        try:
            matter = self._hub.plan.matter(request.path_params["matter"])
            day = date.fromisoformat(request.path_params["day"])
        except (Refused, ValueError):
            return self._frame.unknown(request)
        path = f"/book/{matter.id}"
        closed = self._frame.closed(request)
        return self.times_of(request, matter.id, day, path=path, back=path, step=3, **closed)

    def times_of(self, request: Request, matter_id: str, day: date, **values: Any) -> Response:
        """The times of one day; `change` among the values makes each a key that moves a booking there."""
        now = self._hub.clock.now()
        found = booking_times.times(self._hub.reading, self._hub.plan, matter_id, day, now)
        at = datetime(day.year, day.month, day.day, tzinfo=HALL_ZONE)
        return self._frame.page(
            request,
            "book_times.html",
            "book_time",
            parts=list(_parts(found.slots)),
            day_text=day_text(at, language_of(request)),
            **self.chosen(matter_id),
            **({"change": ""} | values),
        )

    def _open_text(self, request: Request, letter: str) -> str:
        """Whether one may simply come now, or from when."""
        lane, now = self._hub.plan.lane(letter), self._hub.clock.now()
        closes = lane.hours.closes_at(now)
        if lane.hours.is_open(now) and lane.closed_reason is None:
            until = "" if closes is None else time_words(closes)
            return book_word("book_open" if until else "book_always_open", language_of(request), time=until)
        zh, en = sentence_for_opening(lane.hours.next_opening(now), now)
        language = language_of(request)
        return book_word("book_walk_in", language, opening=zh if language == "zh" else en)

    def chosen(self, matter_id: str) -> dict[str, Any]:
        """What was chosen so far."""
        matter = self._hub.plan.matter(matter_id)
        return {"matter": matter, "lane": self._hub.plan.lane(matter.lane)}


def _parts(slots: list[b.SlotTime]) -> Iterator[tuple[str, list[b.SlotTime]]]:
    first = 0
    for name, until in _PARTS:
        found = [slot for slot in slots if first <= slot.start.astimezone(HALL_ZONE).hour < until]
        if found:
            yield name, found
        first = until


def _months(found: b.BookingCalendar, today: date) -> Iterator[Month]:
    """From this month to the last one with a place or a waiting list."""
    free = {day.day: day.free for day in found.days}
    known = [*free, *found.full]
    if not known:
        return
    first = min(known).replace(day=1)
    while first <= max(known):
        yield _month(first, free, frozenset(found.full), today)
        first = (first + timedelta(days=32)).replace(day=1)


def _month(first: date, free: dict[date, int], full: frozenset[date], today: date) -> Month:
    monday = first - timedelta(days=first.weekday())
    weeks: list[list[DayCell | None]] = []
    while monday < (first + timedelta(days=32)).replace(day=1):
        days = [monday + timedelta(days=n) for n in range(7)]
        cells = [
            DayCell(day, free.get(day, 0), day in full) if day.month == first.month and day >= today else None
            for day in days
        ]
        if any(cells):
            weeks.append(cells)
        monday += timedelta(days=7)
    return Month(first.year, first.month, weeks)
