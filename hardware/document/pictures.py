"""Pictures of pages on desks with their true corners, the same for the same seed. For tests and the bench."""

from dataclasses import dataclass

import cv2
import numpy as np

from hardware.camera.frame import Image
from hardware.document.corners import Corners

WIDTH, HEIGHT = 1280, 720
_SIZES = {"A4": (210, 297), "A5": (148, 210), "card": (86, 54), "receipt": (80, 200)}
_DESKS = ((60, 72, 92), (40, 40, 44), (96, 140, 170), (150, 120, 90), (168, 176, 182))


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture (BGR) and the corners of the page in it; None when there is no page."""

    image: Image
    corners: Corners | None


def scene(
    seed: int, *, fill: float | None = None, blur: float = 0.0, glare: bool = False, has_page: bool = True
) -> Scene:
    """One page on a desk. `fill` is its share of the picture's height; the rest follows from the seed."""
    random = np.random.default_rng(seed)
    desk = _desk(random)
    if not has_page:
        return Scene(_camera(desk, random, blur), None)
    name = list(_SIZES)[seed % len(_SIZES)]
    page = _page(name, random)
    least = 0.86 if name == "receipt" else 0.7  # a narrow one must be long to be large enough
    corners = _place(page, random, fill or float(random.uniform(least, 0.9)))
    image = _laid(desk, page, corners, random)
    if seed % 5 == 3:
        _finger(image, corners)
    if glare:
        _shine(image, corners)
    return Scene(_camera(image, random, blur), corners)


def _desk(random: np.random.Generator) -> Image:
    colour = np.array(_DESKS[int(random.integers(len(_DESKS)))], np.float64)
    grain = cv2.GaussianBlur(random.normal(0, 14, (HEIGHT, WIDTH)), (0, 0), sigmaX=24, sigmaY=1.5)
    desk = np.clip(colour + grain[:, :, None] * 3, 0, 255).astype(np.uint8)
    for _ in range(int(random.integers(0, 3))):  # pens at the edge
        x = int(random.integers(0, WIDTH))
        cv2.line(desk, (x, 0), (x + 60, 40), (30, 30, 120), 8)
    return np.asarray(desk, np.uint8)


def _page(name: str, random: np.random.Generator) -> Image:
    """A printed page, four pixels a millimetre."""
    width, height = (4 * side for side in _SIZES[name])
    page = np.full((height, width, 3), (226, 230, 232), np.uint8)
    step = 22 if name != "card" else 26
    for line in range(40, height - 40, step):
        words = 36
        while words < width - 60:
            size = int(random.integers(14, 60))
            cv2.rectangle(page, (words, line), (min(words + size, width - 40), line + 8), (60, 56, 52), -1)
            words += size + 12
    cv2.circle(page, (width * 3 // 4, height * 4 // 5), min(width, height) // 9, (60, 50, 200), 4)
    return page


def _place(page: Image, random: np.random.Generator, fill: float) -> Corners:
    """Where the page comes to lie: turned, and seen a little from the side."""
    height, width = page.shape[:2]
    scale = fill * HEIGHT / max(height, width * HEIGHT / WIDTH)
    half = np.array([[-width, -height], [width, -height], [width, height], [-width, height]]) * scale / 2
    angle = np.radians(random.uniform(-9, 9))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points = half @ turn.T
    depth = 1 + points[:, 1] * random.uniform(-2e-4, 2e-4) + points[:, 0] * random.uniform(-2e-4, 2e-4)
    centre = np.array([WIDTH / 2, HEIGHT / 2]) + random.uniform(-14, 14, 2)
    return Corners.of(points / depth[:, None] + centre)


def _laid(desk: Image, page: Image, corners: Corners, random: np.random.Generator) -> Image:
    height, width = page.shape[:2]
    # Corners are those of the paper; a pixel's centre lies half a pixel inside.
    own = np.array([[-0.5, -0.5], [width - 0.5, -0.5], [width - 0.5, height - 0.5], [-0.5, height - 0.5]])
    matrix = cv2.getPerspectiveTransform(own.astype(np.float32), corners.array.astype(np.float32))
    big = cv2.warpPerspective(page, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_AREA)
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners.array * 16).astype(np.int32), (255,), cv2.LINE_AA, shift=4)
    shadow = cv2.GaussianBlur(np.roll(mask, (6, 5), (0, 1)), (0, 0), 7)[:, :, None] / 255.0
    dark = desk * (1 - 0.35 * shadow)
    part = mask[:, :, None] / 255.0
    light = np.linspace(1.0, random.uniform(0.72, 0.95), WIDTH)[None, :, None]
    return np.asarray(np.clip((dark * (1 - part) + big * part) * light, 0, 255), np.uint8)


def _finger(image: Image, corners: Corners) -> None:
    """A thumb that holds the page at one side."""
    a, b = corners.array[1], corners.array[2]
    x, y = (a + b) / 2
    cv2.ellipse(image, (int(x) + 12, int(y)), (34, 17), 0.0, 0.0, 360.0, (120, 150, 205), -1)


def _shine(image: Image, corners: Corners) -> None:
    """A lamp in the page."""
    x, y = corners.array.mean(axis=0)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    radius = 0.16 * np.sqrt(corners.area)
    spot = np.exp(-(((columns - x) ** 2 + (rows - y) ** 2) / (2 * radius**2)))
    image[:] = np.clip(image + 160 * spot[:, :, None], 0, 255).astype(np.uint8)


def _camera(image: Image, random: np.random.Generator, blur: float) -> Image:
    seen = np.asarray(cv2.GaussianBlur(image, (0, 0), blur), np.uint8) if blur else image
    return np.asarray(np.clip(seen + random.normal(0, 2.2, image.shape), 0, 255), np.uint8)
