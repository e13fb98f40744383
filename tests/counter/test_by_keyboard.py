"""The real program by the keyboard alone, in both shapes; nothing unexpected is logged."""

import re
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


def sign_in(robot: RobotDriver, pin: str = PIN) -> None:
    robot.type("1001")
    robot.key("Return")
    robot.type(pin)
    robot.key("Return")


def test_a_citizen_is_served_without_a_mouse(start: Start, take: Take) -> None:
    first, second = take(), take()
    robot = start()
    sign_in(robot, "0000")
    robot.wait("sign-in-problem")
    robot.type(PIN)  # the number stays, the PIN is asked for again
    robot.key("Return")
    robot.wait("windows")
    robot.key("Right")
    robot.key("Return")
    robot.wait("window-title", "text", contains="2")
    robot.wait("next", "main", is_=True)
    robot.key("F12")
    robot.wait("number", "text", is_=first.number)
    robot.wait("start", "main", is_=True)
    robot.key("F10")
    robot.wait("finish", "enabled", is_=True)
    robot.key("F7")
    robot.wait("dialog")
    robot.key("Escape")
    robot.gone("dialog")
    robot.key("F12")
    robot.wait("number", "text", is_=second.number)
    robot.wait("served", "text", is_="1")
    robot.key("F8")
    robot.wait("missed", "count", is_=1)
    robot.key("F5")
    robot.wait("dialog")
    robot.key("Return")
    robot.gone("dialog")
    robot.wait("waiting", "text", contains="1")
    robot.key("F4")
    robot.wait("dialog")
    robot.key("2")
    robot.key("Return")
    robot.wait("state", "text", contains="整理材料")
    robot.wait("pause", "main", is_=True)


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


def test_in_english_no_chinese_word_of_ours_is_left(start: Start, take: Take) -> None:
    take()
    robot = start("--lang", "en")
    sign_in(robot)
    robot.wait("windows")
    robot.key("Return")
    robot.wait("next", "enabled", is_=True)
    robot.key("F12")
    robot.wait("state", "text", is_="Called")
    named = [name for name in robot.names() if name in ACTIONS_SEEN]
    words = [str(robot.get(name, "text")) for name in named]
    assert len(words) >= 12
    assert not [word for word in words if re.search(r"[\u4e00-\u9fff]", word)]


ACTIONS_SEEN = frozenset(
    {"next", "recall", "start", "finish", "miss", "transfer", "hold", "held", "missed", "pick", "cancel"}
    | {"pause", "close-window", "shape", "sign-out", "state", "calls", "waited", "usual", "waiting"}
)
