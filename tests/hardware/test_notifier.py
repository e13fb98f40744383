"""The notifier with a device that obeys the test."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceError, DeviceFailed, DeviceTimedOut
from hardware.notifier import DeviceEvent, Notifier


class ScriptedDevice:
    """Raises what the test put into `faults`, otherwise reports ready and the events it was given."""

    poll_interval = 0.02

    def __init__(self) -> None:
        self.open_fault: DeviceError | None = None
        self.poll_fault: DeviceError | None = None
        self.events: list[object] = []
        self.openings: list[float] = []
        self.threads: set[int] = set()
        self.is_open = False

    def open(self) -> None:
        self.openings.append(time.monotonic())
        if self.open_fault is not None:
            raise self.open_fault
        self.is_open = True

    def poll(self) -> Sequence[object]:
        self.threads.add(threading.get_ident())
        if self.poll_fault is not None:
            raise self.poll_fault
        events, self.events = self.events, []
        return [StateChanged(DeviceState.READY), *events]

    def close(self) -> None:
        self.is_open = False


@pytest.fixture
def events() -> "queue.SimpleQueue[DeviceEvent]":
    return queue.SimpleQueue()


@pytest.fixture
def notifier(events: "queue.SimpleQueue[DeviceEvent]") -> Iterator[Notifier]:
    notifier = Notifier(events.put)
    yield notifier
    assert notifier.stop()


def next_state(events: "queue.SimpleQueue[DeviceEvent]") -> DeviceState:
    what = events.get(timeout=5).what
    assert isinstance(what, StateChanged)
    return what.state


def test_a_state_is_told_once_and_events_always(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]"
) -> None:
    device = ScriptedDevice()
    notifier.watch("reader", device)
    assert events.get(timeout=5) == DeviceEvent("reader", StateChanged(DeviceState.READY))
    device.events.append("card")
    assert events.get(timeout=5) == DeviceEvent("reader", "card")
    time.sleep(0.1)
    assert events.empty()


def test_a_fault_closes_tells_and_reopens(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]"
) -> None:
    device = ScriptedDevice()
    notifier.watch("reader", device)
    assert next_state(events) is DeviceState.READY
    device.poll_fault = DeviceFailed("unplugged")
    assert next_state(events) is DeviceState.ERROR
    device.poll_fault = None
    assert next_state(events) is DeviceState.READY
    assert len(device.openings) == 2


def test_silence_is_told_as_silence(notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]") -> None:
    device = ScriptedDevice()
    device.poll_fault = DeviceTimedOut("nothing")
    notifier.watch("printer", device)
    assert next_state(events) is DeviceState.SILENT


def test_reopening_backs_off(notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]") -> None:
    device = ScriptedDevice()
    device.open_fault = DeviceCannotOpen("not there")
    notifier.watch("printer", device)
    time.sleep(1.8)
    first, second, third = device.openings
    assert second - first == pytest.approx(0.5, abs=0.2)
    assert third - second == pytest.approx(1.0, abs=0.3)
    device.open_fault = None


def test_a_job_runs_in_the_devices_thread(notifier: Notifier) -> None:
    device = ScriptedDevice()
    watch = notifier.watch("printer", device)
    thread = watch.submit(lambda _: threading.get_ident()).result(timeout=5)
    assert thread != threading.get_ident()
    watch.submit(lambda d: d.poll()).result(timeout=5)
    assert device.threads == {thread}


def test_a_job_does_not_wait_for_the_back_off(
    notifier: Notifier, events: "queue.SimpleQueue[DeviceEvent]"
) -> None:
    device = ScriptedDevice()
    device.open_fault = DeviceCannotOpen("not there")
    watch = notifier.watch("printer", device)
    assert next_state(events) is DeviceState.ERROR
    begin = time.monotonic()
    with pytest.raises(DeviceCannotOpen):
        watch.submit(lambda d: d.poll()).result(timeout=5)
    assert time.monotonic() - begin < 0.3
    device.open_fault = None
    assert watch.submit(lambda d: d.is_open).result(timeout=5)


def test_a_bug_in_a_job_belongs_to_the_caller(notifier: Notifier) -> None:
    watch = notifier.watch("printer", ScriptedDevice())
    with pytest.raises(ZeroDivisionError):
        watch.submit(lambda _: 1 // 0).result(timeout=5)
    assert watch.submit(lambda d: d.is_open).result(timeout=5)


def test_stopping_closes_the_device_and_cancels_jobs(events: "queue.SimpleQueue[DeviceEvent]") -> None:
    notifier = Notifier(events.put)
    device = ScriptedDevice()
    watch = notifier.watch("printer", device)
    watch.submit(lambda d: d.is_open).result(timeout=5)
    busy = watch.submit(lambda _: time.sleep(0.2))
    waiting = watch.submit(lambda d: d.poll())
    assert notifier.stop()
    assert not device.is_open
    assert busy.done()
    assert waiting.cancelled()
    assert watch.submit(lambda d: d.is_open).cancelled()


def test_a_name_is_watched_once(notifier: Notifier) -> None:
    notifier.watch("printer", ScriptedDevice())
    with pytest.raises(ValueError, match="already"):
        notifier.watch("printer", ScriptedDevice())
