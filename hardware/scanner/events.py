"""What every scanner tells, whatever its line."""

from collections.abc import Callable
from dataclasses import dataclass, field

REPEAT_TIME = 1.5
"""Seconds in which the same code is one scan: a hand holds a slip before the glass that long."""


@dataclass(frozen=True, slots=True)
class Scanned:
    """One code was read. The text is hidden from logs: it may be a citizen's ticket or booking."""

    text: str = field(repr=False)


@dataclass
class OnceFilter:
    """Passes a code on once, however often the scanner sees it while it lies there.

    `clock` gives seconds that only grow. Each new sight of the same code prolongs its silence.
    """

    clock: Callable[[], float]
    _text: str = ""
    _seen_at: float = float("-inf")

    def passes(self, text: str) -> bool:
        now = self.clock()
        is_repeat = text == self._text and now - self._seen_at < REPEAT_TIME
        self._text, self._seen_at = text, now
        return not is_repeat
