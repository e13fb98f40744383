"""Why a ticket waits, rebuilt from a day's stays: every sentence true, whatever moment is asked for."""

import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from shared.domain.moments import to_millis
from shared.domain.ordering import Priority
from shared.domain.refusals import Refused
from shared.domain.ticket import Move
from shared.domain.windows import Desk, Takes, When
from shared.protocol import messages as m
from shared.services import calling, serving, taking
from shared.services.explaining import why
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.tickets import apply_move, get_ticket
from shared.testing import Rehearsal, rehearsal


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """A and B served by windows 1 and 2, C by the third as well; three clerks are on duty."""
    with rehearsal(tmp_path / "hall") as hall:
        for no in (1, 2, 3):
            hall.run(partial(open_window, actor=clerk(no), no=no))
        yield hall


def clerk(window: int) -> Actor:
    return Actor("clerk", 7, f"100{window}", 1, window)


def take(hall: Rehearsal, lane: str = "A", priority: Priority = Priority.NONE) -> int:
    hall.later(minutes=1)
    request = m.TakeTicket(channel="kiosk", lane=lane, priority=priority)
    return hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, request))


def call_next(hall: Rehearsal, window: int) -> str:
    hall.later(minutes=1)
    row = hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, clerk(window), window, False))
    assert row is not None
    return row.display


def choose(hall: Rehearsal, ticket: int, window: int) -> None:
    hall.later(minutes=1)
    row = get_ticket(hall.connection, ticket)
    hall.run(lambda tx: calling.call_ticket(tx, hall.plan, hall.estimator, clerk(window), row, "赶车"))


def do(hall: Rehearsal, verb: object, ticket: int, window: int) -> None:
    hall.later(minutes=1)
    row = get_ticket(hall.connection, ticket)
    hall.run(lambda tx: verb(tx, hall.plan, clerk(window), row))  # type: ignore[operator]


def transfer(hall: Rehearsal, ticket: int, window: int, request: m.Transfer) -> None:
    hall.later(minutes=1)
    row = get_ticket(hall.connection, ticket)
    hall.run(lambda tx: serving.transfer(tx, hall.plan, clerk(window), row, request))


def ask(hall: Rehearsal, ticket: int, *, moment: int | None = None, addressed: bool = True) -> m.Why:
    hall.later(seconds=1)
    at = to_millis(hall.now) if moment is None else moment
    return why(hall.connection, hall.plan, get_ticket(hall.connection, ticket), at, addressed=addressed)


def told(found: list[m.Before]) -> list[tuple[str, str]]:
    return [(before.number, before.code) for before in found]


def test_who_is_ahead_is_told_in_the_order_of_the_line(hall: Rehearsal) -> None:
    first, mine, elderly = take(hall), take(hall), take(hall, priority=Priority.ELDERLY)
    take(hall)
    found = ask(hall, mine)
    assert told(found.ahead) == [("A003", "credit"), ("A001", "earlier")]
    assert found.ahead[0].zh == "A003 先于您：65 岁以上老年人，按公示提前 20 分钟"
    assert found.own.zh == "您 09:32 取号，按取号时刻排。"
    assert told(ask(hall, first).ahead) == [("A003", "credit")]
    assert ask(hall, elderly).ahead == []
    assert found.ahead_count == 2


def test_the_order_told_is_the_order_called(hall: Rehearsal) -> None:
    """What is said of the line is what happens to it."""
    for priority in (Priority.NONE, Priority.ELDERLY, Priority.NONE, Priority.PREGNANT):
        take(hall, priority=priority)
    last = take(hall)
    foretold = [before.number for before in ask(hall, last).ahead]
    called = []
    for _ in foretold:
        called.append(call_next(hall, 1))
        ticket = hall.connection.execute("SELECT id FROM tickets WHERE state = 'called'").fetchone()[0]
        do(hall, serving.start, ticket, 1)
        do(hall, serving.finish_own, ticket, 1)
    assert called == foretold
    after = ask(hall, last)
    assert [before.number for before in reversed(after.called)] == foretold
    assert after.ahead == []


def test_who_was_called_meanwhile_and_why(hall: Rehearsal) -> None:
    take(hall)
    mine, later = take(hall), take(hall)
    assert call_next(hall, 1) == "A001"
    choose(hall, later, 2)
    found = ask(hall, mine)
    assert told(found.called) == [("A003", "chosen"), ("A001", "earlier")]
    assert found.called[0].window == 2
    assert found.called[0].zh == "A003 先于您：2 号窗口的工作人员选叫，已记录"
    assert "赶车" not in str(found), "a clerk's reason is for staff"


def test_any_moment_of_the_day_can_be_asked_for(hall: Rehearsal) -> None:
    take(hall)
    mine = take(hall)
    then = to_millis(hall.now)
    call_next(hall, 1)
    call_next(hall, 2)
    assert told(ask(hall, mine, moment=then).ahead) == [("A001", "earlier")]
    assert ask(hall, mine, moment=then).called == []
    now = ask(hall, mine)
    assert now.own.zh == "您的号 09:34 已叫到 2 号窗口。"
    assert (now.ahead, told(now.called)) == ([], [("A001", "earlier")])
    with pytest.raises(Refused, match="A002 was taken later"):
        ask(hall, mine, moment=then - 1)


