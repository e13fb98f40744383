"""Lines: deadlines, and one fault for every way of being unplugged."""

import os
import pty
import socket
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.faults import DeviceCannotOpen, DeviceFailed, DeviceTimedOut, DeviceUnavailable
from hardware.transport import Deadline, Transport, open_transport


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    near, far = pty.openpty()
    tty.setraw(far)
    yield near, os.ttyname(far)
    for end in (near, far):
        try:
            os.close(end)
        except OSError:
            continue  # the test pulled the plug


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def read_all(line: Transport, size: int) -> bytes:
    received = b""
    while len(received) < size:
        received += line.read(Deadline.after(1))
    return received


def test_bytes_go_both_ways_on_a_pty(terminal: tuple[int, str]) -> None:
    near, path = terminal
    line = open_transport(f"serial://{path}")
    line.write(b"ask", Deadline.after(1))
    assert os.read(near, 10) == b"ask"
    os.write(near, b"answer")
    assert read_all(line, 6) == b"answer"
    line.close()


@pytest.mark.parametrize("scheme", ["tcp", "socket"])
def test_bytes_go_both_ways_on_tcp(listener: socket.socket, scheme: str) -> None:
    line = open_transport(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
    peer, _ = listener.accept()
    with peer:
        line.write(b"ask", Deadline.after(1))
        assert peer.recv(10) == b"ask"
        peer.sendall(b"answer")
        assert read_all(line, 6) == b"answer"
        line.close()


def test_silence_ends_at_the_deadline(terminal: tuple[int, str]) -> None:
    line = open_transport(f"serial://{terminal[1]}")
    begin = time.monotonic()
    assert line.read(Deadline.after(0.2)) == b""
    assert 0.15 < time.monotonic() - begin < 0.6
    line.close()


def test_what_came_before_is_flushed(terminal: tuple[int, str]) -> None:
    line = open_transport(f"serial://{terminal[1]}")
    os.write(terminal[0], b"stale")
    time.sleep(0.05)
    line.flush_input()
    assert line.read(Deadline.after(0.1)) == b""
    line.close()


def test_a_vanished_pty_is_one_fault_with_its_cause() -> None:
    near, far = pty.openpty()
    tty.setraw(far)
    line = open_transport(f"serial://{os.ttyname(far)}")
    os.close(far)
    os.close(near)
    with pytest.raises(DeviceFailed) as caught:
        line.read(Deadline.after(1))
    assert isinstance(caught.value, OSError)
    line.close()


@pytest.mark.parametrize("scheme", ["tcp", "socket"])
def test_a_closed_connection_is_the_same_fault(listener: socket.socket, scheme: str) -> None:
    line = open_transport(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}")
    listener.accept()[0].close()
    with pytest.raises(DeviceFailed):
        line.read(Deadline.after(1))
    line.close()


def test_a_peer_that_takes_nothing_times_out(listener: socket.socket) -> None:
    line = open_transport(f"tcp://127.0.0.1:{listener.getsockname()[1]}")
    peer, _ = listener.accept()
    begin = time.monotonic()
    with peer, pytest.raises(DeviceTimedOut):
        line.write(bytes(50_000_000), Deadline.after(0.3))
    assert time.monotonic() - begin < 2
    line.close()


def test_a_file_keeps_the_bytes(tmp_path: Path) -> None:
    line = open_transport(f"file://{tmp_path / 'slip.bin'}")
    line.write(b"slip", Deadline.after(1))
    assert line.read(Deadline.after(1)) == b""
    line.close()
    assert (tmp_path / "slip.bin").read_bytes() == b"slip"


@pytest.mark.parametrize("url", ["serial:///dev/does-not-exist", "tcp://127.0.0.1:1", "socket://127.0.0.1:1"])
def test_what_is_not_there_cannot_be_opened(url: str) -> None:
    with pytest.raises(DeviceCannotOpen) as caught:
        open_transport(url)
    assert isinstance(caught.value, ConnectionError)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("url", ["lpt://1", "/dev/ttyS0", "tcp://printer", "tcp://printer:port"])
def test_an_unusable_name_is_told(url: str) -> None:
    with pytest.raises(DeviceUnavailable):
        open_transport(url)
