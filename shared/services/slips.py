"""What became of the slip: a number counts once somebody holds it, on paper or on a screen."""

from shared.protocol.messages import SlipEvent
from shared.store.tickets import TicketRow
from shared.store.transaction import Transaction


def record_slip(tx: Transaction, ticket: TicketRow, outcome: SlipEvent) -> None:
    """Keep the outcome as a fact; the number itself never changes by it."""
    tx.fact(f"slip.{outcome}", ticket=ticket.id, number=ticket.display)
