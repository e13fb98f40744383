"""A clerk's keypad, a citizen's pad and a bar above the window, on a real counter and a real hub."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter.testing import CounterInHand
from counter.viewmodels.pads import PadsModel, PadSpecs
from hardware.faults import DeviceUnavailable
from hardware.simulators import SimulatedDevice, simulated_device
from shared.protocol import messages as m
from shared.store.sqlite import connect
from shared.testing import RunningHub

NewDesk = Callable[..., CounterInHand]
Take = Callable[..., m.Ticket]


@pytest.fixture(scope="module")
def keypad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    link = tmp_path_factory.mktemp("keypad") / "tty"
    with simulated_device("keypad", "--line", "pty", "--link", str(link)) as device:
        yield device


@pytest.fixture(scope="module")
def bar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    link = tmp_path_factory.mktemp("bar") / "tty"
    with simulated_device("ledbar", "--line", "pty", "--link", str(link)) as device:
        yield device


@contextmanager
def pads_of(desk: CounterInHand, keypad: str, ledbar: str = "none") -> Iterator[PadsModel]:
    pads = PadsModel(
        PadSpecs(keypad, ledbar), desk.counter.seat, desk.counter.actions, desk.counter.evaluator
    )
    try:
        desk.until(lambda: all(part.state == "ready" for part in pads.report() if part.kind == "keypad"))
        yield pads
    finally:
        pads.stop()


def shows(bar: SimulatedDevice, number: int) -> bool:
    return bool(bar.command("status")["shown"].get("1") == number)


def ratings(hub: RunningHub) -> list[int]:
    connection = connect(hub.house.database, read_only=True)
    try:
        return [level for (level,) in connection.execute("SELECT level FROM ratings")]
    finally:
        connection.close()


def test_the_pad_calls_and_the_bar_shows_it_until_it_is_over(
    new_desk: NewDesk, take: Take, keypad: SimulatedDevice, bar: SimulatedDevice
) -> None:
    ticket = take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    with pads_of(desk, f"{keypad.spec}?address=3", bar.spec):
        keypad.command("press 4 next")  # another window's
        keypad.command("press 3 next")
        desk.until(lambda: desk.now[0] == ticket.number)
        desk.until(lambda: shows(bar, int(ticket.number[1:])))
        keypad.command("press 3 confirm")
        desk.until(
            lambda: desk.counter.seat.ticket is not None and desk.counter.seat.ticket.state == "serving"
        )
        desk.wait_idle()
        desk.press("finish")
        desk.until(lambda: shows(bar, 0))


def test_a_citizens_pad_rates_once_it_is_asked(
    new_desk: NewDesk, take: Take, hub: RunningHub, keypad: SimulatedDevice
) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    with pads_of(desk, keypad.spec):
        keypad.command("rate 3 1")  # nobody was served yet
        keypad.command("press 3 next")
        desk.until(lambda: desk.counter.seat.ticket is not None)
        desk.press("start")
        desk.press("finish")
        desk.until(lambda: desk.counter.evaluator.step == "invited")
        desk.until(lambda: bool(keypad.command("status")["heard"]))  # the pad was asked to invite
        keypad.command("rate 3 1")
        desk.until(lambda: ratings(hub) == [5])


def test_a_refusal_stands_where_the_desks_own_does(
    new_desk: NewDesk, take: Take, keypad: SimulatedDevice
) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    with pads_of(desk, keypad.spec):
        keypad.command("press 3 recall")
        desk.until(lambda: desk.note[0] == "recall")


def test_a_pad_does_nothing_before_a_window_is_open(
    new_desk: NewDesk, take: Take, keypad: SimulatedDevice
) -> None:
    take()
    desk = new_desk()
    with pads_of(desk, keypad.spec):
        keypad.command("press 3 next")
        desk.sign_in()
        assert desk.counter.seat.ticket is None


def test_a_pad_that_is_gone_is_reported_and_the_desk_goes_on(
    new_desk: NewDesk, take: Take, keypad: SimulatedDevice
) -> None:
    take()
    desk = new_desk().open(1)
    desk.until(lambda: desk.line)
    with pads_of(desk, keypad.spec) as pads:
        keypad.command("unplug")
        desk.until(lambda: pads.report()[0].state == "error")
        desk.press("next")
        assert desk.counter.seat.ticket is not None
        keypad.command("plug")
        desk.until(lambda: pads.report()[0].state == "ready")


def test_a_bar_is_never_said_to_be_fine(new_desk: NewDesk, bar: SimulatedDevice, tmp_path: Path) -> None:
    desk = new_desk()
    with pads_of(desk, "none", bar.spec) as pads:
        assert [(part.kind, part.state) for part in pads.report()] == [("ledbar", "unknown")]


def test_a_wrong_name_is_told_at_once(new_desk: NewDesk) -> None:
    desk = new_desk()
    with pytest.raises(DeviceUnavailable), pads_of(desk, "ff68:serial:///dev/null?speed=1"):
        pass


def test_a_counter_with_a_device_that_cannot_be_says_so_and_ends(hub: RunningHub, tmp_path: Path) -> None:
    offer = hub.operator.ask(m.DeviceOffer, "offer_device", m.OfferDevice(role="counter", name="窗口"))
    run = subprocess.run(
        [sys.executable, "-m", "counter", "--hub", hub.url, "--enrol", offer.code, "--windowed",
         "--state", str(tmp_path / "own"), "--keypad", "morse:serial:///dev/null"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert "no keypad driver called 'morse'" in run.stderr
    assert "Traceback" not in run.stderr
