"""The moves of a visit that books a place, changes a booking, or checks in: pure, like `kiosk.visit`.

    home -open_booking-> book -new_booking-> search -> matter -> days -choose_day-> times
         -choose_slot-> identity -> hold -held-> hold (place shown) -confirmed-> booked
    days -wait_for_day-> identity -> hold -waits-> booked       closed -book_instead-> search|days
    book -my_bookings-> my_card -found-> mine -move-> days -> times -> hold -confirmed-> booked
    mine -give_up-> give_up -gave_up-> mine                     mine -take_offer-> hold
    home -open_check_in-> check_in -type_code-> check_code
    check_in|check_code|home(scan) -present-> (asking) -checked_in-> done | -not_checked_in-> unchecked

Each takes a visit and gives the next; one that does not fit the step gives the same visit back.
"""

import re
from dataclasses import replace
from datetime import date

from kiosk.appointment import Appointment, Errand
from kiosk.visit import SILENCE, Citizen, Sentence, Slip, Step, Visit
from shared.protocol.booking import Booking, BookingCalendar, BookingTimes, SlotTime, Whose, Wish
from shared.protocol.messages import Lane, Matter, TakenTicket

_PRESENTED = frozenset({Step.CHECK_IN, Step.CHECK_CODE, Step.UNCHECKED})
_ASKS_AGAIN = frozenset({Step.DAYS, Step.TIMES, Step.HOLD, Step.MY_CARD, Step.GIVE_UP, Step.MINE})
_LONG_CODE = re.compile(
    r"(?:https?://[^\s?#]+/b/)?[0-9A-HJKMNP-TV-Z]{32}(?:[?#]\S*)?", re.ASCII | re.IGNORECASE
)
CODE_LENGTH = 10
CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing in it can be taken for something else."""
ERASE, CLEAR = "erase", "clear"


def _with(visit: Visit, **changes: object) -> Visit:
    changed = replace(visit.appointment, **changes)  # type: ignore[arg-type]  # fields of Appointment
    return replace(visit, appointment=changed)


# -- choosing ---------------------------------------------------------------------------------------------


def open_booking(visit: Visit) -> Visit:
    return visit.forward(Step.BOOK) if visit.step is Step.HOME else visit


def new_booking(visit: Visit) -> Visit:
    """Look for the matter to book."""
    if visit.step is not Step.BOOK:
        return visit
    return visit.forward(Step.SEARCH, appointment=Appointment(Errand.BOOK), query="")


def book_instead(visit: Visit) -> Visit:
    """The lane gives no numbers now: another time, for the same matter if it is known."""
    if visit.step is not Step.CLOSED:
        return visit
    return visit.forward(
        Step.SEARCH if visit.matter is None else Step.DAYS, appointment=Appointment(Errand.BOOK), query=""
    )


def show_calendar(visit: Visit, calendar: BookingCalendar) -> Visit:
    if visit.step is not Step.DAYS:
        return visit
    return replace(_with(visit, calendar=calendar, is_asking=False, refusal=""), sentence=SILENCE)


def choose_day(visit: Visit, day: date) -> Visit:
    if visit.step is not Step.DAYS:
        return visit
    errand = Errand.MOVE if visit.appointment.errand is Errand.MOVE else Errand.BOOK
    return _with(visit, day=day, times=None, errand=errand).forward(Step.TIMES)


def wait_for_day(visit: Visit, day: date, request_id: str) -> Visit:
    """Join the waiting list of a full day. A booking that is to be moved waits for none."""
    if visit.step is not Step.DAYS or visit.appointment.errand is Errand.MOVE:
        return visit
    chosen = _with(visit, day=day, slot=None, errand=Errand.WAIT, request_id=request_id)
    return chosen.forward(Step.HOLD if visit.citizen else Step.IDENTITY)


def show_times(visit: Visit, times: BookingTimes) -> Visit:
    if visit.step is not Step.TIMES:
        return visit
    return replace(_with(visit, times=times, is_asking=False, refusal=""), sentence=SILENCE)


def choose_slot(visit: Visit, slot: SlotTime, request_id: str) -> Visit:
    """To the card, or past it when it was read already or the booking is one's own."""
    if visit.step is not Step.TIMES:
        return visit
    knows = visit.citizen is not None or visit.appointment.errand is Errand.MOVE
    chosen = _with(visit, slot=slot, request_id=request_id)
    return chosen.forward(Step.HOLD if knows else Step.IDENTITY)


