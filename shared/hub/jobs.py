"""What the hub does by itself: the heartbeat, the waits on the boards, and asking for the rollover."""

import asyncio
import logging
from datetime import date, timedelta

from shared.domain.moments import due_day
from shared.hub.core import Hub, reply_of
from shared.protocol.events import BEAT_SECONDS
from shared.protocol.messages import Estimate
from shared.protocol.routes import BY_NAME
from shared.services.days import roll_day
from shared.services.viewing import newcomers_wait
from shared.store.queries import sql
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)

LONGEST_LEAP = timedelta(days=31)
"""A clock further ahead of the business day than this is taken for wrong: a manager must say so."""


async def run_jobs(hub: Hub) -> None:
    """Run until cancelled."""
    while True:
        await roll_when_due(hub)
        hub.stream.tell_estimates(_waits(hub))
        hub.stream.beat(failing=hub.writer.failing)
        await asyncio.sleep(BEAT_SECONDS)


async def roll_when_due(hub: Hub) -> None:
    """Ask for the rollover when the clock has passed the hall's change of day.

    The stored day decides: a clock that steps back asks for nothing, one that leaps is not believed.
    """
    stored = date.fromisoformat(hub.reading.execute(sql("business_day")).fetchone()[0])
    due = due_day(hub.clock.now(), hub.plan.day_change)
    if due <= stored:
        return
    if due - stored > LONGEST_LEAP:
        log.warning(
            "the clock says %s but the business day is %s: roll it by hand if that is right", due, stored
        )
        return

    def run(tx: Transaction) -> Reply:
        return reply_of(roll_day(tx, due), BY_NAME["roll_day"])

    await hub.write(run, "hub")


def _waits(hub: Hub) -> dict[str, Estimate | None]:
    counts = hub.reading.execute(sql("waiting_counts"))
    now = hub.clock.now()
    return {letter: newcomers_wait(hub.estimator, letter, waiting, now) for letter, waiting in counts}
