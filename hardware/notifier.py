"""The only threads of the hardware layer: one per device.

Each thread opens its device, polls it, runs the jobs handed to it (a print, a status question) in between,
and tells what happened through one callback. A device that faults is closed and opened again with a back-off
of 0.5 to 10 s. Nothing here ever waits in the caller's thread, so a dead device cannot hold a screen.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Generic, TypeVar

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceError, DeviceTimedOut

FIRST_BACK_OFF = 0.5
LONGEST_BACK_OFF = 10.0

_log = logging.getLogger(__name__)
_D = TypeVar("_D", bound=Device)
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class DeviceEvent:
    """Something a watched device did: `what` is `StateChanged` or one of the driver's own events."""

    device: str
    what: object


class Watch(Generic[_D]):
    """One device under watch, in its own thread from construction until `stop`.

    `emit` is called in that thread; whoever needs another one (Qt) hands the event over there.
    """

    def __init__(self, name: str, device: _D, emit: Callable[[DeviceEvent], None]) -> None:
        self.name = name
        self._device = device
        self._emit = emit
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._closing = threading.Lock()  # between "is it stopped?" and the queue, in `submit` and `_drain`
        self._is_open = False
        self._back_off = FIRST_BACK_OFF
        self._told: DeviceState | None = None
        self._thread = threading.Thread(target=self._run, name=f"device {name}", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[_D], _R]) -> "Future[_R]":
        """Run `job(device)` between two polls; the device is opened first if it is closed.

        The future carries the result, or the `DeviceError` that the opening or the job raised. After `stop`
        it is cancelled.
        """
        future: Future[_R] = Future()
        with self._closing:
            if self._stopping.is_set():
                future.cancel()
            else:
                self._jobs.put(lambda: self._perform(job, future))
        return future

    def stop(self, within: float = 5.0) -> bool:
        """Close the device and end the thread; False when it has not ended after `within` seconds."""
        with self._closing:
            self._stopping.set()
            self._jobs.put(None)
        self._thread.join(within)
        return not self._thread.is_alive()

    def _run(self) -> None:
        wait = 0.0
        while not self._stopping.is_set():
            if not self._run_job(wait):
                wait = self._poll_once()
        self._close()
        self._drain()

    def _run_job(self, wait: float) -> bool:
        """Wait up to `wait` seconds for a job and run it; False when none came."""
        try:
            job = self._jobs.get(timeout=wait) if wait > 0 else self._jobs.get_nowait()
        except queue.Empty:
            return False
        if job is not None:
            job()
        return True

    def _poll_once(self) -> float:
        """Poll the device, opening it if need be; returns the seconds to wait until the next time."""
        try:
            self._ensure_open()
            happened = self._device.poll()
        except DeviceError as error:
            return self._fault(error)
        self._back_off = FIRST_BACK_OFF
        for event in happened:
            self._tell(event)
        return self._device.poll_interval

    def _perform(self, job: Callable[[_D], _R], future: "Future[_R]") -> None:
        if self._stopping.is_set():
            future.cancel()
        if not future.set_running_or_notify_cancel():
            return
        try:
            self._ensure_open()
            result = job(self._device)
        except DeviceError as error:
            self._fault(error)
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001  # a bug in the job belongs to whoever waits for it
            future.set_exception(error)
        else:
            future.set_result(result)

    def _ensure_open(self) -> None:
        if not self._is_open:
            self._device.open()
            self._is_open = True

    def _fault(self, error: DeviceError) -> float:
        """Tell the fault, close the device, and return how long to leave it alone."""
        _log.warning("%s: %s", self.name, error)
        self._close()
        state = DeviceState.SILENT if isinstance(error, DeviceTimedOut) else DeviceState.ERROR
        self._tell(StateChanged(state, str(error)))
        wait, self._back_off = self._back_off, min(self._back_off * 2, LONGEST_BACK_OFF)
        return wait

    def _tell(self, event: object) -> None:
        """Pass an event on; a state is told only when it differs from the last one told."""
        if isinstance(event, StateChanged):
            if event.state is self._told:
                return
            self._told = event.state
        self._emit(DeviceEvent(self.name, event))

    def _close(self) -> None:
        self._is_open = False
        try:
            self._device.close()
        except DeviceError as error:
            _log.info("%s: while closing: %s", self.name, error)

    def _drain(self) -> None:
        """Cancel the jobs still queued, by running them after the stop."""
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return
            if job is not None:
                job()


class Notifier:
    """All watched devices of one program."""

    def __init__(self, emit: Callable[[DeviceEvent], None]) -> None:
        self._emit = emit
        self._watches: dict[str, Watch[Device]] = {}

    def watch(self, name: str, device: _D) -> Watch[_D]:
        """Watch `device` under `name` until `stop`. A name is watched once."""
        if name in self._watches:
            raise ValueError(f"{name} is already watched")
        watch = Watch(name, device, self._emit)
        self._watches[name] = watch  # type: ignore[assignment]  # only stopped from here, never given jobs
        return watch

    def stop(self, within: float = 5.0) -> bool:
        """End every thread; False when one did not end in time."""
        ended = [watch.stop(within) for watch in self._watches.values()]
        return all(ended)
