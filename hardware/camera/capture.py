"""Pictures through OpenCV: a camera of this machine (V4L2), a recording, a camera on the network (RTSP).

OpenCV may wait for many seconds inside one call, so a thread of the source does nothing but fetch; it leaves
the newest picture and ends by itself when its camera is closed.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from hardware.camera.frame import Image
from hardware.faults import DeviceCannotOpen, DeviceFailed, DeviceTimedOut

OPEN_TIME = 5.0
"""Seconds until a camera that does not open is given up."""
_WAIT_MS = 4000
_LEAVE_TIME = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """The size in pixels and the pictures a second that are asked for; a camera gives what it can."""

    width: int = 1280
    height: int = 720
    rate: float = 15.0


class CaptureSource:
    """The newest picture of one `cv2.VideoCapture`. `make` opens it and may take long."""

    def __init__(
        self, name: str, make: Callable[[], cv2.VideoCapture], *, is_live: bool, loops: bool
    ) -> None:
        self.is_live = is_live
        self._name = name
        self._make = make
        self._loops = loops
        self._fetch: _Fetch | None = None
        self._stuck: _Fetch | None = None

    def open(self) -> None:
        if self._stuck is not None and not self._stuck.ended.is_set():
            raise DeviceTimedOut(f"{self._name}: still hangs since it was opened last")
        self._fetch = fetch = _Fetch(self._make, is_paced=not self.is_live, loops=self._loops)
        if not fetch.opened.wait(OPEN_TIME):
            raise DeviceTimedOut(f"{self._name}: no answer in {OPEN_TIME:g} s")
        if fetch.ended.is_set():
            raise DeviceCannotOpen(f"{self._name}: no camera there, or another program uses it")

    def newest(self) -> Image | None:
        if self._fetch is None:
            raise DeviceFailed(f"{self._name}: not open")
        image = self._fetch.take()
        if image is None and self._fetch.ended.is_set():
            raise DeviceFailed(f"{self._name}: no more pictures come")
        return image

    def close(self) -> None:
        fetch, self._fetch = self._fetch, None
        if fetch is not None and not fetch.stop(_LEAVE_TIME):
            self._stuck = fetch


class _Fetch:
    """The thread that waits in OpenCV's place of ours."""

    def __init__(self, make: Callable[[], cv2.VideoCapture], *, is_paced: bool, loops: bool) -> None:
        self.opened, self.ended, self.leave = threading.Event(), threading.Event(), threading.Event()
        self._make = make
        self._is_paced = is_paced
        self._loops = loops
        self._newest: Image | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    def stop(self, within: float) -> bool:
        """Ask the thread to end; False when it hangs in OpenCV after `within` seconds."""
        self.leave.set()
        self._thread.join(within)
        return not self._thread.is_alive()

    def take(self) -> Image | None:
        with self._lock:
            image, self._newest = self._newest, None
            return image

    def _run(self) -> None:
        try:
            while self._play() and self._loops and not self.leave.is_set():
                pass  # a recording begins again as long as it has pictures
        except cv2.error:
            pass  # said by `ended`, like every other end
        finally:
            self.ended.set()
            self.opened.set()

    def _play(self) -> bool:
        """Fetch until the end; False when not a single picture came."""
        capture = self._make()
        try:
            return capture.isOpened() and self._read_all(capture)
        finally:
            capture.release()

    def _read_all(self, capture: cv2.VideoCapture) -> bool:
        pause = 1 / (capture.get(cv2.CAP_PROP_FPS) or 25.0) if self._is_paced else 0.0
        due, any_came = time.monotonic(), False
        while not self.leave.is_set():
            is_there, image = capture.read()
            if not is_there:
                break
            any_came = True
            with self._lock:
                self._newest = np.asarray(image, np.uint8)
            self.opened.set()
            due += pause
            self.leave.wait(max(0.0, due - time.monotonic()))
        return any_came


def of_device(path: str, wish: Wish) -> CaptureSource:
    """A camera of this machine: `/dev/video0`."""

    def make() -> cv2.VideoCapture:
        capture = cv2.VideoCapture(path, cv2.CAP_V4L2)
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wish.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wish.height)
        capture.set(cv2.CAP_PROP_FPS, wish.rate)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture

    return CaptureSource(path, make, is_live=True, loops=False)


def of_file(path: Path, *, loops: bool) -> CaptureSource:
    """A recording, played at its own speed."""

    def make() -> cv2.VideoCapture:
        # Opening a pipe without a writer would never return.
        return cv2.VideoCapture() if path.is_fifo() else cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)

    return CaptureSource(str(path), make, is_live=False, loops=loops)


def of_network(url: str) -> CaptureSource:
    """A camera on the network: `rtsp://host/path`."""
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _WAIT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _WAIT_MS]
    return CaptureSource(
        url.rpartition("@")[2],  # a password in the address is nobody's business in a log
        lambda: cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits),
        is_live=True,
        loops=False,
    )