# -- the place --------------------------------------------------------------------------------------------


def held(visit: Visit, booking: Booking) -> Visit:
    if visit.step is not Step.HOLD:
        return visit
    return replace(_with(visit, booking=booking, is_asking=False, refusal=""), sentence=SILENCE)


def waits(visit: Visit, wish: Wish) -> Visit:
    """In the waiting list."""
    if visit.step is not Step.HOLD:
        return visit
    return _settled(visit, Appointment(Errand.WAIT, wish=wish), Slip.SHOWN)


def confirmed(visit: Visit, booking: Booking, slip: Slip) -> Visit:
    """The place is promised. Nothing of the card is kept past it."""
    if visit.step is not Step.HOLD:
        return visit
    errand = visit.appointment.errand
    return _settled(visit, Appointment(errand, booking=booking), slip)


def lapsed(visit: Visit, refusal: str) -> Visit:
    """The place was not confirmed in time."""
    return _with(visit, booking=None, refusal=refusal) if visit.step is Step.HOLD else visit


def paper(visit: Visit, booking: Booking, slip: Slip) -> Visit:
    """What became of the confirmation's paper."""
    shown = visit.appointment.booking
    is_shown = shown is not None and shown.id == booking.id
    return replace(visit, slip=slip) if visit.step in (Step.BOOKED, Step.HELP) and is_shown else visit


def choose_again(visit: Visit) -> Visit:
    """Back to the days, which are asked for anew; who it is for stays known."""
    if visit.step not in (Step.HOLD, Step.TIMES) or Step.DAYS not in visit.trail:
        return visit
    trail = visit.trail[: visit.trail.index(Step.DAYS)]
    errand = Errand.MOVE if visit.appointment.errand is Errand.MOVE else Errand.BOOK
    kept = replace(visit.appointment.without_place(), calendar=None, times=None, slot=None, errand=errand)
    return replace(visit, step=Step.DAYS, trail=trail, appointment=kept, sentence=SILENCE)


# -- one's own bookings -----------------------------------------------------------------------------------


def my_bookings(visit: Visit) -> Visit:
    """By the card, or by the card or the code that was presented for something else."""
    citizen = visit.citizen if visit.citizen is not None and not visit.citizen.is_typed else None
    if visit.step is Step.BOOK:
        return visit.forward(Step.MY_CARD, citizen=None)
    if visit.step is Step.HOLD:
        whose = None if citizen is None else Whose(identity=citizen.identity)
    elif visit.step is Step.UNCHECKED:
        whose = visit.appointment.whose
    else:
        return visit
    fresh = Visit(trail=(Step.HOME,), citizen=citizen, appointment=Appointment(whose=whose))
    return replace(fresh, step=Step.MY_CARD)


def found(visit: Visit, mine: tuple[Booking, ...]) -> Visit:
    if visit.step not in (Step.MY_CARD, Step.MINE):
        return visit
    shown = Appointment(mine=mine, whose=visit.appointment.whose)
    return replace(visit, step=Step.MINE, trail=(Step.HOME,), appointment=shown, sentence=SILENCE)


def show_card_owner(visit: Visit, citizen: Citizen) -> Visit:
    """The card that was laid down says whose bookings are meant."""
    return _with(visit, whose=Whose(identity=citizen.identity)) if visit.step is Step.MY_CARD else visit


def not_found(visit: Visit, refusal: str, sentence: Sentence) -> Visit:
    """The hub could not look; the card may be put on again."""
    if visit.step is not Step.MY_CARD:
        return visit
    return replace(visit, citizen=None, appointment=Appointment(refusal=refusal), sentence=sentence)


def move(visit: Visit, booking: Booking, matter: Matter | None, lane: Lane | None) -> Visit:
    """Look for another time for a booking of one's own."""
    if visit.step is not Step.MINE or booking not in visit.appointment.mine:
        return visit
    moving = replace(visit.appointment, errand=Errand.MOVE, booking=booking, calendar=None, times=None)
    return visit.forward(Step.DAYS, appointment=moving, matter=matter, lane=lane)


def take_offer(visit: Visit, booking: Booking, matter: Matter | None) -> Visit:
    """A place that came free, or one that was held elsewhere: to its confirmation."""
    if visit.step is not Step.MINE or booking not in visit.appointment.mine or booking.state != "reserved":
        return visit
    taken = replace(visit.appointment, errand=Errand.BOOK, booking=booking)
    return visit.forward(Step.HOLD, appointment=taken, matter=matter)


