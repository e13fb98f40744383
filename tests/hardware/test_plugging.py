"""Watched devices that vanish and come back, with real processes at the other end."""

import queue
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.idcard.card import check_character
from hardware.idcard.driver import CardRead
from hardware.notifier import DeviceEvent, Notifier
from hardware.printer.document import Cut, Document, Text
from hardware.printer.driver import PrintResult
from hardware.registry import open_id_reader, open_printer
from hardware.simulators import simulated_device

NUMBER = "43060219900307001" + check_character("43060219900307001")


@pytest.fixture
def events() -> "queue.SimpleQueue[DeviceEvent]":
    return queue.SimpleQueue()


@pytest.fixture
def notifier(events: "queue.SimpleQueue[DeviceEvent]") -> Iterator[Notifier]:
    notifier = Notifier(events.put)
    yield notifier
    assert notifier.stop()


def next_state(events: "queue.SimpleQueue[DeviceEvent]") -> DeviceState:
    what = events.get(timeout=10).what
    assert isinstance(what, StateChanged)
    return what.state


def test_a_reader_that_comes_back_as_another_tty_reads_the_next_card(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]", tmp_path: Path
) -> None:
    link = str(tmp_path / "reader")  # what udev calls it, whichever tty it becomes
    with simulated_device("idcard", "--line", "pty", "--link", link) as device:
        reader = open_id_reader(device.spec)
        assert reader is not None
        notifier.watch("reader", reader)
        assert next_state(events) is DeviceState.READY
        device.command("unplug")
        assert next_state(events) is DeviceState.ERROR
        device.command("plug")
        device.command("put", "测试甲", NUMBER)
        assert next_state(events) is DeviceState.READY
        event = events.get(timeout=10).what
        assert isinstance(event, CardRead)
        assert event.card.number == NUMBER


def test_a_printer_that_comes_back_as_another_tty_prints_the_next_slip(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]", tmp_path: Path
) -> None:
    link = str(tmp_path / "printer")
    with simulated_device("printer", "--line", "pty", "--link", link, "--speed", "0") as device:
        printer = open_printer(device.spec)
        assert printer is not None
        watch = notifier.watch("printer", printer)
        assert next_state(events) is DeviceState.READY
        device.command("close-at 20")
        document = Document((Text("号票 A001"), Cut()))
        broken = watch.submit(lambda printer: printer.print(document)).result(timeout=10)
        assert broken.result is PrintResult.UNCONFIRMED
        assert next_state(events) is DeviceState.ERROR
        device.command("plug")
        assert next_state(events) is DeviceState.READY
        copy = Document((Text("补打 A001"), Cut()))
        outcome = watch.submit(lambda printer: printer.print(copy)).result(timeout=10)
        assert outcome.result is PrintResult.CONFIRMED
        assert device.command("slips")["slips"][-1] == "补打 A001\n"


def test_a_job_prints_and_a_change_of_paper_is_told(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]"
) -> None:
    with simulated_device("printer", "--speed", "0") as device:
        printer = open_printer(device.spec)
        assert printer is not None
        watch = notifier.watch("printer", printer)
        document = Document((Text("号票 A001"), Cut()))
        outcome = watch.submit(lambda printer: printer.print(document)).result(timeout=10)
        assert outcome.result is PrintResult.CONFIRMED
        assert next_state(events) is DeviceState.READY
        device.command("paper out")
        assert next_state(events) is DeviceState.PAPER_OUT
        device.command("paper in")
        assert next_state(events) is DeviceState.READY


def test_a_dead_printer_never_holds_its_caller(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]"
) -> None:
    with simulated_device("printer") as device:
        device.command("hang")
        printer = open_printer(device.spec)
        assert printer is not None
        watch = notifier.watch("printer", printer)
        begin = time.monotonic()
        future = watch.submit(lambda printer: printer.print(Document((Cut(),))))
        assert time.monotonic() - begin < 0.05
        assert future.result(timeout=5).result is PrintResult.NOT_PRINTED
        assert next_state(events) is DeviceState.SILENT
