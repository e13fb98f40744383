"""A clerk's day on a real hub: from signing in to closing, by the keys."""

from collections.abc import Callable

from counter.testing import CounterInHand
from counter.viewmodels import words as w
from shared.domain.ordering import Priority
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.testing import PIN, RunningHub, id_number

NewDesk = Callable[..., CounterInHand]
Take = Callable[..., m.Ticket]


def test_a_wrong_pin_is_told_and_enough_of_them_lock_the_number(new_desk: NewDesk) -> None:
    desk = new_desk()
    desk.sign_in(pin="0000")
    assert (desk.step, desk.problem) == ("sign-in", "工号或密码不正确。")
    for _ in range(4):
        desk.sign_in(pin="0000")
    assert "分钟后再试" in desk.problem
    desk.sign_in(pin=PIN)
    assert desk.step == "sign-in", "the right PIN does not help while the lock-out lasts"
    assert "分钟后再试" in desk.problem


def test_the_day_from_opening_to_closing(new_desk: NewDesk, take: Take) -> None:
    first, second = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line == [first.number, second.number])
    desk.press("next")
    assert desk.now == (first.number, "called")
    desk.press("recall")
    assert desk.counter.now.property("calls") == w.say(w.CALLED_TIMES, count=2)
    desk.press("start")
    assert desk.now == (first.number, "serving")
    desk.press("next")
    assert desk.now == (second.number, "called"), "next finishes the one in service first"
    desk.press("miss")
    assert desk.now == ("", "")
    day = desk.counter.my_day
    desk.until(lambda: (day.property("served"), day.property("missed")) == ("1", "1"))
    desk.press("close-window")
    assert desk.step == "window"
    desk.press("sign-out")
    assert desk.step == "sign-in"


def test_next_does_not_drop_one_who_was_only_called(new_desk: NewDesk, take: Take) -> None:
    called = take()
    take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.press("next")
    desk.counter.actions._last = ("", float("-inf"))  # a press of its own, not a double one
    desk.press("next")
    assert desk.now == (called.number, "called")
    assert desk.note[0] == "next"
    assert called.number in desk.note[1]


