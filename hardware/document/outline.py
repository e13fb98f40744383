"""Where in a picture the page lies: a mask, its hull, four sides, their crossings.

The page and the desk are parted in several ways (brightness, colour, edges), because a white page may lie on
a dark desk, a light one or a coloured one; the outline that fits a page best is taken. Straight lines are
then fitted to where the paper ends along each side, which a finger over one of them does not bend.
"""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from hardware.camera.frame import Image
from hardware.document.corners import Corners, NoPage

_WORK = 640  # pixels of the longer side while looking
_SMALLEST, _LARGEST = 0.008, 0.97  # of the picture
_MARGIN = 4  # pixels from the picture's edge, while looking
_FIT = 0.88  # of the hull that the four-sided shape must share
_SAMPLES = 90  # places looked at along a side
_FALL = 6.0  # levels of brightness between paper and desk
_Points = NDArray[np.float64]


def find_page(image: Image) -> Corners | None:
    """The corners of the page in `image` (BGR), or None when there is none."""
    scale = min(1.0, _WORK / max(image.shape[:2]))
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    best, best_score = None, 0.0
    for mask in _masks(small):
        for outline in _outlines(mask):
            corners, score = _fitted(outline, mask.shape)
            if corners is not None and score > best_score:
                best, best_score = corners, score
    if best is None:
        return None
    try:
        return _refined(image, Corners.of((best.array + 0.5) / scale - 0.5), reach=8 / scale)
    except NoPage:
        return None


def _masks(image: Image) -> Iterator[NDArray[np.uint8]]:
    """Black and white pictures in which the page may be one white patch."""
    lab = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2LAB), (5, 5), 0)
    light = np.asarray(lab[:, :, 0], np.uint8)
    yield _otsu(light)
    border = np.concatenate([lab[:6].reshape(-1, 3), lab[-6:].reshape(-1, 3), lab[:, :6].reshape(-1, 3)])
    away = np.linalg.norm(lab.astype(np.float32) - np.median(border, axis=0), axis=2)
    yield _otsu(np.clip(away * 2, 0, 255).astype(np.uint8))
    flat = cv2.medianBlur(image, 7)
    paper = (cv2.cvtColor(flat, cv2.COLOR_BGR2HSV)[:, :, 1] < 60) & (light > np.percentile(light, 40))
    yield _closed(paper.astype(np.uint8) * 255)
    edges = np.max([cv2.Canny(lab[:, :, each], 20, 60) for each in range(3)], axis=0)
    walls = cv2.dilate(edges, np.ones((3, 3), np.uint8))
    yield np.asarray(255 - walls, np.uint8)


def _otsu(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return _closed(np.asarray(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1], np.uint8))


def _closed(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the lines of text, and without threads to what lies beside the page."""
    filled = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.morphologyEx(filled, cv2.MORPH_OPEN, np.ones((7, 7), np.uint8)), np.uint8)


def _outlines(mask: NDArray[np.uint8]) -> list[NDArray[np.int32]]:
    """The outlines of the largest patches."""
    found, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    fitting = [each for each in found if _SMALLEST < cv2.contourArea(each) / mask.size < _LARGEST]
    return [np.asarray(each, np.int32) for each in sorted(fitting, key=cv2.contourArea, reverse=True)[:4]]


def _fitted(outline: NDArray[np.int32], shape: tuple[int, ...]) -> tuple[Corners | None, float]:
    """The four-sided shape of an outline, and how well it is a page; the larger the better, if it fits."""
    hull = np.asarray(cv2.convexHull(outline), np.int32)
    rough = _four_corners(hull)
    if rough is None or _touches_edge(rough, shape):
        return None, 0.0
    try:
        corners = Corners.of(rough)
    except NoPage:
        return None, 0.0
    hull_area, own_area = cv2.contourArea(hull), cv2.contourArea(outline)
    overlap = min(corners.area, hull_area) / max(corners.area, hull_area)
    solidity = own_area / hull_area
    if overlap < _FIT or solidity < _FIT:
        return None, 0.0
    return corners, (overlap * solidity) ** 4 * (corners.area / (shape[0] * shape[1])) ** 0.5


def _touches_edge(points: _Points, shape: tuple[int, ...]) -> bool:
    """A shape with two corners at the picture's edge is the desk, or a page that is not wholly seen."""
    far = np.array([shape[1] - 1, shape[0] - 1]) - points
    return int((np.minimum(points, far).min(axis=1) < _MARGIN).sum()) >= 2


def _four_corners(hull: NDArray[np.int32]) -> _Points | None:
    """The hull with as few points as it takes: four, or none."""
    length = cv2.arcLength(hull, closed=True)
    for part in np.linspace(0.015, 0.09, 16):
        found = cv2.approxPolyDP(hull, part * length, closed=True)
        if len(found) == 4:
            return np.asarray(found, np.float64).reshape(4, 2)
        if len(found) < 4:
            return None
    return None


def _refined(image: Image, rough: Corners, reach: float) -> Corners:
    """The crossings of straight lines fitted to where the paper ends along each side, to parts of a pixel."""
    grey = cv2.GaussianBlur(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (0, 0), 1.0).astype(np.float32)
    points = rough.array
    lines = [_side(grey, points[at], points[(at + 1) % 4], reach) for at in range(4)]
    crossings = [_crossing(lines[at - 1], lines[at]) for at in range(4)]
    met = [own if found is None else found for found, own in zip(crossings, points, strict=True)]
    return Corners.of(np.array(met))


def _side(grey: NDArray[np.float32], start: _Points, end: _Points, reach: float) -> _Points:
    """A point and the direction of one side: where brightness falls most, going outward across it."""
    direction = (end - start) / np.linalg.norm(end - start)
    outward = np.array([direction[1], -direction[0]])  # the corners go clockwise
    steps = np.arange(-reach, reach + 0.5, 0.5)
    places = start + np.linspace(0.06, 0.94, _SAMPLES)[:, None] * (end - start)
    across = places[:, None, :] + steps[None, :, None] * outward
    profile = cv2.remap(
        grey, across[..., 0].astype(np.float32), across[..., 1].astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    fall = profile[:, :-4] - profile[:, 4:]
    at = fall.argmax(axis=1)
    sharp = fall[np.arange(_SAMPLES), at] > _FALL
    if sharp.sum() < _SAMPLES // 4:
        return np.concatenate([start, direction])
    found = places + (steps[at] + 1.0 + _peak(fall, at) * 0.5)[:, None] * outward
    vx, vy, x, y = cv2.fitLine(found[sharp].astype(np.float32), cv2.DIST_WELSCH, 0, 0.01, 0.01).ravel()
    return np.array([x, y, vx, vy], np.float64)


def _peak(fall: NDArray[np.float32], at: NDArray[np.intp]) -> _Points:
    """How far, in samples, the top of a parabola through three values lies beside the middle one."""
    rows = np.arange(len(at))
    middle = np.clip(at, 1, fall.shape[1] - 2)
    left, top, right = fall[rows, middle - 1], fall[rows, middle], fall[rows, middle + 1]
    bend = left - 2 * top + right
    return np.asarray(np.where(bend < -1e-3, 0.5 * (left - right) / np.minimum(bend, -1e-3), 0.0), np.float64)


def _crossing(one: _Points, other: _Points) -> _Points | None:
    determinant = one[2] * other[3] - one[3] * other[2]
    if abs(determinant) < 0.2:
        return None
    between = other[:2] - one[:2]
    way = (between[0] * other[3] - between[1] * other[2]) / determinant
    return np.asarray(one[:2] + way * one[2:], np.float64)
