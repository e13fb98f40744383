"""LED bars: both examples to the byte, and the driver against the simulator process."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceUnavailable
from hardware.ledbar.driver import LedBar
from hardware.ledbar.protocol import ENCODERS, Board, encode
from hardware.registry import open_ledbar
from hardware.simulators import SimulatedDevice, simulated_device

BOARD = {"sum4": "5", "head7": "0"}


def test_both_examples_to_the_byte() -> None:
    assert encode("sum4", Board(address=5), 999) == bytes.fromhex("0503e7ef")
    assert encode("head7", Board(color=0, info=1), 888) == bytes.fromhex("3a00780301b60a")


@given(st.sampled_from(sorted(ENCODERS)), st.integers())
def test_only_numbers_that_two_bytes_hold_are_sent(protocol: str, number: int) -> None:
    if 0 <= number <= 0xFFFF:
        assert len(encode(protocol, Board(), number)) in (4, 7)
    else:
        with pytest.raises(ValueError, match="cannot show"):
            encode(protocol, Board(), number)


@pytest.fixture(params=["sum4", "head7"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedDevice]:
    with simulated_device("ledbar", "--line", "pty", "--protocol", request.param) as device:
        yield device


@pytest.fixture
def bar(device: SimulatedDevice) -> Iterator[LedBar]:
    bar = open_ledbar(f"{device.spec}?address=5")
    assert bar is not None
    bar.open()
    yield bar
    bar.close()


def shown(device: SimulatedDevice, wanted: int) -> bool:
    board = BOARD[device.spec.partition(":")[0]]
    for _ in range(50):
        if device.command("status")["shown"].get(board) == wanted:
            return True
        time.sleep(0.02)
    return False


def test_a_bar_shows_the_number_and_goes_blank(bar: LedBar, device: SimulatedDevice) -> None:
    bar.show(12)
    assert shown(device, 12)
    bar.show(None)
    assert shown(device, 0)


def test_a_bar_is_never_said_to_be_ready(bar: LedBar) -> None:
    assert list(bar.poll()) == [StateChanged(DeviceState.UNKNOWN, "a bar gives no answer")]


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_a_number_without_room_is_refused(bar: LedBar, device: SimulatedDevice, number: int) -> None:
    bar.show(7)
    with pytest.raises(ValueError, match="no room"):
        bar.show(number)
    assert shown(device, 7)


def test_what_it_shows_is_sent_again_after_it_lost_power(bar: LedBar, device: SimulatedDevice) -> None:
    bar.show(31)
    device.command("unplug")
    with pytest.raises(DeviceError):
        _ = [bar.poll() for _ in range(3)]
    bar.close()
    again = open_ledbar(f"{device.spec.partition(':')[0]}:{device.command('plug')['address']}?address=5")
    assert again is not None
    again.open()
    again.show(31)
    assert shown(device, 31)
    again.close()


@pytest.mark.parametrize("option", ["digits=9", "address=300", "colour=1"])
def test_a_wrong_option_is_told_at_once(option: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_ledbar(f"sum4:serial:///dev/null?{option}")
