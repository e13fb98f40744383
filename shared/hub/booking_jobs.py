"""What the hub does for bookings by itself: holds lapse, places follow the rota, places go to who waits."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial

from shared.domain.capacity import Terms
from shared.domain.moments import to_millis
from shared.hub.core import Hub
from shared.protocol.events import BEAT_SECONDS
from shared.services.booking import lapse_holds
from shared.services.booking_times import earliest_start
from shared.services.hall import HallPlan
from shared.services.places import DayPlaces, current_terms, days_ahead, differs, open_day, terms_of, work_out
from shared.services.waiting_list import offer_free_places
from shared.store.house import House
from shared.store.queries import sql
from shared.store.sqlite import connect
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Seen:
    """The newest fact that places were worked out after; 0 before the first time."""

    cause: int = 0


async def run_bookings(hub: Hub) -> None:
    """Run until cancelled."""
    seen = Seen()
    while True:
        for job in (partial(lapse_due, hub), partial(open_due, hub, seen), partial(offer_due, hub)):
            try:
                await job()
            except Exception:
                log.exception("a job of bookings failed")  # the next look may succeed
        await asyncio.sleep(BEAT_SECONDS)


async def lapse_due(hub: Hub) -> None:
    """Give back what nobody confirmed in time."""
    if hub.reading.execute(sql("holds_over"), (to_millis(hub.clock.now()),)).fetchone():
        await _change(hub, partial(lapse_holds, plan=hub.plan))


async def open_due(hub: Hub, seen: Seen) -> None:
    """Work the days ahead out anew when something says who is on duty when otherwise than before.

    Each day is a change of its own.
    """
    cause = hub.reading.execute(sql("newest_cause"), (seen.cause,)).fetchone()[0]
    if cause is None or cause > hub.stream.head:  # told only once the plan in memory has it
        return
    if current_terms(hub.reading).automatic:
        now, plan = hub.clock.now(), hub.plan
        terms = terms_of(hub.reading, plan, now)
        for day in days_ahead(now):
            found = await asyncio.to_thread(_work_out, hub.house, plan, terms, day)
            if differs(hub.reading, found, now):
                await _change(hub, partial(open_day, plan=plan, found=found))
    seen.cause = cause


def _work_out(house: House, plan: HallPlan, terms: Terms, day: date) -> DayPlaces:
    """Counted in a thread, beside everything that is served meanwhile."""
    with closing(connect(house.database, read_only=True)) as connection:
        return work_out(connection, plan, terms, day)


async def offer_due(hub: Hub) -> None:
    """Hold places that came free for whoever waits for one."""
    earliest = earliest_start(hub.clock.now())
    for lane, day in hub.reading.execute(sql("days_waited_for"), (earliest,)).fetchall():
        await _change(hub, partial(offer_free_places, plan=hub.plan, lane=lane, day=day))


async def _change(hub: Hub, work: Callable[[Transaction], object]) -> None:
    def run(tx: Transaction) -> Reply:
        work(tx)
        return Reply(204, b"")

    await hub.write(run, "hub")
