"""The last so many values of something, kept in order, so that any quantile is one look."""

from bisect import bisect_left, insort
from collections import deque


class Rolling:
    """The last `kept` values. Adding one costs the same however many there are."""

    def __init__(self, kept: int) -> None:
        self._latest: deque[float] = deque(maxlen=kept)
        self._ordered: list[float] = []

    def __len__(self) -> int:
        return len(self._ordered)

    def add(self, value: float) -> None:
        """Take in one value; the oldest goes when there is no more room."""
        if len(self._latest) == self._latest.maxlen:
            del self._ordered[bisect_left(self._ordered, self._latest[0])]
        self._latest.append(value)
        insort(self._ordered, value)

    def median(self) -> float:
        """The middle value, or the mean of the two in the middle. There must be a value."""
        values, half = self._ordered, len(self._ordered) // 2
        return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2

    def quantile(self, share: float) -> float:
        """The value below which about `share` (0 to 1) of the values lie. There must be a value."""
        return self._ordered[round(share * (len(self._ordered) - 1))]
