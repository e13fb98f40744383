"""The managers' page of messages: whether anything is sent at all, what failed, what waits, and the texts."""

from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import TEMPLATES, Kind
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import MESSAGES, Frame, language_of
from shared.hub.manage_page import Fields, FormPage
from shared.hub.sending import gateway_now, try_gateway
from shared.protocol.outbox import GatewayTried, Outbox, OutboxMessage
from shared.services import outbox
from shared.services.outbox_view import outbox_view
from shared.store.transaction import Transaction
from shared.web.manage_words import MANAGE, word
from shared.web.words import Language

_SHOWN = 30


def message_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page and its forms."""
    pages = MessagesPage(hub, entry, frame)
    return [
        Path(MESSAGES, pages.page),
        Path(f"{MESSAGES}/again", pages.again, methods=["POST"]),
        Path(f"{MESSAGES}/drop", pages.drop, methods=["POST"]),
        Path(f"{MESSAGES}/test", pages.test, methods=["POST"]),
    ]


class MessagesPage(FormPage):
    """What was sent and what failed; the number of whoever a message is for is masked."""

    async def again(self, request: Request) -> Response:
        """Let a failed message be tried again."""
        return await self._verb(request, outbox.send_again)

    async def drop(self, request: Request) -> Response:
        """Give a failed message up."""
        return await self._verb(request, outbox.drop)

    async def test(self, request: Request) -> Response:
        """Send a test message, and say what came of it."""

        async def work(_: Fields, visitor: Visitor) -> Response:
            return await self.shown(request, visitor, tried=await try_gateway(self._hub))

        return await self.posted(request, work, MESSAGES)

    async def _verb(self, request: Request, verb: Callable[[Transaction, int], None]) -> Response:

        async def work(fields: Fields, visitor: Visitor) -> None:
            number = _number(fields.get("message", ""))
            await self._entry.write(lambda tx: verb(tx, number), visitor.signed_in)

        return await self.posted(request, work, MESSAGES)

    async def shown(
        self,
        request: Request,
        visitor: Visitor,
        problem: str = "",
        status: int = 200,
        tried: GatewayTried | None = None,
    ) -> Response:
        """All of it; `tried` is what came of a test message."""
        language = language_of(request)
        with self._hub.snapshot() as connection:
            now = outbox_view(connection, gateway_now(self._hub), to_millis(self._hub.clock.now()))
        return self._frame.page(
            request,
            visitor,
            "messages.html",
            status,
            section="messages",
            problem=problem,
            now=now,
            summary=_summary(now),
            most=_SHOWN,
            tried=tried,
            moment=self._hub.clock.now(),
            about=lambda one: _about(one, language),
            why=lambda one: _why(one, language),
            short=lambda moment: _short(moment, self._hub.clock.now()),
            texts=_texts(language),
        )


def _texts(language: Language) -> list[tuple[Kind, str]]:
    side = 0 if language == "zh" else 1
    return [(kind, said[side]) for kind, said in TEMPLATES.items() if kind is not Kind.TEST]


def _summary(now: Outbox) -> tuple[str, str]:
    """The level of the page and the key of its sentence: the worst that is so."""
    if now.gateway.host is None and not now.gateway.problem:
        return "none", "messages_none"
    if now.gateway.problem:
        return "wanting", "messages_stopped"
    if now.gateway.resting_seconds:
        return "wanting", "messages_resting"
    return ("wanting", "messages_dead") if now.dead else ("fine", "messages_fine")


def _why(one: OutboxMessage | GatewayTried, language: Language) -> str:
    """Why the last attempt failed; empty when none did."""
    return word(f"reason_{one.reason}", language, status=one.status) if one.reason else ""


def _about(one: OutboxMessage, language: Language) -> str:
    """`ticket:17` as people say it."""
    thing, _, number = one.about.partition(":")
    return f"{word(f'about_{thing}', language)} {number}" if f"about_{thing}" in MANAGE else one.about


def _short(moment: datetime, now: datetime) -> str:
    """A moment as a page has room for it: the time today, else with its day."""
    local = moment.astimezone(HALL_ZONE)
    is_today = local.date() == now.astimezone(HALL_ZONE).date()
    return f"{local:%H:%M:%S}" if is_today else f"{local:%m-%d %H:%M}"


def _number(text: str) -> int:
    """The number of a message; Refused("unknown_message") for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise Refused("unknown_message")
    return int(text)
