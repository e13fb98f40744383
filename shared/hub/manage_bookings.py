"""The managers' page of bookings: a day's places and who has them, and what managers may change of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute
from starlette.routing import Route as Path

from shared.domain.booking import LIMITS, STATE_WORDS, State
from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.hub.core import Hub
from shared.hub.manage_entry import Entry, Visitor
from shared.hub.manage_frame import BOOKINGS, HEADERS, Frame, language_of
from shared.hub.manage_page import Fields, FormPage
from shared.protocol import booking as b
from shared.services import booking_days, places
from shared.services.booking_text import time_words
from shared.store.transaction import Transaction
from shared.web.words import Language, said_in

_MOST_PLACES = 500
_SLOT_MINUTES = (10, 15, 20)


@dataclass(frozen=True, slots=True)
class LaneSlots:
    """A lane's slots of the day."""

    letter: str
    name: str
    taken: int
    offered: int
    slots: list[b.SlotNow]


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A booking as the list shows it."""

    time: str
    lane: str
    matter: str
    holder: str
    code: str
    state: str
    is_asked: bool


def booking_paths(hub: Hub, entry: Entry, frame: Frame) -> list[BaseRoute]:
    """The page and its three forms."""
    pages = BookingsPage(hub, entry, frame)
    return [
        Path(BOOKINGS, pages.page),
        Path(f"{BOOKINGS}/ask", pages.ask, methods=["POST"]),
        Path(f"{BOOKINGS}/places", pages.places, methods=["POST"]),
        Path(f"{BOOKINGS}/terms", pages.terms, methods=["POST"]),
    ]


class BookingsPage(FormPage):
    """A day; today without one in the address."""

    async def shown(
        self, request: Request, visitor: Visitor, problem: str = "", status: int = 200
    ) -> Response:
        """The day that is asked for."""
        return self._day(request, visitor, self._wanted(request.query_params.get("day", "")), problem, status)

    async def ask(self, request: Request) -> Response:
        """Ask who is over capacity to move."""

        def change(tx: Transaction, fields: Fields) -> None:
            booking_days.ask_to_move(tx, self._hub.plan, self._wanted(fields.get("day", "")))

        return await self._do(request, change)

    async def places(self, request: Request) -> Response:
        """Set a slot's places by hand, or leave them to the capacity again."""

        def change(tx: Transaction, fields: Fields) -> None:
            slot, wanted = _number(fields, "slot"), fields.get("places", "").strip()
            number = _number(fields, "places", most=_MOST_PLACES) if wanted else None
            booking_days.set_places(tx, self._hub.plan, slot, number)

        return await self._do(request, change)

    async def terms(self, request: Request) -> Response:
        """Change how places are worked out."""

        def change(tx: Transaction, fields: Fields) -> None:
            minutes, share = _number(fields, "minutes"), _number(fields, "share", most=100)
            if minutes not in _SLOT_MINUTES:
                raise Refused("invalid_body", detail="minutes")
            places.set_terms(tx, b.SetPlaceTerms("automatic" in fields, minutes, share))

        return await self._do(request, change)

    # -- inside -----------------------------------------------------------------------------------------

    async def _do(self, request: Request, change: Callable[[Transaction, Fields], None]) -> Response:
        async def work(fields: Fields, visitor: Visitor) -> Response:
            day = self._wanted(fields.get("day", ""))
            try:
                await self._entry.write(lambda tx: change(tx, fields), visitor.signed_in)
            except Refused as refused:
                sentence = said_in(refused, language_of(request))
                return self._day(request, visitor, day, sentence, refused.refusal.status)
            return RedirectResponse(f"{BOOKINGS}?day={day}", 303, headers=HEADERS)

        return await self.posted(request, work, BOOKINGS)

    def _day(
        self, request: Request, visitor: Visitor, day: date, problem: str = "", status: int = 200
    ) -> Response:
        language, plan, today = language_of(request), self._hub.plan, self._today()
        with self._hub.snapshot() as connection:
            found = booking_days.booked_day(connection, plan, self._hub.keys, day)
            terms = places.terms_view(connection, plan)
        return self._frame.page(
            request,
            visitor,
            "bookings.html",
            status,
            section="bookings",
            problem=problem,
            day=day,
            day_text=_day_text(day, language),
            before=None if day <= today else day - timedelta(days=1),
            after=None if (day - today).days >= LIMITS.days_ahead else day + timedelta(days=1),
            today=today,
            last=today + timedelta(days=LIMITS.days_ahead),
            lanes=list(self._lanes(found.slots, language)),
            over=[_line(row, language) for row in found.over],
            bookings=[_line(row, language) for row in found.bookings],
            waiting=found.waiting,
            by_rota=found.by_rota,
            terms=terms,
            lengths=_SLOT_MINUTES,
            clock=time_words,
        )

    def _lanes(self, slots: list[b.SlotNow], language: Language) -> Iterator[LaneSlots]:
        for letter, group in groupby(slots, key=lambda slot: slot.lane):
            lane, found = self._hub.plan.lane(letter), list(group)
            taken, offered = (sum(getattr(slot, name) for slot in found) for name in ("taken", "offered"))
            yield LaneSlots(letter, lane.name if language == "zh" else lane.name_en, taken, offered, found)

    def _today(self) -> date:
        return self._hub.clock.now().astimezone(HALL_ZONE).date()

    def _wanted(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return self._today()


def _line(row: b.Booking, language: Language) -> BookingLine:
    chinese = language == "zh"
    return BookingLine(
        time_words(row.start),
        f"{row.lane} {row.lane_name if chinese else row.lane_name_en}",
        row.matter_name if chinese else row.matter_name_en,
        f"{row.holder} {row.masked_id}".strip(),
        row.code,
        STATE_WORDS[State(row.state)][0 if chinese else 1],
        row.asked_to_move,
    )


def _number(fields: Fields, name: str, most: int = 2**53) -> int:
    text = fields.get(name, "").strip()
    if not text.isdecimal() or int(text) > most:
        raise Refused("invalid_body", detail=name)
    return int(text)


def _day_text(day: date, language: Language) -> str:
    return date_in_words(day)[0 if language == "zh" else 1]
