"""The driver through the real pcscd, with a card of our own in the virtual reader of vsmartcard."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceUnavailable
from hardware.idcard.card import check_character
from hardware.idcard.driver import CardEvent, CardNotRead, CardRead, CardRemoved, IdReader
from hardware.idcard.outcome import CardOutcome
from hardware.registry import open_id_reader
from hardware.simulators import SimulatedDevice, simulated_device

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SERVICE = Path("/run/pcscd/pcscd.comm")
NUMBER = "43060219551120002" + check_character("43060219551120002")
PATIENCE = 10.0  # seconds; only ends a hang


def is_running() -> bool:
    """Whether a pcscd answers; one that was killed leaves its socket behind."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(SERVICE)) == 0


def test_without_the_service_the_next_step_is_told() -> None:
    if is_running():
        pytest.skip("the service runs")
    reader = open_id_reader("pcsc:/")
    assert reader is not None
    with pytest.raises(DeviceError, match="pcscd"):
        reader.open()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the virtual reader listens. Only one pcscd can run on a machine, and only root can start it."""
    if shutil.which("pcscd") is None or not DRIVER.exists():
        pytest.skip("pcscd and vsmartcard-vpcd are not installed (see shared/setup/system.sh)")
    if os.geteuid() or is_running():
        pytest.skip("pcscd must be started by this test, as root, with none running")
    number, settings = free_port(), tmp_path_factory.mktemp("readers")
    (settings / "vpcd").write_text(
        f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{number:#x}\n'
        f"LIBPATH {DRIVER}\nCHANNELID {number:#x}\n"
    )
    SERVICE.unlink(missing_ok=True)
    process = subprocess.Popen(["pcscd", "-f", "-c", str(settings)], stdout=subprocess.DEVNULL)
    try:
        wait_for(is_running)
        yield number
    finally:
        process.terminate()
        process.wait(PATIENCE)
        SERVICE.unlink(missing_ok=True)


def wait_for(condition: object) -> None:
    assert callable(condition)
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture(scope="module")
def device(port: int) -> Iterator[SimulatedDevice]:
    with simulated_device("socialcard", "--port", str(port)) as device:
        yield device


@pytest.fixture
def reader(device: SimulatedDevice) -> Iterator[IdReader]:
    device.command("lift")
    for setting in ("application yes", "wrapped yes", "exact no", "mute no"):
        device.command(f"set {setting}")
    reader = open_id_reader(device.spec)
    assert reader is not None
    reader.open()
    assert StateChanged(DeviceState.READY) in reader.poll()
    settle(reader)
    yield reader
    reader.close()


def event(reader: IdReader) -> CardEvent:
    """The next thing that happens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for found in reader.poll():
            return found
    raise AssertionError("nothing happened")


def settle(reader: IdReader) -> None:
    """Let the service notice that the last card is gone: it looks every 0.4 s."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < 1.0:
        if reader.poll():
            quiet_since = time.monotonic()


def put(device: SimulatedDevice, *more: str) -> None:
    device.command("put", "测试乙", NUMBER, *more)


def test_a_card_is_read_when_put_in_and_its_going_is_told(reader: IdReader, device: SimulatedDevice) -> None:
    put(device)
    read = event(reader)
    assert isinstance(read, CardRead)
    assert (read.card.name, read.card.number) == ("测试乙", NUMBER)
    assert list(reader.poll()) == []
    device.command("lift")
    assert event(reader) == CardRemoved()
    put(device)
    assert isinstance(event(reader), CardRead)


@pytest.mark.parametrize("settings", [["wrapped no"], ["exact yes"], ["wrapped no", "exact yes"]])
def test_cards_that_answer_in_other_ways_are_read(
    reader: IdReader, device: SimulatedDevice, settings: list[str]
) -> None:
    for setting in settings:
        device.command(f"set {setting}")
    put(device)
    read = event(reader)
    assert isinstance(read, CardRead)
    assert read.card.number == NUMBER


def test_a_card_of_another_kind_is_told(reader: IdReader, device: SimulatedDevice) -> None:
    device.command("set application no")
    put(device)
    assert event(reader) == CardNotRead(CardOutcome.WRONG_CARD)


def test_a_card_put_in_upside_down_is_told(reader: IdReader, device: SimulatedDevice) -> None:
    device.command("set mute yes")
    put(device)
    assert event(reader) == CardNotRead(CardOutcome.UPSIDE_DOWN)


def test_a_card_that_reads_wrongly_is_told(reader: IdReader, device: SimulatedDevice) -> None:
    put(device, f"number={NUMBER[:17]}0")
    assert event(reader) == CardNotRead(CardOutcome.UNREADABLE)


@pytest.mark.parametrize("record", ["08", "09", "0d"])
def test_the_card_taken_out_while_being_read(reader: IdReader, device: SimulatedDevice, record: str) -> None:
    device.command("lift-at", record)
    put(device)
    assert event(reader) == CardNotRead(CardOutcome.MOVED)


def test_a_reader_that_is_not_there_cannot_be_opened(port: int) -> None:
    del port  # the service runs
    reader = open_id_reader("pcsc:/?reader=Nowhere")
    assert reader is not None
    with pytest.raises(DeviceCannotOpen, match="Nowhere"):
        reader.open()


def test_a_wrong_option_is_told_at_once() -> None:
    with pytest.raises(DeviceUnavailable):
        open_id_reader("pcsc:/?baud=9600")
