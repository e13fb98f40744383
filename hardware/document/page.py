"""From corners to a clean page: what is wrong with the picture, the page seen from above, PNG and PDF."""

import io
from dataclasses import dataclass, field
from enum import StrEnum

import cv2
import numpy as np
from PIL import Image as Pillow

from hardware.camera.frame import Image
from hardware.device import Sentence
from hardware.document.corners import Corners
from hardware.document.outline import find_page

SMALLEST = 0.15
"""Share of the picture below which a page's print cannot be read."""
_FORMATS = {"A4": 297 / 210, "card": 85.6 / 54}  # longer side by shorter; ISO 216, ISO/IEC 7810 ID-1
_SNAP = 0.06  # as near a proportion must come to be taken for a format's
_A4_DOTS_MM = 8  # 203 dpi
_LONGEST = 297 * _A4_DOTS_MM
_SHARPEST_SHARE = 0.005
_SHARP = 36.0  # levels a pixel, of the steepest five in a thousand
_GLARE = 0.02  # share of the page that is burnt out


class Fault(StrEnum):
    """Why a picture gives no page."""

    NO_PAGE = "no_page"
    TOO_SMALL = "too_small"
    BLUR = "blur"
    GLARE = "glare"

    @property
    def sentence(self) -> Sentence:
        return _SENTENCES[self]


_SENTENCES = {
    Fault.NO_PAGE: Sentence(
        "没有找到纸张，请把纸平放在画面中间，四个角都露出来",
        "No page was found: lay it flat in the middle, all four corners in view.",
    ),
    Fault.TOO_SMALL: Sentence("纸张太小，请把镜头放低一些", "The page is too small: lower the camera."),
    Fault.BLUR: Sentence(
        "画面模糊，请放平纸张、稍等对焦", "The picture is blurred: keep the page flat and still."
    ),
    Fault.GLARE: Sentence(
        "纸面反光，请移开灯光或换个角度", "The page shines: move the lamp or turn the page."
    ),
}


class NoGoodPage(ValueError):
    """The picture gives no page; `fault` says why, with a sentence."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.sentence.en)
        self.fault = fault


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A page seen from above, its light made even. `name` is A4, card, or empty for another size."""

    image: Image = field(repr=False)
    name: str = ""

    def png(self) -> bytes:
        """A PNG file without any metadata."""
        return self._file("PNG", optimize=True)

    def pdf(self) -> bytes:
        """A PDF file of one page; an A4 page has its true size."""
        longer = max(self.image.shape[:2])
        dots = longer / 297 * 25.4 if self.name == "A4" else 203.2
        return self._file("PDF", resolution=dots)

    def _file(self, kind: str, **options: object) -> bytes:
        out = io.BytesIO()
        Pillow.fromarray(np.ascontiguousarray(self.image[:, :, ::-1])).save(out, kind, **options)
        return out.getvalue()


def take_page(image: Image, corners: Corners | None = None) -> Page:
    """The page in `image` (BGR): at the given corners, or where it is found. Raises `NoGoodPage`."""
    found = corners or find_page(image)
    if found is None:
        raise NoGoodPage(Fault.NO_PAGE)
    height, width = image.shape[:2]
    if found.area < SMALLEST * width * height:
        raise NoGoodPage(Fault.TOO_SMALL)
    flat, name = _from_above(image, found)
    if _burnt_out(flat) > _GLARE:
        raise NoGoodPage(Fault.GLARE)
    if _sharpness(flat) < _SHARP:
        raise NoGoodPage(Fault.BLUR)
    return Page(_evened(flat), name)


def _from_above(image: Image, corners: Corners) -> tuple[Image, str]:
    """The page as a rectangle, about as many pixels as it had in the picture, at most A4 at 203 dpi."""
    (a, b, c, d) = corners.array
    across = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
    down = (np.linalg.norm(c - b) + np.linalg.norm(d - a)) / 2
    longer, shorter = max(across, down), min(across, down)
    name = next((each for each, ratio in _FORMATS.items() if abs(longer / shorter / ratio - 1) < _SNAP), "")
    ratio = _FORMATS.get(name, longer / shorter)
    long_side = min(round(longer * 1.25), _LONGEST)
    short_side = max(1, round(long_side / ratio))
    width, height = (long_side, short_side) if across > down else (short_side, long_side)
    goal = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.array.astype(np.float32), goal)
    flat = cv2.warpPerspective(image, matrix, (width, height), flags=cv2.INTER_CUBIC)
    return np.asarray(flat, np.uint8), name


def _sharpness(page: Image) -> float:
    """How steep the steepest edges are, in levels a pixel: print in focus is steep whatever it says."""
    grey = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.float32)
    steep = np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    contrast = max(40.0, float(np.percentile(grey, 95) - np.percentile(grey, 5)))
    return float(np.quantile(steep, 1 - _SHARPEST_SHARE)) / 8 * 160 / contrast


def _burnt_out(page: Image) -> float:
    """The share of the page in patches of pure white, beside paper that is darker."""
    light = cv2.blur(page.min(axis=2), (7, 7))
    if float(np.median(light)) > 248:
        return 0.0  # the whole page is as bright: nothing shines, the exposure is high
    return float((light >= 250).mean())


def _evened(page: Image) -> Image:
    """White paper without shadows. What is coloured keeps its colour: all three are raised alike."""
    light = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    side = max(31, min(light.shape) // 8 | 1)
    small = cv2.resize(light, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((side // 4 | 1, side // 4 | 1), np.uint8))
    ground = cv2.GaussianBlur(paper, (0, 0), side / 4)
    ground = cv2.resize(ground, (light.shape[1], light.shape[0])).astype(np.float32)
    raised = page.astype(np.float32) * (250.0 / np.maximum(ground, 60.0))[:, :, None]
    return np.clip(raised, 0, 255).astype(np.uint8)
