"""The managers' page of promised waits: coverage and error by lane and week, and two pictures.

All of it is made in a process of its own, one thing at a time, and kept for a minute: a hall that is busy
enough to look at must not wait for its own figures.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from shared.figures.drawn import DAYS, day_picture, promises_picture, recent_weeks
from shared.figures.recorded import WeekTable
from shared.figures.waits import ALARM_FROM, LEAST_COVERAGE, Line
from shared.hub.core import Hub
from shared.hub.forecasting import Oracle
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import HEADERS, Frame, language_of
from shared.hub.manage_page import ManagerPage
from shared.simulation.worker import WorkerFault
from shared.store.queries import sql
from shared.web.manage_words import word
from shared.web.words import Language

log = logging.getLogger(__name__)

KEPT_SECONDS = 60.0
_PICTURES: dict[str, Callable[[Path, date], bytes]] = {"day": day_picture, "promises": promises_picture}
_PICTURE_HEADERS = HEADERS | {
    # The picture's own marks are styled in place; it runs nothing and loads nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A lane's week: `level` is none, few, fine or alarm; the rest in words."""

    level: str
    held: str = ""
    error: str = ""
    alarm: str = ""


class Drawings:
    """Asks the process beside the hub, one question at a time, and keeps its answers for a minute."""

    def __init__(self, database: Path, seconds: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seconds = seconds
        self._turn = asyncio.Lock()
        self._kept: dict[tuple[str, date], tuple[float, Any]] = {}

    async def ask(self, question: Callable[[Path, date], Any], today: date) -> Any:
        """The answer as it is now, or was a minute ago at most. Raises WorkerFault."""
        async with self._turn:
            now, key = self._seconds(), (question.__name__, today)
            self._kept = {old: kept for old, kept in self._kept.items() if now - kept[0] < KEPT_SECONDS}
            if key not in self._kept:
                self._kept[key] = now, await self._made(question, today)
            return self._kept[key][1]

    async def _made(self, question: Callable[[Path, date], Any], today: date) -> Any:
        oracle = Oracle()
        try:
            return await oracle.ask(question, self._database, today)
        finally:
            oracle.close()  # the drawing library is large: nobody keeps it for a page that is rarely read


class WaitsPage(ManagerPage):
    """The page and its two pictures."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        super().__init__(hub, entry, frame)
        self._drawings = Drawings(hub.house.database)

    async def shown(self, request: Request, visitor: Visitor) -> Response:
        """The table; the pictures come by themselves."""
        today, language = self._today(), language_of(request)
        table = await self._table(today)
        return self._frame.page(
            request,
            visitor,
            "waits.html",
            section="waits",
            time=f"{self._hub.clock.now():%H:%M}",
            table=table,
            summary=None if table is None else _summary(table),
            weeks=[] if table is None else [_week(week, n, language) for n, week in enumerate(table.weeks)],
            rows=[] if table is None else self._rows(table, language),
            days=DAYS,
        )

    async def picture(self, request: Request) -> Response:
        """One of the pictures; a sentence in its place when it cannot be drawn."""
        if self._entry.visitor(request).manager is None:
            return Response(status_code=401, headers=HEADERS)
        question = _PICTURES.get(request.path_params["name"])
        if question is None:
            return Response(status_code=404, headers=HEADERS)
        try:
            drawn, status = await self._drawings.ask(question, self._today()), 200
        except WorkerFault as fault:
            log.warning("no picture of the waits: %s", fault)
            drawn, status = _sorry(word("picture_failed", language_of(request))), 503
        return Response(drawn, status, _PICTURE_HEADERS, media_type="image/svg+xml")

    async def _table(self, today: date) -> WeekTable | None:
        try:
            table: WeekTable = await self._drawings.ask(recent_weeks, today)
        except WorkerFault as fault:
            log.warning("no table of the waits: %s", fault)
            return None
        return table

    def _today(self) -> date:
        return date.fromisoformat(self._hub.reading.execute(sql("business_day")).fetchone()[0])

    def _rows(self, table: WeekTable, language: Language) -> list[tuple[str, str, list[Cell]]]:
        """All lanes together, then each lane of the hall: letter, name, a cell a week."""
        found = {(line.lane, line.week): line for line in table.lines}
        every = [_cell(table.totals.get(week), language) for week in table.weeks]
        rows = [("", word("all_lanes", language), every)]
        for letter, lane in self._hub.plan.lanes.items():
            cells = [_cell(found.get((letter, week)), language) for week in table.weeks]
            rows.append((letter, lane.name if language == "zh" else lane.name_en, cells))
        return rows


@dataclass(frozen=True, slots=True)
class Summary:
    """This week in a word: `level` is none, few, fine or alarm; how many lanes to look into; and held."""

    level: str
    lanes: int = 0
    held: str = ""


def _summary(table: WeekTable) -> Summary:
    this = table.weeks[0]
    alarms = sum(line.alarm for line in table.lines if line.week == this)
    total = table.totals.get(this)
    held = "" if total is None or total.coverage is None else f"{total.coverage:.0%}"
    if alarms or (total is not None and total.alarm):
        return Summary("alarm", alarms, held)
    if total is None or total.coverage is None:
        return Summary("none")
    return Summary("few" if total.promised < ALARM_FROM else "fine", 0, held)


def _cell(line: Line | None, language: Language) -> Cell:
    if line is None:
        return Cell("none")
    error = word("error_of", language, error=f"{line.mean_error:.1f}", count=line.tickets)
    if line.coverage is None:
        return Cell("few", word("nothing_promised", language), error)
    # An alarm at the edge must not read as if it were within.
    held = word("held", language, share=f"{line.coverage:.1%}" if line.alarm else f"{line.coverage:.0%}")
    if line.alarm:
        key = "too_few_held" if line.coverage < LEAST_COVERAGE else "too_many_held"
        return Cell("alarm", held, error, word(key, language))
    return Cell("few" if line.promised < ALARM_FROM else "fine", held, error)


def _week(week: str, number: int, language: Language) -> str:
    """This week, last week, or its days."""
    if number < 2:
        return word(("this_week", "last_week")[number], language)
    monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - a date without a time
    return f"{monday:%m-%d} – {monday + timedelta(days=6):%m-%d}"


def _sorry(sentence: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540"><rect width="960" height="540" '
        'fill="#FFFFFF"/><text x="480" y="270" text-anchor="middle" font-family="\'Noto Sans CJK SC\', '
        f'sans-serif" font-size="24" fill="#B3261E">{escape(sentence)}</text></svg>'
    ).encode()
