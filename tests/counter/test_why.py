"""Why, at the desk: by key and by mouse, for the ticket before the window and the line; nothing blocks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter.testing import CounterInHand
from shared.domain.ordering import Priority
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver
from shared.testing import PIN, RunningHub

NewDesk = Callable[..., CounterInHand]
Take = Callable[..., m.Ticket]


def rows(desk: CounterInHand) -> list[str]:
    return [row.sentence for row in desk.counter.why.property("rows").rows]


def asked(desk: CounterInHand) -> list[str]:
    return [row.number for row in desk.counter.why.property("tickets").rows]


def test_each_ticket_of_the_line_is_explained(new_desk: NewDesk, take: Take) -> None:
    first, second, elderly = take(), take(), take(priority=Priority.ELDERLY)
    desk = new_desk().open(1)
    desk.until(lambda: desk.line == [elderly.number, first.number, second.number])
    why = desk.counter.why
    why.want(second.id)
    why.begin()
    assert asked(desk) == desk.line
    assert why.property("isAsking"), "the desk does not wait for the answer"
    desk.until(lambda: why.property("own"))
    assert str(why.property("own")).startswith(f"{second.number} ")
    assert rows(desk)[:3] == [
        "排在前面（2）",
        f"{elderly.number} 先于 {second.number}：65 岁以上老年人，按公示提前 20 分钟",
        rows(desk)[2],
    ]
    assert f"{first.number} 先于 {second.number}：取号更早" in rows(desk)[2]
    why.step(-1)
    desk.until(lambda: len(rows(desk)) > 1 and first.number in rows(desk)[1])
    why.step(-9)
    desk.until(lambda: rows(desk)[:1] == ["前面没有人"])


def test_the_ticket_before_the_window_comes_first(new_desk: NewDesk, take: Take) -> None:
    first, second = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    desk.press("next")
    desk.counter.why.begin()
    assert asked(desk) == [first.number, second.number]
    desk.until(lambda: desk.counter.why.property("own"))
    assert "已叫到 1 号窗口" in str(desk.counter.why.property("own"))
    desk.counter.why.step(1)
    desk.until(lambda: any("取号更早" in row for row in rows(desk)))
    assert any(row.startswith("等候期间被叫到（1）") for row in rows(desk))


def test_a_late_answer_does_not_stand_under_another_number(new_desk: NewDesk, take: Take) -> None:
    first, second = take(), take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 2)
    why = desk.counter.why
    why.begin()
    why.choose(second.id)
    desk.until(lambda: why.property("own"))
    assert second.number in str(why.property("own"))
    assert first.number in rows(desk)[1]


def test_without_the_hub_it_says_so(new_desk: NewDesk, take: Take, hub: RunningHub) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: len(desk.line) == 1)
    hub.process.terminate()
    hub.process.wait(10)
    desk.counter.why.begin()
    desk.until(lambda: desk.counter.why.property("problem"))
    assert "连接中断" in str(desk.counter.why.property("problem"))
    assert rows(desk) == []


def test_nobody_to_ask_about(new_desk: NewDesk) -> None:
    desk = new_desk().open(1)
    desk.press("why")
    assert desk.note == ("why", "现在没有人等候")


@pytest.fixture
def robot(hub: RunningHub, tmp_path: Path) -> Iterator[RobotDriver]:
    offer = hub.operator.ask(
        m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="窗口", window=2)
    )
    arguments = (
        "--hub",
        hub.url,
        "--enrol",
        offer.code,
        "--state",
        str(tmp_path / "s"),
        "--size",
        "1366x768",
    )
    with RobotDriver("counter", *arguments) as driver:
        driver.wait("sign-in", "enabled", is_=True)
        for text in ("1001", PIN):
            driver.type(text)
            driver.key("Return")
        driver.wait("windows", "activeFocus", is_=True)
        driver.wait("open-window", "enabled", is_=True)
        driver.key("Return")
        yield driver
        assert driver.warnings == []


def test_by_key_and_by_mouse(robot: RobotDriver, take: Take) -> None:
    numbers = [take(priority=p).number for p in (Priority.NONE, Priority.NONE, Priority.ELDERLY)]
    robot.wait("next", "enabled", is_=True)
    robot.wait("waiting", "text", contains="3")
    robot.key("Shift+F2")
    robot.wait("why-own", "text", contains=numbers[2])
    robot.key("Down")
    robot.wait("why-own", "text", contains=f"{numbers[0]} ")
    robot.key("Escape")
    robot.gone("dialog")
    robot.click(f"line-{numbers[1]}")
    robot.wait("why-own", "text", contains=f"{numbers[1]} ")
    robot.wait("why-reasons", "count", is_=6)
    robot.click(f"why-{numbers[0]}")
    robot.wait("why-own", "text", contains=f"{numbers[0]} ")
    robot.key("Escape")
    robot.key("F12")
    robot.wait("number", "text", is_=numbers[2])
