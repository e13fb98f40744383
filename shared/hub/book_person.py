"""Who books: ID number, name, and a telephone to which a code was sent. An error keeps what was typed."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from shared.domain.contact import Contact, ContactError, phone_contact
from shared.domain.identity import parse_id_number
from shared.domain.moments import HALL_ZONE, from_millis
from shared.domain.refusals import Refused
from shared.hub.book_frame import BookFrame, book_word, language_of
from shared.hub.book_text import day_text
from shared.hub.core import reply_of
from shared.hub.forms import Sent
from shared.protocol import booking as b
from shared.protocol.messages import Identity, Problem
from shared.protocol.routes import BY_NAME
from shared.services import booking, contact_proof, waiting_list
from shared.services.booking_codes import token_of
from shared.services.booking_text import time_words
from shared.services.outbox import gateway_host
from shared.store.bookings import get_slot
from shared.store.transaction import Transaction
from shared.store.writer import Reply
from shared.web.words import Language

_FIELDS = (
    ("number", "book_id", "text", 18),
    ("name", "book_name", "text", 30),
    ("phone", "book_phone", "tel", 20),
)
_WRONG = Reply(200, b"wrong")
"""A wrong code is counted, so it is an answer and no refusal, which would undo the count."""


Act = Callable[[Transaction, booking.Applicant], Reply]
"""What is done for who has proved it."""


class PersonPages:
    """The last step, for a slot and for the waiting list of a day."""

    def __init__(self, frame: BookFrame) -> None:
        self._frame = frame
        self._hub = frame.hub

    async def slot(self, request: Request) -> Response:
        """Reserve a place."""
        matter, number = request.path_params["matter"], request.path_params["slot"]
        try:
            slot = get_slot(self._hub.reading, number)
            chosen = self._chosen(request, matter, from_millis(slot.start))
        except Refused:
            return self._frame.unknown(request)

        def run(tx: Transaction, who: booking.Applicant) -> Reply:
            row = booking.reserve(tx, self._hub.plan, who, number, matter)
            return Reply(200, token_of(row, tx.keys).encode())

        chosen |= {"time_text": time_words(from_millis(slot.start)), "back": f"/book/{matter}/{slot.day}"}
        return await self._step(request, chosen, "book_reserve", run)

    async def wait(self, request: Request) -> Response:
        """Join the waiting list."""
        matter = request.path_params["matter"]
        try:
            day = date.fromisoformat(request.path_params["day"])
            at = datetime(day.year, day.month, day.day, tzinfo=HALL_ZONE)
            chosen = self._chosen(request, matter, at)
        except (Refused, ValueError):
            return self._frame.unknown(request)

        def run(tx: Transaction, who: booking.Applicant) -> Reply:
            wish = waiting_list.wait_for_place(tx, self._hub.plan, who, day, matter)
            return reply_of(wish, BY_NAME["wait_for_place"])

        chosen |= {"back": f"/book/{matter}"}
        return await self._step(request, chosen, "book_wait", run)

    def _chosen(self, request: Request, matter_id: str, at: datetime) -> dict[str, Any]:
        plan = self._hub.plan
        matter = plan.matter(matter_id)
        text = day_text(at, language_of(request))
        return {"matter": matter, "lane": plan.lane(matter.lane), "day_text": text, "step": 4}

    async def _step(self, request: Request, chosen: dict[str, Any], go: str, run: Act) -> Response:
        values = {"fields": _FIELDS, "go": go, "typed": dict.fromkeys(("number", "name", "phone"), "")}
        chosen |= values | {"faults": {}, "sent": "", "no_gateway": gateway_host(self._hub.reading) is None}
        if request.method == "GET" or chosen["no_gateway"]:
            return self._frame.page(request, "book_person.html", "book_who", **chosen)
        try:
            sent = await self._frame.forms.read(request)
        except Refused:
            stale = book_word("book_stale", language_of(request))
            return self._frame.page(
                request, "book_person.html", "book_who", status=403, **chosen, problem=stale
            )
        chosen |= {"typed": {name: sent.get(name) for name in ("number", "name", "phone")}}
        chosen |= {"faults": self._faults(sent, language_of(request))}
        if chosen["faults"]:
            return self._frame.page(request, "book_person.html", "book_who", status=422, **chosen)
        if sent.get("act") == "go":
            return await self._go(request, sent, chosen, run)
        return await self._send(request, sent, chosen)

    def _faults(self, sent: Sent, language: Language) -> Mapping[str, str]:
        faults = {}
        try:
            parse_id_number(sent.get("number"), self._hub.clock.now().date())
        except Refused:
            faults["number"] = book_word("book_bad_id", language)
        if not sent.get("name"):
            faults["name"] = book_word("book_bad_name", language)
        try:
            phone_contact(sent.get("phone"))
        except ContactError:
            faults["phone"] = book_word("book_bad_phone", language)
        return faults

    async def _send(self, request: Request, sent: Sent, chosen: dict[str, Any]) -> Response:
        contact, address = self._contact(request, sent), self._address(request)

        def run(tx: Transaction) -> Reply:
            contact_proof.send_code(tx, contact, address)
            return Reply(200, b"")

        answer = await self._frame.write(sent, run, request.url.path)
        if isinstance(answer, Problem):
            said = _said(answer, language_of(request))
            return self._frame.page(
                request, "book_person.html", "book_who", status=answer.status, **chosen, problem=said
            )
        return self._frame.page(
            request, "book_person.html", "book_who", **(chosen | {"sent": contact.masked})
        )

    async def _go(self, request: Request, sent: Sent, chosen: dict[str, Any], act: Act) -> Response:
        contact, address, language = (
            self._contact(request, sent),
            self._address(request),
            language_of(request),
        )
        identity = Identity(number=sent.get("number").upper(), name=sent.get("name"), source="typed")

        def run(tx: Transaction) -> Reply:
            if not contact_proof.prove(tx, contact, sent.get("code")):
                return _WRONG
            return act(tx, booking.applicant(tx, identity, "phone", contact, address))

        answer = await self._frame.write(sent, run, request.url.path)
        if isinstance(answer, Problem):
            said = _said(answer, language)
            return self._frame.page(
                request, "book_person.html", "book_who", status=answer.status, **chosen, problem=said
            )
        if answer.body == _WRONG.body:
            wrong = Refused("code_wrong")
            faults = {"code": wrong.zh if language == "zh" else wrong.en}
            chosen |= {"sent": contact.masked, "faults": faults}
            return self._frame.page(request, "book_person.html", "book_who", status=403, **chosen)
        if chosen["go"] == "book_reserve":
            return self._frame.go(request, f"/b/{answer.body.decode()}")
        wish = msgspec.json.decode(answer.body, type=b.Wish)
        words = book_word("book_waits", language, day=chosen["day_text"], ahead=wish.ahead)
        return self._frame.page(request, "book_ask.html", "book_wait", question=words, here="")

    def _contact(self, request: Request, sent: Sent) -> Contact:
        return phone_contact(sent.get("phone"), language_of(request))

    def _address(self, request: Request) -> bytes | None:
        return (
            None
            if request.client is None
            else self._hub.keys.digest(b"address", request.client.host.encode())
        )


def _said(problem: Problem, language: Language) -> str:
    return problem.zh if language == "zh" else problem.en
