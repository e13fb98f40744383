"""Calls between two of ours, each in a process of its own."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.simulators import SimulatedDevice, simulated_device
from hardware.video.testing import PATIENCE, End, Ends, ends

Start = Callable[..., End]


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    path = tmp_path_factory.mktemp("camera") / "pipe"
    with simulated_device("camera", "--link", str(path), "--rate", "25") as device:
        device.command("qr", "https://hall.example/t/7-Abc")
        yield device


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (640, 480))
    for turn in range(50):
        image = np.full((480, 640, 3), 90, np.uint8)
        cv2.circle(image, (40 + turn * 10, 240), 60, (30, 200, 240), -1)
        writer.write(image)
    writer.release()
    return path


@pytest.fixture
def end(film: Path) -> Iterator[Callable[..., End]]:
    """Starts ends that show the film."""
    with ends() as start:

        def show(*options: str) -> End:
            return start("--camera", f"file:{film}?loop=yes", *options)

        yield show


@pytest.fixture
def bare() -> Iterator[Ends]:
    """Starts ends without a camera."""
    with ends() as start:
        yield start


def talking(caller: End, called: End) -> None:
    caller.tell(f"call {called.place}")
    for end in (caller, called):
        end.wait_for("state", "talking")


def until(ask: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ask():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def sees(end: End, count: int) -> None:
    """Wait until `count` pictures came in."""
    until(lambda: end.ask("figures", "pictures") >= count)


def test_picture_and_sound_go_both_ways_and_the_codes_in_them_are_read(
    end: Start, bare: Ends, camera: SimulatedDevice
) -> None:
    kiosk = bare("--camera", camera.spec, "--tone")
    clerk = end("--tone", "--answer")
    talking(kiosk, clerk)
    until(lambda: clerk.ask("codes", "codes") == ["https://hall.example/t/7-Abc"])
    for each in (kiosk, clerk):
        sees(each, 20)
        assert each.ask("figures", "loudest") > 0.05
    kiosk.tell("hang-up")
    for each in (kiosk, clerk):
        assert each.wait_for("state", "idle")["ending"] == "hung_up"


def test_who_is_called_may_decline_and_who_calls_may_give_up(end: Start) -> None:
    one, other = end(), end()
    one.tell(f"call {other.place}")
    other.wait_for("state", "ringing")
    other.tell("hang-up")
    assert one.wait_for("state", "idle")["ending"] == "declined"
    other.wait_for("state", "idle")
    one.tell(f"call {other.place}")
    other.wait_for("state", "ringing")
    one.tell("hang-up")
    assert other.wait_for("state", "idle")["ending"] == "hung_up"


def test_a_busy_clerk_is_told_at_once_and_the_call_goes_on(end: Start) -> None:
    clerk, first, second = end("--answer"), end(), end()
    talking(first, clerk)
    second.tell(f"call {clerk.place}")
    assert second.wait_for("state", "idle")["ending"] == "busy"
    sees(first, first.ask("figures", "pictures") + 5)


def test_both_call_at_once_and_it_becomes_one_call(end: Start) -> None:
    one, other = end(), end()
    one.tell(f"call {other.place}")
    other.tell(f"call {one.place}")
    for each in (one, other):
        each.wait_for("state", "talking")
    for each in (one, other):
        sees(each, 5)


def test_an_end_that_dies_without_a_goodbye_is_missed(end: Start) -> None:
    one, other = end("--answer"), end()
    talking(other, one)
    other.process.kill()
    assert one.wait_for("state", "idle")["ending"] == "vanished"
    talking(end(), one)


def test_an_end_that_freezes_is_missed(end: Start) -> None:
    one, other = end("--answer"), end()
    talking(other, one)
    other.process.send_signal(signal.SIGSTOP)
    assert one.wait_for("state", "idle")["ending"] == "vanished"
    other.process.send_signal(signal.SIGCONT)
    assert other.wait_for("state", "idle")["ending"] in ("vanished", "hung_up")


def test_hold_is_told_and_resume_too(end: Start) -> None:
    one, other = end("--answer"), end()
    talking(other, one)
    other.tell("hold")
    other.wait_for("state", "held")
    assert one.wait_for("far_held")["far_held"]
    other.tell("resume")
    other.wait_for("state", "talking")
    assert not one.wait_for("far_held")["far_held"]


def test_nobody_there_is_told(end: Start) -> None:
    one = end()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        one.tell(f"call 127.0.0.1:{taken.getsockname()[1]}")
        assert one.wait_for("state", "idle")["ending"] == "unreachable"


@pytest.mark.parametrize(
    "junk",
    [b"GET / HTTP/1.1\r\n\r\n", b"\x00" * 5000, b"x" * 200_000, b'{"kind":"call","id":"1","sdp":"no"}\n'],
)
def test_a_stranger_who_babbles_is_let_go_and_calls_still_come(end: Start, junk: bytes) -> None:
    clerk, caller = end("--answer"), end()
    with socket.create_connection(("127.0.0.1", clerk.port)) as stranger, suppress(ConnectionError):
        stranger.settimeout(PATIENCE)  # a TimeoutError fails the test
        stranger.sendall(junk)
        while stranger.recv(4096):
            pass
    talking(caller, clerk)


def test_what_cannot_be_done_now_is_left_undone(end: Start) -> None:
    one, other = end(), end("--answer")
    for order in ("answer", "hold", "resume", "hang-up"):
        one.tell(order)
    talking(one, other)


def test_a_picture_that_comes_one_way_only_is_told(end: Start, bare: Ends) -> None:
    seen, unseen = end("--answer"), bare()
    talking(unseen, seen)
    sees(unseen, 5)
    assert seen.wait_for("lacks")["lacks"] == ["picture"]


def test_nothing_is_written(film: Path, bare: Ends, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    one = bare("--camera", f"file:{film}?loop=yes", folder=tmp_path)
    other = bare("--answer", folder=tmp_path)
    talking(one, other)
    sees(other, 20)
    assert list(tmp_path.iterdir()) == []
