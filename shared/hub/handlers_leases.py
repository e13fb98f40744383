"""The handlers of numbers lent to kiosks."""

from datetime import date

from shared.domain.blocks import days_from
from shared.hub.core import Call, Hub
from shared.hub.registry import write
from shared.protocol import leases as p
from shared.protocol import messages as m
from shared.services.leasing import Lease, lease_numbers, walk_ins
from shared.services.reconciling import Entry, reconcile
from shared.services.viewing import ticket_view
from shared.store.queries import sql
from shared.store.transaction import Transaction


@write
def lease_blocks(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Lend the device what it needs for 72 hours alone."""
    held = {block.lease: block.unused for block in call.body.held}
    leases = lease_numbers(tx, hub.plan, call.actor.device, held)
    today = date.fromisoformat(tx.execute(sql("business_day")).fetchone()[0])
    return p.LeasedNumbers(
        now=tx.now,
        day=today,
        day_change=f"{hub.plan.day_change:%H:%M}",
        blocks=[_block(lease) for lease in leases],
        lanes=[
            _lane_day(hub, day, lane.letter) for day in days_from(today) for lane in hub.plan.lanes.values()
        ],
    )


@write
def reconcile_number(hub: Hub, call: Call, tx: Transaction) -> m.Answer:
    """Bring in one number that was given without the hub."""
    entry = Entry(call.request_id or b"", call.params["id"], call.body)
    row = reconcile(tx, hub.plan, hub.estimator, call.actor, entry)
    return ticket_view(tx.connection, hub.estimator, row, tx.now)


def _block(lease: Lease) -> p.Block:
    return p.Block(lease=lease.id, day=lease.day, lane=lease.lane, first=lease.first, last=lease.last)


def _lane_day(hub: Hub, day: date, letter: str) -> p.LaneDay:
    spans = walk_ins(hub.plan.lanes[letter], day, hub.plan.day_change)
    return p.LaneDay(day=day, lane=letter, open=[p.Opening(start=start, end=end) for start, end in spans])
