"""The live hall played forward: what the hub knows of it, in a child process, and what follows a fault."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from shared.domain.moments import to_millis
from shared.domain.ordering import Priority
from shared.hub.forecasting import Oracle
from shared.protocol.messages import TakeTicket
from shared.services import calling, serving, taking, windows
from shared.services.live import live_hall
from shared.services.people import Actor
from shared.simulation.rollout import foresee
from shared.simulation.worker import WorkerFault
from shared.store.tickets import get_ticket
from shared.testing import Rehearsal, rehearsal

CLERK = Actor("clerk", device=1, clerk="1001")


def take(hall: Rehearsal, lane: str = "A", priority: Priority = Priority.NONE) -> int:
    request = TakeTicket(channel="kiosk", lane=lane, priority=priority)
    return hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, request))


def serve_one(hall: Rehearsal, minutes: float) -> None:
    row = hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, CLERK, 1, False), CLERK.name)
    assert row is not None
    hall.later(minutes=minutes)
    hall.run(lambda tx: serving.start(tx, hall.plan, CLERK, get_ticket(tx.connection, row.id)), CLERK.name)
    hall.run(lambda tx: serving.finish(tx, get_ticket(tx.connection, row.id)), CLERK.name)


def test_the_live_hall_is_what_the_store_says(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        hall.run(lambda tx: windows.open_window(tx, CLERK, 1), CLERK.name)
        take(hall)
        serve_one(hall, minutes=7)
        first, old, last = take(hall), take(hall, "B", Priority.ELDERLY), take(hall)
        hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, CLERK, 1, False), CLERK.name)
        hall.later(minutes=2)
        live = live_hall(hall.connection, hall.plan, to_millis(hall.now))
        assert [desk.no for desk in live.desks] == [1]
        assert [(at.no, at.lane, live.now - at.since) for at in live.at_windows] == [(1, "B", 120_000)]
        assert {ticket.id for ticket in live.waiting} == {first, last}, "the credit was called first"
        assert old not in {ticket.id for ticket in live.waiting}
        assert live.spans["A"] == (7 * 60_000,)
        assert live.spans["C"] == (10 * 60_000,), "no service yet: what its matters usually take"
        assert live.priorities == {"B": 1 / 60}


def test_a_rollout_is_promised_to_who_waits_and_who_comes(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        hall.run(lambda tx: windows.open_window(tx, CLERK, 1), CLERK.name)
        take(hall)
        serve_one(hall, minutes=7)
        first, second = take(hall), take(hall)
        foreseen = foresee(live_hall(hall.connection, hall.plan, to_millis(hall.now)))
        hall.estimator.foreseen = foreseen
        assert foreseen.tickets[first] == 0
        assert foreseen.tickets[second] == 7
        assert foreseen.newcomers["A"] == 14
        assert get_ticket(hall.connection, take(hall)).rolled_ms == 14 * 60_000
        at = to_millis(hall.now) + 60_000
        assert hall.estimator.for_ticket(second, "A", 1, at).rolled == 6, "one of the seven has passed"
        at += 120_000
        assert hall.estimator.for_newcomer("A", 3, at).rolled is None, "by then it is another hall"


def test_the_child_answers_dies_and_is_replaced() -> None:
    async def story() -> None:
        oracle = Oracle()
        try:
            assert await oracle.ask(divmod, 7, 2) == (3, 1)
            with pytest.raises(WorkerFault, match="ZeroDivisionError"):
                await oracle.ask(divmod, 7, 0)
            child = await oracle.ask(os.getpid)
            assert child != os.getpid()
            os.kill(child, signal.SIGKILL)
            with pytest.raises(WorkerFault, match="does not answer"):
                await oracle.ask(os.getpid)
            assert await oracle.ask(os.getpid) not in (child, os.getpid())
        finally:
            oracle.close()

    asyncio.run(story())
