"""The citizen's page for one ticket. Its unguessable address is the only credential.

Works without script to the extent of the current state; with script it is live by its own small event
stream, which carries the changed part as rendered by the same template.
"""

import secrets
from collections.abc import AsyncIterator
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl

import msgspec
from jinja2 import Environment, FunctionLoader, select_autoescape
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.contact import ContactError, phone_contact
from shared.domain.moments import HALL_ZONE, from_millis
from shared.domain.promise_text import promise_words
from shared.domain.refusals import Refused
from shared.domain.ticket import Move, State
from shared.domain.why import Code
from shared.hub.core import Hub, refused_in
from shared.hub.http import header_map, read_body
from shared.hub.peer import is_private
from shared.protocol.messages import Matter
from shared.protocol.routes import PHONE_PATH
from shared.services import codes, explaining, reminders, serving, viewing
from shared.services.hall import LanePlan
from shared.services.outbox import gateway_host
from shared.services.windows import get_window
from shared.store.tickets import TicketRow, find_ticket, get_ticket
from shared.store.transaction import Transaction
from shared.store.writer import Reply
from shared.web.words import Language, said_in, word

_MARKS = {"waiting": "◷", "called": "➜", "serving": "●", "held": "‖", "missed": "!", "done": "✓"}
_PROMISED = frozenset({State.WAITING, State.CALLED, State.SERVING, State.DONE})
_MOST_REASONS = 12
"""Reasons of a kind on a small screen."""
_encode = msgspec.json.encode


@cache
def _source(name: str) -> str:
    return files("shared.web").joinpath("citizen", name).read_text("utf-8")


_pages = Environment(loader=FunctionLoader(_source), autoescape=select_autoescape(), trim_blocks=True)
_pages.filters["clock"] = lambda moment: f"{moment.astimezone(HALL_ZONE):%H:%M}"


def phone_paths(hub: Hub) -> list[BaseRoute]:
    """The page, its stream, and giving the number up."""
    pages = PhonePages(hub)
    return [
        Path(PHONE_PATH, pages.page),
        Path(f"{PHONE_PATH}/events", pages.events),
        Path(f"{PHONE_PATH}/why", pages.why),
        Path(f"{PHONE_PATH}/remind", pages.remind, methods=["GET"]),
        Path(f"{PHONE_PATH}/remind", pages.leave_contact, methods=["POST"]),
        Path(f"{PHONE_PATH}/cancel", pages.ask, methods=["GET"]),
        Path(f"{PHONE_PATH}/cancel", pages.cancel, methods=["POST"]),
    ]


