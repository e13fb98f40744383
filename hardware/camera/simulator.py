"""A simulated camera: a program that draws moving pictures and feeds them as Motion JPEG into a pipe.

The top row of blocks is a clock: sixteen bits of the picture's number, white for one, highest first. What is
shown below it is a file, a QR code or a moving disc. Not modelled: a lens, V4L2, sound.
"""

import argparse
import asyncio
from collections.abc import Callable, Mapping

import cv2
import numpy as np
import qrcode

from hardware.simulation.control import BadCommand, Commands
from hardware.simulation.lines import FaultyLine

_BITS = 16


class SimulatedCamera:
    """`scene disc|black|still`, `show FILE`, `qr TEXT`, `rate N`, `quality N`, `status`."""

    def __init__(self, line: FaultyLine, commands: Commands, options: argparse.Namespace) -> None:
        self._line = line
        self._width, self._height = (int(side) for side in options.size.split("x"))
        self._rate = float(options.rate)
        self._quality = 85
        self._number = 0
        self._still: bytes | None = None
        self._scene: Callable[[], np.ndarray] = self._disc
        self._random = np.random.default_rng(1)
        for name, handler in {
            "scene": self._set_scene,
            "show": self._show,
            "qr": self._qr,
            "rate": self._set_rate,
            "quality": self._set_quality,
            "status": self._status,
        }.items():
            commands.add(name, handler)

    def start(self) -> None:
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while True:
            self._line.reply(self._still if self._still is not None else self.picture())
            await asyncio.sleep(1 / self._rate)

    def picture(self) -> bytes:
        """The next picture as JPEG."""
        self._number += 1
        image = self._scene()
        noise = self._random.integers(0, 4, image.shape, dtype=np.uint8)
        return bytes(cv2.imencode(".jpg", image + noise, [cv2.IMWRITE_JPEG_QUALITY, self._quality])[1])

    def _ground(self, grey: int) -> np.ndarray:
        image = np.full((self._height, self._width, 3), grey, np.uint8)
        block = self._width // _BITS
        for bit in range(_BITS):
            value = 235 if self._number >> (_BITS - 1 - bit) & 1 else 16
            image[: self._height // 12, bit * block : (bit + 1) * block] = value
        return image

    def _disc(self) -> np.ndarray:
        image = self._ground(110)
        across = self._number * 7 % self._width
        cv2.circle(image, (across, self._height // 2), self._height // 6, (40, 160, 220), -1)
        return image

    def _black(self) -> np.ndarray:
        return np.zeros((self._height, self._width, 3), np.uint8)

    async def _set_scene(self, words: list[str]) -> None:
        scenes = {"disc": self._disc, "black": self._black}
        if words[0] == "still":
            self._still = self.picture()
        elif words[0] in scenes:
            self._still, self._scene = None, scenes[words[0]]
        else:
            raise BadCommand(f"a scene is one of still, {', '.join(scenes)}")

    async def _show(self, words: list[str]) -> None:
        image = cv2.imread(words[0])
        if image is None:
            raise BadCommand(f"{words[0]} is no picture")
        fitted = cv2.resize(image, (self._width, self._height), interpolation=cv2.INTER_AREA)
        self._still, self._scene = None, lambda: np.minimum(fitted, 250)

    async def _qr(self, words: list[str]) -> None:
        code = qrcode.QRCode(box_size=1, border=4)
        code.add_data(words[0])
        code.make(fit=True)
        drawn = np.where(np.array(code.get_matrix()), 20, 235).astype(np.uint8)
        scale = self._height * 7 // 10 // drawn.shape[0]
        drawn = np.kron(drawn, np.ones((scale, scale), np.uint8))

        def scene() -> np.ndarray:
            image = self._ground(200)
            top, left = (self._height - drawn.shape[0]) * 2 // 3, (self._width - drawn.shape[1]) // 2
            image[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn[:, :, None]
            return image

        self._still, self._scene = None, scene

    async def _set_rate(self, words: list[str]) -> None:
        rate = float(words[0])
        if not 0.1 <= rate <= 60:
            raise BadCommand("a rate is 0.1 to 60 pictures a second")
        self._rate = rate

    async def _set_quality(self, words: list[str]) -> None:
        self._quality = int(words[0])

    async def _status(self, words: list[str]) -> Mapping[str, object]:
        del words
        return {"number": self._number, "rate": self._rate}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(line="pipe")
    parser.add_argument("--size", default="640x480", help="of the pictures (%(default)s)")
    parser.add_argument("--rate", type=float, default=15.0, help="pictures a second (%(default)g)")


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Feed `line` from now on; returns the spec template of its driver."""
    SimulatedCamera(line, commands, options).start()
    return "fifo:{address}"
