"""The managers' page of the rota: what is short on top, the weeks as a table, a draft, changes, sick today.

A draft is made in a process of its own; the page says how long it has been at it, and it can be stopped.
"""

import asyncio
import logging
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.rota import Rota
from shared.domain.rota_plan import DAY, RotaPlan, monday_of
from shared.hub.core import Hub
from shared.hub.forecasting import Oracle
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import HEADERS, ROTA, Frame, language_of
from shared.hub.manage_page import Fields, FormPage
from shared.rota.aside import calendar_aside, rota_aside, sheet_aside
from shared.rota.changes import missing
from shared.rota.grid import WORDS, CellKind, Row, grid, shortages_by_day
from shared.rota.written import roster_of
from shared.services import rota as service
from shared.services.people import Actor
from shared.services.rota import StoredRota
from shared.simulation.worker import WorkerFault
from shared.store.sqlite import connect
from shared.web.words import Language

log = logging.getLogger(__name__)

SECONDS = 45.0
"""How long a draft may be sought from the page."""
MOST_WEEKS = 4
_TOLD = 12
"""Shortages that are told one by one; the table shows all."""
_FILES = {
    "rota.xlsx": (sheet_aside, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "rota.ics": (calendar_aside, "text/calendar"),
}


@dataclass(slots=True)
class Making:
    """A draft being made, or how that ended. `problem` is in both languages, empty while all is well."""

    task: "asyncio.Task[None]"
    began: float
    weeks: int
    problem: tuple[str, str] = ("", "")

    @property
    def runs(self) -> bool:
        """Whether it is still being sought."""
        return not self.task.done()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the page shows: the rota that holds now or next, the draft, and who could stand in today."""

    holds: StoredRota | None
    draft: StoredRota | None
    stand_ins: list[tuple[str, str, str]]


class RotaPage(FormPage):
    """The page and its forms."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame) -> None:
        super().__init__(hub, entry, frame)
        self._making: Making | None = None
        self._oracle: Oracle | None = None

    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200
    ) -> Response:
        """The draft if there is one and it is asked for, else the rota that holds."""
        language = language_of(request)
        loaded = await asyncio.to_thread(self._load)
        wants_draft = request.query_params.get("show") == "draft" or loaded.holds is None
        shown = loaded.draft if wants_draft and loaded.draft else loaded.holds
        return self._frame.page(
            request,
            visitor,
            "rota.html",
            status,
            section="rota",
            problem=problem or self._trouble(language),
            making=self._progress(),
            loaded=loaded,
            shown=shown,
            view=None if shown is None else rota_view(shown.rota, language),
            first=monday_of(self._today()) + 7 * DAY,
            today=self._today(),
            weeks=range(1, MOST_WEEKS + 1),
            seconds=round(SECONDS),
        )

    async def make(self, request: Request) -> Response:
        """Begin a draft of some weeks."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            if self._making is not None and self._making.runs:
                return
            first, weeks = _date(fields.get("first")), _count(fields.get("weeks"))
            with self._hub.snapshot() as connection:
                last = first + timedelta(weeks=weeks) - DAY
                plan = service.plan_for(connection, self._hub.plan, first, last)
            task = asyncio.create_task(self._make(plan, visitor.signed_in))
            self._making = Making(task, time.monotonic(), weeks)

        return await self.posted(request, work, f"{ROTA}?show=draft")

    async def stop(self, request: Request) -> Response:
        """Stop making the draft."""

        async def work(_: Fields, __: Visitor) -> None:
            if self._making is not None:
                self._making.task.cancel()
                self._making = None

        return await self.posted(request, work, ROTA)

    async def publish(self, request: Request) -> Response:
        """Let the draft hold."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            number = _count(fields.get("rota"), 10**9)
            await self._entry.write(lambda tx: service.publish(tx, number), visitor.signed_in)

        return await self.posted(request, work, ROTA)

    async def swap(self, request: Request) -> Response:
        """Two clerks exchange days."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            day, other_day = _date(fields.get("day")), _date(fields.get("other_day"))
            one, other = fields.get("clerk", ""), fields.get("other", "")
            await self._entry.write(
                lambda tx: service.swap(tx, one, day, other, other_day), visitor.signed_in
            )

        return await self.posted(request, work, ROTA)

    async def sick(self, request: Request) -> Response:
        """A clerk is ill today; the page then says who could stand in."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            days, number = frozenset({self._today()}), fields.get("clerk", "")
            await self._entry.write(
                lambda tx: service.take_leave(tx, number, days, sick=True), visitor.signed_in
            )

        return await self.posted(request, work, ROTA)

    async def stand_in(self, request: Request) -> Response:
        """A clerk takes over today."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            number, _, shift = fields.get("who", "").partition(" ")
            await self._entry.write(
                lambda tx: service.stand_in(tx, number, self._today(), shift), visitor.signed_in
            )

        return await self.posted(request, work, ROTA)

    async def file(self, request: Request) -> Response:
        """The rota that holds as a sheet or a calendar."""
        if self._entry.visitor(request).manager is None:
            return Response(status_code=401, headers=HEADERS)
        found = _FILES.get(request.path_params["name"])
        loaded = await asyncio.to_thread(self._load)
        if found is None or loaded.holds is None:
            return Response(status_code=404, headers=HEADERS)
        write, kind = found
        oracle = Oracle()
        try:
            content = await oracle.ask(write, loaded.holds.rota, self._hub.plan.name, self._hub.clock.now())
        except WorkerFault as fault:
            log.warning("no file of the rota: %s", fault)
            return Response(status_code=503, headers=HEADERS)
        finally:
            oracle.close()
        name = f"attachment; filename={request.path_params['name']}"
        return Response(content, media_type=kind, headers=HEADERS | {"Content-Disposition": name})

    # -- inside -----------------------------------------------------------------------------------------

    async def _make(self, plan: RotaPlan, actor: Actor) -> None:
        """Seek a draft beside the hub and keep it."""
        oracle = Oracle(SECONDS * 1.5)
        try:
            rota: Rota = await oracle.ask(rota_aside, plan, SECONDS)
            await self._kept(plan, rota, actor)
        except WorkerFault as fault:
            log.warning("no draft of the rota: %s", fault)
            self._fail("没有生成草稿，请稍后再试。", "No draft could be made; please try again later.")
        except Refused as refused:
            self._fail(refused.zh, refused.en)
        finally:
            oracle.close()

    def _fail(self, zh: str, en: str) -> None:
        if self._making is not None:
            self._making.problem = (zh, en)

    async def _kept(self, plan: RotaPlan, rota: Rota, actor: Actor) -> None:
        await self._entry.write(lambda tx: service.save_draft(tx, plan, roster_of(rota), rota.goals), actor)

    def _load(self) -> Loaded:
        """Read in a thread with a connection of its own: a large rota takes a moment to put together."""
        today = self._today()
        with closing(connect(self._hub.house.database, read_only=True)) as connection:
            holding = service.published(connection, today, date.max)
            draft = service.newest_draft(connection)
            found = service.who_could_stand_in(connection, today) if _holds(holding, today) else []
        told = [(one.clerk.number, one.clerk.name, shift) for shift, one in found]
        return Loaded(holding[0] if holding else None, draft, told)

    def _today(self) -> date:
        return self._hub.clock.now().astimezone(HALL_ZONE).date()

    def _progress(self) -> int | None:
        """Seconds since a draft was begun; None when none is being made."""
        running = self._making is not None and self._making.runs
        return round(time.monotonic() - self._making.began) if running and self._making else None

    def _trouble(self, language: Language) -> str:
        problem = ("", "") if self._making is None else self._making.problem
        return problem[0 if language == "zh" else 1]


@dataclass(frozen=True, slots=True)
class RotaView:
    """A rota as the template wants it."""

    rows: tuple[Row, ...]
    heads: list[tuple[date, str, bool]]
    """Date, weekday, whether it is a workday by law."""
    short: dict[date, int]
    missing: int
    told: list[str]
    more: int
    legend: list[tuple[str, str]]


def rota_view(rota: Rota, language: Language) -> RotaView:
    """What is short first; then the table."""
    side = 0 if language == "zh" else 1
    told = [shortage.in_words()[side] for shortage in rota.shortages]
    rows = grid(rota)
    kinds = {cell.kind for row in rows for cell in row.cells} - {CellKind.CLOSED}
    return RotaView(
        rows,
        [(day, _weekday(day, side), day in rota.plan.workdays) for day in rota.plan.days],
        shortages_by_day(rota),
        missing(rota.shortages),
        told[:_TOLD],
        max(0, len(told) - _TOLD),
        [(kind.value, WORDS[kind][side]) for kind in CellKind if kind in kinds],
    )


def _weekday(day: date, side: int) -> str:
    said = date_in_words(day)[side]
    return said[-1] if side == 0 else said[:3]


def _holds(holding: tuple[StoredRota, ...], day: date) -> bool:
    return bool(holding) and holding[0].rota.plan.first <= day


def _date(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise Refused("invalid_body", detail="2026-11-30") from None


def _count(text: str | None, most: int = MOST_WEEKS) -> int:
    if text is None or not text.isascii() or not text.isdecimal() or not 1 <= int(text[:12]) <= most:
        raise Refused("invalid_body", detail=f"1-{most}")
    return int(text)


def rota_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page, its forms and its files."""
    pages = RotaPage(hub, entry, frame)
    forms = {
        "make": pages.make,
        "stop": pages.stop,
        "publish": pages.publish,
        "swap": pages.swap,
        "sick": pages.sick,
        "stand-in": pages.stand_in,
    }
    return [
        Path(ROTA, pages.page),
        *(Path(f"{ROTA}/{name}", form, methods=["POST"]) for name, form in forms.items()),
        Path(f"{ROTA}/{{name}}", pages.file),
    ]
