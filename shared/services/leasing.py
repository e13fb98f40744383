"""Numbers lent to kiosks: enough of each lane and day for 72 hours without the hub, and what is left over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from shared.domain.blocks import REMEMBERED, days_from, first_to_lend, gaps, needed
from shared.domain.hours_spans import Access
from shared.domain.moments import HALL_ZONE
from shared.services.hall import HallPlan, LanePlan
from shared.services.manual import numbers_never_given
from shared.store.queries import sql
from shared.store.transaction import Transaction

Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Lease:
    """Numbers `first` to `last` of a lane and day, lent to a device."""

    id: int
    day: date
    lane: str
    first: int
    last: int
    device: int


def lease_numbers(tx: Transaction, plan: HallPlan, device: int, held: Mapping[int, int]) -> list[Lease]:
    """What `device` may give from now on, topped up. `held`: the leases it has stored, each with the first
    number that it has not used.

    A lease it does not hold never reached its store, so it is over, as are those of past days. Ask only
    when all that was given has been brought in.
    """
    days = days_from(date.fromisoformat(tx.execute(sql("business_day")).fetchone()[0]))
    kept = [lease for lease in open_leases(tx, device) if _keep(tx, lease, held, days[0])]
    lanes = [lane.letter for lane in plan.lanes.values() if lane.on_kiosk]
    wanted = {letter: needed(_busiest(tx, letter, days[0])) for letter in lanes}
    for day in days:
        for letter, count in wanted.items():
            mine = [lease for lease in kept if (lease.day, lease.lane) == (day, letter)]
            if sum(_left(lease, held.get(lease.id)) for lease in mine) < count:
                kept.append(_lend(tx, day, letter, count, device))
    return kept


def settle_forgotten(tx: Transaction, before: date) -> None:
    """Settle what was lent for days before `before` and never settled."""
    for row in tx.execute(sql("open_leases_before"), (before.isoformat(),)).fetchall():
        settle(tx, _lease(row))


def open_leases(tx: Transaction, device: int) -> list[Lease]:
    """What a device may still give."""
    return [_lease(row) for row in tx.execute(sql("open_leases"), (device,)).fetchall()]


def find_lease(tx: Transaction, lease: int) -> Lease | None:
    """The lease with this id, settled or not."""
    row = tx.execute(sql("lease_by_id"), (lease,)).fetchone()
    return None if row is None else _lease(row)


def settle(tx: Transaction, lease: Lease) -> None:
    """Note the numbers nobody was given. They stay gaps for ever."""
    span = (lease.day.isoformat(), lease.lane, lease.first, lease.last)
    given = [row[0] for row in tx.execute(sql("given_by_lease"), span).fetchall()]
    tx.execute(sql("settle_lease"), (tx.millis, lease.id))
    unused = gaps(lease.first, lease.last, given)
    tx.fact("numbers.settled", **_told(lease), given=len(given), unused=unused)
    for first, last in unused:
        numbers_never_given(tx, lease.day.isoformat(), lease.lane, first, last)


def walk_ins(lane: LanePlan, day: date, change: time) -> list[Moments]:
    """When a lane gives numbers on a business day, which lasts from one change of day to the next."""
    begins = datetime.combine(day, change, HALL_ZONE)
    ends = datetime.combine(day + timedelta(days=1), change, HALL_ZONE)
    found: list[Moments] = []
    for on in (day, day + timedelta(days=1)):
        midnight = datetime.combine(on, time(), HALL_ZONE)
        for span in lane.hours.spans_on(on):
            start = max(begins, midnight + timedelta(minutes=span.start))
            end = min(ends, midnight + timedelta(minutes=span.end))
            if span.access is Access.WALK_IN and start < end:
                found.append((start, end))
    return found


def _keep(tx: Transaction, lease: Lease, held: Mapping[int, int], today: date) -> bool:
    keeps = lease.id in held and lease.day >= today
    if not keeps:
        settle(tx, lease)
    return keeps


def _left(lease: Lease, unused: int | None) -> int:
    return lease.last - max(lease.first, unused or lease.first) + 1


def _lend(tx: Transaction, day: date, letter: str, count: int, device: int) -> Lease:
    first = first_to_lend(tx.execute(sql("last_number_of_day"), (day.isoformat(), letter)).fetchone()[0])
    last = first + count - 1
    row = (day.isoformat(), letter, first, last, device, tx.millis)
    lease = Lease(tx.execute(sql("insert_lease"), row).fetchone()[0], day, letter, first, last, device)
    tx.fact("numbers.leased", **_told(lease))
    return lease


def _busiest(tx: Transaction, letter: str, today: date) -> int:
    since = (today - REMEMBERED).isoformat()
    count: int = tx.execute(sql("busiest_day"), (letter, since)).fetchone()[0]
    return count


def _lease(row: tuple[Any, ...]) -> Lease:
    number, day, lane, first, last, device = row
    return Lease(number, date.fromisoformat(day), lane, first, last, device)


def _told(lease: Lease) -> dict[str, object]:
    return {
        "lease": lease.id,
        "day": lease.day.isoformat(),
        "lane": lease.lane,
        "first": lease.first,
        "last": lease.last,
        "device": lease.device,
    }
