"""One picture of a camera, and what is wrong with a run of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hardware.device import DeviceState

Image = NDArray[np.uint8]
"""Height x width x 3, blue green red; or height x width, grey."""

STALE_AFTER = 2.0
"""Seconds without a new picture, or of a black one, after which the camera is said to be broken."""
_BLACK_LEVEL = 12.0  # of 255: a lens cap still lets some noise through
_BLACK_SPREAD = 6.0
_STEP = 8  # every eighth pixel is enough to judge by


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture. `at` is the moment it came, in seconds of the monotonic clock."""

    image: Image = field(repr=False)
    at: float


@dataclass
class Health:
    """Judges a run of pictures. `clock` gives seconds that only grow.

    A live camera's picture is never twice the same to the bit, for its sensor has noise; so a picture that
    repeats exactly counts as none. A recording may stand still: `is_live` False trusts repeated ones.
    """

    clock: Callable[[], float]
    is_live: bool = True
    _last: Image | None = None
    _new_at: float = 0.0
    _light_at: float = 0.0

    def begin(self) -> None:
        """The camera was opened just now."""
        self._last, self._new_at, self._light_at = None, self.clock(), self.clock()

    def see(self, image: Image) -> None:
        now, sample = self.clock(), image[::_STEP, ::_STEP]
        if not (self.is_live and self._last is not None and np.array_equal(sample, self._last)):
            self._new_at = now
        if not is_black(sample):
            self._light_at = now
        self._last = sample.copy()

    @property
    def state(self) -> DeviceState:
        """UNKNOWN or SILENT until the first picture, then READY, FROZEN or BLACK."""
        now = self.clock()
        is_stale = now - self._new_at >= STALE_AFTER
        if self._last is None:
            return DeviceState.SILENT if is_stale else DeviceState.UNKNOWN
        if is_stale:
            return DeviceState.FROZEN
        return DeviceState.BLACK if now - self._light_at >= STALE_AFTER else DeviceState.READY


def is_black(image: Image) -> bool:
    """Whether nothing can be seen: dark all over and without any contrast."""
    return bool(image.mean() < _BLACK_LEVEL and image.std() < _BLACK_SPREAD)
