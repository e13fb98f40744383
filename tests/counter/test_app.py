"""The whole counter as a process: a clerk's keys, both shapes, both languages, and no warning on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver
from shared.testing import PIN, RunningHub, id_number

WINDOW = 2


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def numbers(hub: RunningHub) -> list[str]:
    """Three people wait; the first one came with an ID card and a matter."""
    kiosk = hub.client("citizen-kiosk")
    person = m.Identity(number=id_number(), name="张三")
    first = m.TakeTicket(channel="kiosk", matter="yyzz-bg", identity=person)
    later = m.TakeTicket(channel="kiosk", lane="A")
    return [kiosk.ask(m.TakenTicket, "take_ticket", body).ticket.number for body in (first, later, later)]


@pytest.fixture
def robot(hub: RunningHub, numbers: list[str], state: Path) -> Iterator[RobotDriver]:
    """A counter that is enrolled for window 2, at its first question."""
    offer = hub.operator.ask(
        m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="窗口", window=WINDOW)
    )
    arguments = ("--hub", hub.url, "--enrol", offer.code, "--state", str(state), "--size", "1366x768")
    with RobotDriver("counter", *arguments) as driver:
        driver.wait("sign-in", "enabled", is_=True)
        yield driver
        assert driver.warnings == []
        assert PIN not in "\n".join(driver.log)


def sit_down(robot: RobotDriver) -> None:
    robot.type("1001")
    robot.key("Return")
    robot.type(PIN)
    robot.key("Return")
    robot.wait("windows", "activeFocus", is_=True)
    robot.wait("open-window", "enabled", is_=True)
    robot.key("Return")
    robot.wait("next", "enabled", is_=True)


def test_a_clerk_never_needs_the_mouse(robot: RobotDriver, numbers: list[str]) -> None:
    sit_down(robot)
    assert robot.get("window-title", "text") == f"{WINDOW} 号窗口"
    robot.key("F12")
    robot.key("F12")  # a double press calls once
    robot.wait("number", "text", is_=numbers[0])
    robot.wait("start", "enabled", is_=True)
    assert robot.get("holder", "text") == "张*"
    assert robot.get("matter", "text") == "营业执照变更"
    robot.key("F11")
    robot.wait("calls", "text", contains="2")
    robot.key("F10")
    robot.wait("finish", "enabled", is_=True)
    robot.key("F3")
    robot.wait("holder", "text", is_="张三")
    robot.key("F8")
    robot.wait("miss-note", "text", contains="已在办理")
    robot.key("F12")
    robot.wait("number", "text", is_=numbers[1])
    robot.wait("served", "text", is_="1")
    robot.key("F7")
    robot.wait("dialog")
    robot.key("B")
    robot.key("Return")
    robot.gone("dialog")
    robot.wait("state", "text", is_="空闲")
    robot.key("F4")
    robot.wait("dialog")
    robot.key("3")
    robot.key("Return")
    robot.wait("state", "text", contains="午休")
    assert robot.get("next", "enabled") is False


def test_a_switch_of_shapes_loses_nothing(robot: RobotDriver, numbers: list[str]) -> None:
    sit_down(robot)
    robot.key("F12")
    robot.wait("start", "enabled", is_=True)
    robot.key("F1")
    robot.wait("bar-number", "text", is_=numbers[0])
    robot.gone("number")
    assert robot.get("bar", "height") == 56
    robot.click("bar-start")
    robot.wait("bar-finish", "enabled", is_=True)
    robot.click("bar-next")
    robot.wait("bar-number", "text", is_=numbers[1])
    robot.click("bar-open")
    robot.wait("number", "text", is_=numbers[1])
    robot.gone("bar-number")


def test_english_and_back(robot: RobotDriver) -> None:
    robot.click("language")
    robot.wait("sign-in", "text", is_="Sign in")
    sit_down(robot)
    robot.wait("next", "text", is_="Next")
    assert robot.get("window-title", "text") == f"Window {WINDOW}"
    robot.click("language")
    robot.wait("next", "text", is_="下一位")


def test_a_wrong_pin_is_told_and_the_field_is_empty_again(robot: RobotDriver) -> None:
    robot.type("1001")
    robot.key("Return")
    robot.type("1111")
    robot.key("Return")
    robot.wait("sign-in-problem", "text", is_="工号或密码不正确。")
    assert robot.get("pin", "text") == ""
    assert robot.get("pin", "activeFocus") is True
    robot.type(PIN)
    robot.key("Return")
    robot.wait("windows")
