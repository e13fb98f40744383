"""Going on without the hub: numbers from the lent blocks, and bringing in what was given.

Every function waits for the disk or the hub and runs in a worker, never in the thread of the screen.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kiosk.spool import Entry, Spool
from kiosk.visit import Order
from shared.client.api import HubClient
from shared.client.errors import HubRefused
from shared.protocol.leases import LeasedNumbers, LeaseNumbers, ReconcileNumber
from shared.protocol.messages import Board, TakenTicket, Ticket
from shared.store.sqlite import Error

_log = logging.getLogger(__name__)

MachineClock = Callable[[], datetime]


def machine_clock() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Standby:
    """What a kiosk falls back on when the hub cannot be reached."""

    spool: Spool
    clock: MachineClock = machine_clock

    def now(self) -> datetime:
        """The hub's clock as far as it is known."""
        return self.spool.stock.now(self.clock())

    def can_give(self, lane: str) -> bool:
        """Whether a lane has a number left for now; asks no disk."""
        return self.spool.stock.can_give(lane, self.now())

    def give(self, order: Order) -> TakenTicket | None:
        """The next lent number, on the disk; None when there is none, or it cannot be written."""
        try:
            entry = self.spool.take(order, self.now())
        except (Error, OSError):
            _log.exception("no number can be given without the hub")
            return None
        return None if entry is None else entry.as_taken()


def catch_up(client: HubClient, spool: Spool, clock: MachineClock = machine_clock) -> bool:
    """Bring in what was given, then have the blocks topped up. False while a slip is still on its way out.

    Raises `HubError` when the hub is lost again; what it has answered is noted, so nothing is told twice.
    """
    if not bring_in(client, spool):
        return False
    leased = client.ask(LeasedNumbers, "lease_blocks", LeaseNumbers(held=spool.held()))
    spool.keep(leased, clock())
    spool.remember(client.ask(Board, "board"))
    return True


def bring_in(client: HubClient, spool: Spool) -> bool:
    """Tell the hub of every number that it does not know, in the order of issue; True when all are told."""
    for entry in spool.pending():
        if entry.slip is None:
            return False
        _tell(client, spool, entry)
    return True


def _tell(client: HubClient, spool: Spool, entry: Entry) -> None:
    """Bring one in. Raises `HubError` when the outcome is not known, or may be better later."""
    body = ReconcileNumber(
        number=entry.number,
        taken_at=entry.taken_at,
        priority=entry.priority,
        matter=entry.matter,
        slip=entry.slip or "unconfirmed",
        instead_of=UUID(entry.instead_of),
    )
    try:
        ticket = client.ask(Ticket, "reconcile_number", body, request_id=entry.id, id=entry.lease)
    except HubRefused as refusal:
        if refusal.status >= 500 or refusal.status in (401, 403, 429):
            raise
        _log.error("the hub does not take %s%03d: %s", entry.lane, entry.number, refusal)
        spool.refused(entry, refusal.code)
    else:
        spool.joined(entry, ticket.id)
