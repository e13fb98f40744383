"""A counter as a process: keys as its file says, and the bar on its place, by mouse and by keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter.bar_place import FILE, BarPlace, load_place, save_place
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver
from shared.testing import PIN, RunningHub

Take = Callable[..., m.Ticket]
Start = Callable[..., RobotDriver]


@pytest.fixture
def start(hub: RunningHub, tmp_path: Path) -> Iterator[Start]:
    """Starts `hall counter` as a process; whatever it logs as a warning fails the test."""
    started: list[RobotDriver] = []

    def begin(*arguments: str, window: int | None = None) -> RobotDriver:
        offer = m.OfferDevice(role="counter", name="柜台", window=window)
        code = hub.operator.ask(m.DeviceOffer, "offer_device", offer).code
        state = str(tmp_path / "state")
        robot = RobotDriver(
            "counter", "--hub", hub.url, "--enrol", code, "--state", state, "--size", "1366x768", *arguments
        )
        started.append(robot)
        robot.wait("sign-in", "enabled", is_=True, timeout=20)
        return robot

    yield begin
    for robot in started:
        robot.quit()
        assert robot.warnings == []


def sign_in(robot: RobotDriver) -> None:
    robot.type("1001")
    robot.key("Return")
    robot.type(PIN)
    robot.key("Return")


def test_keys_stand_on_the_keys_as_the_file_says(start: Start, take: Take, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    (tmp_path / "state" / "keys.toml").write_text('[keys]\nnext = "F2"\ndance = "F9"\n', "utf-8")
    ticket = take()
    robot = start(window=3)
    sign_in(robot)
    robot.wait("windows")
    robot.key("Return")
    robot.wait("next", "hint", is_="F2")
    robot.wait("key-problem", "text", contains="dance")
    robot.wait("next", "enabled", is_=True)
    robot.key("F2")
    robot.wait("number", "text", is_=ticket.number)


def test_the_shapes_share_one_state_and_the_bar_keeps_its_place(
    start: Start, take: Take, tmp_path: Path
) -> None:
    ticket = take()
    save_place(tmp_path / "state", BarPlace(0, 40))
    robot = start("--shape", "bar")
    sign_in(robot)
    robot.wait("windows")
    robot.key("Return")
    robot.wait("bar-next", "enabled", is_=True)
    assert (robot.get("bar", "x"), robot.get("bar", "y"), robot.get("bar", "height")) == (0, 40, 56)
    robot.click("bar-next")
    robot.wait("bar-number", "text", is_=ticket.number)
    robot.click("bar-start")
    robot.wait("bar-finish")
    robot.click("bar-open")
    robot.wait("number", "text", is_=ticket.number)
    robot.wait("state", "text", is_="办理中")
    robot.key("F1")
    robot.wait("bar-number", "text", is_=ticket.number)
    robot.click("bar-grip")
    robot.wait("bar", "active", is_=True)
    robot.key("F9")
    robot.wait("bar-number", "text", is_="—")
    robot.key("F1")
    robot.wait("number")
    assert load_place(tmp_path / "state") == BarPlace(0, 40)
    assert FILE in {path.name for path in (tmp_path / "state").iterdir()}
