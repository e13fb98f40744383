"""The driver of every camera: a source of pictures and a judgement of them."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

from hardware.camera.capture import Wish, of_device, of_file, of_network
from hardware.camera.frame import Frame, Health, Image
from hardware.camera.pipe import PipeSource
from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceUnavailable
from hardware.spec import DeviceSpec

_POLL = 0.01  # seconds; at most so much is added to a picture's age
CameraEvent = Frame | StateChanged


class Source(Protocol):
    """Where pictures come from. All raise `DeviceError`; only `open` waits, and not for ever."""

    @property
    def is_live(self) -> bool: ...

    def open(self) -> None: ...

    def newest(self) -> Image | None:
        """The newest picture that was not given yet; older ones are forgotten."""

    def close(self) -> None: ...


class Camera(Device, Protocol):
    """A camera; `poll` returns `CameraEvent`s: at most one picture, the newest."""

    def poll(self) -> Sequence[CameraEvent]: ...


class SourceCamera:
    """`v4l2:/dev/video0?size=1280x720&fps=15`, `file:/path/day.mp4?loop=yes`, `fifo:/path`, `rtsp://host/path`."""

    poll_interval = _POLL

    def __init__(self, source: Source) -> None:
        self._source = source
        self._health = Health(time.monotonic, is_live=source.is_live)
        self._told: DeviceState | None = None

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        """Raises `DeviceUnavailable` for an option or driver it does not know."""
        return cls(_source(spec))

    def open(self) -> None:
        self._source.open()
        self._health.begin()
        self._told = None

    def poll(self) -> Sequence[CameraEvent]:
        image = self._source.newest()
        events: list[CameraEvent] = []
        if image is not None:
            self._health.see(image)
            events.append(Frame(image, time.monotonic()))
        state = self._health.state
        if state is not self._told and (self._told is not None or state is not DeviceState.UNKNOWN):
            self._told = state
            events.insert(0, StateChanged(state))
        return events

    def close(self) -> None:
        self._source.close()


def _source(spec: DeviceSpec) -> Source:
    match spec.driver:
        case "v4l2":
            spec.reject_unknown(frozenset({"size", "fps"}))
            width, height = _size(spec.options.get("size", "1280x720"))
            return of_device(spec.url, Wish(width, height, spec.number("fps", 15)))
        case "file":
            spec.reject_unknown(frozenset({"loop"}))
            return of_file(Path(spec.url), loops=spec.choice("loop", "no", ("yes", "no")) == "yes")
        case "fifo":
            spec.reject_unknown(frozenset())
            return PipeSource(Path(spec.url))
        case "rtsp":
            query = "&".join(f"{name}={value}" for name, value in spec.options.items())
            return of_network(f"rtsp:{spec.url}" + (f"?{query}" if query else ""))
    raise DeviceUnavailable(f"no camera driver called {spec.driver!r}")


def _size(text: str) -> tuple[int, int]:
    width, times, height = text.partition("x")
    if not (times and width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise DeviceUnavailable(f"size={text}: expected width x height, as 1280x720")
    return int(width), int(height)
