"""What every scanner on a line must do: the driver against the simulator process, over a pty and TCP."""

import fcntl
import os
import queue
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceError
from hardware.notifier import DeviceEvent, Notifier
from hardware.registry import open_scanner
from hardware.scanner.events import Scanned
from hardware.scanner.line import Scanner
from hardware.simulators import SimulatedDevice, simulated_device

CODE = "https://hall.example/t/12-Abc"


@pytest.fixture(scope="module", params=["tcp", "pty"])
def device(request: pytest.FixtureRequest) -> Iterator[SimulatedDevice]:
    with simulated_device("scanner", "--line", request.param) as device:
        yield device


@pytest.fixture
def scanner(device: SimulatedDevice) -> Iterator[Scanner]:
    address = device.command("plug")["address"]  # a pty comes back elsewhere
    device.command("suffix cr")
    device.command("encoding utf-8")
    scanner = open_scanner(f"line:{address}")
    assert scanner is not None
    scanner.open()
    assert list(scanner.poll()) == [StateChanged(DeviceState.READY, "line open")]
    yield scanner
    scanner.close()


def scans(scanner: Scanner, polls: int = 6) -> list[str]:
    found: list[str] = []
    for _ in range(polls):
        found += [event.text for event in scanner.poll() if isinstance(event, Scanned)]
    return found


@pytest.mark.parametrize("suffix", ["cr", "lf", "crlf", "stx", "none"])
def test_a_code_is_read_whatever_ends_it(scanner: Scanner, device: SimulatedDevice, suffix: str) -> None:
    device.command("suffix", suffix)
    device.command("scan", f"{CODE}-{suffix}")
    assert scans(scanner) == [f"{CODE}-{suffix}"]


def test_chinese_comes_through_in_gb18030(scanner: Scanner, device: SimulatedDevice) -> None:
    device.command("encoding gb18030")
    device.command("scan", "预约 岳阳 10:30")
    assert scans(scanner) == ["预约 岳阳 10:30"]


def test_the_same_code_held_before_the_glass_is_one_scan(scanner: Scanner, device: SimulatedDevice) -> None:
    for _ in range(3):
        device.command("scan", "A012-once")
    assert scans(scanner) == ["A012-once"]


def test_garbage_before_a_code(scanner: Scanner, device: SimulatedDevice) -> None:
    device.command("raw", "ff00fe0d")
    device.command("scan", "A013")
    assert scans(scanner) == ["A013"]


def test_two_answers_queued(scanner: Scanner, device: SimulatedDevice) -> None:
    device.command("scan", "A018-one")
    device.command("scan", "A018-two")
    assert scans(scanner) == ["A018-one", "A018-two"]


def test_length_0_and_65535(scanner: Scanner, device: SimulatedDevice) -> None:
    device.command("scan", "")
    for _ in range(8):
        device.command("raw", "41" * 8192)  # the control port's lines are not endless
        scanner.poll()
    device.command("raw", "0d")
    device.command("scan", "A019")
    assert scans(scanner) == ["A019"]


def test_four_kilobytes_of_junk(scanner: Scanner, device: SimulatedDevice) -> None:
    for _ in range(8):
        device.command("raw", "ab" * 512)
    device.command("raw", "0d")
    device.command("scan", "A014")
    assert scans(scanner, 12) == ["A014"]


def test_half_a_code_and_silence_is_given_up_and_the_next_is_whole(
    scanner: Scanner, device: SimulatedDevice
) -> None:
    device.command("scan", "A014-whole")
    assert scans(scanner) == ["A014-whole"]  # from here on it is known that this scanner sends a suffix
    device.command("cut 3")
    device.command("scan", "A015-whole")
    assert scans(scanner) == []
    device.command("scan", "A015-whole")
    assert scans(scanner) == ["A015-whole"]


def test_unplug_at_any_byte_is_one_fault_and_nothing_is_read(device: SimulatedDevice) -> None:
    for at in range(len("A016\r")):
        scanner = open_scanner(f"line:{device.command('plug')['address']}")
        assert scanner is not None
        scanner.open()
        device.command("unplug-at", str(at))
        device.command("scan", "A016")
        with pytest.raises(DeviceError):
            scans(scanner, 50)
        scanner.close()


def test_comes_back_as_another_tty(tmp_path: Path) -> None:
    events: queue.SimpleQueue[DeviceEvent] = queue.SimpleQueue()
    link = str(tmp_path / "scanner")
    with simulated_device("scanner", "--line", "pty", "--link", link) as device:
        notifier = Notifier(events.put)
        scanner = open_scanner(device.spec)
        assert scanner is not None
        notifier.watch("scanner", scanner)
        try:
            assert events.get(timeout=10).what == StateChanged(DeviceState.READY, "line open")
            device.command("unplug")
            gone = events.get(timeout=10).what
            assert isinstance(gone, StateChanged)
            assert gone.state is DeviceState.ERROR
            device.command("plug")
            assert events.get(timeout=10).what == StateChanged(DeviceState.READY, "line open")
            device.command("scan", CODE)
            assert events.get(timeout=10).what == Scanned(CODE)
        finally:
            assert notifier.stop()


def test_a_scan_shows_nothing_in_a_log() -> None:
    assert CODE not in repr(Scanned(CODE))


def test_a_pty_without_modem_lines() -> None:
    """A bare pseudo-terminal knows no modem lines (OSError 25), and none is asked for."""
    ours, theirs = os.openpty()
    scanner = open_scanner(f"line:serial://{os.ttyname(theirs)}?baud=9600")
    assert scanner is not None
    try:
        scanner.open()
        with pytest.raises(OSError, match="Inappropriate ioctl"):
            fcntl.ioctl(theirs, termios.TIOCMGET, b"\0\0\0\0")
        os.write(ours, b"A017-bare\r")
        assert scans(scanner) == ["A017-bare"]
    finally:
        scanner.close()
        os.close(ours)
        os.close(theirs)