def test_a_transfer_keeps_its_place_and_says_so(hall: Rehearsal) -> None:
    moved = take(hall, "B")
    mine = take(hall)
    call_next(hall, 1)
    transfer(hall, moved, 1, m.Transfer(lane="A"))
    assert told(ask(hall, mine).ahead) == [("B001", "transferred")]
    assert ask(hall, mine).ahead[0].zh == "B001 先于您：从 B 队列转来，排序时刻不变（09:31，您 09:32）"
    assert ask(hall, moved).own.zh == "您 09:31 取号，按取号时刻排；从 B 队列转来，排序时刻不变。"


def test_a_second_leg_at_another_window(hall: Rehearsal) -> None:
    sent, mine = take(hall), take(hall)
    call_next(hall, 1)
    transfer(hall, sent, 1, m.Transfer(window=2))
    found = ask(hall, mine)
    assert found.ahead[0].zh == "A001 先于您：转到 2 号窗口续办，排序时刻不变（09:31，您 09:32）"
    assert ask(hall, sent).windows == [], "one window alone calls it"
    assert call_next(hall, 1) == "A002", "window 1 may not call it"
    assert told(ask(hall, sent).called) == [("A002", "you_elsewhere")]


def test_back_after_a_missed_call(hall: Rehearsal) -> None:
    mine = take(hall)
    call_next(hall, 1)
    do(hall, serving.miss, mine, 1)
    hall.run(lambda tx: serving.give_back_place(tx, hall.plan, get_ticket(tx.connection, mine)))
    other = take(hall)
    found = ask(hall, mine)
    assert told(found.ahead) == [("A002", "you_returned")]
    assert found.ahead[0].zh == "A002 先于您：您过号后 09:33 返回，排在返回后 10 分钟（09:43，A002 09:34）"
    hall.later(minutes=12)
    late = take(hall)
    assert told(ask(hall, late).ahead) == [("A002", "earlier"), ("A001", "returned")]
    assert told(ask(hall, other).ahead) == []


def test_lines_that_share_a_window_are_told_beside(hall: Rehearsal) -> None:
    take(hall, "B")
    take(hall, "C")
    mine = take(hall)
    found = ask(hall, mine)
    assert told(found.beside) == [("B001", "earlier"), ("C001", "earlier")]
    assert found.ahead == []
    assert [said.zh for said in found.windows] == [
        "1、2 号窗口也叫 B 队列：排序时刻最早的先叫。",
        "3 号窗口也叫 B、C 队列：排序时刻最早的先叫。",
    ]
    assert call_next(hall, 3) == "B001"
    assert told(ask(hall, mine).called) == [("B001", "earlier")]


def test_a_general_window_that_helps_by_a_rule(hall: Rehearsal) -> None:
    """Window 3 belongs to C and helps A only when nobody waits in C: it may call a later number."""
    hall.plan = replace(
        hall.plan, desks={1: Desk(1, ("A", "B")), 3: Desk(3, ("C",), ("A",), Takes(When.OWN_EMPTY))}
    )
    mine = take(hall)
    take(hall, "C")
    assert ask(hall, mine).beside == [], "its number is later: it is not before anyone"
    assert call_next(hall, 3) == "C001"
    found = ask(hall, mine)
    assert told(found.called) == [("C001", "other_line")]
    assert found.called[0].zh == "C001 先于您：3 号窗口当时只叫自己的队列"


def test_a_longest_wait_and_an_appointment(hall: Rehearsal) -> None:
    mine, other = take(hall), take(hall)
    booked = to_millis(hall.now) + 60_000
    hall.connection.execute(
        "UPDATE tickets SET booked_for = ?, due_at = ?, sort_at = ? WHERE id = ?",
        (booked, booked, booked - 600_000, other),
    )
    hall.run(lambda tx: apply_move(tx, get_ticket(tx.connection, other), Move.CALL, window=1))
    hall.run(lambda tx: apply_move(tx, get_ticket(tx.connection, other), Move.TRANSFER, window=None))
    assert told(ask(hall, mine).ahead) == [("A002", "early_appointment")]
    hall.later(minutes=2)
    assert ask(hall, mine).ahead[0].zh == "A002 先于您：预约 09:33 已到点"


def test_staff_read_numbers(hall: Rehearsal) -> None:
    take(hall)
    mine = take(hall)
    found = ask(hall, mine, addressed=False)
    assert found.ahead[0].zh == "A001 先于 A002：取号更早（09:31，A002 09:32）"
    assert found.own.en == "A002: taken at 09:32, by that moment."


def test_a_full_day_is_explained_quickly(hall: Rehearsal) -> None:
    """The day's other tickets cost no more than a look each: against the same question on an empty day."""
    mine = take(hall)
    alone = _cost(hall, mine)
    for _ in range(400):
        row = get_ticket(hall.connection, take(hall))
        hall.run(partial(apply_move, ticket=row, move=Move.CANCEL))
    late = take(hall)
    assert told(ask(hall, late).ahead) == [("A001", "earlier")]
    assert _cost(hall, late) < 20 * alone


def _cost(hall: Rehearsal, ticket: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        ask(hall, ticket)
        return time.perf_counter() - began

    return min(once() for _ in range(20))