class PhonePages:
    """The pages of all tickets."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def page(self, request: Request) -> Response:
        """The whole page."""
        language = _language(request)
        ticket = self._find(request)
        if ticket is None:
            return self._unknown(language)
        private = is_private(request.scope)
        return _html(
            "ticket.html",
            language,
            t=self._view(ticket),
            hall=self._hall(language),
            path=viewing.phone_path(ticket),
            state=Markup(self._state(ticket, language, private)),  # noqa: S704 - our own template
            why=Markup(self._why(ticket, language)),  # noqa: S704 - rendered by our own template
            script=Markup(_source("page.js")),  # noqa: S704 - our own file
        )

    async def events(self, request: Request) -> Response:
        """The changed part, whenever something in the ticket's line moved."""
        ticket = self._find(request)
        if ticket is None:
            return Response(status_code=404)
        follow = self._follow(ticket, _language(request), is_private(request.scope))
        return StreamingResponse(follow, media_type="text/event-stream", headers=_HEADERS)

    async def why(self, request: Request) -> Response:
        """Who goes before the ticket and by which rule: the part of the page that is asked for when read."""
        ticket = self._find(request)
        if ticket is None:
            return Response(status_code=404, headers=_HEADERS)
        return HTMLResponse(self._why(ticket, _language(request)), headers=_HEADERS)

    async def remind(self, request: Request) -> Response:
        """Ask for the telephone to be told at when three are ahead."""
        return self._ask_contact(request)

    async def leave_contact(self, request: Request) -> Response:
        """Note that telephone, or forget it when none is given; then the ticket's page again."""
        ticket = self._find(request)
        language = _language(request)
        if ticket is None:
            return self._unknown(language)
        if not is_private(request.scope):
            return self._in_clear(ticket, language)
        raw = await read_body(request.receive, header_map(request.scope))
        typed = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)).get("phone", "")
        number = ticket.id

        def run(tx: Transaction) -> Reply:
            current = get_ticket(tx.connection, number)
            if typed.strip():
                reminders.leave_contact(tx, current, phone_contact(typed, language), ["turn"])
            else:
                reminders.forget_contact(tx, current)
            return Reply(200, b"")

        try:
            phone_contact(typed or "13000000000")
        except ContactError:
            return self._ask_contact(request, word("remind_bad", language), 422)
        reply = await self._hub.write(run, "phone")
        if reply.status >= 500:
            return self._ask_contact(request, _sentence(reply, language), reply.status)
        return RedirectResponse(f"{viewing.phone_path(ticket)}?lang={language}", 303, headers=_HEADERS)

    def _ask_contact(self, request: Request, problem: str = "", status: int = 200) -> Response:
        language, ticket = _language(request), self._find(request)
        if ticket is None:
            return self._unknown(language)
        if not is_private(request.scope):
            return self._in_clear(ticket, language)
        return _html(
            "remind.html",
            language,
            status,
            title=word("remind", language),
            hall=self._hall(language),
            path=viewing.phone_path(ticket),
            number=ticket.display,
            problem=problem,
            known=reminders.contact_shown(self._hub.reading, ticket.id),
        )

    async def ask(self, request: Request) -> Response:
        """Ask before the number is given up."""
        return self._ask_cancel(request)

    def _ask_cancel(self, request: Request, problem: str = "", status: int = 200) -> Response:
        language, ticket = _language(request), self._find(request)
        if ticket is None:
            return self._unknown(language)
        return _html(
            "ask.html",
            language,
            status,
            problem=problem,
            title=word("cancel", language),
            hall=self._hall(language),
            path=viewing.phone_path(ticket),
            question=word("cancel_sure", language, number=ticket.display),
        )

    async def cancel(self, request: Request) -> Response:
        """Give the number up, then show how the ticket stands, whatever came first."""
        language = _language(request)
        ticket = self._find(request)
        if ticket is None:
            return self._unknown(language)
        number = ticket.id

        def run(tx: Transaction) -> Reply:
            current = find_ticket(tx.connection, number)
            if current is None or current.state not in ("waiting", "held"):
                raise Refused("illegal_move", number="", state="", state_zh="", move=Move.CANCEL, move_zh="")
            serving.give_up(tx, current)
            return Reply(200, b"")

        reply = await self._hub.write(run, "phone")
        if reply.status >= 500:  # not kept; the other refusals are seen on the page
            return self._ask_cancel(request, _sentence(reply, language), reply.status)
        return RedirectResponse(f"{viewing.phone_path(ticket)}?lang={language}", 303, headers=_HEADERS)

    async def _follow(self, ticket: TicketRow, language: Language, private: bool) -> AsyncIterator[bytes]:
        shown = ""
        async for facts in self._hub.stream.watch():
            current = find_ticket(self._hub.reading, ticket.id)
            if current is None:
                return
            time_line = word("live", language, time=self._time())
            yield _event("time", [time_line, self._time()])
            lanes = {fact.data.get("lane") for fact in facts} | {fact.data.get("from_lane") for fact in facts}
            if shown and current.lane not in lanes:
                continue
            state = self._state(current, language, private)
            if _without_time(state) != _without_time(shown):
                shown = state
                yield _event("state", state)

    def _find(self, request: Request) -> TicketRow | None:
        return codes.ticket_of_token(self._hub.reading, request.path_params["token"])

    def _view(self, ticket: TicketRow) -> object:
        return viewing.ticket_view(self._hub.reading, self._hub.estimator, ticket, self._hub.clock.now())

    def _state(self, ticket: TicketRow, language: Language, private: bool) -> str:
        lane = self._hub.plan.lane(ticket.lane)
        matter = self._hub.plan.matters.get(ticket.matter or "")
        return _render(
            "state.html",
            language,
            t=self._view(ticket),
            mark=_MARKS.get(ticket.state, "×"),
            lane=lane.name if language == "zh" else lane.name_en,
            place=self._place(ticket, lane, language),
            matter=matter and (matter.name if language == "zh" else matter.name_en),
            materials=matter.materials if matter else [],
            promise=self._promise(ticket, matter, language),
            path=viewing.phone_path(ticket),
            time=self._time(),
            remind=self._remind(ticket) if private else {},
        )

    def _promise(self, ticket: TicketRow, matter: Matter | None, language: Language) -> str:
        """By when it is settled: if accepted today while they wait, from its end once they were served."""
        if matter is None or matter.promise_days is None or ticket.state not in _PROMISED:
            return ""
        today = self._hub.clock.now().astimezone(HALL_ZONE).date()
        served = ticket.state is State.DONE
        accepted = from_millis(ticket.moved_at).date() if served else today
        zh, en = promise_words(self._hub.plan.calendar, accepted, matter.promise_days, today)
        return zh if language == "zh" else en

    def _remind(self, ticket: TicketRow) -> dict[str, object]:
        """Whether the hall can tell its holder, the masked number at which it will, and if it did."""
        reading = self._hub.reading
        if ticket.state is not State.WAITING or gateway_host(reading) is None:
            return {}
        at, told = reminders.contact_shown(reading, ticket.id), reminders.was_told(reading, ticket.id)
        return {"can": True, "at": at, "told": told}

    def _why(self, ticket: TicketRow, language: Language) -> str:
        """Nothing for a ticket that does not wait. Who merely came earlier and was called needs no reason."""
        if ticket.state is not State.WAITING:
            return ""
        moment = explaining.present(self._hub.reading, ticket, self._hub.clock.now())
        why = explaining.why(self._hub.reading, self._hub.plan, ticket, moment, addressed=True)
        overtook = [before for before in why.called if before.code is not Code.EARLIER]
        return _render(
            "why.html",
            language,
            why=why,
            overtook=overtook[:_MOST_REASONS],
            most=_MOST_REASONS,
            say=lambda told: said_in(told, language),
            time=self._time(),
        )

    def _place(self, ticket: TicketRow, lane: LanePlan, language: Language) -> str:
        """The window's own place once there is one, else where the lane's windows are."""
        if ticket.window is not None and language == "zh" and ticket.state in ("called", "serving", "held"):
            return get_window(self._hub.reading, ticket.window).place
        return lane.place if language == "zh" else lane.place_en

    def _time(self) -> str:
        return f"{self._hub.clock.now():%H:%M}"

    def _hall(self, language: Language) -> str:
        return self._hub.plan.name if language == "zh" else self._hub.plan.name_en

    def _unknown(self, language: Language) -> Response:
        return self._told("unknown", language, 404, title=word("unknown_title", language))

    def _in_clear(self, ticket: TicketRow, language: Language) -> Response:
        """Nobody is asked for a telephone where others can read along."""
        title, back = word("remind", language), viewing.phone_path(ticket)
        return self._told("remind_in_clear", language, 403, title=title, back=back)

    def _told(self, key: str, language: Language, status: int, **more: str) -> Response:
        """A page with one sentence; `title`, and `back` to where it leads if anywhere."""
        hall, said = self._hall(language), word(key, language)
        return _html("ask.html", language, status, hall=hall, path="", question=said, **more)


_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "Referrer-Policy": "no-referrer"}


def _render(name: str, language: Language, **values: object) -> str:
    def words(key: str, **fields: object) -> str:
        return word(key, language, **fields)

    return _pages.get_template(name).render(w=words, language=language, **values)


def _html(name: str, language: Language, status: int = 200, **values: object) -> Response:
    nonce = secrets.token_urlsafe(12)
    style = Markup(_source("page.css"))  # noqa: S704 - our own file
    page = _render(name, language, nonce=nonce, style=style, **values)
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(page, status, {**_HEADERS, "Content-Security-Policy": policy})


def _sentence(reply: Reply, language: Language) -> str:
    """What a reply that refuses says."""
    return said_in(refused_in(reply), language)


def _event(name: str, data: object) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), _encode(data))


def _without_time(state: str) -> str:
    return state.partition('<p class="updated"')[0]


def _language(request: Request) -> Language:
    """What the address says, else what the phone prefers; Chinese when neither says."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    preferred = request.headers.get("accept-language", "").lower()
    return "en" if preferred.startswith("en") else "zh"
