"""A camera as a scanner: codes are looked for in its pictures, and no picture is kept."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Self

from hardware.device import StateChanged
from hardware.faults import DeviceUnavailable
from hardware.registry import driver_class
from hardware.scanner.decode import decode
from hardware.scanner.events import OnceFilter, Scanned
from hardware.scanner.line import ScannerEvent
from hardware.spec import DeviceSpec

if TYPE_CHECKING:
    from hardware.camera.driver import Camera

LOOK_EVERY = 0.2
"""Seconds between two pictures that are searched; one without a code takes longest, and most have none."""


class CameraScanner:
    """`camera:v4l2:///dev/video0?size=1280x720`: any camera of `hardware.camera`, with its own options.

    Its states are the camera's: a frozen or black picture is told, not taken for an empty one.
    """

    def __init__(self, camera: "Camera", clock: Callable[[], float] = time.monotonic) -> None:
        self._camera = camera
        self._clock = clock
        self._once = OnceFilter(clock)
        self._looked = float("-inf")

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        name, separator, path = spec.url.partition("://")
        if not separator:
            raise DeviceUnavailable(f"camera:{spec.url} is no camera: expected camera:v4l2:///dev/video0")
        url = path if path.startswith("/") else f"//{path}"
        camera = driver_class("camera", name).from_spec(DeviceSpec(name, url, spec.options))
        return cls(camera)  # type: ignore[arg-type]  # the table pairs kind and class

    @property
    def poll_interval(self) -> float:
        return self._camera.poll_interval

    def open(self) -> None:
        self._camera.open()

    def close(self) -> None:
        self._camera.close()

    def poll(self) -> Sequence[ScannerEvent]:
        """The codes in the newest picture; a search takes some tens of milliseconds."""
        events: list[ScannerEvent] = []
        for event in self._camera.poll():
            if isinstance(event, StateChanged):
                events.append(event)
            elif self._clock() - self._looked >= LOOK_EVERY:
                events += [Scanned(text) for text in decode(event.image) if self._once.passes(text)]
                self._looked = self._clock()
        return events
