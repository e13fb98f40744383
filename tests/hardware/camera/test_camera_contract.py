"""What every camera must do: the driver against the simulator process, recordings and dead ends."""

import os
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.camera.driver import Camera
from hardware.camera.frame import Frame, Image
from hardware.camera.pipe import PipeSource
from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceFailed, DeviceUnavailable
from hardware.registry import open_camera
from hardware.scanner.decode import decode
from hardware.simulators import SimulatedDevice, simulated_device

PATIENCE = 10.0  # seconds; only ends a hang


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    path = tmp_path_factory.mktemp("camera") / "pipe"
    with simulated_device("camera", "--link", str(path), "--rate", "25") as device:
        yield device


@pytest.fixture
def camera(device: SimulatedDevice) -> Iterator[Camera]:
    for command in ("plug", "talk", "scene disc", "quality 85"):
        device.command(command)
    camera = opened(device.spec)
    yield camera
    camera.close()


def opened(spec: str) -> Camera:
    camera = open_camera(spec)
    assert camera is not None
    camera.open()
    return camera


def frame(camera: Camera) -> Frame:
    """The next picture."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for event in camera.poll():
            if isinstance(event, Frame):
                return event
        time.sleep(camera.poll_interval)
    raise AssertionError("no picture came")


def state(camera: Camera, wanted: DeviceState) -> None:
    """Wait for `wanted`."""
    until = time.monotonic() + PATIENCE
    seen = []
    while time.monotonic() < until:
        seen += [event.state for event in camera.poll() if isinstance(event, StateChanged)]
        if wanted in seen:
            return
        time.sleep(camera.poll_interval)
    raise AssertionError(f"{wanted} was not told, only {seen}")


def number(image: Image) -> int:
    """The picture's number, from the blocks in its top row."""
    row = image[image.shape[0] // 24, :, 0]
    block = image.shape[1] // 16
    bits = [int(row[bit * block + block // 2] > 128) for bit in range(16)]
    return int("".join(map(str, bits)), 2)


def test_pictures_come_in_order_and_the_state_is_ready(camera: Camera) -> None:
    state(camera, DeviceState.READY)
    numbers = [number(frame(camera).image) for _ in range(5)]
    assert numbers == sorted(set(numbers))
    assert frame(camera).image.shape == (480, 640, 3)


def test_only_the_newest_picture_is_given(camera: Camera, device: SimulatedDevice) -> None:
    before = number(frame(camera).image)
    time.sleep(0.5)
    drawn = device.command("status")["number"]
    assert before < number(frame(camera).image)
    assert drawn - 5 <= number(frame(camera).image)


def test_a_code_before_the_camera_is_read(camera: Camera, device: SimulatedDevice) -> None:
    device.command("qr", "https://hall.example/t/7-Abc")
    until = time.monotonic() + PATIENCE
    found: list[str] = []
    while not found and time.monotonic() < until:
        found = decode(frame(camera).image)
    assert found == ["https://hall.example/t/7-Abc"]


def test_a_picture_that_stands_still_is_told_and_so_is_its_going_on(
    camera: Camera, device: SimulatedDevice
) -> None:
    state(camera, DeviceState.READY)
    device.command("scene still")
    state(camera, DeviceState.FROZEN)
    device.command("scene disc")
    state(camera, DeviceState.READY)


def test_half_a_frame_and_silence_is_told(camera: Camera, device: SimulatedDevice) -> None:
    state(camera, DeviceState.READY)
    device.command("cut 500")
    time.sleep(0.1)
    device.command("silent")
    state(camera, DeviceState.FROZEN)
    device.command("talk")
    state(camera, DeviceState.READY)


def test_black_is_told(camera: Camera, device: SimulatedDevice) -> None:
    state(camera, DeviceState.READY)
    device.command("scene black")
    state(camera, DeviceState.BLACK)


def test_unplug_is_a_fault_and_it_comes_back(camera: Camera, device: SimulatedDevice) -> None:
    frame(camera)
    device.command("unplug")
    with pytest.raises(DeviceFailed, match="went away"):
        state(camera, DeviceState.FROZEN)
    camera.close()
    with pytest.raises(DeviceCannotOpen):
        camera.open()
    device.command("plug")
    camera.open()
    state(camera, DeviceState.READY)


def test_garbage_and_flipped_bits_cost_pictures_and_nothing_else(
    camera: Camera, device: SimulatedDevice
) -> None:
    for turn in range(5):
        device.command("junk", "ffd8ff00" * 20)
        device.command("flip", str(turn * 999))
        device.command("cut", str(turn * 1000))
    for _ in range(3):
        frame(camera)


def test_a_pipe_nobody_feeds_never_holds_us_and_is_silent(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    camera = opened(f"fifo:{tmp_path / 'pipe'}")
    state(camera, DeviceState.SILENT)
    camera.close()


@pytest.mark.parametrize("suffix", ["avi", "mp4"])
def test_a_recording_plays_and_ends_or_begins_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"day.{suffix}"
    code = cv2.VideoWriter.fourcc(*("MJPG" if suffix == "avi" else "mp4v"))
    writer = cv2.VideoWriter(str(path), code, 25.0, (160, 120))
    for level in range(40, 200, 20):
        writer.write(np.full((120, 160, 3), level, np.uint8))
    writer.release()
    camera = opened(f"file:{path}")
    with pytest.raises(DeviceFailed, match="no more"):
        state(camera, DeviceState.FROZEN)
    camera.close()
    camera = opened(f"file:{path}?loop=yes")
    levels = [float(frame(camera).image.mean()) for _ in range(20)]
    assert any(after < before for before, after in pairwise(levels))
    camera.close()


@pytest.mark.parametrize(
    "spec", ["v4l2:/dev/video97", "file:/nowhere.mp4", "fifo:/nowhere", "rtsp://127.0.0.1:1/x"]
)
def test_a_camera_that_is_not_there_cannot_be_opened(spec: str) -> None:
    camera = open_camera(spec)
    assert camera is not None
    with pytest.raises(DeviceError):
        camera.open()
    camera.close()


@pytest.mark.parametrize("spec", ["v4l2:/dev/video0?size=big", "fifo:/x?loop=yes", "film:/x"])
def test_a_wrong_name_is_told_at_once(spec: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_camera(spec)


def test_a_raw_recording_loops_and_one_cut_short_meanwhile_ends(tmp_path: Path) -> None:
    path = tmp_path / "day.mjpeg"
    picture = cv2.imencode(".jpg", np.full((120, 160, 3), 90, np.uint8))[1]
    path.write_bytes(bytes(picture) * 5)
    camera = opened(f"file:{path}?loop=yes")
    for _ in range(12):
        frame(camera)
    path.write_bytes(b"")
    with pytest.raises(DeviceFailed, match="no more"):
        state(camera, DeviceState.FROZEN)
    camera.close()


def test_a_pipe_named_as_a_file_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    camera = open_camera(f"file:{tmp_path / 'pipe'}")
    assert camera is not None
    with pytest.raises(DeviceCannotOpen):
        camera.open()


def test_comes_back_elsewhere(tmp_path: Path) -> None:
    link = tmp_path / "camera"
    for turn in range(2):
        with simulated_device("camera", "--link", str(tmp_path / f"pipe-{turn}")) as device:
            link.unlink(missing_ok=True)
            link.symlink_to(tmp_path / f"pipe-{turn}")
            camera = opened(f"fifo:{link}")
            state(camera, DeviceState.READY)
            device.command("unplug")
            with pytest.raises(DeviceFailed):
                state(camera, DeviceState.FROZEN)
            camera.close()


def test_a_recording_is_not_taken_for_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeviceCannotOpen, match="no pipe"):
        PipeSource(tmp_path / "file").open()
