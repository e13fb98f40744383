"""The managers' page, served by the hub: sign-in, the board of devices, live, and the posted order.

Works without script by reloading; with script the board follows its own small event stream, which carries
it as rendered by the same template. A section more is a row in manage_frame.SECTIONS and a path.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.rules_text import figure_name
from shared.hub.core import Hub
from shared.hub.manage_advice import AdvicePage
from shared.hub.manage_alarm import alarm_rows
from shared.hub.manage_bookings import booking_paths
from shared.hub.manage_entry import DEVICE, PATH, SESSION, Entry, forget, keep
from shared.hub.manage_frame import ADVICE, HEADERS, RULES, STATE, WAITS, Frame, language_of, render, source
from shared.hub.manage_hours import hours_paths
from shared.hub.manage_manual import manual_paths
from shared.hub.manage_messages import message_paths
from shared.hub.manage_promises import promise_paths
from shared.hub.manage_rota import rota_paths
from shared.hub.manage_state import StatePage
from shared.hub.manage_upkeep import upkeep_paths
from shared.hub.manage_waits import WaitsPage
from shared.hub.peer import source_of
from shared.protocol.messages import Part, PartState, Unit
from shared.services.reports import is_fine, severity
from shared.services.rules import figures, posted_rules
from shared.store.queries import sql
from shared.web.manage_words import kind_word, state_word, word
from shared.web.words import Language, said_in

_LEVELS = {-1: ("out", "–"), 0: ("fine", "✓"), 1: ("soon", "!"), 2: ("soon", "?"), 3: ("broken", "✕")}
_SILENT = ("broken", "?")
_SOON: frozenset[PartState] = frozenset({"near_end", "unknown"})
_DRAWN_SECONDS = 0.2
_encode = msgspec.json.encode


def manage_paths(hub: Hub) -> list[BaseRoute]:
    """The page, its forms, its stream, its two files."""
    entry = Entry(hub)
    frame = Frame(hub, entry)
    state = StatePage(hub, entry, frame)
    pages, waits = ManagePages(hub, entry, frame, state), WaitsPage(hub, entry, frame)
    return [
        Path(PATH, pages.page),
        Path(STATE, state.page),
        Path(ADVICE, AdvicePage(hub, entry, frame).page),
        Path(RULES, pages.rules),
        Path(WAITS, waits.page),
        Path(f"{WAITS}/{{name}}.svg", waits.picture),
        *rota_paths(hub, entry, frame),
        *hours_paths(hub, entry, frame),
        *booking_paths(hub, entry, frame),
        *promise_paths(hub, entry, frame),
        *manual_paths(hub, entry, frame),
        *message_paths(hub, entry, frame),
        *upkeep_paths(hub, entry, frame),
        Path(f"{PATH}/enrol", pages.enrol, methods=["POST"]),
        Path(f"{PATH}/sign-in", pages.sign_in, methods=["POST"]),
        Path(f"{PATH}/sign-out", pages.sign_out, methods=["POST"]),
        Path(f"{PATH}/events", pages.events),
        Path(f"{PATH}/page.js", _file("page.js", "text/javascript")),
        Path(f"{PATH}/page.css", _file("page.css", "text/css")),
    ]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part as the board shows it."""

    kind: str
    state: str
    level: str
    mark: str
    since: str
    detail: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One device as the board shows it. `link` is empty while it is heard."""

    name: str
    role: str
    window: int | None
    level: str
    mark: str
    link: str
    parts: list[PartRow]


class ManagePages:
    """All of it, for all managers."""

    def __init__(self, hub: Hub, entry: Entry, frame: Frame, state: StatePage) -> None:
        self._hub = hub
        self._entry = entry
        self._frame = frame
        self._state = state
        self._drawn: dict[Language, tuple[int, float, str]] = {}

    async def page(self, request: Request) -> Response:
        """The board; before it the sign-in, and before that the enrolment of the browser."""
        visitor = self._entry.visitor(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        language = language_of(request)
        return self._frame.page(
            request,
            visitor,
            "devices.html",
            section="devices",
            board=Markup(self._board(language)),  # noqa: S704 - rendered by our own template
            time=self._time(),
        )

    async def rules(self, request: Request) -> Response:
        """The posted order with its figures and who changed them; read only."""
        visitor, language = self._entry.visitor(request), language_of(request)
        if visitor.manager is None:
            return self._frame.enter(request, visitor)
        with self._hub.snapshot() as connection:
            posted = posted_rules(connection, self._hub.plan)
        side = 0 if language == "zh" else 1
        now = figures(self._hub.plan.rules)
        return self._frame.page(
            request,
            visitor,
            "rules.html",
            section="rules",
            posted=posted,
            figures=[(name, figure_name(name)[side], value) for name, value in now.items()],
            say=lambda told: said_in(told, language),
        )

    async def enrol(self, request: Request) -> Response:
        """Enrol this browser with a code."""
        try:
            fields = await self._entry.fields(request)
            enrolled = await self._entry.enrol(fields.get("code", ""), source_of(request.scope))
        except Refused as refused:
            return self._frame.refuse(request, refused, "code_of_manager")
        response = _back()
        keep(request, response, DEVICE, enrolled.token)
        return response

    async def sign_in(self, request: Request) -> Response:
        """Sign a manager in at an enrolled browser."""
        visitor = self._entry.visitor(request)
        try:
            fields = await self._entry.fields(request)
            if visitor.browser is None:
                raise Refused("unauthenticated")
            signed = await self._entry.sign_in(
                visitor.browser, fields.get("clerk", "").strip(), fields.get("pin", "")
            )
        except Refused as refused:
            return self._frame.refuse(request, refused, "managers_only")
        response = _back()
        keep(request, response, SESSION, signed.token)
        return response

    async def sign_out(self, request: Request) -> Response:
        """End the session; the browser stays enrolled."""
        visitor = self._entry.visitor(request)
        try:
            await self._entry.fields(request)
            if visitor.manager is not None:
                await self._entry.sign_out(visitor.manager)
        except Refused as refused:
            return self._frame.refuse(request, refused, "managers_only")
        response = _back()
        forget(response, SESSION)
        return response

    async def events(self, request: Request) -> Response:
        """The board (`of=state`: the hub's own) and the alarm whenever they changed, and the time with every
        beat, while the session lasts.
        """
        if self._entry.visitor(request).manager is None:
            return Response(status_code=401, headers=HEADERS)
        return StreamingResponse(self._follow(request), media_type="text/event-stream", headers=HEADERS)

    async def _follow(self, request: Request) -> AsyncIterator[bytes]:
        language, shown = language_of(request), ("", "")
        draw = self._state.board if request.query_params.get("of") == "state" else self._board
        async for facts in self._hub.stream.watch():
            if facts and not any(fact.name.startswith("device.") for fact in facts):
                continue  # a busy hall's tickets: the next beat is at most two seconds away
            if self._entry.visitor(request).manager is None:
                yield _event("end", "")
                return
            yield _event("time", [word("updated", language, time=self._time()), self._time()])
            now = (
                draw(language),
                render("alarm.html", language, alarm=alarm_rows(self._hub, language), who=True),
            )
            for name, before, html in zip(("board", "alarm"), shown, now, strict=True):
                if html != before:
                    yield _event(name, html)
            shown = now

    # -- rendering ------------------------------------------------------------------------------------

    def _board(self, language: Language) -> str:
        """The board now; all managers who are woken by the same news share one drawing of it."""
        head, second = self._hub.stream.head, time.monotonic()
        drawn_head, drawn_at, board = self._drawn.get(language, (-1, 0.0, ""))
        if drawn_head != head or second - drawn_at > _DRAWN_SECONDS:
            board = self._draw(language)
            self._drawn[language] = (head, second, board)
        return board

    def _draw(self, language: Language) -> str:
        with self._hub.snapshot() as connection:
            found = self._hub.reports.view(connection.execute(sql("devices")), self._hub.clock.now())
        active = [unit for unit in found.units if unit.link != "revoked"]
        return render(
            "board.html",
            language,
            units=[_unit_row(unit, language) for unit in found.units],
            all_fine=found.all_fine,
            active=len(active),
            fine=sum(map(is_fine, active)),
        )

    def _time(self) -> str:
        return f"{self._hub.clock.now():%H:%M:%S}"


def _unit_row(unit: Unit, language: Language) -> UnitRow:
    level, mark = _LEVELS.get(severity(unit), _SILENT)
    return UnitRow(
        unit.name,
        unit.role,
        unit.window,
        level,
        mark,
        _link(unit, language),
        [] if unit.link != "heard" else [_part_row(part, language) for part in unit.parts],
    )


def _link(unit: Unit, language: Language) -> str:
    if unit.link == "heard":
        return ""
    if unit.link == "revoked":
        return word("revoked", language)
    if unit.heard_at is None:
        return word("never", language)
    return word("silent_since", language, time=f"{unit.heard_at.astimezone(HALL_ZONE):%H:%M}")


def _part_row(part: Part, language: Language) -> PartRow:
    if part.state == "ready":
        level, mark = "fine", "✓"
    elif part.state in _SOON:
        level, mark = "soon", "?" if part.state == "unknown" else "!"
    else:
        level, mark = "broken", "✕"
    since = f"{part.since.astimezone(HALL_ZONE):%H:%M}"
    return PartRow(
        kind_word(part.kind, language), state_word(part.state, language), level, mark, since, part.detail
    )


def _event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), _encode(data))


def _back() -> Response:
    return RedirectResponse(PATH, 303, headers=HEADERS)


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        return Response(source(name), media_type=kind, headers=HEADERS)

    return answer
