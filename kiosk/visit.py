"""One citizen's visit at the kiosk, from the first touch to the wipe: a pure state machine.

Everything a visit knows about its citizen is in one frozen `Visit`; the screens only show it. Going home, by
touch or by time-out, replaces it with `Visit()`, so a wipe cannot forget a field.

    home -choose_lane-> identity -go_on-> confirm -take-> issuing -issued-> done
    home -open_search-> search -choose_matter-> matter -go_on-> identity
    identity: -show_card-> identity (card shown)      confirm -ask_priority-> priority -declare-> confirm
    home|matter -> closed (the lane gives no numbers now)
    issuing -not_issued-> confirm (same request id)   issuing -already_holds-> held
    identity -type_number-> number -number_typed-> identity (number shown)
    any step for a booking: kiosk/booking_visit.py
    home|find|done|code -show_code-> code (a scanned ticket) -print_again-> done
    home -look_up-> find -found-> found -print_again-> done   held -print_again-> done
    anywhere -ask_help-> help -back->                 anywhere -home-> home

A move that does not fit the step leaves the visit as it is: a second tap on a key that is already on its way
out must do nothing.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self, TypeVar

from kiosk.appointment import NO_APPOINTMENT, Appointment, Errand
from shared.domain.ordering import Priority
from shared.protocol.messages import Identity, Lane, Matter, TakenTicket


class Step(StrEnum):
    """Where the citizen is. One question a step."""

    HOME = "home"
    SEARCH = "search"
    MATTER = "matter"
    CLOSED = "closed"
    IDENTITY = "identity"
    NUMBER = "number"
    CONFIRM = "confirm"
    PRIORITY = "priority"
    ISSUING = "issuing"
    DONE = "done"
    HELD = "held"
    FIND = "find"
    FOUND = "found"
    CODE = "code"
    HELP = "help"
    BOOK = "book"
    DAYS = "book_days"
    TIMES = "book_times"
    HOLD = "book_hold"
    """A place is held, and waits to be confirmed."""
    BOOKED = "booked"
    MY_CARD = "book_card"
    MINE = "book_mine"
    GIVE_UP = "book_give_up"
    CHECK_IN = "check_in"
    CHECK_CODE = "check_in_code"
    UNCHECKED = "check_in_no"


class Trouble(StrEnum):
    """Why no number was given, other than by a refusal of the hub."""

    NONE = ""
    UNREACHABLE = "unreachable"
    """Nothing reached the hub: no number was taken."""
    UNKNOWN = "unknown"
    """The hub may have given a number; only the same request id can find out."""
    NO_PAPER = "no_paper"
    """The printer failed the check before the number: offer the screen instead."""
    REFUSED = "refused"
    """The hub said no, in its own sentence."""


class Slip(StrEnum):
    """What is known of the slip of a number that was given."""

    PRINTING = "printing"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    """Nobody knows but the citizen, who is asked."""
    RECEIVED = "received"
    """The citizen has it in hand, though the printer gave no proof."""
    VOIDED = "voided"
    """It never came, and the number was given up."""
    SHOWN = "shown"
    """There is no slip: the number and its QR stand on the screen."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """What a card said, or what was typed. The clear name and number are for the hub only; a screen shows
    the masked ones. A typed number has no name."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    masked_number: str
    masked_name: str
    priority: Priority = Priority.NONE
    """The priority that the card proves: by age."""
    is_typed: bool = False
    """Anyone may type anyone's number: it proves nothing, and shows nothing of what its owner holds."""

    @property
    def identity(self) -> Identity:
        """As the hub wants it."""
        return Identity(number=self.number, name=self.name, source="typed" if self.is_typed else "card")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for the citizen in both languages."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh)


SILENCE = Sentence()


@dataclass(frozen=True, slots=True)
class Order:
    """What the hub is asked for. `request_id` is kept for as long as the rest stays the same."""

    lane: str
    matter: str | None
    citizen: Citizen | None
    priority: Priority
    request_id: str

    def asks_the_same_as(self, other: "Order") -> bool:
        """Whether both ask for the same number, whatever their request ids."""
        return replace(self, request_id=other.request_id) == other


