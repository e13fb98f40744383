"""Advice of a real hall: looked for, told, kept once, and judged by what happened in its hour."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.commands.advise import main as advise_command
from shared.domain.facts import Fact
from shared.domain.moments import to_millis
from shared.protocol.messages import AdviceNow, CallNext, TakeTicket
from shared.services import calling, taking, windows
from shared.services.advice import arrivals, give, judge, past_advice, to_judge
from shared.services.live import live_hall
from shared.services.people import Actor
from shared.simulation.advice import Action, Advice, advise
from shared.testing import MONDAY_MORNING, Rehearsal, RunningHub, rehearsal, running_hub


def clerk(no: int) -> Actor:
    return Actor("clerk", device=no, clerk=f"10{no:02d}")


def take(hall: Rehearsal, lane: str) -> None:
    body = TakeTicket(channel="kiosk", lane=lane)
    hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body))


def best(hall: Rehearsal) -> Advice:
    now = to_millis(hall.now)
    closed = [hall.plan.desks[no] for no in (2, 3)]
    return advise(live_hall(hall.connection, hall.plan, now), closed, arrivals(hall.connection, now))[0]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """One window open, twenty people in line."""
    with rehearsal(tmp_path / "hall") as hall:
        hall.run(lambda tx: windows.open_window(tx, clerk(1), 1), clerk(1).name)
        for _ in range(20):
            hall.later(minutes=1)
            take(hall, "A")
        yield hall


def facts(hall: Rehearsal, name: str) -> list[Fact]:
    return [fact for fact in hall.facts if fact.name == name]


def test_advice_is_kept_once_while_it_stands(hall: Rehearsal) -> None:
    advice = best(hall)
    assert (advice.action, advice.window) == (Action.OPEN, 2)
    assert hall.run(lambda tx: give(tx, advice)) is True
    assert hall.run(lambda tx: give(tx, advice)) is False
    assert len(facts(hall, "advice.given")) == 1
    (past,) = past_advice(hall.connection, hall.plan)
    assert past.followed is None
    assert past.advice.zh.startswith("建议开放 2 号窗口（综合、工程建设）：今后一小时")
    hall.later(minutes=61)
    assert hall.run(lambda tx: give(tx, advice)) is True, "an hour later it is new"


@pytest.mark.parametrize("follow", [True, False])
def test_after_its_hour_it_is_judged_by_what_happened(hall: Rehearsal, follow: bool) -> None:
    advice = best(hall)
    hall.run(lambda tx: give(tx, advice))
    assert to_judge(hall.connection, to_millis(hall.now)) == []
    if follow:
        hall.later(minutes=5)
        hall.run(lambda tx: windows.open_window(tx, clerk(2), 2), clerk(2).name)
    hall.later(minutes=40)
    no = 2 if follow else 1
    hall.run(
        lambda tx: calling.call_next(tx, hall.plan, hall.estimator, clerk(no), no, False), clerk(no).name
    )
    hall.later(minutes=30)
    (judgement,) = to_judge(hall.connection, to_millis(hall.now))
    assert judgement.followed is follow
    assert judgement.actual.people == 20
    waited = 19 + (45 if follow else 40)
    assert judgement.actual.longest == max(waited, 18 + 60), "nobody else was called in the hour"
    hall.run(lambda tx: judge(tx, judgement))
    hall.run(lambda tx: judge(tx, judgement))
    assert len(facts(hall, "advice.judged")) == 1
    (past,) = past_advice(hall.connection, hall.plan)
    assert (past.followed, past.came_true) == (follow, judgement.came_true)
    assert to_judge(hall.connection, to_millis(hall.now)) == []


def test_a_forecast_that_was_far_off_did_not_come_true(hall: Rehearsal) -> None:
    advice = best(hall)
    hall.run(lambda tx: give(tx, advice))
    hall.later(minutes=61)
    (judgement,) = to_judge(hall.connection, to_millis(hall.now))
    off = abs(judgement.actual.longest - advice.before.longest)
    assert judgement.came_true is (off <= max(5, 0.25 * advice.before.longest))


def test_a_running_hub_advises_its_manager(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fast = ("--start", MONDAY_MORNING.isoformat(), "--rehearse", "30")
    with running_hub(tmp_path, None, *fast) as hub:
        clerk = hub.clerk("1001", window=1)
        kiosk = hub.client("citizen-kiosk")
        for _ in range(25):
            kiosk.call("take_ticket", TakeTicket(channel="kiosk", lane="A"))
        clerk.call("call_next", CallNext(), no=1)
        answer = until_advised(hub)
        assert answer.now[0].action == "open"
        assert answer.past[0].advice == answer.now[0]
        assert advise_command(["--data", str(hub.house.folder)]) == 0
        said = capsys.readouterr().out
        assert answer.now[0].zh in said
        assert "its hour is not over" in said


def until_advised(hub: RunningHub) -> AdviceNow:
    """Ask until the hub has looked at the hall with its line; the hub's clock runs fast."""
    for _ in range(120):
        answer: AdviceNow = hub.operator.call("advice")
        if answer.past:
            return answer
        time.sleep(0.25)
    raise AssertionError(f"no advice: {answer}")
