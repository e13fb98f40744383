"""A call on this machine, each end a process of its own: `python -m hardware.video.measure` prints JSON.

`encoder_ms` is libvpx alone on the same pictures, in the same run: the machine's own limit.
"""

import fractions
import json
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import av
import cv2
import numpy as np
from aiortc.codecs import get_encoder
from aiortc.rtcrtpparameters import RTCRtpCodecParameters

from hardware.camera.frame import Image
from hardware.video.media import HEIGHT, RATE, WIDTH
from hardware.video.testing import End, ends

SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from the answer to the first picture; pictures a second; share of one core. The worse end."""

    first: float
    rate: float
    share: float
    encoder_ms: float


def measure() -> Measured:
    """One call between two films."""
    with tempfile.TemporaryDirectory(prefix="hall-call-") as folder, ends() as start:
        film = _film(Path(folder) / "film.avi")
        camera = ("--camera", f"file:{film}?loop=yes")
        caller, called = start(*camera), start(*camera, "--answer")
        caller.tell(f"call {called.place}")
        for end in (caller, called):
            end.wait_for("state", "talking")
        time.sleep(1.0)
        before = [_figures(end) for end in (caller, called)]
        began = time.monotonic()
        time.sleep(SECONDS)
        passed = time.monotonic() - began
        after = [_figures(end) for end in (caller, called)]
    return Measured(
        first=max(figures["first"] for figures in after),
        rate=min(b["pictures"] - a["pictures"] for a, b in zip(before, after, strict=True)) / passed,
        share=max(b["cpu"] - a["cpu"] for a, b in zip(before, after, strict=True)) / passed,
        encoder_ms=1000 * _encoding(),
    )


def _figures(end: End) -> dict[str, float]:
    end.tell("figures")
    return end.wait_for("pictures")


def _film(path: Path) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), float(RATE), (WIDTH, HEIGHT))
    for turn in range(4 * RATE):
        writer.write(_picture(turn))
    writer.release()
    return path


def _picture(turn: int) -> Image:
    """A textured ground with something that moves, as a person before a wall."""
    ground = np.random.default_rng(7).integers(90, 130, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    image = np.asarray(cv2.GaussianBlur(ground, (0, 0), 2), np.uint8)
    cv2.circle(image, (WIDTH // 2 + int(90 * np.sin(turn / 8)), HEIGHT // 2), 110, (150, 180, 220), -1)
    return image


def _encoding() -> float:
    encoder = get_encoder(RTCRtpCodecParameters("video/VP8", 90000, payloadType=97))
    times = []
    for turn in range(40):
        frame = av.VideoFrame.from_ndarray(_picture(turn), format="bgr24").reformat(format="yuv420p")
        frame.pts, frame.time_base = turn * 3600, fractions.Fraction(1, 90000)
        began = time.perf_counter()
        encoder.encode(frame)
        times.append(time.perf_counter() - began)
    return median(times)


if __name__ == "__main__":
    print(json.dumps(asdict(measure())))  # noqa: T201
