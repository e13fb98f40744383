"""Pictures out of a named pipe that another program feeds with Motion JPEG.

The pipe is read without ever waiting, so a writer that hangs or never comes cannot hold us. A JPEG picture
stands between FF D8 and FF D9; inside its data FF is followed by 00, so both marks are found by searching
(ITU-T T.81, annex B). Thumbnails inside a picture are not expected from a camera.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from hardware.camera.frame import Image
from hardware.faults import DeviceCannotOpen, DeviceFailed

LONGEST: Final = 4 * 1024 * 1024
"""Bytes of one picture; a longer run without an end mark is thrown away."""
_START, _END = b"\xff\xd8\xff", b"\xff\xd9"
_CHUNK = 1 << 20


@dataclass
class JpegCutter:
    """Cuts a stream of bytes into pictures, however it is chunked, whatever stands between them."""

    _pending: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> list[bytes]:
        """The whole pictures that `data` completes, oldest first."""
        self._pending += data
        found = []
        while (picture := self._next()) is not None:
            found.append(picture)
        return found

    def _next(self) -> bytes | None:
        start = self._pending.find(_START)
        if start < 0:
            del self._pending[: max(0, len(self._pending) - len(_START) + 1)]
            return None
        del self._pending[:start]
        end = self._pending.find(_END, len(_START))
        if end < 0:
            if len(self._pending) > LONGEST:
                del self._pending[: len(_START)]
                return self._next()
            return None
        picture = bytes(self._pending[: end + len(_END)])
        del self._pending[: end + len(_END)]
        return picture


class PipeSource:
    """The newest picture of a pipe. Unplugged is a writer that closed its end."""

    is_live = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pipe: int | None = None
        self._cutter = JpegCutter()
        self._had_writer = False

    def open(self) -> None:
        try:
            if not self._path.is_fifo():
                raise DeviceCannotOpen(f"{self._path}: no pipe there")
            self._pipe = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError as error:
            raise DeviceCannotOpen(f"{self._path}: {error}") from error
        self._cutter = JpegCutter()
        self._had_writer = False

    def newest(self) -> Image | None:
        """The newest whole picture since the last call; one that cannot be decoded is skipped."""
        for picture in reversed(self._cutter.feed(self._drain())):
            image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
            if image is not None:
                return np.asarray(image, np.uint8)
        return None

    def close(self) -> None:
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            os.close(pipe)

    def _drain(self) -> bytes:
        if self._pipe is None:
            raise DeviceFailed(f"{self._path}: not open")
        data = bytearray()
        while len(data) < LONGEST:
            try:
                chunk = os.read(self._pipe, _CHUNK)
            except BlockingIOError:
                self._had_writer = True
                break
            except OSError as error:
                raise DeviceFailed(f"{self._path}: {error}") from error
            if not chunk:
                self._miss_writer(bytes(data))
                break
            self._had_writer = True
            data += chunk
        return bytes(data)

    def _miss_writer(self, data: bytes) -> None:
        """Nobody holds the other end: gone, if somebody did."""
        if self._had_writer and not data:
            raise DeviceFailed(f"{self._path}: the camera went away")
