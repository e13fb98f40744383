"""The page of one booking: how it stands, its QR code, changing it. Its address is the only credential."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any, Protocol

import msgspec
import qrcode
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.hub.book_frame import BookFrame, Steps, book_word, language_of
from shared.hub.book_ics import booking_ics
from shared.hub.book_offers import nearest_times
from shared.hub.book_text import day_text
from shared.hub.core import refusal_reply
from shared.hub.forms import Sent
from shared.hub.guard import LookupGuard
from shared.hub.http import header_map, phone_url
from shared.hub.peer import source_of
from shared.protocol import booking as b
from shared.protocol.messages import Problem
from shared.services import booking, viewing
from shared.services.booking_codes import find_by_code, find_by_token, token_of
from shared.services.booking_text import time_words
from shared.services.booking_view import booking_view
from shared.store.bookings import BookingRow
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.store.writer import Reply
from shared.web.words import said_in

_Change = Callable[[Transaction, BookingRow, Sent], BookingRow]
_SLOT_GONE = frozenset({"slot_full", "slot_past", "slot_withdrawn", "booking_closed", "unknown_slot"})
_MOST_DIGITS = 15
_NOSCRIPT_SECONDS = 20
"""How often a browser without script asks anew, so that its countdown stays near the truth."""


class Chooser(Protocol):
    """The pages on which a day and a time are chosen."""

    def calendar(self, request: Request, matter_id: str, path: str, **values: Any) -> Response:
        """The days."""

    def times_of(self, request: Request, matter_id: str, day: date, **values: Any) -> Response:
        """The times of a day."""


def booking_paths(frame: BookFrame, chooser: Chooser) -> list[BaseRoute]:
    """The page of a booking and what can be done there."""
    pages = BookingPages(frame, chooser)
    return [
        Path("/b", pages.lookup, methods=["GET", "POST"]),
        Path("/b/{token}", pages.page),
        Path("/b/{token}/confirm", pages.confirm, methods=["POST"]),
        Path("/b/{token}/cancel", pages.cancel, methods=["GET", "POST"]),
        Path("/b/{token}/calendar.ics", pages.ics),
        Path("/b/{token}/change", pages.change, methods=["GET", "POST"]),
        Path("/b/{token}/change/{day}", pages.change_day),
    ]


class BookingPages:
    """The pages of all bookings."""

    def __init__(self, frame: BookFrame, chooser: Chooser) -> None:
        self._frame = frame
        self._hub = frame.hub
        self._chooser = chooser
        self._guard = LookupGuard()

    async def page(self, request: Request) -> Response:
        """How it stands."""
        row = self._find(request)
        if isinstance(row, Response):
            return row
        view, seconds = self._view(row)
        path, language = self._path(row), language_of(request)
        return self._frame.page(
            request,
            "booking.html",
            f"book_state_{view.state}",
            b=view,
            path=path,
            day_text=day_text(view.start, language),
            qr=_svg(
                (self._hub.plan.public_url or phone_url(request.scope, header_map(request.scope))) + path
            ),
            materials=self._hub.plan.matter(row.matter).materials,
            ticket=self._ticket(row),
            seconds=seconds,
            offers=nearest_times(self._hub, row.matter, view.start, language) if view.asked_to_move else (),
            change=f"{path}/change",
            script="book.js" if seconds else "",
            refresh=_NOSCRIPT_SECONDS if seconds else 0,
        )

    def _view(self, row: BookingRow) -> tuple[b.Booking, int]:
        """The booking, and for how many seconds it is still held: over then, not at the next job."""
        view = booking_view(row, self._hub.plan, self._hub.keys)
        if view.hold_until is None:
            return view, 0
        seconds = ceil((view.hold_until - self._hub.clock.now()).total_seconds())
        return (view, seconds) if seconds > 0 else (msgspec.structs.replace(view, state="lapsed"), 0)

    async def confirm(self, request: Request) -> Response:
        """Make it a promise."""
        return await self._do(request, lambda tx, row, _: booking.confirm(tx, self._hub.plan, row))

    async def cancel(self, request: Request) -> Response:
        """Ask, then give it up."""
        if request.method == "POST":
            return await self._do(request, lambda tx, found, _: booking.cancel(tx, self._hub.plan, found))
        row = self._find(request)
        if isinstance(row, Response):
            return row
        starts, language = from_millis(row.start), language_of(request)
        words = book_word(
            "book_cancel_sure", language, day=day_text(starts, language), time=time_words(starts)
        )
        return self._frame.page(
            request, "book_ask.html", "book_cancel", question=words, yes=True, path=self._path(row)
        )

    async def change(self, request: Request) -> Response:
        """The days to which it can go, or the change itself, which a second tap finds done."""
        if request.method == "POST":
            return await self._do(request, self._change)
        row = self._find(request)
        if isinstance(row, Response):
            return row
        path = self._path(row)
        return self._chooser.calendar(request, row.matter, f"{path}/change", back=path, can_wait=False)

    def _change(self, tx: Transaction, row: BookingRow, sent: Sent) -> BookingRow:
        return booking.change(tx, self._hub.plan, row, _number(sent.get("slot")))

    async def change_day(self, request: Request) -> Response:
        """The times of a day, each a key."""
        row = self._find(request)
        if isinstance(row, Response):
            return row
        try:
            day = date.fromisoformat(request.path_params["day"])
        except ValueError:
            return self._frame.unknown(request)
        back = f"{self._path(row)}/change"
        return self._chooser.times_of(request, row.matter, day, path="", back=back, change=back)

    async def ics(self, request: Request) -> Response:
        """The booking for a calendar (RFC 5545), with a reminder a day before."""
        row = self._find(request)
        if isinstance(row, Response):
            return row
        hub = self._hub
        file = booking_ics(row, hub.plan, hub.keys, language_of(request), hub.clock.now())
        name = {"Content-Disposition": 'attachment; filename="booking.ics"', "Cache-Control": "no-store"}
        return Response(file, media_type="text/calendar; charset=utf-8", headers=name)

    async def lookup(self, request: Request) -> Response:
        """From the code of a message and the end of the ID number to the page; wrong ones are counted."""
        if request.method == "GET":
            return self._ask(request)
        sent = await self._read(request)
        if sent is None:
            return self._ask(request, Refused("forbidden"))
        asker, now = source_of(request.scope), self._hub.clock.now()
        if not self._guard.admits(asker, now):
            return self._ask(request, Refused("too_many_from_here"), sent)
        try:
            row = find_by_code(self._hub.reading, self._hub.keys, sent.get("code"))
            if row.masked_id[-4:].upper() != sent.get("last").upper():
                raise Refused("unknown_booking")
        except Refused:
            self._guard.count(asker, now)
            return self._ask(request, Refused("unknown_booking"), sent)
        return self._frame.go(request, self._path(row))

    def _ask(self, request: Request, refused: Refused | None = None, sent: Sent | None = None) -> Response:
        """The form of a look-up, with what was typed and what stands against it."""
        language, problem = language_of(request), ""
        if refused is not None:
            problem = said_in(refused, language)
            if refused.code == "forbidden":
                problem = book_word("book_stale", language)
        return self._frame.page(
            request,
            "book_ask.html",
            "book_lookup",
            status=200 if refused is None else refusal_reply(refused).status,
            lookup=True,
            back="/book",
            problem=problem,
            typed={name: "" if sent is None else sent.get(name) for name in ("code", "last")},
        )

    async def _do(self, request: Request, change: _Change) -> Response:
        sent = await self._read(request)
        token = request.path_params["token"]
        if sent is None:
            return self._stale(request, f"/b/{token}")

        def run(tx: Transaction) -> Reply:
            row = change(tx, find_by_token(tx.connection, tx.keys, token), sent)
            return Reply(200, token_of(row, tx.keys).encode())

        answer = await self._frame.write(sent, run, request.url.path)
        if isinstance(answer, Problem):
            return self._frame.told(request, answer, _steps(f"/b/{token}", answer))
        return self._frame.go(request, f"/b/{answer.body.decode()}")

    def _stale(self, request: Request, path: str) -> Response:
        """A form that is not of our page, or of one that is too old: nothing was done."""
        words, steps = book_word("book_stale", language_of(request)), ((path, "book_see"),)
        return self._frame.page(
            request, "book_ask.html", "", status=403, question=words, here="", steps=steps
        )

    async def _read(self, request: Request) -> Sent | None:
        try:
            return await self._frame.forms.read(request)
        except Refused:
            return None

    def _find(self, request: Request) -> BookingRow | Response:
        """The booking, or the page that says why there is none: the same for all wrong codes."""
        try:
            return find_by_token(self._hub.reading, self._hub.keys, request.path_params["token"])
        except Refused as refused:
            if refused.code == "booking_moved":
                problem = msgspec.json.decode(refusal_reply(refused).body, type=Problem)
                return self._frame.told(request, problem, _steps("", problem))
            return self._frame.unknown(request)

    def _path(self, row: BookingRow) -> str:
        return f"/b/{token_of(row, self._hub.keys)}"

    def _ticket(self, row: BookingRow) -> str:
        return "" if row.ticket is None else viewing.phone_path(get_ticket(self._hub.reading, row.ticket))


def _number(typed: str) -> int:
    """A slot's number; 0, which no slot has, for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0


def _steps(path: str, problem: Problem) -> Steps:
    """Where to go after a refusal: to other times when it was about the time, else to how things stand."""
    if problem.code in _SLOT_GONE:
        return ((f"{path}/change", "book_other_time"), (path, "book_see"))
    if problem.code in ("unknown_booking", "booking_moved"):
        return (("/b", "book_lookup"),)
    return ((path, "book_see"),)


def _svg(text: str) -> Markup:
    """A QR code as an SVG element; its content is ours and holds no markup."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    out = BytesIO()
    code.make_image(image_factory=SvgPathImage).save(out)
    _, _, element = out.getvalue().decode().partition("?>")
    return Markup(element.strip())  # noqa: S704 - made here
