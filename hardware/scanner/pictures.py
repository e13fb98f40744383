"""Pictures of codes as a hall's camera sees them: 18 distortions of any code, the same for the same seed.

For tests and the bench; no driver uses them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import numpy as np
import qrcode
from numpy.typing import NDArray

from hardware.scanner.decode import Image

SIDE = 640
"""Pixels of a picture's side."""
PAYLOADS = (
    "https://hall.example/t/1842-2vYxq0mB7d3KfT9sWcLh4A",
    "A012",
    "预约 岳阳市政务服务中心 2026-11-23 10:30 不动产登记",
)

_Float = NDArray[np.floating]
_Distortion = Callable[[Image, np.random.Generator], Image]


def code_picture(text: str, *, module: int = 8) -> Image:
    """A clean QR code (error correction M) in the middle of a light grey ground, SIDE x SIDE, grey."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=module, border=4)
    code.add_data(text)
    code.make(fit=True)
    drawn = np.where(np.asarray(code.get_matrix()), 0, 255).astype(np.uint8)
    drawn = np.kron(drawn, np.ones((module, module), np.uint8))
    picture = np.full((SIDE, SIDE), 225, np.uint8)
    top, left = (SIDE - drawn.shape[0]) // 2, (SIDE - drawn.shape[1]) // 2
    picture[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return picture


def distorted(text: str, name: str) -> Image:
    """The picture of `text` under the distortion called `name` (a key of `DISTORTIONS`)."""
    seed = np.random.default_rng([len(text), *name.encode()])
    return DISTORTIONS[name](code_picture(text), seed)


def _clip(values: _Float) -> Image:
    return np.clip(values, 0, 255).astype(np.uint8)


def _warp(image: Image, matrix: NDArray[np.float64]) -> Image:
    return np.asarray(cv2.warpPerspective(image, matrix, (SIDE, SIDE), borderValue=(225,)), np.uint8)


def _turn(degrees: float, scale: float = 0.9) -> _Distortion:
    def turn(image: Image, _: np.random.Generator) -> Image:
        turned = np.vstack([cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), degrees, scale), [0.0, 0.0, 1.0]])
        return _warp(image, turned.astype(np.float64))

    return turn


def _tilt(amount: float, *, sideways: bool) -> _Distortion:
    def tilt(image: Image, _: np.random.Generator) -> Image:
        far = SIDE * amount
        corners = [[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]]
        moved = (
            [[far, far], [SIDE, 0], [SIDE, SIDE], [far, SIDE - far]]
            if sideways
            else [[far, far], [SIDE - far, far], [SIDE, SIDE], [0, SIDE]]
        )
        matrix = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(moved, np.float32))
        return _warp(image, np.asarray(matrix, np.float64))

    return tilt


def _blur(image: Image, _: np.random.Generator) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 3.6), np.uint8)


def _shake(image: Image, _: np.random.Generator) -> Image:
    kernel = np.eye(13, dtype=np.float32) / 13
    return np.asarray(cv2.filter2D(image, -1, kernel), np.uint8)


def _noise(image: Image, random: np.random.Generator) -> Image:
    return _clip(image + random.normal(0, 55, image.shape))


def _faint(image: Image, random: np.random.Generator) -> Image:
    return _clip(120 + (image / 255.0) * 34 + random.normal(0, 3, image.shape))


def _dark(image: Image, random: np.random.Generator) -> Image:
    return _clip(image * 0.14 + random.normal(0, 3, image.shape))


def _shadow(image: Image, _: np.random.Generator) -> Image:
    edge = np.where(np.add.outer(np.arange(SIDE), np.arange(SIDE)) < SIDE, 0.35, 1.0)
    return _clip(image * cv2.GaussianBlur(edge, (0, 0), 6))


def _slope(image: Image, _: np.random.Generator) -> Image:
    return _clip(image * np.linspace(0.25, 1.0, SIDE)[None, :])


def _glare(image: Image, _: np.random.Generator) -> Image:
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    spot = np.exp(-(((rows - SIDE * 0.58) ** 2 + (columns - SIDE * 0.52) ** 2) / (2 * 30.0**2)))
    return _clip(image + 330 * spot)


def _small(image: Image, random: np.random.Generator) -> Image:
    little = cv2.resize(image, (130, 130), interpolation=cv2.INTER_AREA)
    ground = _clip(random.normal(140, 12, (SIDE, SIDE)))
    ground[220:350, 180:310] = little
    return ground


def _bent(image: Image, _: np.random.Generator) -> Image:
    rows, columns = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    bow = (9 * np.sin(columns / SIDE * 2 * np.pi)).astype(np.float32)
    return np.asarray(
        cv2.remap(image, columns, rows + bow, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _finger(image: Image, _: np.random.Generator) -> Image:
    covered = image.copy()
    cv2.circle(covered, (SIDE // 2 + 40, SIDE // 2 + 30), 24, (150,), -1)
    return covered


def _dirt(image: Image, random: np.random.Generator) -> Image:
    stained = image.copy()
    for at in random.integers(SIDE // 4, 3 * SIDE // 4, (14, 2)):
        cv2.circle(stained, (int(at[0]), int(at[1])), 5, (40,), -1)
    return stained


def _inverted(image: Image, _: np.random.Generator) -> Image:
    return np.asarray(255 - image, np.uint8)


def _screen(image: Image, _: np.random.Generator) -> Image:
    waves = 1 + 0.28 * np.sin(np.arange(SIDE) * 2 * np.pi / 5.3)
    return _clip(image * 0.8 * waves[:, None] + 20)


def _hall(image: Image, random: np.random.Generator) -> Image:
    """Everything a little, as on a bad day."""
    return _noise(_slope(_blur(_turn(11, 0.95)(image, random), random), random), random)


DISTORTIONS: Mapping[str, _Distortion] = MappingProxyType(
    {
        "turned": _turn(38, 0.85),
        "leaning away": _tilt(0.2, sideways=False),
        "seen from the side": _tilt(0.22, sideways=True),
        "out of focus": _blur,
        "shaken": _shake,
        "noise": _noise,
        "faint print": _faint,
        "dark": _dark,
        "shadow": _shadow,
        "light from one side": _slope,
        "glare": _glare,
        "far away": _small,
        "bent": _bent,
        "a finger in front": _finger,
        "dirt": _dirt,
        "a phone's screen": _screen,
        "light on dark": _inverted,
        "everything a little": _hall,
    }
)
