"""Picture and sound of a call, on their way out and on their way in. Nothing is ever written to a disk."""

import asyncio
import fractions
import time
from collections.abc import Callable

import av
import cv2
import numpy as np
from aiortc import AudioStreamTrack, MediaStreamTrack, VideoStreamTrack
from aiortc.mediastreams import MediaStreamError
from numpy.typing import NDArray

from hardware.camera.frame import Image

WIDTH, HEIGHT, RATE = 640, 480, 25
SAMPLE_RATE = 48_000
SAMPLES = SAMPLE_RATE // 50  # 20 ms
Samples = NDArray[np.int16]
"""Mono, 48 kHz, 16 bits."""

_CLOCK = 90_000  # of video time stamps (RFC 3551)
_WAITING: Image = np.full((HEIGHT, WIDTH, 3), (61, 33, 20), np.uint8)  # the theme's ink, blue green red


class PictureTrack(VideoStreamTrack):
    """Sends the newest picture 25 times a second, within 640 x 480, or a plain ground while held.

    Nothing is sent while there is no picture, so the other end notices that none comes.
    """

    def __init__(self, newest: Callable[[], Image | None]) -> None:
        super().__init__()
        self._newest = newest
        self.is_held = False
        self._began: float | None = None
        self._count = 0

    async def recv(self) -> av.VideoFrame:
        image: Image | None = None
        while image is None:
            await self._wait()
            image = _WAITING if self.is_held else self._newest()
        frame = av.VideoFrame.from_ndarray(_fitted(image), format="bgr24")
        frame.pts = self._count * _CLOCK // RATE
        frame.time_base = fractions.Fraction(1, _CLOCK)
        return frame

    async def _wait(self) -> None:
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        if self._began is None:
            self._began = now
        self._count = max(self._count + 1, int((now - self._began) * RATE))
        await asyncio.sleep(max(0.0, self._began + self._count / RATE - now))


class SoundTrack(AudioStreamTrack):
    """Sends 20 ms of sound at a time; silence while held or muted. `record` gives `SAMPLES` samples."""

    def __init__(self, record: Callable[[], Samples]) -> None:
        super().__init__()
        self._record = record
        self.is_held = False
        self.is_muted = False
        self._began: float | None = None
        self._count = 0

    async def recv(self) -> av.AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        now = time.monotonic()
        if self._began is None:
            self._began = now
        await asyncio.sleep(max(0.0, self._began + self._count * SAMPLES / SAMPLE_RATE - now))
        is_silent = self.is_held or self.is_muted
        samples = np.zeros(SAMPLES, np.int16) if is_silent else self._record()
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = self._count * SAMPLES
        frame.time_base = fractions.Fraction(1, SAMPLE_RATE)
        self._count += 1
        return frame


class Reception:
    """What comes in: the newest picture, how loud it is, and when each was last there."""

    def __init__(self, play: Callable[[Samples], None]) -> None:
        self._play = play
        self.picture: Image | None = None
        self.pictures = 0
        self.loudness = 0.0
        """Of the last 20 ms, 0 to 1."""
        self.first_picture_at: float | None = None
        self.picture_at: float | None = None
        self.sound_at: float | None = None

    async def take(self, track: MediaStreamTrack) -> None:
        """Receive one track until it ends."""
        try:
            while True:
                frame = await track.recv()
                if isinstance(frame, av.VideoFrame):
                    self._see(frame)
                elif isinstance(frame, av.AudioFrame):
                    self._hear(frame)
        except MediaStreamError:
            return

    def _see(self, frame: av.VideoFrame) -> None:
        self.picture = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
        self.pictures += 1
        self.picture_at = time.monotonic()
        self.first_picture_at = self.first_picture_at or self.picture_at

    def _hear(self, frame: av.AudioFrame) -> None:
        samples = np.asarray(frame.to_ndarray(), np.int16).reshape(-1)
        if frame.layout.nb_channels == 2:
            samples = samples.reshape(-1, 2).mean(axis=1).astype(np.int16)
        self.loudness = float(np.sqrt(np.mean((samples / 32768.0) ** 2)))
        self.sound_at = time.monotonic()
        self._play(samples)


def _fitted(image: Image) -> Image:
    """`image` within 640 x 480, its sides even as the encoder needs them."""
    height, width = image.shape[:2]
    scale = min(1.0, WIDTH / width, HEIGHT / height)
    wanted = int(width * scale) // 2 * 2, int(height * scale) // 2 * 2
    if wanted == (width, height):
        return np.ascontiguousarray(image)
    return np.asarray(cv2.resize(image, wanted, interpolation=cv2.INTER_AREA), np.uint8)
