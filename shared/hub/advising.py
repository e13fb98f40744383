"""Advice on windows: looked for in the child process, kept when it is new, and judged after its hour."""

import asyncio
import logging
from functools import partial

from shared.domain.moments import to_millis
from shared.hub.core import Hub
from shared.hub.forecasting import Oracle
from shared.services.advice import Advised, Judgement, arrivals, give, judge, to_judge
from shared.services.live import live_hall
from shared.simulation.advice import Advice, advise
from shared.simulation.worker import WorkerFault
from shared.store.queries import sql
from shared.store.transaction import Transaction
from shared.store.writer import Reply

log = logging.getLogger(__name__)

EVERY_SECONDS = 120.0
"""Of the hall's own clock."""
_LEAST_SECONDS = 5.0
_DONE = Reply(204, b"")


async def run_advice(hub: Hub, oracle: Oracle) -> None:
    """Run until cancelled."""
    while True:
        try:
            await look(hub, oracle)
        except WorkerFault as fault:
            log.warning("no advice: %s", fault)
        except Exception:
            log.exception("no advice")  # the hall goes on, and the next look may succeed
        await asyncio.sleep(max(_LEAST_SECONDS, EVERY_SECONDS / hub.clock.speed))


async def look(hub: Hub, oracle: Oracle) -> None:
    """Look for advice once, keep the best if it is new, and judge what is due."""
    now = hub.clock.now()
    with hub.snapshot() as connection:
        live = live_hall(connection, hub.plan, to_millis(now))
        closed = [hub.plan.desks[no] for (no,) in connection.execute(sql("closed_windows"))]
        rates = arrivals(connection, to_millis(now))
        due = to_judge(connection, to_millis(now))
    found: tuple[Advice, ...] = ()
    if live.desks or live.waiting:
        found = await oracle.ask(advise, live, closed, rates)
    hub.advised = Advised(now, found)
    if found or due:
        await hub.write(partial(_keep, found[:1], due), "hub")


def _keep(found: tuple[Advice, ...], due: list[Judgement], tx: Transaction) -> Reply:
    for judgement in due:
        judge(tx, judgement)
    for advice in found:
        give(tx, advice)
    return _DONE
