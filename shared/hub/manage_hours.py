"""The managers' page of opening hours: as they are, what a change would do, then the change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.hours import WeekHours, sentence_for_opening
from shared.domain.hours_words import date_in_words, day_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.window_hours import WindowHours
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import HEADERS, HOURS, Frame, language_of
from shared.hub.manage_page import Fields, FormPage
from shared.services import hours as service
from shared.services.hall import LanePlan
from shared.services.hours import Lines, Preview, Whose, split_lines
from shared.store.transaction import Transaction
from shared.web.manage_words import word
from shared.web.words import Language, said_in

_DAYS_AHEAD = 14
_DAYS_SHOWN = 14


def hours_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page, a lane's own, and the forms."""
    pages = HoursPage(hub, entry, frame)
    return [
        Path(HOURS, pages.page),
        Path(f"{HOURS}/day", pages.one_day, methods=["POST"]),
        Path(f"{HOURS}/preview", pages.preview, methods=["POST"]),
        Path(f"{HOURS}/change", pages.change, methods=["POST"]),
        Path(f"{HOURS}/{{whose}}", pages.one),
    ]


class _Wanting(Exception):
    """What the form lacks: a key of the words."""


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane as the list shows it."""

    letter: str
    name: str
    is_open: bool
    now: str
    week: str
    holidays: str
    exceptions: list[str]


@dataclass(frozen=True, slots=True)
class WindowRow:
    """A window as the list shows it; `week` is empty where it keeps the hours of its lanes."""

    no: int
    name: str
    week: str
    exceptions: list[str]


class HoursPage(FormPage):
    """The hours of every lane and window."""

    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200
    ) -> Response:
        """All lanes, the form for one date, and the history."""
        return self._list(request, visitor, problem, status=status)

    async def one(self, request: Request) -> Response:
        """The hours of one lane or window, to be changed."""
        visitor = self._entry.visitor(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        whose = _whose(request.path_params["whose"])
        if not self._is_there(whose):
            return RedirectResponse(HOURS, 303, headers=HEADERS)
        return self._edit(request, visitor, whose, "\n".join(self._hours_of(whose).in_config()))

    async def preview(self, request: Request) -> Response:
        """What the typed hours of a lane or window would change."""

        async def work(fields: Fields, visitor: Visitor) -> Response | None:
            whose = _whose(fields.get("whose", ""))
            if not self._is_there(whose):
                return None
            typed = fields.get("lines", "")
            try:
                return self._preview(request, visitor, {whose: split_lines(typed)})
            except Refused as refused:
                return self._edit(request, visitor, whose, typed, refused)

        return await self.posted(request, work, HOURS)

    async def one_day(self, request: Request) -> Response:
        """What other hours on one date would change, in some lanes."""

        async def work(fields: Fields, visitor: Visitor) -> Response:
            language = language_of(request)
            try:
                return self._preview(request, visitor, self._on_one_day(fields))
            except Refused as refused:
                return self._list(
                    request, visitor, said_in(refused, language), fields, refused.refusal.status
                )
            except _Wanting as wanting:
                return self._list(request, visitor, word(str(wanting), language), fields, 422)

        return await self.posted(request, work, HOURS)

    async def change(self, request: Request) -> Response:
        """Make the change that was previewed."""

        async def work(fields: Fields, visitor: Visitor) -> None:
            wanted, known = _hours_in(fields, "lines."), _hours_in(fields, "known.")

            def change(tx: Transaction) -> None:
                service.change_hours(tx, self._hub.plan, wanted, known)
                self._hub.plan_changed(tx)

            await self._entry.write(change, visitor.signed_in)

        return await self.posted(request, work, HOURS)

    # -- inside -----------------------------------------------------------------------------------------

    def _on_one_day(self, fields: Mapping[str, str]) -> dict[Whose, Lines]:
        try:
            day = date.fromisoformat(fields.get("day", ""))
        except ValueError:
            raise _Wanting("hours_bad_date") from None
        if day < self._today():
            raise _Wanting("hours_bad_date")
        lanes = [lane for letter, lane in self._hub.plan.lanes.items() if f"on.{letter}" in fields]
        if not lanes:
            raise _Wanting("hours_no_lane")
        times = fields.get("times", "")
        return {
            lane.letter: service.with_exception(tuple(lane.hours.in_config()), day, times) for lane in lanes
        }

    def _preview(self, request: Request, visitor: Visitor, wanted: Mapping[Whose, Lines]) -> Response:
        language = language_of(request)
        with self._hub.snapshot() as connection:
            found = service.preview(connection, self._hub.plan, wanted, self._hub.clock.now())
        return self._frame.page(
            request,
            visitor,
            "hours_preview.html",
            section="hours",
            changes=[
                (change, self._name(change.whose, language), *_days(change, language)) for change in found
            ],
            lanes=sum(isinstance(change.whose, str) for change in found),
            booked=sum(change.booked for change in found),
        )

    def _edit(
        self, request: Request, visitor: Visitor, whose: Whose, typed: str, refused: Refused | None = None
    ) -> Response:
        language = language_of(request)
        side = 0 if language == "zh" else 1
        hours = self._hours_of(whose)
        days = [self._today() + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD)]
        return self._frame.page(
            request,
            visitor,
            "hours_lane.html",
            200 if refused is None else refused.refusal.status,
            section="hours",
            whose=whose,
            is_window=isinstance(whose, int),
            title=self._name(whose, language),
            typed=typed,
            problem="" if refused is None else (refused.zh, refused.en)[side],
            days=[day_in_words(day, hours.spans_on(day), self._hub.plan.calendar)[side] for day in days],
        )

    def _list(
        self,
        request: Request,
        visitor: Visitor,
        problem: str = "",
        fields: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Response:
        language, now = language_of(request), self._hub.clock.now()
        rows = [_row(lane, now, language) for lane in self._hub.plan.lanes.values()]
        windows = [self._window(no, language) for no in sorted(self._hub.plan.desks)]
        with self._hub.snapshot() as connection:
            history = service.hours_history(connection, self._hub.plan)
        return self._frame.page(
            request,
            visitor,
            "hours.html",
            status,
            section="hours",
            problem=problem,
            rows=rows,
            windows=windows,
            open=sum(row.is_open for row in rows),
            today=self._today(),
            today_words=date_in_words(self._today())[0 if language == "zh" else 1],
            fields=fields or {},
            history=history,
        )

    def _is_there(self, whose: Whose) -> bool:
        plan = self._hub.plan
        return whose in plan.desks if isinstance(whose, int) else whose in plan.lanes

    def _hours_of(self, whose: Whose) -> WeekHours | WindowHours:
        plan = self._hub.plan
        return plan.hours_of_window(whose) if isinstance(whose, int) else plan.lane(whose).hours

    def _window(self, no: int, language: Language) -> WindowRow:
        side, own = 0 if language == "zh" else 1, self._hub.plan.window_hours.get(no)
        name = self._name(no, language)
        if own is None:
            return WindowRow(no, name, "", [])
        ahead = [day for day in sorted(own.exceptions) if day >= self._today()]
        return WindowRow(no, name, own.in_words()[side], [own.day_in_words(day)[side] for day in ahead])

    def _name(self, whose: Whose, language: Language) -> str:
        if isinstance(whose, int):
            lanes = "".join(self._hub.plan.lanes_of_window(whose))
            return word("hours_window", language, no=whose, lanes=lanes)
        lane = self._hub.plan.lane(whose)
        return f"{whose} {lane.name if language == 'zh' else lane.name_en}"

    def _today(self) -> date:
        return self._hub.clock.now().astimezone(HALL_ZONE).date()


def _row(lane: LanePlan, now: datetime, language: Language) -> LaneRow:
    side = 0 if language == "zh" else 1
    today = now.astimezone(HALL_ZONE).date()
    is_open = lane.closed_reason is None and lane.hours.is_open(now)
    return LaneRow(
        lane.letter,
        (lane.name, lane.name_en)[side],
        is_open,
        _now(lane, now, language),
        lane.hours.in_words()[side],
        lane.hours.holidays_in_words()[side],
        [lane.hours.day_in_words(day)[side] for day in sorted(lane.hours.exceptions) if day >= today],
    )


def _now(lane: LanePlan, now: datetime, language: Language) -> str:
    """Whether it is open, until when, or when it opens next: as kiosks and boards say it."""
    if lane.closed_reason is not None:
        return word("hours_closed_by", language, reason=lane.closed_reason)
    if lane.hours.is_open(now):
        closes = lane.hours.closes_at(now)
        if closes is None:
            return word("hours_open", language)
        return word("hours_open_until", language, time=f"{closes.astimezone(HALL_ZONE):%H:%M}")
    opens = sentence_for_opening(lane.hours.next_opening(now), now)
    return word("hours_shut", language, opens=opens[0 if language == "zh" else 1])


def _days(change: Preview, language: Language) -> tuple[list[str], int]:
    """The days that change in words, as many as a page holds, and how many more there are."""
    side = 0 if language == "zh" else 1
    return [day.in_words()[side] for day in change.days[:_DAYS_SHOWN]], max(0, len(change.days) - _DAYS_SHOWN)


def _whose(text: str) -> Whose:
    """A window's number or a lane's letter."""
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else text


def _hours_in(fields: Mapping[str, str], prefix: str) -> dict[Whose, Lines]:
    return {
        _whose(name.removeprefix(prefix)): split_lines(text)
        for name, text in fields.items()
        if name.startswith(prefix)
    }
