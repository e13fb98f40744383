"""Finding codes in a picture, with zxing-cpp (see the measured comparison in the bench)."""

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Height x width x 3 (BGR) or height x width (grey)."""

_FORMATS = zxingcpp.BarcodeFormats(
    (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Code128)
)
_SMALL = 480  # pixels of the shorter side below which a code's modules may be too small to find


def decode(image: Image) -> list[str]:
    """The texts of all codes in `image`, none for none. Only codes whose own check sums hold are given."""
    for view in _views(image):
        codes = zxingcpp.read_barcodes(view, formats=_FORMATS)
        texts = [code.text for code in codes if code.valid and code.text]
        if texts:
            return texts
    return []


def _views(image: Image) -> Iterator[Image]:
    """The picture as it is, then what helps a code that was not found: each costs time, so one by one."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image, np.uint8)
    yield grey
    if min(grey.shape) < _SMALL:
        yield np.asarray(cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(8, 8)).apply(grey)
    yield np.asarray(cv2.GaussianBlur(even, (3, 3), 0), np.uint8)
    yield _local_threshold(grey)


def _local_threshold(grey: Image) -> Image:
    """Black and white by the neighbourhood: shadows and glare lose their hold."""
    width = max(15, min(grey.shape) // 12 | 1)
    calm = cv2.medianBlur(grey, 5)
    return np.asarray(
        cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, width, 5),
        np.uint8,
    )
