"""A camera as a scanner: the driver against the simulated camera, in a process of its own."""

import time
from collections.abc import Iterator

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceUnavailable
from hardware.registry import open_scanner
from hardware.scanner.events import Scanned
from hardware.scanner.line import Scanner
from hardware.simulators import SimulatedDevice, simulated_device

PATIENCE = 10.0  # seconds; only ends a hang


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    path = tmp_path_factory.mktemp("camera") / "pipe"
    with simulated_device("camera", "--link", str(path), "--rate", "25") as device:
        yield device


@pytest.fixture
def scanner(device: SimulatedDevice) -> Iterator[Scanner]:
    for command in ("plug", "talk", "scene disc"):
        device.command(command)
    scanner = open_scanner(f"camera:fifo://{device.address}")
    assert scanner is not None
    scanner.open()
    yield scanner
    scanner.close()


def wait_for(scanner: Scanner, wanted: object) -> list[str]:
    """Poll until `wanted` happens; the codes scanned until then."""
    codes, until = list[str](), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for event in scanner.poll():
            if isinstance(event, Scanned):
                codes.append(event.text)
            if event == wanted:
                return codes
        time.sleep(scanner.poll_interval)
    raise AssertionError(f"{wanted} did not happen")


def test_a_code_before_the_camera_is_scanned_once(scanner: Scanner, device: SimulatedDevice) -> None:
    device.command("qr", "https://hall.example/t/1-first")
    wait_for(scanner, Scanned("https://hall.example/t/1-first"))
    time.sleep(0.5)
    device.command("qr", "second")
    assert wait_for(scanner, Scanned("second")) == ["second"]


def test_a_black_picture_is_told(scanner: Scanner, device: SimulatedDevice) -> None:
    wait_for(scanner, StateChanged(DeviceState.READY))
    device.command("scene black")
    wait_for(scanner, StateChanged(DeviceState.BLACK))


def test_an_unplugged_camera_is_a_fault(scanner: Scanner, device: SimulatedDevice) -> None:
    wait_for(scanner, StateChanged(DeviceState.READY))
    device.command("unplug")
    with pytest.raises(DeviceError):
        wait_for(scanner, StateChanged(DeviceState.READY))


@pytest.mark.parametrize("spec", ["camera:/dev/video0", "camera:tape:///dev/video0", "camera:v4l2:///d?x=1"])
def test_a_name_that_is_no_camera_is_refused(spec: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_scanner(spec)
