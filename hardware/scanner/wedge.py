"""Scanners that pretend to be keyboards ("keyboard wedge"), told from people by their speed.

Nobody types two keys within 35 ms; a scanner sends all of them that fast and ends with Return. An input
method for Chinese would swallow the letters, so the keys are taken before it sees them.
"""

from dataclasses import dataclass, field
from typing import Final

from hardware.scanner.framing import LONGEST

FASTEST_TYPIST = 0.035
"""Seconds between two keys below which no person typed them."""
SHORTEST = 6
"""Characters of a scan; a shorter burst is two fingers falling on the keys at once."""
RETURN: Final = "\r"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the keys: `typed` turned out to be a person's, pass them on; `scanned` is a code."""

    typed: str = ""
    scanned: str | None = None


@dataclass
class Wedge:
    """Sorts keys into a person's and a scanner's. Every key is held until it is known whose it is.

    Call `press` for each character (`RETURN` for Return) with the moment of the key in seconds, and `settle`
    when `FASTEST_TYPIST` has passed without one. A burst longer than `LONGEST` is no code and is swallowed.
    """

    _held: list[str] = field(default_factory=list)
    _last: float = float("-inf")

    @property
    def is_holding(self) -> bool:
        return bool(self._held)

    def press(self, key: str, at: float) -> Verdict:
        typed = self.settle(at).typed
        self._last = at
        if key != RETURN:
            if len(self._held) <= LONGEST:
                self._held.append(key)
            return Verdict(typed)
        held = self._take()
        if len(held) > LONGEST:
            return Verdict(typed)
        if len(held) < SHORTEST:
            return Verdict(typed + held + RETURN)
        return Verdict(typed, scanned=held)

    def settle(self, at: float) -> Verdict:
        """What is held is a person's once time has gone by; a part of a burst that only stopped is not."""
        if at - self._last < FASTEST_TYPIST:
            return Verdict()
        held = self._take()
        return Verdict(held if len(held) < SHORTEST else "")

    def _take(self) -> str:
        held = "".join(self._held)
        self._held.clear()
        return held
