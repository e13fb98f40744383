"""What a keypad bus must do: the driver against the simulator process, over a pty and TCP."""

import threading
import time
from collections.abc import Iterator

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceUnavailable
from hardware.keypad.driver import Keypad, KeypadEvent, KeyPressed, Rated
from hardware.keypad.protocol import Key, Packet, encode
from hardware.registry import open_keypad
from hardware.simulators import SimulatedDevice, simulated_device


@pytest.fixture(scope="module", params=["tcp", "pty"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedDevice]:
    with simulated_device("keypad", "--line", request.param) as device:
        yield device


def opened(device: SimulatedDevice, options: str = "") -> Keypad:
    keypad = open_keypad(f"ff68:{device.command('plug')['address']}{options}")
    assert keypad is not None
    keypad.open()
    assert list(keypad.poll()) == [StateChanged(DeviceState.READY, "line open")]
    return keypad


@pytest.fixture
def keypad(device: SimulatedDevice) -> Iterator[Keypad]:
    keypad = opened(device)
    yield keypad
    keypad.close()


def heard(keypad: Keypad, polls: int = 3) -> list[KeypadEvent]:
    return [event for _ in range(polls) for event in keypad.poll()]


@pytest.mark.parametrize("key", list(Key))
def test_every_key_is_heard_with_its_address(keypad: Keypad, device: SimulatedDevice, key: Key) -> None:
    device.command("press", "7", key.value)
    assert heard(keypad) == [KeyPressed(7, key)]


def test_several_pads_on_one_bus_are_told_apart(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("press 1 next")
    device.command("press 2 next")
    device.command("rate 3 1")
    assert heard(keypad) == [KeyPressed(1, Key.NEXT), KeyPressed(2, Key.NEXT), Rated(3, 5)]


def test_a_counter_hears_its_own_pad_only(device: SimulatedDevice) -> None:
    keypad = opened(device, "?address=2")
    device.command("press 1 next")
    device.command("press 2 recall")
    assert heard(keypad) == [KeyPressed(2, Key.RECALL)]
    keypad.close()


def test_the_buttons_of_an_evaluator_are_levels_as_set(device: SimulatedDevice) -> None:
    keypad = opened(device, "?levels=321")
    for button in (1, 3, 4, 0):
        device.command("rate", "5", str(button))
    assert heard(keypad) == [Rated(5, 3), Rated(5, 1)]
    keypad.close()


def test_an_invitation_reaches_the_pads_and_no_key_is_lost_by_it(
    keypad: Keypad, device: SimulatedDevice
) -> None:
    device.command("press 4 confirm")
    keypad.invite(4)
    assert heard(keypad) == [KeyPressed(4, Key.CONFIRM)]
    assert device.command("status")["heard"][-1] == encode(Packet(4, 0x0B)).hex()


def test_half_a_frame_and_silence(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("cut 6")
    device.command("press 1 next")
    assert heard(keypad) == []
    device.command("press 1 recall")
    assert heard(keypad) == [KeyPressed(1, Key.RECALL)]


def test_garbage_before_the_preamble(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("junk", "ff" * 20 + "68ff68")
    device.command("press 1 next")
    assert heard(keypad) == [KeyPressed(1, Key.NEXT)]


def test_a_wrong_checksum(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("flip 50")
    device.command("press 1 next")
    assert heard(keypad) == []


def test_two_frames_queued(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("send", (encode(Packet(1, 0x0C)) + encode(Packet(1, 0x0D))).hex())
    assert heard(keypad) == [KeyPressed(1, Key.NEXT), KeyPressed(1, Key.RECALL)]


def test_an_unknown_function_is_no_key(keypad: Keypad, device: SimulatedDevice) -> None:
    device.command("send", encode(Packet(1, 0x77)).hex())
    assert heard(keypad) == []


def test_four_kilobytes_of_junk(keypad: Keypad, device: SimulatedDevice) -> None:
    for _ in range(8):
        device.command("send", "ff68" * 256)
    device.command("press 9 pause")
    assert heard(keypad, 6) == [KeyPressed(9, Key.PAUSE)]


def test_a_line_that_babbles_without_end_holds_nobody(keypad: Keypad, device: SimulatedDevice) -> None:
    ended = threading.Event()

    def babble() -> None:
        while not ended.is_set():
            device.command("send", "ff")

    babbling = threading.Thread(target=babble)
    babbling.start()
    began = time.monotonic()
    keypad.poll()
    took = time.monotonic() - began
    ended.set()
    babbling.join()
    assert took < 5  # it would have been as long as the babble


def test_unplug_at_any_byte(device: SimulatedDevice) -> None:
    for at in range(9):
        keypad = opened(device)
        device.command("unplug-at", str(at))
        device.command("press 1 next")
        with pytest.raises(DeviceError):
            heard(keypad, 50)
        keypad.close()


@pytest.mark.parametrize("option", ["address=256", "levels=9", "levels=", "speed=3"])
def test_a_wrong_option_is_told_at_once(option: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_keypad(f"ff68:serial:///dev/null?{option}")