def is_local(taken: TakenTicket) -> bool:
    """Whether the kiosk gave a ticket without the hub: it has no page, and nobody knows who is ahead."""
    return taken.ticket.id < 0


_V = TypeVar("_V", bound="Visit")
_WITH_A_CARD = frozenset({Step.IDENTITY, Step.FIND, Step.MY_CARD, Step.CHECK_IN})
_WITH_A_CODE = frozenset({Step.HOME, Step.FIND, Step.DONE, Step.CODE, Step.CHECK_IN, Step.CHECK_CODE})
_WITHOUT_BACK = frozenset({Step.HOME, Step.ISSUING, Step.DONE, Step.BOOKED})
_PRINTING = frozenset({Step.DONE, Step.BOOKED})


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole visit. `trail` holds the steps that `back` returns to, oldest first."""

    step: Step = Step.HOME
    trail: tuple[Step, ...] = ()
    query: str = field(default="", repr=False)
    lane: Lane | None = None
    matter: Matter | None = None
    citizen: Citizen | None = None
    typed: str = field(default="", repr=False)
    """The number being typed."""
    declared: Priority = Priority.NONE
    order: Order | None = None
    trouble: Trouble = Trouble.NONE
    sentence: Sentence = SILENCE
    """What the hub or the reader said last, for the step it was said on."""
    tickets: tuple[TakenTicket, ...] = ()
    """The live tickets found for a card, or the one whose code was scanned."""
    ticket: TakenTicket | None = None
    slip: Slip = Slip.PRINTING
    again: bool = False
    """The slip is a reprint, marked 补打."""
    is_new: bool = False
    """The number was given in this visit, so nobody can hold it but by this visit's slip or screen."""
    used_card: bool = False
    """A card was read on the way to the number and may still lie there."""
    appointment: Appointment = NO_APPOINTMENT
    """What the visit knows of a booking; its errand says where choosing leads."""

    # -- what follows from the values -------------------------------------------------------------------

    @property
    def priority(self) -> Priority:
        """The declared priority, else the one the card proves."""
        if self.declared is not Priority.NONE or self.citizen is None:
            return self.declared
        return self.citizen.priority

    @property
    def may_go_back(self) -> bool:
        return self.step not in _WITHOUT_BACK and not self.appointment.is_asking

    @property
    def unsettled(self) -> TakenTicket | None:
        """The new number whose slip may not have come out, while the citizen has not said."""
        return self.ticket if self.is_new and self.slip is Slip.UNCONFIRMED else None

    @property
    def wants_card(self) -> bool:
        """Whether the reader may read: only while a step asks for a card and has none."""
        return self.step in _WITH_A_CARD and self.citizen is None

    @property
    def takes_code(self) -> bool:
        """Whether a scanned code may be shown now: nothing begun is lost by it."""
        has_slip = self.slip in (Slip.PRINTED, Slip.RECEIVED)
        is_free = not self.appointment.is_asking and (self.step is not Step.DONE or has_slip)
        return self.step in _WITH_A_CODE and is_free

    @property
    def is_busy(self) -> bool:
        """Something is on its way that a time-out must not tear apart."""
        is_printing = self.step in _PRINTING and self.slip is Slip.PRINTING
        return self.step is Step.ISSUING or is_printing or self.appointment.is_asking

    # -- choosing ---------------------------------------------------------------------------------------

    def open_search(self) -> Self:
        return self.forward(Step.SEARCH) if self.step is Step.HOME else self

    def type(self, query: str) -> Self:
        return replace(self, query=query) if self.step is Step.SEARCH else self

    def choose_matter(self, matter: Matter, lane: Lane) -> Self:
        if self.step is not Step.SEARCH:
            return self
        return self.forward(Step.MATTER, matter=matter, lane=lane)

    def choose_lane(self, lane: Lane) -> Self:
        if self.step is not Step.HOME:
            return self
        return replace(self, lane=lane, matter=None)._toward_identity()

    # -- who, and by what right -------------------------------------------------------------------------

    def show_card(self, citizen: Citizen) -> Self:
        """A card was read while a step asked for one."""
        if not self.wants_card:
            return self
        return replace(self, citizen=citizen, sentence=SILENCE)

    def card_not_read(self, sentence: Sentence) -> Self:
        return replace(self, sentence=sentence) if self.wants_card else self

    def type_number(self) -> Self:
        """Type the number in the card's place, or type it anew. Only to take a number, never to find one."""
        may = self.step is Step.IDENTITY and (self.citizen is None or self.citizen.is_typed)
        return self.forward(Step.NUMBER, citizen=None, typed="") if may else self

    def retype(self, typed: str) -> Self:
        """What stands on the keypad's line now."""
        return replace(self, typed=typed) if self.step is Step.NUMBER else self

    def number_typed(self, citizen: Citizen) -> Self:
        """The typed number was found right."""
        return replace(self.back(), citizen=citizen) if self.step is Step.NUMBER else self

    def go_on(self) -> Self:
        """From a matter to the card, and from the card (read or not) to the confirmation.

        For a booking: to the days, and from a card or a typed number to the place.
        """
        takes_number = self.appointment.errand is Errand.NUMBER
        if self.step is Step.MATTER:
            return self._toward_identity() if takes_number else self.forward(Step.DAYS)
        if self.step is Step.IDENTITY and takes_number:
            return self.forward(Step.CONFIRM)
        if self.step is Step.IDENTITY and self.citizen is not None:
            return self.forward(Step.HOLD)
        return self

    def ask_priority(self) -> Self:
        return self.forward(Step.PRIORITY) if self.step is Step.CONFIRM else self

    def declare(self, priority: Priority) -> Self:
        """The citizen names a ground for priority, or takes it back; the step before shows it."""
        if self.step is not Step.PRIORITY:
            return self
        return replace(self.back(), declared=priority)

    # -- the number -------------------------------------------------------------------------------------

    def take(self, new_request_id: str) -> Self:
        """Ask for the number. The same wish keeps its request id, so that a retry cannot make a second."""
        if self.step is not Step.CONFIRM or self.lane is None:
            return self
        matter = None if self.matter is None else self.matter.id
        order = Order(self.lane.letter, matter, self.citizen, self.priority, new_request_id)
        if self.order is not None and self.order.asks_the_same_as(order):
            order = self.order
        return self.forward(Step.ISSUING, order=order, trouble=Trouble.NONE)

    def issued(self, ticket: TakenTicket, slip: Slip) -> Self:
        if self.step is not Step.ISSUING:
            return self
        return replace(self.to_done(ticket, slip, again=False), is_new=True)

    def not_issued(self, trouble: Trouble, sentence: Sentence = SILENCE) -> Self:
        """Back to the confirmation with the reason. A definite no ends the order; a doubt keeps it."""
        if self.step is not Step.ISSUING:
            return self
        keeps = trouble in (Trouble.UNREACHABLE, Trouble.UNKNOWN)
        order = self.order if keeps else None
        return replace(self.back_from_issuing(), trouble=trouble, sentence=sentence, order=order)

    def already_holds(self, number_sentence: Sentence, tickets: tuple[TakenTicket, ...] = ()) -> Self:
        """The hub said that this person holds a number in this lane; `tickets` are the live ones found."""
        if self.step is not Step.ISSUING:
            return self
        held = replace(self.back_from_issuing(), order=None)
        return held.forward(Step.HELD, sentence=number_sentence, tickets=tickets)

    def back_from_issuing(self) -> Self:
        return replace(self, step=Step.CONFIRM, trail=self.trail[:-1])

    def slip_came_out(self, slip: Slip) -> Self:
        """Also while the citizen looks at the help screen."""
        return self if self.ticket is None else replace(self, slip=slip)

    def answer_slip(self, slip: Slip) -> Self:
        """The citizen says what became of a slip without proof: it is in hand, or the screen has to do, or
        the number is not wanted any more.
        """
        is_asked = self.step is Step.DONE and self.slip is Slip.UNCONFIRMED
        if not is_asked or slip not in (Slip.RECEIVED, Slip.SHOWN, Slip.VOIDED):
            return self
        return self if slip is Slip.VOIDED and not self.is_new else replace(self, slip=slip)

    # -- a number taken before --------------------------------------------------------------------------

    def look_up(self) -> Self:
        return self.forward(Step.FIND) if self.step is Step.HOME else self

    def found(self, tickets: tuple[TakenTicket, ...]) -> Self:
        if self.step is not Step.FIND or self.citizen is None:
            return self
        return replace(self.forward(Step.FOUND, tickets=tickets), trail=(Step.HOME,))

    def not_found(self, sentence: Sentence) -> Self:
        """The hub could not look; the card may be put on again."""
        if self.step is not Step.FIND:
            return self
        return replace(self, citizen=None, sentence=sentence)

    def show_code(self, ticket: TakenTicket) -> Self:
        """The ticket whose code was scanned, as it is now. A visit under way is not disturbed."""
        if not self.takes_code:
            return self
        return type(self)(step=Step.CODE, trail=(Step.HOME,), tickets=(ticket,))

    def print_again(self, ticket: TakenTicket, slip: Slip = Slip.PRINTING) -> Self:
        is_live = not self.is_busy and self.slip is not Slip.VOIDED
        if self.step is Step.DONE and self.ticket == ticket and is_live:
            return replace(self, slip=slip, again=True)
        if self.step in (Step.HELD, Step.FOUND, Step.CODE) and ticket in self.tickets:
            return self.to_done(ticket, slip, again=True)
        return self

    # -- from anywhere ----------------------------------------------------------------------------------

    def ask_help(self) -> Self:
        cannot = self.step in (Step.HELP, Step.ISSUING) or self.appointment.is_asking
        return self if cannot else self.forward(Step.HELP)

    def back(self) -> Self:
        """One step back; what was said or chosen on the step that is left is forgotten."""
        if self.step is Step.HELP:
            return replace(self, step=self.trail[-1], trail=self.trail[:-1])
        if not self.may_go_back or not self.trail:
            return self
        if self.trail[-1] is Step.HOME:
            return self.home()
        kept = replace(self, step=self.trail[-1], trail=self.trail[:-1], sentence=SILENCE)
        return _forget(kept, left=self.step)

    def home(self) -> Self:
        """Wipe: nothing of the visit is left."""
        return type(self)()

    # -- inside -----------------------------------------------------------------------------------------

    def _toward_identity(self) -> Self:
        is_open = self.lane is not None and self.lane.open
        return self.forward(Step.IDENTITY if is_open else Step.CLOSED)

    def to_done(self, ticket: TakenTicket, slip: Slip, *, again: bool) -> Self:
        """To the number. Nothing of the card is kept past the number."""
        return type(self)(
            step=Step.DONE,
            lane=self.lane,
            matter=self.matter,
            ticket=ticket,
            slip=slip,
            again=again,
            used_card=self.citizen is not None and not self.citizen.is_typed,
        )

    def forward(self, step: Step, **changes: object) -> Self:
        """To `step`, so that `back` returns here."""
        moved = replace(self, step=step, trail=(*self.trail, self.step))
        if step is not Step.HELP:
            moved = replace(moved, sentence=SILENCE)
        return replace(moved, **changes)  # type: ignore[arg-type]  # callers name fields of Visit


def _forget(visit: _V, *, left: Step) -> _V:
    """What goes with a step that was left backwards."""
    match left:
        case Step.MATTER:
            return replace(visit, matter=None, lane=None)
        case Step.NUMBER:
            return replace(visit, typed="")
        case Step.IDENTITY:
            return replace(visit, citizen=None, declared=Priority.NONE)
        case Step.CONFIRM:
            return replace(visit, declared=Priority.NONE, trouble=Trouble.NONE)
        case Step.HELD:
            return replace(visit, tickets=())
        case Step.HOLD:
            return replace(visit, appointment=visit.appointment.without_place())
        case Step.MY_CARD | Step.MINE:
            return replace(visit, citizen=None, appointment=NO_APPOINTMENT)
        case Step.CHECK_CODE:
            return replace(visit, typed="")
        case _:
            return visit
