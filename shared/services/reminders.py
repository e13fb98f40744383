"""What the hall tells citizens by itself: of their booking, of their turn, of their result.

Each verb runs in the transaction of what causes it. Who left a contact with a ticket is forgotten as soon as
they were told, or as nothing is left to tell.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal

from shared.domain.contact import Channel, Contact
from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.reminders import FIELD_LENGTHS, Kind, Message, fields_of
from shared.domain.ticket import LIVE, State
from shared.services.hall import HallPlan
from shared.services.outbox import enqueue, gateway_host, withdraw
from shared.services.people import Actor
from shared.store.line import people_ahead
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.tickets import TicketRow, get_ticket
from shared.store.transaction import Transaction

Purpose = Literal["turn", "result"]

NEAR = 3
"""People ahead at which a citizen is told to come back."""
DAY_BEFORE_FROM, DAY_BEFORE_UNTIL = time(16), time(21)
"""When the reminder of tomorrow goes out; later nobody is woken, and it would say "tomorrow" of today."""
_TURN_KEPT, _RESULT_KEPT = timedelta(days=1), timedelta(days=90)
_TURN_WITHIN = timedelta(minutes=20)
_RESULT_WITHIN = timedelta(days=3)


# -- bookings -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booking as its holder is told of it."""

    booking: int
    contact: Contact = field(repr=False)
    lane: str
    starts: datetime
    code: str

    @property
    def about(self) -> str:
        """The thing that messages are about."""
        return f"booking:{self.booking}"


def booked(tx: Transaction, plan: HallPlan, appointment: Appointment) -> None:
    """Confirm it, and remind of it the day before."""
    _tell(tx, plan, Kind.BOOKED, appointment, appointment.starts)
    _remind(tx, plan, appointment)


def moved(tx: Transaction, plan: HallPlan, appointment: Appointment) -> None:
    """Tell the new time; what was still to be said of the old one is not."""
    withdraw(tx, appointment.about)
    _tell(tx, plan, Kind.MOVED, appointment, appointment.starts)
    _remind(tx, plan, appointment)


def cancelled(tx: Transaction, plan: HallPlan, appointment: Appointment) -> None:
    """Confirm that it is given up."""
    withdraw(tx, appointment.about)
    _tell(tx, plan, Kind.CANCELLED, appointment, appointment.starts)


def withdrawn(tx: Transaction, plan: HallPlan, appointment: Appointment) -> None:
    """The hall cannot keep it: ask to choose another time."""
    withdraw(tx, appointment.about)
    _tell(tx, plan, Kind.WITHDRAWN, appointment, appointment.starts)


def offered(tx: Transaction, plan: HallPlan, appointment: Appointment, until: datetime) -> None:
    """Offer a place that came free to who waits for one, until `until`."""
    _tell(tx, plan, Kind.OFFERED, appointment, min(until, appointment.starts), until=until)


def _remind(tx: Transaction, plan: HallPlan, appointment: Appointment) -> None:
    day = appointment.starts.astimezone(HALL_ZONE).date() - timedelta(days=1)
    first, last = (datetime.combine(day, at, HALL_ZONE) for at in (DAY_BEFORE_FROM, DAY_BEFORE_UNTIL))
    if tx.now < first:  # who books later than that has just been told
        _tell(tx, plan, Kind.DAY_BEFORE, appointment, last, first)


def _tell(
    tx: Transaction,
    plan: HallPlan,
    kind: Kind,
    appointment: Appointment,
    deadline: datetime,
    not_before: datetime | None = None,
    *,
    until: datetime | None = None,
) -> None:
    """Each change of a booking is an occasion of its own."""
    side = 0 if appointment.contact.language == "zh" else 1
    lane = plan.lane(appointment.lane)
    starts = appointment.starts.astimezone(HALL_ZONE)
    known = {
        "day": date_in_words(starts.date())[side],
        "time": f"{starts:%H:%M}",
        "lane": (lane.name, lane.name_en)[side],
        "code": appointment.code,
        "until": "" if until is None else _moment(until, side),
    }
    enqueue(
        tx,
        Message(
            kind,
            appointment.contact,
            appointment.about,
            _fields(kind, known),
            deadline,
            not_before,
            str(tx.millis),
        ),
    )


def _moment(moment: datetime, side: int) -> str:
    local = moment.astimezone(HALL_ZONE)
    return f"{date_in_words(local.date())[side]} {local:%H:%M}"


def _fields(kind: Kind, known: dict[str, str]) -> dict[str, str]:
    return {name: known[name][: FIELD_LENGTHS[name]] for name in fields_of(kind)}


# -- a ticket's turn and result -----------------------------------------------------------------------


def leave_contact(
    tx: Transaction, ticket: TicketRow, contact: Contact, purposes: Collection[Purpose]
) -> None:
    """Be told when three are ahead, or when the result is ready.

    Raises Refused: no_gateway, too_late_to_remind.
    """
    if gateway_host(tx.connection) is None:
        raise Refused("no_gateway")
    if ticket.state not in LIVE or ("turn" in purposes and ticket.state is not State.WAITING):
        raise Refused("too_late_to_remind", number=ticket.display)
    sealed = tx.keys.seal(contact.address)
    for purpose in sorted(set(purposes)):
        until = tx.now + (_TURN_KEPT if purpose == "turn" else _RESULT_KEPT)
        kept = (ticket.id, purpose, contact.channel, contact.language, sealed, contact.masked)
        tx.execute(sql("put_ticket_contact"), (*kept, round(until.timestamp() * 1000)))
        tx.fact("contact.left", ticket=ticket.id, purpose=purpose)