def give_up(visit: Visit, booking: Booking) -> Visit:
    """Ask before a booking is cancelled."""
    if visit.step is not Step.MINE or booking not in visit.appointment.mine:
        return visit
    return _with(visit, booking=booking).forward(Step.GIVE_UP)


def gave_up(visit: Visit, sentence: Sentence) -> Visit:
    if visit.step is not Step.GIVE_UP or visit.appointment.booking is None:
        return visit
    left = tuple(one for one in visit.appointment.mine if one.id != visit.appointment.booking.id)
    settled = _with(visit.back(), mine=left, booking=None, is_asking=False)
    return replace(settled, step=Step.MINE, trail=(Step.HOME,), sentence=sentence)


# -- checking in ------------------------------------------------------------------------------------------


def open_check_in(visit: Visit) -> Visit:
    if visit.step is Step.HOME:
        return visit.forward(Step.CHECK_IN)
    if visit.step is Step.UNCHECKED:
        return Visit(step=Step.CHECK_IN, trail=(Step.HOME,))
    return visit


def type_code(visit: Visit) -> Visit:
    """Type the code in the card's place, or type it anew."""
    if visit.step is Step.CHECK_IN:
        return visit.forward(Step.CHECK_CODE, typed="")
    if visit.step is Step.UNCHECKED:
        return Visit(step=Step.CHECK_CODE, trail=(Step.HOME, Step.CHECK_IN))
    return visit


def press(typed: str, key: str) -> str:
    """The code after `key`: a letter of it, ERASE or CLEAR."""
    if key == CLEAR:
        return ""
    if key == ERASE:
        return typed[:-1]
    fits = len(key) == 1 and key in CODE_LETTERS and len(typed) < CODE_LENGTH
    return typed + key if fits else typed


def press_code(visit: Visit, key: str) -> Visit:
    return replace(visit, typed=press(visit.typed, key)) if visit.step is Step.CHECK_CODE else visit


def is_booking_code(scanned: str) -> bool:
    """Whether a scanned code looks like a booking's, or its page's address; the hub knows for sure."""
    return _LONG_CODE.fullmatch(scanned.strip()) is not None


def present(visit: Visit, whose: Whose, request_id: str) -> Visit:
    """A card, a typed code, or a code scanned on any step that takes one. The same keeps its request id."""
    if visit.appointment.is_asking or not (visit.step in _PRESENTED or visit.takes_code):
        return visit
    if visit.step not in _PRESENTED:
        visit = Visit(step=Step.CHECK_IN, trail=(Step.HOME,))
    if visit.appointment.whose == whose:
        request_id = visit.appointment.request_id
    return _with(visit, whose=whose, request_id=request_id, is_asking=True, refusal="")


def checked_in(visit: Visit, ticket: TakenTicket, slip: Slip) -> Visit:
    """A booking is never given up for want of its slip: it can be printed again by the card."""
    return visit.to_done(ticket, slip, again=False) if visit.step in _PRESENTED else visit


def not_checked_in(visit: Visit, refusal: str, sentence: Sentence) -> Visit:
    if visit.step not in _PRESENTED:
        return visit
    said = replace(visit.appointment, is_asking=False, refusal=refusal)
    trail = (Step.HOME, Step.CHECK_IN)
    cleared = replace(visit, citizen=None, typed="", used_card=False)
    return replace(cleared, step=Step.UNCHECKED, trail=trail, appointment=said, sentence=sentence)


# -- the hub ----------------------------------------------------------------------------------------------


def ask(visit: Visit) -> Visit:
    """The hub is being asked for what the step shows."""
    return replace(_with(visit, is_asking=True, refusal=""), sentence=SILENCE)


def ask_again(visit: Visit) -> Visit:
    """Try what failed once more."""
    return replace(_with(visit, refusal=""), sentence=SILENCE)


def refused(visit: Visit, refusal: str, sentence: Sentence) -> Visit:
    """It said no, or nothing; the step stays and says so."""
    if visit.step not in _ASKS_AGAIN:
        return visit
    return replace(_with(visit, is_asking=False, refusal=refusal), sentence=sentence)


def _settled(visit: Visit, appointment: Appointment, slip: Slip) -> Visit:
    used = visit.used_card or (visit.citizen is not None and not visit.citizen.is_typed)
    return Visit(
        step=Step.BOOKED,
        lane=visit.lane,
        matter=visit.matter,
        slip=slip,
        used_card=used,
        appointment=appointment,
    )
