"""Holding a place: who asks for one, the place itself, and giving it back.

A place goes by one conditional update of its slot, and its booking is written in the same transaction.
"""

import json
from dataclasses import dataclass, field

from shared.domain.booking import MOVES, STATE_WORDS, Move, State
from shared.domain.booking_code import short_code
from shared.domain.contact import Channel, Contact
from shared.domain.identity import parse_id_number
from shared.domain.moments import from_millis
from shared.domain.refusals import Refused
from shared.protocol.messages import Identity
from shared.services.reminders import Appointment
from shared.services.taking import Holder, holder_of
from shared.store.bookings import BookingRow, SlotRow
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who wants a place, through which channel, and where to tell them. `address` is the digest of a
    network address; None for a device of the hall."""

    holder: Holder = field(repr=False)
    channel: str
    contact: Contact | None = None
    address: bytes | None = field(default=None, repr=False)

    @property
    def person(self) -> bytes:
        """The pseudonym; a booking always has one."""
        if self.holder.person is None:
            raise Refused("bad_id_number")
        return self.holder.person


def applicant(
    tx: Transaction,
    identity: Identity,
    channel: str,
    contact: Contact | None = None,
    address: bytes | None = None,
) -> Applicant:
    """The applicant with this ID number. Raises Refused("bad_id_number")."""
    number = parse_id_number(identity.number, tx.now.date())
    return Applicant(holder_of(tx, identity, number), channel, contact, address)


def hold_place(
    tx: Transaction, slot: SlotRow, matter: str, who: Applicant, until: int, wish: int | None = None
) -> int:
    """Take a place for `who` until `until` (ms); returns the booking. Raises Refused("slot_full")."""
    take_place(tx, slot)
    holder = who.holder
    booking: int = tx.execute(
        sql("insert_booking"),
        (
            slot.id, matter, who.person, holder.masked_id, holder.masked_name, holder.sealed_name,
            who.channel,
            None if who.contact is None else sealed_contact(tx.keys, who.contact),
            who.address, tx.millis, until, tx.millis, wish,
        ),
    ).fetchone()[0]  # fmt: skip
    tx.fact(
        "booking.reserved",
        booking=booking,
        lane=slot.lane,
        day=slot.day,
        start=from_millis(slot.start).isoformat(),
        matter=matter,
        channel=who.channel,
        state="reserved",
    )
    return booking


def take_place(tx: Transaction, slot: SlotRow) -> None:
    """One place of a slot. Raises Refused("slot_full"), or "slot_withdrawn" when it offers none at all."""
    if tx.execute(sql("take_place"), (slot.id,)).rowcount != 1:
        raise Refused("slot_full" if slot.offered else "slot_withdrawn")


def give_back(tx: Transaction, slot: int) -> None:
    """Let somebody else have it."""
    tx.execute(sql("give_back_place"), (slot,))


def move_booking(tx: Transaction, row: BookingRow, move: Move, ticket: int | None = None) -> None:
    """Make one move of the state table; its fact is named after it. Raises Refused("booking_over")."""
    require_move(row, move)
    target = MOVES[move].target
    tx.execute(sql("set_booking_state"), (target, tx.millis, ticket, row.id))
    tx.fact(
        f"booking.{_TOLD[move]}", booking=row.id, lane=row.lane, day=row.day, state=target,
        start=from_millis(row.start).isoformat(), ticket=ticket, **{"from": row.state},
    )  # fmt: skip


def require_move(row: BookingRow, move: Move) -> None:
    """Refuse a move that the state table does not have."""
    if row.state not in MOVES[move].sources:
        raise over(row.state)


def over(state: State) -> Refused:
    """The refusal for a booking that stands in a state from which the move does not start."""
    zh, en = STATE_WORDS[state]
    return Refused("booking_over", state_zh=zh, state=en)


_TOLD = {
    Move.CONFIRM: "confirmed",
    Move.CHECK_IN: "checked_in",
    Move.CANCEL: "cancelled",
    Move.LAPSE: "lapsed",
    Move.MISS: "missed",
}


def appointment_of(keys: Keys, row: BookingRow) -> Appointment | None:
    """The booking as its holder is told of it; None without a contact."""
    if row.contact is None:
        return None
    channel, address, language = json.loads(keys.unseal(row.contact))
    contact = Contact(Channel(channel), address, language)
    return Appointment(row.id, contact, row.lane, from_millis(row.start), short_code(row.id, keys.booking))


def sealed_contact(keys: Keys, contact: Contact) -> bytes:
    """Where to tell somebody, as the file keeps it."""
    return keys.seal(json.dumps([contact.channel, contact.address, contact.language]))
