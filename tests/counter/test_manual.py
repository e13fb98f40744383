"""The desk through an outage, on its own screen: numbers typed and noted, a restart, and the way back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter.testing import CounterInHand
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver, RobotError
from shared.testing import PIN, RunningHub
from tests.proofs.links import Relay, linked

Take = Callable[..., m.Ticket]
SILENT = 20.0
"""Seconds within which the counter notices that the hub is gone or back, on a busy machine."""


@pytest.fixture
def line(hub: RunningHub) -> Iterator[Relay]:
    with linked(Relay, hub.url) as link:
        assert isinstance(link, Relay)
        yield link


class Counter:
    """A counter at window 2 that can be started again; whatever it logs as a warning fails the test."""

    def __init__(self, hub: RunningHub, line: Relay, state: Path) -> None:
        offer = hub.operator.ask(
            m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="窗口", window=2)
        )
        self._arguments = ("counter", "--hub", line.url, "--state", str(state), "--size", "1366x768")
        self.robot = RobotDriver(*self._arguments, "--enrol", offer.code)

    def open(self) -> None:
        self.robot.wait("sign-in", "enabled", is_=True, timeout=SILENT)
        self.sign_in()
        self.robot.wait("next", "enabled", is_=True)

    def sign_in(self) -> None:
        self.robot.wait("clerk-input", "activeFocus", is_=True, timeout=SILENT)
        self.robot.type("1001")
        self.robot.key("Return")
        self.robot.type(PIN)
        self.robot.key("Return")
        self.robot.wait("windows", "activeFocus", is_=True)
        self.robot.wait("open-window", "enabled", is_=True)
        self.robot.key("Return")
        self.robot.wait("window-title", "text", is_="2 号窗口")

    def restart(self) -> None:
        """As after a power cut at this computer."""
        self.robot.process.kill()
        self.robot.process.wait(10)
        self.robot.quit()
        self.robot = RobotDriver(*self._arguments)

    def call(self, typed: str, number: str) -> None:
        self.robot.type(typed)
        self.robot.key("Return")
        self.robot.wait("manual-number", "text", is_=number)


def begin(robot: RobotDriver) -> None:
    """The service begins. A key that is pressed while the last order is still out does nothing, by design."""
    for _ in range(10):
        robot.key("F10")
        try:
            robot.wait("finish", "enabled", is_=True, timeout=2.0)
        except RobotError:
            continue
        return
    raise AssertionError("the service does not begin")


@pytest.fixture
def counter(hub: RunningHub, line: Relay, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(hub, line, tmp_path / "state")
    yield made
    made.robot.quit()
    assert made.robot.warnings == []


def outcome(hub: RunningHub) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The state of every ticket, and the open conflicts."""
    live = {t.number: t.state.value for t in hub.operator.ask(m.Queue, "queue").tickets}
    found = hub.operator.ask(h.ManualCalls, "manual_calls")
    return live, [(one.call.number, str(one.call.conflict)) for one in found.open]


def test_an_outage_from_the_first_cut_to_the_way_back(
    counter: Counter, hub: RunningHub, line: Relay, take: Take
) -> None:
    for _ in range(3):
        take("A")
    counter.open()
    robot = counter.robot
    robot.key("F12")
    robot.wait("start", "enabled", is_=True)
    begin(robot)
    line.cut()
    robot.wait("manual-number", "text", is_="A001", timeout=SILENT)
    assert robot.get("manual-headline", "text").startswith("离线 · 手动叫号　自 ")
    assert "next" not in robot.names()
    robot.key("F9")
    robot.wait("manual-number", "text", is_="")
    robot.type("12")
    robot.key("Return")
    robot.wait("manual-problem", "text", contains="不是号码")
    robot.key("Home")
    robot.type("Q")
    robot.key("Return")
    robot.wait("manual-problem", "text", contains="大厅没有 Q 开头的号")
    for _ in range(2):
        robot.key("Delete")
    robot.key("Backspace")
    counter.call("a002", "A002")
    assert robot.get("manual-state", "text") == "已呼叫"
    robot.key("F11")
    robot.wait("manual-problem", "text", contains="离线中不能用此键")
    robot.key("F10")
    robot.wait("manual-finish", "enabled", is_=True)
    counter.call("a900", "A900")  # the next number finishes the one before, as the key "next" does
    robot.key("Shift+F8")
    robot.wait("manual-number", "text", is_="")
    counter.call("A003", "A003")
    line.heal()
    robot.wait("brought-in", "text", contains="3 个已并入", timeout=SILENT)
    robot.wait("number", "text", is_="A003")
    robot.wait("start", "enabled", is_=True)
    robot.key("Escape")
    robot.gone("brought-in")
    robot.key("F10")
    robot.wait("state", "text", is_="办理中")
    robot.wait("served", "text", is_="2")
    assert outcome(hub) == ({"A003": "serving"}, [])


