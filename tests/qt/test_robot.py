"""The robot plays a real app in a process of its own, from enrolment to the exit code."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from shared.protocol import messages as m
from shared.qt.robot_driver import OFFSCREEN, RobotDriver, RobotError
from shared.qt.words import ROOT
from shared.testing import RunningHub

HERE = Path(__file__).parent


def start(hub: RunningHub, state: Path, *arguments: str) -> RobotDriver:
    environment = {**OFFSCREEN, "PYTHONPATH": os.pathsep.join([str(ROOT), str(HERE)])}
    return RobotDriver(
        "toy", "--hub", hub.url, "--state", str(state), "--windowed", *arguments, environment=environment
    )


@pytest.fixture
def robot(hub: RunningHub, tmp_path: Path) -> Iterator[RobotDriver]:
    offer = hub.operator.ask(m.DeviceOffer, "offer_device", m.OfferDevice(role="display", name="玩具"))
    with start(hub, tmp_path / "state", "--enrol", offer.code) as driver:
        yield driver


def test_it_clicks_types_waits_and_looks(robot: RobotDriver, tmp_path: Path) -> None:
    robot.click("key0")
    robot.wait("count", "text", is_="1")
    robot.key("F12")
    robot.wait("count", "text", is_="11")
    robot.click("field")
    robot.type("医bao3")
    assert robot.get("field", "text") == "医bao3"
    robot.wait("toy", "count", at_least=11)
    robot.click("late")
    robot.gone("late")
    assert robot.names("key") == ["key0", "key1", "key2"]
    robot.wait("toy", "online", is_=True)
    robot.grab(tmp_path / "toy.png")
    assert QImage(str(tmp_path / "toy.png")).size().toTuple() == (600, 400)
    assert robot.warnings == []


def test_it_says_why_it_cannot(robot: RobotDriver) -> None:
    with pytest.raises(RobotError, match="there is no nothing"):
        robot.click("nothing", timeout=0.2)
    with pytest.raises(RobotError, match="key2 is not enabled"):
        robot.click("key2", timeout=0.3)
    with pytest.raises(RobotError, match=r"field.text is ''"):
        robot.wait("field", "text", timeout=0.2, is_="x")
    with pytest.raises(RobotError, match="not understood"):
        robot.tell({"dance": True})
    with pytest.raises(RobotError, match="is no key"):
        robot.key("")
    robot.click("key0")


def test_it_quits_at_once_and_knows_its_hub_again(
    robot: RobotDriver, hub: RunningHub, tmp_path: Path
) -> None:
    robot.wait("toy", "online", is_=True)
    began = time.monotonic()
    assert robot.quit() == 0
    assert time.monotonic() - began < 2
    with start(hub, tmp_path / "state") as again:
        again.wait("toy", "online", is_=True)


def test_a_device_that_never_enrolled_is_told_what_to_do(hub: RunningHub, tmp_path: Path) -> None:
    driver = start(hub, tmp_path / "other")
    assert driver.process.wait(10) == 2
    driver.quit()
    assert any("hall enrol --role display" in line for line in driver.log)


def test_a_device_of_another_role_is_told_so(hub: RunningHub, tmp_path: Path) -> None:
    offer = hub.operator.ask(m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="三号"))
    driver = start(hub, tmp_path / "other", "--enrol", offer.code)
    assert driver.process.wait(10) == 2
    driver.quit()
    assert any("enrolled as counter" in line for line in driver.log)
