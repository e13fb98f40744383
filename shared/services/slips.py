"""What became of the slip: a number counts once somebody holds it, on paper or on a screen."""

from shared.domain.refusals import Refused
from shared.domain.ticket import Move, State
from shared.protocol.messages import SlipEvent
from shared.services.people import Actor
from shared.services.serving import give_up
from shared.store.queries import sql
from shared.store.tickets import TicketRow, illegal
from shared.store.transaction import Transaction

_PAPER = sql("paper_of_ticket")
_IN_HAND = frozenset({"slip.printed", "slip.reprinted", "slip.received", "slip.shown"})


def record_slip(tx: Transaction, ticket: TicketRow, outcome: SlipEvent) -> None:
    """Keep the outcome as a fact; the number itself never changes by it."""
    tx.fact(f"slip.{outcome}", ticket=ticket.id, number=ticket.display)


def void_ticket(tx: Transaction, actor: Actor, ticket: TicketRow, why: str) -> TicketRow:
    """Give up a waiting number where it was taken, because nobody holds it.

    Who once had it in hand, by any fact of its slip, keeps it: a kiosk's late errand takes nobody's place.
    """
    if ticket.state is not State.WAITING:
        raise illegal(ticket, Move.CANCEL)
    for name, who in tx.execute(_PAPER, (ticket.id,)):
        if name in _IN_HAND:
            raise Refused("slip_in_hand", number=ticket.display)
        if name == "ticket.taken":
            if who != actor.name:
                raise Refused("taken_elsewhere", number=ticket.display)
            break
    tx.fact("slip.voided", ticket=ticket.id, number=ticket.display, why=why)
    return give_up(tx, ticket, reason=why)
