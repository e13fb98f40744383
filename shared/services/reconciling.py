"""Bringing in what a kiosk gave while the hub was away: at most once, with the place it had then."""

from dataclasses import dataclass
from datetime import date

import msgspec

from shared.domain.estimate import Estimator
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.domain.ticket import MOVES, Move
from shared.protocol.leases import ReconcileNumber
from shared.protocol.messages import TakenTicket
from shared.services.days import expire
from shared.services.hall import HallPlan
from shared.services.leasing import Lease, find_lease
from shared.services.manual import number_joined
from shared.services.people import Actor
from shared.services.serving import give_up
from shared.services.slips import record_slip, void_ticket
from shared.services.taking import Lent, join_lent
from shared.store.queries import sql
from shared.store.tickets import TicketRow, find_ticket, get_ticket
from shared.store.transaction import Transaction

_FOUND = sql("ticket_by_number")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a kiosk brings in: a number of a lease, under a request id of its own."""

    id: bytes
    lease: int
    given: ReconcileNumber


def reconcile(tx: Transaction, plan: HallPlan, estimator: Estimator, actor: Actor, entry: Entry) -> TicketRow:
    """Let the holder of a number join as of the moment it was given; the ticket as it stands then.

    Refused are only numbers that were never lent to this device (`unknown_lease`), and one that was brought
    in by another entry (`number_given`): the same number twice is a fault nobody may paper over. Whatever
    else has changed since, the holder has the number in hand.
    """
    given = entry.given
    lease = find_lease(tx, entry.lease)
    if lease is None or lease.device != actor.device or not lease.first <= given.number <= lease.last:
        raise Refused("unknown_lease")
    if given.instead_of is not None:
        withdraw(tx, actor, given.instead_of.bytes)
    return _known(tx, lease, entry) or _join(tx, plan, estimator, lease, entry)


def withdraw(tx: Transaction, actor: Actor, request_id: bytes) -> None:
    """Undo a `take_ticket` whose answer was lost, whether it was carried out or is still on its way.

    Its number, which nobody can hold, is given up while it waits; a request that was never heard is
    answered no from now on.
    """
    row = tx.execute(sql("find_request"), (request_id,)).fetchone()
    if row is None:
        tx.execute(sql("withdraw_request"), (request_id, tx.millis))
        return
    ticket = _ticket_of_answer(tx, row[1], bytes(row[2]))
    if ticket is None:
        return
    try:
        void_ticket(tx, actor, ticket, "no_answer")
    except Refused:
        return  # called meanwhile: whoever called sees that nobody comes


def _ticket_of_answer(tx: Transaction, status: int, answer: bytes) -> TicketRow | None:
    if status != 201:
        return None
    try:
        taken = msgspec.json.decode(answer, type=TakenTicket)
    except msgspec.DecodeError:
        return None
    return find_ticket(tx.connection, taken.ticket.id)


def _known(tx: Transaction, lease: Lease, entry: Entry) -> TicketRow | None:
    found = tx.execute(_FOUND, (lease.day.isoformat(), lease.lane, entry.given.number)).fetchone()
    if found is None:
        return None
    ticket = get_ticket(tx.connection, found[0])
    if ticket.entry != entry.id:
        raise Refused("number_given", number=ticket.display)
    return ticket


def _join(tx: Transaction, plan: HallPlan, estimator: Estimator, lease: Lease, entry: Entry) -> TicketRow:
    given = entry.given
    matter = plan.matters.get(given.matter or "")
    wanted = matter.id if matter is not None and matter.lane == lease.lane else None
    lent = Lent(lease.day.isoformat(), lease.id, given.number, _taken_at(tx, given), entry.id)
    ticket_id = join_lent(tx, plan, estimator, lease.lane, wanted, given.priority, lent)
    ticket = get_ticket(tx.connection, ticket_id)
    if given.slip == "voided":
        tx.fact("slip.voided", ticket=ticket.id, number=ticket.display, why="no_slip")
        give_up(tx, ticket, reason="no_slip")
    else:
        record_slip(tx, ticket, given.slip)
    number_joined(tx, plan, ticket)
    _expire_when_past(tx, lease, ticket_id)
    return get_ticket(tx.connection, ticket_id)


def _expire_when_past(tx: Transaction, lease: Lease, ticket_id: int) -> None:
    """Unless a window had called it by hand."""
    is_past = lease.day < date.fromisoformat(tx.execute(sql("business_day")).fetchone()[0])
    if is_past and get_ticket(tx.connection, ticket_id).state in MOVES[Move.EXPIRE].sources:
        expire(tx, ticket_id)


def _taken_at(tx: Transaction, given: ReconcileNumber) -> int:
    """A kiosk's clock may run ahead; nobody waits from a moment that has not come."""
    return min(to_millis(given.taken_at), tx.millis)