def test_a_double_press_makes_one_call(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    first = take()
    take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    for _ in range(5):
        desk.counter.actions.press("next")
    desk.wait_idle()
    assert desk.now == (first.number, "called")
    queue = hub.operator.ask(m.Queue, "queue")
    assert [t.number for t in queue.tickets if t.state == "called"] == [first.number]
    assert desk.counter.seat.ticket is not None
    assert desk.counter.seat.ticket.calls == 1


def serving_while_one_waits(new_desk: NewDesk, take: Take) -> tuple[CounterInHand, m.Ticket]:
    first, second = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    for key in ("next", "start"):
        desk.press(key)
    assert desk.now == (first.number, "serving")
    return desk, second


def test_a_press_that_comes_before_the_answer_waits_for_it(new_desk: NewDesk, take: Take) -> None:
    desk, second = serving_while_one_waits(new_desk, take)
    for key in ("finish", "next", "next"):
        desk.counter.actions.press(key)
    assert desk.counter.orders.unsure == "finish", "the answer is still out"
    desk.until(lambda: desk.now == (second.number, "called"), "the second press is lost")


def test_a_press_that_waits_never_meets_another_citizen(new_desk: NewDesk, take: Take) -> None:
    """Next, and in the same moment a key that meant whoever sat there."""
    desk, second = serving_while_one_waits(new_desk, take)
    told: list[str] = []
    desk.counter.actions.asked.connect(told.append)
    for key in ("next", "transfer"):
        desk.counter.actions.press(key)
    desk.until(lambda: desk.now == (second.number, "called"))
    desk.wait_idle()
    assert told == []


def test_a_press_that_waited_for_a_refusal_is_dropped(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 1)
    told: list[str] = []
    desk.counter.actions.asked.connect(told.append)
    desk.counter.orders.run("next", "call_next", m.CallNext(), no=99)
    desk.counter.actions.press("why")
    desk.wait_idle()
    assert desk.note[0] == "next"
    assert told == []


def test_hold_and_go_on(new_desk: NewDesk, take: Take) -> None:
    held = take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    for key in ("next", "start", "hold"):
        desk.press(key)
    assert desk.now == ("", "")
    desk.choose("held", held.number)
    assert desk.now == (held.number, "serving")


def test_a_missed_ticket_returns_once_behind_the_others(new_desk: NewDesk, take: Take) -> None:
    late, patient = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.press("next")
    desk.press("miss")
    desk.choose("missed", late.number)
    desk.until(lambda: desk.line == [patient.number, late.number])
    reasons = [row.why for row in desk.counter.line.property("rows").rows]
    assert reasons == ["", w.say(w.WHY["returned"])]


def test_a_transfer_and_back_keeps_its_place_and_says_why(new_desk: NewDesk, take: Take) -> None:
    ticket = take()
    here, there = new_desk().open(1), new_desk().open(2, clerk="1002")
    here.until(lambda: here.line)
    here.press("next")
    here.press("start")
    here.counter.transfer.begin()
    targets = [row.key for row in here.counter.transfer.property("rows").rows]
    assert "window-1" not in targets, "not to itself"
    here.counter.transfer.send(targets.index("window-2"), "请核对面积", and_back=True)
    here.wait_idle()
    assert here.now == ("", "")
    there.until(lambda: there.line == [ticket.number])
    (row,) = there.counter.line.property("rows").rows
    assert w.say(w.WHY["for_us"]) in row.why
    there.press("next")
    assert there.counter.now.property("note") == "请核对面积"
    assert there.counter.now.property("goesBack") == w.say(w.GOES_BACK, window=1)
    there.press("start")
    there.press("finish")
    here.until(lambda: here.line == [ticket.number])


def test_a_chosen_ticket_is_called_for_a_reason_that_becomes_a_fact(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    take()
    chosen = take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.choose("pick", chosen.number, "  ")
    assert desk.note == ("pick", w.say(w.SAY_WHY))
    desk.choose("pick", chosen.number, "行动不便")
    assert desk.now == (chosen.number, "called")
    assert "行动不便" in reasons_of(hub, "ticket.called")


def test_cancel_before_the_window_and_in_the_line(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    called, waiting = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.choose("pick", waiting.number, "取错队列", cancel=True)
    desk.until(lambda: waiting.number not in desk.line)
    desk.press("next")
    desk.counter.reason.begin("cancel")
    desk.counter.reason.give("办事人放弃")
    desk.wait_idle()
    assert desk.now == ("", "")
    assert called.number not in desk.line
    assert reasons_of(hub, "ticket.cancelled") == ["取错队列", "办事人放弃"]


def test_a_pause_says_why_and_ends(new_desk: NewDesk, take: Take) -> None:
    take()
    desk = new_desk().open(1)
    desk.counter.reason.begin("pause")
    desk.counter.reason.give("整理材料")
    desk.wait_idle()
    desk.until(lambda: desk.window_state == "paused")
    assert "整理材料" in desk.counter.now.property("stateText")
    desk.press("next")
    assert desk.note[0] == "next", "nobody is called while the window pauses"
    desk.press("pause")
    desk.until(lambda: desk.window_state == "open")


def test_the_name_is_masked_until_it_is_asked_for_and_again_with_the_next(
    new_desk: NewDesk, take: Take, hub: RunningHub
) -> None:
    take(identity=m.Identity(number=id_number(serial=1), name="张三丰"))
    take(identity=m.Identity(number=id_number(serial=2), name="李四"))
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.press("next")
    now = desk.counter.now
    assert now.property("holder") == "张*"
    desk.press("show-name")
    assert now.property("holder") == "张三丰"
    assert len(facts(hub, "ticket.name_shown")) == 1
    desk.press("start")
    assert now.property("holder") == "张三丰", "still the same citizen"
    desk.press("next")
    assert now.property("holder") == "李*"
    assert not now.property("nameShown")


def test_priority_and_matter_are_shown(new_desk: NewDesk, take: Take) -> None:
    take()
    take(matter="yyzz-bg", priority=Priority.ELDERLY)
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    first, second = desk.counter.line.property("rows").rows
    assert (first.why, first.matter) == (w.say(w.WHY["elderly"]), "营业执照变更"), "20 minutes of credit"
    assert second.why == ""
    desk.press("next")
    assert desk.counter.now.property("materials") == ["营业执照", "身份证"]


def test_the_window_of_the_clerk_is_taken_up_again(new_desk: NewDesk, take: Take) -> None:
    ticket = take()
    before = new_desk().open(2)
    before.until(lambda: before.line)
    before.press("next")
    before.bridge.close()  # the computer died with a citizen before the window
    after = new_desk()
    after.sign_in()
    rows = after.counter.windows.property("rows").rows
    assert rows[after.counter.windows.property("first")].no == 2
    after.counter.windows.open(2)
    after.until(lambda: after.now == (ticket.number, "called"))
    after.press("start")
    assert after.now == (ticket.number, "serving")


def facts(hub: RunningHub, name: str) -> list[FactEvent]:
    """All facts of this name so far, as a manager's stream tells them."""
    newest = hub.operator.ask(m.Board, "board").seq
    found: list[FactEvent] = []
    with hub.operator.events(after=0) as stream:
        for batch in stream:
            found += [event for event in batch if isinstance(event, FactEvent)]
            if found and found[-1].seq >= newest:
                break
    return [fact for fact in found if fact.name == name]


def reasons_of(hub: RunningHub, name: str) -> list[str]:
    return [fact.data["reason"] for fact in facts(hub, name) if fact.data.get("reason")]
