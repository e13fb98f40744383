"""Following a real hub: exact, through cuts and restarts, and over within a second."""

import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from shared.client.api import HubRefused
from shared.client.follow import next_door
from shared.client.mirror import Mirror
from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, RunningHub, id_number, running_hub, small_hall

Start = Callable[..., Any]
MOVES = (
    "taken",
    "called",
    "recalled",
    "started",
    "finished",
    "sent_back",
    "missed",
    "returned",
    "transferred",
)
EVERY_MOVE = {f"ticket.{move}" for move in (*MOVES, "held", "resumed", "cancelled")}


def without_waits(mirror: Mirror) -> tuple[object, ...]:
    """All that facts tell; waits are told by events of their own."""
    return (
        mirror.seq,
        {letter: (lane.waiting, lane.open, lane.closed_reason) for letter, lane in mirror.lanes.items()},
        mirror.windows,
        mirror.calls,
        mirror.notices,
        {number: plain(ticket) for number, ticket in mirror.tickets.items()},
    )


def plain(ticket: m.Ticket) -> dict[str, Any]:
    return {key: getattr(ticket, key) for key in ticket.__struct_fields__ if key != "estimate"}


def differing(mirror: Mirror, truth: Mirror) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Tickets that are not alike, as they are folded and as they are told."""
    folded = {number: plain(ticket) for number, ticket in mirror.tickets.items()}
    told = {number: plain(ticket) for number, ticket in truth.tickets.items()}
    unlike = [n for n in folded.keys() | told.keys() if folded.get(n) != told.get(n)]
    return [(folded.get(number), told.get(number)) for number in sorted(unlike)]


class Day:
    """People and clerks who do whatever comes to mind; what the hall refuses does not count."""

    def __init__(self, hub: RunningHub, seed: int) -> None:
        self.kiosk = hub.client("citizen-kiosk")
        self.clerks = {no: hub.clerk(f"100{no}", window=no) for no in (1, 2, 3)}
        self.pick = random.Random(seed)
        self.serial = 0

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            with suppress(HubRefused):
                self.pick.choice([self._take, self._call, *[self._move] * 4])()

    def _take(self) -> None:
        self.serial += 1
        birth = self.pick.choice(["19800101", "19500101"])
        who = m.Identity(number=id_number(birth, self.serial), name="张三")
        self.kiosk.call(
            "take_ticket", m.TakeTicket(channel="kiosk", lane=self.pick.choice("ABC"), identity=who)
        )

    def _call(self) -> None:
        no = self.pick.choice([1, 2, 3])
        self.clerks[no].call("call_next", m.CallNext(finish_current=self.pick.random() < 0.5), no=no)

    def _move(self) -> None:
        tickets = self.kiosk.ask(m.Queue, "queue").tickets
        if not tickets:
            return
        busy = [ticket for ticket in tickets if ticket.state != "waiting"]
        ticket = self.pick.choice(busy if busy and self.pick.random() < 0.8 else tickets)
        clerk = self.clerks[ticket.window or self.pick.choice([1, 2, 3])]
        verb, body = self.pick.choice(
            [
                ("recall_ticket", m.Nothing()),
                ("start_ticket", m.Nothing()),
                ("start_ticket", m.Nothing()),
                ("finish_ticket", m.Nothing()),
                ("miss_ticket", m.Nothing()),
                ("return_ticket", m.Nothing()),
                ("hold_ticket", m.Nothing()),
                ("resume_ticket", m.Nothing()),
                ("transfer_ticket", m.Transfer(lane="B", note="转", and_back=True)),
                ("transfer_ticket", m.Transfer(window=3, and_back=self.pick.random() < 0.5)),
                ("cancel_ticket", m.Reason(reason="不办了")),
                ("call_ticket", m.CallTicket(reason="老人")),
            ]
        )
        clerk.call(verb, body, id=ticket.id)


def test_a_random_day_folds_to_what_the_hub_says(hub: RunningHub, look_on: Start) -> None:
    day = Day(hub, seed=2)
    day.go_on(20)
    clerk = look_on(day.clerks[2])
    display = look_on(hub.client("display"), with_queue=False)
    for _ in range(20):
        day.go_on(50)
        if clerk.names >= EVERY_MOVE:
            break
    truth = Mirror.load(day.clerks[2].ask(m.Board, "board"), day.clerks[2].ask(m.Queue, "queue"))
    clerk.until(lambda: clerk.mirror.seq >= truth.seq)
    assert clerk.mirror.seq == truth.seq
    assert differing(clerk.mirror, truth) == []
    assert without_waits(clerk.mirror) == without_waits(truth)
    assert len(clerk.snapshots) == 1
    assert clerk.names >= EVERY_MOVE
    display.until(lambda: display.mirror.seq >= truth.seq)
    board = display.follower._client.ask(m.Board, "board")
    assert without_waits(display.mirror) == without_waits(Mirror.load(board))


def test_no_call_is_lost_or_told_twice_when_the_hub_is_killed(hub: RunningHub, look_on: Start) -> None:
    day = Day(hub, seed=5)
    display = look_on(hub.client("display"), with_queue=False)
    day.go_on(40)
    hub.kill()
    display.until(lambda: bool(display.losses))
    hub.restart()
    day.go_on(40)
    head = day.kiosk.ask(m.Health, "health").seq
    display.until(lambda: display.facts[-1] == head)
    assert display.facts == sorted(set(display.facts))
    truth = day.kiosk.ask(m.Board, "board").calls
    assert list(reversed(display.calls))[: len(truth)] == truth
    assert display.mirror.lanes["A"].waiting == day.kiosk.ask(m.Board, "board").lanes[0].waiting
    assert [snapshot.is_first for snapshot in display.snapshots] == [True, False]


def test_doors_and_days_bring_a_fresh_snapshot(hub: RunningHub, look_on: Start) -> None:
    onlooker = look_on(hub.client("display"))
    hub.operator.call("close_lane", m.Reason(reason="停电"), letter="B")
    onlooker.until(lambda: not onlooker.mirror.lanes["B"].open)
    assert onlooker.mirror.lanes["B"].closed_reason == "停电"
    hub.operator.call("roll_day", m.RollDay(day=date(2026, 11, 24)))
    onlooker.until(lambda: onlooker.mirror.hall.day == date(2026, 11, 24))


def test_a_lane_that_closes_by_the_clock_is_seen_to_close(tmp_path: Path, look_on: Start) -> None:
    config = small_hall(hours=("Mon-Sun 09:00-09:31",))
    start = ("--start", "2026-11-23T09:30:30+08:00", "--rehearse", "20")
    with running_hub(tmp_path, config, *start) as hub:
        onlooker = look_on(hub.client("display"), with_queue=False)
        assert onlooker.mirror.lanes["A"].open
        onlooker.until(lambda: not onlooker.mirror.lanes["A"].open)
        assert onlooker.mirror.lanes["A"].opens_at is not None


def test_another_credential_sees_what_it_may_see(hub: RunningHub, look_on: Start) -> None:
    day = Day(hub, seed=1)
    counter = hub.client("counter")
    onlooker = look_on(counter)
    onlooker.follower.use(day.clerks[1])
    onlooker.until(lambda: len(onlooker.snapshots) == 2, seconds=2)
    day.clerks[2].call("pause_window", m.Reason(reason="午餐"), no=2)
    onlooker.until(lambda: onlooker.mirror.windows[2].reason == "午餐")
    assert onlooker.losses == []


def test_a_revoked_device_is_told_so(hub: RunningHub, look_on: Start) -> None:
    token = hub.enrol("display")
    onlooker = look_on(hub.with_credential(token))
    devices = hub.operator.ask(m.Devices, "devices").devices
    hub.operator.call("revoke_device", m.Nothing(), id=devices[-1].id)
    onlooker.follower.reload()
    onlooker.until(lambda: bool(onlooker.losses))
    assert isinstance(onlooker.losses[0].error, HubRefused)
    assert onlooker.losses[0].error.code == "revoked"


def test_it_stops_within_a_moment(hub: RunningHub, look_on: Start) -> None:
    onlooker = look_on(hub.client("display"))
    before = time.monotonic()
    onlooker.follower.stop()
    assert time.monotonic() - before < 0.5
    assert not onlooker.follower._thread.is_alive()


def test_the_next_door_is_the_first_that_moves(hub: RunningHub) -> None:
    board = hub.client("display").ask(m.Board, "board")
    lanes = [
        msgspec.structs.replace(lane, closes_at=MONDAY_MORNING + timedelta(hours=hours), opens_at=None)
        for lane, hours in zip(board.lanes, (3, -1, 2), strict=True)
    ]
    assert next_door(msgspec.structs.replace(board, lanes=lanes)) == MONDAY_MORNING + timedelta(hours=2)


def test_a_client_started_anew_goes_on_where_it_was_ended(hub: RunningHub, look_on: Start) -> None:
    day, display = Day(hub, seed=7), hub.client("display")
    day.go_on(30)
    before = day.kiosk.ask(m.Health, "health").seq
    day.go_on(30)
    again = look_on(display, with_queue=False, after=before)
    head = day.kiosk.ask(m.Health, "health").seq
    again.until(lambda: bool(again.facts) and again.facts[-1] == head)
    assert again.facts == list(range(before + 1, head + 1))
    assert not again.snapshots[0].is_first


@pytest.mark.parametrize("back", [6, -1], ids=["too far back", "of another hall"])
def test_what_is_no_news_is_not_read_up(
    hub: RunningHub, look_on: Start, back: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, display = Day(hub, seed=7), hub.client("display")
    day.go_on(30)
    head = day.kiosk.ask(m.Health, "health").seq
    monkeypatch.setattr("shared.client.follow.RESUMED_AT_MOST", 5)
    again = look_on(display, with_queue=False, after=head - back)
    assert again.snapshots[0].is_first
    day.go_on(10)
    head, began = day.kiosk.ask(m.Health, "health").seq, again.snapshots[0].board.seq
    again.until(lambda: bool(again.facts) and again.facts[-1] == head)
    assert again.facts == list(range(began + 1, head + 1))
