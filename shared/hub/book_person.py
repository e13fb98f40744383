"""Who books: ID number, name, and a telephone to which a code was sent. An error keeps what was typed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from shared.domain.contact import Contact, ContactError, phone_contact
from shared.domain.identity import parse_id_number
from shared.domain.moments import HALL_ZONE, from_millis
from shared.domain.refusals import Refused
from shared.hub.book_frame import BookFrame, book_word, language_of
from shared.hub.book_offers import nearest_times
from shared.hub.book_text import day_text
from shared.hub.core import reply_of
from shared.hub.forms import Sent
from shared.hub.peer import source_of
from shared.protocol import booking as b
from shared.protocol.messages import Identity, Problem
from shared.protocol.routes import BY_NAME
from shared.services import booking, contact_proof, waiting_list
from shared.services.booking_codes import token_of
from shared.services.booking_hold import appointment_of
from shared.services.booking_text import time_words
from shared.store.bookings import BookingRow, bookings, get_slot
from shared.store.transaction import Transaction
from shared.store.writer import Reply
from shared.web.words import Language, said_in

_FIELDS = (
    ("number", "book_id", "text", 24),
    ("name", "book_name", "text", 30),
    ("phone", "book_phone", "tel", 20),
)
"""What is asked: the field, the key of its words, its keyboard, and how many characters a browser lets in."""
_TYPED = ("number", "name", "phone", "code")
_MOST_IN_NAME = 30
_MOST_SLOTS = 10**15
_SLOT_GONE = frozenset({"slot_full", "slot_past", "slot_withdrawn", "booking_closed"})
_HAS_ONE = frozenset({"booked_twice", "reservation_open"})
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
            slot = get_slot(self._hub.reading, min(number, _MOST_SLOTS))
            chosen = self._chosen(request, matter, from_millis(slot.start))
            if chosen["lane"].letter != slot.lane:
                raise Refused("unknown_slot")
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
            chosen = self._chosen(request, matter, _midnight(day))
        except (Refused, ValueError):
            return self._frame.unknown(request)

        def run(tx: Transaction, who: booking.Applicant) -> Reply:
            wish = waiting_list.wait_for_place(tx, self._hub.plan, who, day, matter)
            return reply_of(wish, BY_NAME["wait_for_place"])

        chosen |= {"back": f"/book/{matter}"}
        return await self._step(request, chosen, "book_wait", run)

    async def waits(self, request: Request) -> Response:
        """That one is on the list; a page of its own, so that reloading it sends nothing."""
        ahead = request.query_params.get("ahead", "")
        try:
            self._hub.plan.matter(request.path_params["matter"])
            day = date.fromisoformat(request.path_params["day"])
        except (Refused, ValueError):
            return self._frame.unknown(request)
        language = language_of(request)
        words = [book_word("book_waits", language, day=day_text(_midnight(day), language))]
        if ahead.isdecimal() and len(ahead) < 4:
            words.insert(0, book_word("book_waits_place", language, place=int(ahead) + 1))
        return self._frame.page(
            request,
            "book_ask.html",
            "book_on_list",
            question=" ".join(words),
            good=True,
            steps=((f"/book/{request.path_params['matter']}", "book_other_day"),),
        )

    def _chosen(self, request: Request, matter_id: str, at: datetime) -> dict[str, Any]:
        plan = self._hub.plan
        matter = plan.matter(matter_id)
        text = day_text(at, language_of(request))
        lane = plan.lane(matter.lane)
        return {"matter": matter, "lane": lane, "day_text": text, "at": at, "step": 4}

    async def _step(self, request: Request, chosen: dict[str, Any], go: str, run: Act) -> Response:
        closed = self._frame.closed(request)
        chosen |= {"fields": _FIELDS, "go": go, "typed": dict.fromkeys(_TYPED, ""), "faults": {}, "sent": ""}
        chosen |= closed
        if request.method == "GET" or closed["closed"]:
            return self._page(request, chosen)
        try:
            sent = await self._frame.forms.read(request)
        except Refused:
            return self._page(request, chosen, 403, problem=book_word("book_stale", language_of(request)))
        chosen |= {"typed": {name: sent.get(name) for name in _TYPED}}
        chosen |= {"faults": self._faults(sent, language_of(request))}
        if "code" in sent.fields and "phone" not in chosen["faults"]:
            chosen |= {"sent": self._contact(request, sent).masked}
        if chosen["faults"]:
            return self._page(request, chosen, 422)
        if sent.get("act") == "go":
            return await self._go(request, sent, chosen, run)
        return await self._send(request, sent, chosen)

    def _page(
        self, request: Request, chosen: dict[str, Any], status: int = 200, **values: object
    ) -> Response:
        return self._frame.page(request, "book_person.html", "book_who", status=status, **(chosen | values))

    def _faults(self, sent: Sent, language: Language) -> dict[str, str]:
        faults = {}
        try:
            parse_id_number(_id_number(sent), self._hub.clock.now().date())
        except Refused:
            faults["number"] = book_word("book_bad_id" if sent.get("number") else "book_no_id", language)
        name = sent.get("name")
        if not name or len(name) > _MOST_IN_NAME or not name.isprintable():
            faults["name"] = book_word("book_bad_name", language)
        try:
            self._phone(sent)
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
            return self._page(request, chosen, answer.status, problem=said_in(answer, language_of(request)))
        return self._page(request, chosen, sent=contact.masked, typed=chosen["typed"] | {"code": ""})

    async def _go(self, request: Request, sent: Sent, chosen: dict[str, Any], act: Act) -> Response:
        contact, address = self._contact(request, sent), self._address(request)
        identity = Identity(number=_id_number(sent), name=sent.get("name"), source="typed")

        def run(tx: Transaction) -> Reply:
            if not contact_proof.prove(tx, contact, sent.get("code")):
                return _WRONG
            return act(tx, booking.applicant(tx, identity, "phone", contact, address))

        answer = await self._frame.write(sent, run, request.url.path)
        if isinstance(answer, Problem):
            return self._refused(request, sent, chosen, answer)
        if answer.body == _WRONG.body:
            faults = {"code": said_in(Refused("code_wrong"), language_of(request))}
            return self._page(request, chosen, 403, faults=faults, typed=chosen["typed"] | {"code": ""})
        if chosen["go"] == "book_reserve":
            return self._frame.go(request, f"/b/{answer.body.decode()}")
        ahead = msgspec.json.decode(answer.body, type=b.Wish).ahead
        return self._frame.go(request, f"{request.url.path}/done", ahead=ahead)

    def _refused(self, request: Request, sent: Sent, chosen: dict[str, Any], problem: Problem) -> Response:
        """What stands against it, with a way on. The code that came is still good: nothing was done."""
        language = language_of(request)
        said, values = said_in(problem, language), dict[str, object]()
        if problem.code in _HAS_ONE:
            own = self._own(request, sent)
            values["ways"] = ((f"/b/{token_of(own, self._hub.keys)}", "book_see"),) if own else ()
            if own is None:
                said, values["ways"] = book_word("book_has_one", language), (("/b", "book_lookup"),)
        elif problem.code in _SLOT_GONE:
            values["offers"] = nearest_times(self._hub, chosen["matter"].id, chosen["at"], language)
            values["ways"] = ((f"/book/{chosen['matter'].id}", "book_other_day"),)
        elif problem.code == "day_not_full":
            values["ways"] = ((f"/book/{chosen['matter'].id}", "book_other_time"),)
        return self._page(request, chosen, problem.status, problem=said, **values)

    def _own(self, request: Request, sent: Sent) -> BookingRow | None:
        """The booking in the way, if it was made with the telephone that has just been proved.

        An ID number alone proves nothing here: whoever knows somebody's learns neither day nor time.
        """
        contact, person = self._contact(request, sent), self._hub.keys.person(_id_number(sent))
        for row in bookings(self._hub.reading, "live_bookings_of_person", person):
            told = appointment_of(self._hub.keys, row)
            if told is not None and told.contact.address == contact.address:
                return row
        return None

    def _phone(self, sent: Sent, language: Language = "zh") -> Contact:
        return phone_contact(normalize("NFKC", sent.get("phone")), language)

    def _contact(self, request: Request, sent: Sent) -> Contact:
        return self._phone(sent, language_of(request))

    def _address(self, request: Request) -> bytes | None:
        source = source_of(request.scope)
        return self._hub.keys.digest(b"address", source.encode()) if source else None


def _id_number(sent: Sent) -> str:
    """As typed, blanks between its parts and the wide digits of a Chinese keyboard or not."""
    return "".join(normalize("NFKC", sent.get("number")).split()).upper()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HALL_ZONE)
