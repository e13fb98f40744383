"""How many bad pictures of codes are read, and how fast: `python -m hardware.scanner.measure` prints JSON.

`clean_ms` is the same library on a clean picture, in the same run: the machine's own limit.
"""

import json
import time
from dataclasses import asdict, dataclass
from statistics import median

import zxingcpp

from hardware.scanner.decode import decode
from hardware.scanner.pictures import DISTORTIONS, PAYLOADS, code_picture, distorted

_QR = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode,))


@dataclass(frozen=True, slots=True)
class Measured:
    """Pictures in all, read, and read wrongly; milliseconds a picture (median)."""

    pictures: int
    read: int
    wrong: int
    each_ms: float
    clean_ms: float


def measure() -> Measured:
    """Every payload under every distortion."""
    times, read, wrong = list[float](), 0, 0
    for text in PAYLOADS:
        for name in DISTORTIONS:
            picture = distorted(text, name)
            began = time.perf_counter()
            found = decode(picture)
            times.append(time.perf_counter() - began)
            read += found == [text]
            wrong += bool(found) and found != [text]
    return Measured(len(times), read, wrong, 1000 * median(times), 1000 * _clean())


def _clean() -> float:
    picture, times = code_picture(PAYLOADS[0]), list[float]()
    for _ in range(15):
        began = time.perf_counter()
        zxingcpp.read_barcodes(picture, formats=_QR)
        times.append(time.perf_counter() - began)
    return median(times)


if __name__ == "__main__":
    print(json.dumps(asdict(measure())))  # noqa: T201