def test_a_counter_that_ends_in_an_outage_knows_all_it_showed(
    counter: Counter, hub: RunningHub, line: Relay, take: Take
) -> None:
    for _ in range(2):
        take("A")
    counter.open()
    line.cut()
    counter.robot.wait("manual-entry-input", "activeFocus", is_=True, timeout=SILENT)
    counter.call("a001", "A001")
    hub.clerk("1002", window=3).call("call_ticket", m.CallTicket(reason="等了很久"), id=2)
    counter.restart()
    robot = counter.robot
    robot.wait("manual-clerk-input", "activeFocus", is_=True, timeout=SILENT)
    assert robot.get("manual-last", "text") == "2 号窗口，上次登录：李明1"
    robot.key("Return")
    robot.wait("clerk-name", "text", contains="未核验")
    robot.wait("manual-number", "text", is_="A001")
    robot.key("F10")
    robot.wait("manual-finish", "enabled", is_=True)
    counter.call("a002", "A002")
    line.heal()
    robot.wait("manual-headline", "text", is_="连接已恢复，办完 A002 后转为正常叫号", timeout=SILENT)
    robot.wait("manual-start", "enabled", is_=True)
    robot.key("F8")
    counter.sign_in()
    robot.wait("next", "enabled", is_=False)
    robot.wait("brought-conflicts")
    assert robot.get("brought-conflicts", "text") == "A002　另一个窗口叫过此号"
    assert outcome(hub) == ({"A002": "called"}, [("A002", "elsewhere")])
    (conflict,) = hub.operator.ask(h.ManualCalls, "manual_calls").open
    assert [step.step for step in conflict.steps] == ["called", "missed"]
    assert (conflict.proved, conflict.clerk) == (False, "1001")


def test_the_bar_calls_by_hand_too(counter: Counter, hub: RunningHub, line: Relay, take: Take) -> None:
    take("A")
    counter.open()
    robot = counter.robot
    robot.key("F1")
    robot.wait("bar-next", "enabled", is_=True)
    line.cut()
    robot.wait("bar-offline", "text", contains="离线 · 手动叫号", timeout=SILENT)
    robot.click("bar-grip")
    robot.wait("bar-entry-input", "activeFocus", is_=True)
    robot.type("A1x")
    robot.key("Return")
    robot.wait("bar-note", "text", contains="不是号码")
    robot.key("Backspace")
    robot.key("Return")
    robot.wait("bar-number", "text", is_="A001")
    robot.key("F10")
    robot.wait("bar-manual-finish", "enabled", is_=True)
    robot.key("F9")
    robot.wait("bar-number", "text", is_="—")
    line.heal()
    robot.wait("bar-note", "text", contains="1 个已并入", timeout=SILENT)
    robot.wait("bar-next")
    assert outcome(hub) == ({}, [])


def test_a_counter_that_was_revoked_does_not_call_by_hand(
    new_desk: Callable[..., CounterInHand], hub: RunningHub
) -> None:
    desk = new_desk().open(1)
    desk.until(lambda: desk.counter.standing_by.look.chair is not None)
    for device in hub.operator.ask(m.Devices, "devices").devices:
        if device.role == "counter":
            hub.operator.call("revoke_device", m.Nothing(), id=device.id)
    desk.until(lambda: not desk.bridge.online, "a revoked counter still hears the hub")
    desk.until(lambda: (chair := desk.counter.standing_by.look.chair) is not None and not chair.present)
    assert not desk.counter.manual.is_active
    assert not desk.counter.manual.is_offered