def forget_contact(tx: Transaction, ticket: TicketRow) -> None:
    """Do not tell the turn after all."""
    if tx.execute(sql("drop_ticket_contact"), (ticket.id, "turn")).rowcount:
        tx.fact("contact.withdrawn", ticket=ticket.id, purpose="turn")
    withdraw(tx, f"ticket:{ticket.id}", Kind.THREE_AHEAD)


def require_taken_here(tx: Transaction, actor: Actor, ticket: TicketRow) -> None:
    """A kiosk speaks for the tickets it gave; a clerk for any. Raises Refused("taken_elsewhere")."""
    if actor.is_staff:
        return
    for name, who in tx.execute(sql("paper_of_ticket"), (ticket.id,)):
        if name == "ticket.taken" and who == actor.name:
            return
    raise Refused("taken_elsewhere", number=ticket.display)


def near_or_gone(connection: Connection, now: int) -> bool:
    """Whether `tell_turns` has anything to do at `now` (ms). Reads little, however long the lines."""
    rows = connection.execute(sql("turn_contacts")).fetchall()
    if any(state != State.WAITING for _, _, state in rows):
        return True
    first: dict[str, frozenset[int]] = {}
    for ticket, lane, _ in rows:
        if lane not in first:
            first[lane] = _first_of(connection, lane, now)
        if ticket in first[lane]:
            return True
    if connection.execute(sql("moot_turns")).fetchone() is not None:
        return True
    return connection.execute(sql("forgettable_contact"), (now,)).fetchone() is not None


def tell_turns(tx: Transaction, plan: HallPlan) -> int:
    """Tell whoever is near their turn, once, and forget who need not be told; how many were told."""
    told = 0
    for number, _, _ in tx.execute(sql("turn_contacts")).fetchall():
        ticket = get_ticket(tx.connection, number)
        if ticket.state is State.WAITING and people_ahead(tx.connection, ticket, tx.millis) > NEAR:
            continue
        if ticket.state is State.WAITING:
            told += _tell_turn(tx, plan, ticket)
        tx.execute(sql("drop_ticket_contact"), (number, "turn"))
    for (about,) in tx.execute(sql("moot_turns")).fetchall():
        withdraw(tx, about, Kind.THREE_AHEAD)
    tx.execute(sql("forget_contacts"), (tx.millis,))
    return told


def tell_result(tx: Transaction, plan: HallPlan, ticket: TicketRow) -> None:
    """Tell that the result can be fetched. Raises Refused: no_gateway, no_contact."""
    if gateway_host(tx.connection) is None:
        raise Refused("no_gateway")
    contact = _contact(tx, ticket, "result")
    if contact is None:
        raise Refused("no_contact", number=ticket.display)
    _tell_holder(tx, plan, Kind.RESULT_READY, ticket, contact, tx.now + _RESULT_WITHIN)
    tx.execute(sql("drop_ticket_contact"), (ticket.id, "result"))


def wants_result(connection: Connection, ticket: int) -> bool:
    """Whether its holder left a contact for the result, and somebody sends it."""
    left = connection.execute(sql("ticket_contact"), (ticket, "result")).fetchone()
    return left is not None and gateway_host(connection) is not None


def contact_shown(connection: Connection, ticket: int) -> str:
    """The masked address at which the holder is to be told of the turn; empty for none."""
    row = connection.execute(sql("ticket_contact"), (ticket, "turn")).fetchone()
    return "" if row is None else str(row[3])


def was_told(connection: Connection, ticket: int) -> bool:
    """Whether a message of the turn was made: there is one for each ticket at most."""
    row = connection.execute(sql("turn_message"), (Kind.THREE_AHEAD, f"ticket:{ticket}")).fetchone()
    return row is not None


def _tell_turn(tx: Transaction, plan: HallPlan, ticket: TicketRow) -> bool:
    contact = _contact(tx, ticket, "turn")
    return contact is not None and _tell_holder(
        tx, plan, Kind.THREE_AHEAD, ticket, contact, tx.now + _TURN_WITHIN
    )


def _tell_holder(
    tx: Transaction, plan: HallPlan, kind: Kind, ticket: TicketRow, contact: Contact, deadline: datetime
) -> bool:
    lane = plan.lane(ticket.lane)
    known = {"number": ticket.display, "place": lane.place if contact.language == "zh" else lane.place_en}
    return enqueue(tx, Message(kind, contact, f"ticket:{ticket.id}", _fields(kind, known), deadline))


def _contact(tx: Transaction, ticket: TicketRow, purpose: Purpose) -> Contact | None:
    row = tx.execute(sql("ticket_contact"), (ticket.id, purpose)).fetchone()
    return None if row is None else Contact(Channel(row[0]), tx.keys.unseal(row[2]), row[1])


def _first_of(connection: Connection, lane: str, now: int) -> frozenset[int]:
    """The first of a line, those with so few ahead, read from its two indexes."""
    due = [row[0] for row in connection.execute(sql("first_due_ids"), (lane, now, NEAR + 1))]
    line = [row[0] for row in connection.execute(sql("first_in_line_ids"), (lane, now, NEAR + 1))]
    return frozenset((due + line)[: NEAR + 1])
