"""A printer behind a character device, as usblp shows it: here a pty with the simulator behind."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hardware.device import DeviceState
from hardware.faults import DeviceCannotOpen, DeviceFailed, DeviceTimedOut
from hardware.printer.document import Cut, Document, Text
from hardware.printer.driver import PrintResult, TicketPrinter
from hardware.registry import open_printer
from hardware.simulators import SimulatedDevice, simulated_device
from hardware.transport import Deadline
from hardware.usb import UsbTransport

SHORT = Document((Text("号票 A001", size=2), Cut()))


@pytest.fixture(scope="module")
def device() -> Iterator[SimulatedDevice]:
    with simulated_device("printer", "--line", "pty", "--speed", "0") as device:
        yield device


@contextmanager
def opened(device: SimulatedDevice, options: str = "?within=0.6") -> Iterator[TicketPrinter]:
    for cure in ("restart", "paper in"):
        device.command(cure)
    path = device.command("plug")["address"].removeprefix("serial://")
    printer = open_printer(f"escpos:usb://{path}{options}")
    assert isinstance(printer, TicketPrinter)
    printer.open()
    try:
        yield printer
    finally:
        printer.close()


def test_it_prints_with_proof_and_tells_its_state(device: SimulatedDevice) -> None:
    with opened(device) as printer:
        assert printer.status() is DeviceState.READY
        assert printer.print(SHORT).result is PrintResult.CONFIRMED
        device.command("paper out")
        assert printer.status() is DeviceState.PAPER_OUT


def test_without_a_way_back_its_state_is_unknown_and_not_ready(device: SimulatedDevice) -> None:
    with opened(device) as printer:
        device.command("silent")
        begin = time.monotonic()
        state = printer.status()
        assert time.monotonic() - begin < 1.5
        assert state is DeviceState.UNKNOWN
        assert printer.print(SHORT).result is PrintResult.NOT_PRINTED


def test_one_that_was_heard_and_falls_silent_is_silent(device: SimulatedDevice) -> None:
    with opened(device) as printer:
        assert printer.status() is DeviceState.READY
        device.command("silent")
        assert printer.status() is DeviceState.SILENT


def test_unplug_at_any_byte(device: SimulatedDevice) -> None:
    for at in (1, 9, 30):
        with opened(device) as printer:
            printer.print(SHORT)
            device.command("close-at", str(at))
            outcome = printer.print(SHORT)
            assert (outcome.result, outcome.state) == (PrintResult.UNCONFIRMED, DeviceState.ERROR)
            assert printer.print(SHORT).result is PrintResult.NOT_PRINTED
    with opened(device) as printer:
        assert printer.print(SHORT).result is PrintResult.CONFIRMED


def test_no_such_device_cannot_be_opened() -> None:
    printer = open_printer("escpos:usb:///dev/usb/none")
    assert printer is not None
    with pytest.raises(DeviceCannotOpen):
        printer.open()


def test_a_device_that_takes_no_bytes_ends_at_the_deadline() -> None:
    near, far = os.openpty()
    line = UsbTransport(os.ttyname(far))
    try:
        begin = time.monotonic()
        with pytest.raises(DeviceTimedOut):
            line.write(bytes(1 << 20), Deadline.after(0.2))
        assert time.monotonic() - begin < 1
        assert line.read(Deadline.after(0.05)) == b""
    finally:
        line.close()
        os.close(near)
        os.close(far)
    with pytest.raises(DeviceFailed):
        line.read(Deadline.after(0))
