"""The four corners of a page in a picture."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Point = tuple[float, float]
"""Across and down, in pixels."""


class NoPage(ValueError):
    """These four points are not the corners of a page."""


@dataclass(frozen=True, slots=True)
class Corners:
    """Corners of a page, clockwise from its top left one as it lies in the picture.

    Always convex, and no side shorter than eight pixels.
    """

    points: tuple[Point, Point, Point, Point]

    @classmethod
    def of(cls, points: ArrayLike) -> Self:
        """Put four points in order. Raises `NoPage`."""
        found = np.asarray(points, np.float64)
        if found.shape != (4, 2) or not np.isfinite(found).all():
            raise NoPage("a page has four corners")
        centre = found.mean(axis=0)
        around = np.arctan2(found[:, 1] - centre[1], found[:, 0] - centre[0])
        ordered = found[np.argsort(around)]
        first = int(np.argmin(ordered.sum(axis=1)))
        turned = np.roll(ordered, -first, axis=0)
        if not _is_convex(turned):
            raise NoPage("the corners do not span a page")
        a, b, c, d = ((float(x), float(y)) for x, y in turned)
        return cls((a, b, c, d))

    def moved(self, index: int, to: Point) -> "Corners":
        """With one corner dragged by hand. Raises `NoPage` where it may not go."""
        points = list(self.points)
        points[index] = to
        return Corners.of(points)

    def scaled(self, factor: float) -> "Corners":
        return Corners.of(self.array * factor)

    @property
    def array(self) -> NDArray[np.float64]:
        """4 x 2."""
        return np.asarray(self.points, np.float64)

    @property
    def area(self) -> float:
        """Square pixels (shoelace formula)."""
        x, y = self.array.T
        return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)

    def distance(self, other: "Corners") -> float:
        """The mean distance of the corners, in pixels, whichever comes first."""
        turns = [np.roll(other.array, turn, axis=0) for turn in range(4)]
        return float(min(np.linalg.norm(self.array - turned, axis=1).mean() for turned in turns))


def _is_convex(points: NDArray[np.float64]) -> bool:
    sides = np.roll(points, -1, axis=0) - points
    if float(np.linalg.norm(sides, axis=1).min()) < 8:
        return False
    following = np.roll(sides, -1, axis=0)
    lengths = np.linalg.norm(sides, axis=1) * np.linalg.norm(following, axis=1)
    turns = (sides[:, 0] * following[:, 1] - sides[:, 1] * following[:, 0]) / lengths
    return bool((turns > 0.2).all())  # no corner flatter than about 168 degrees
