"""What a proof found out: the one row it adds to the table of `make proofs`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One promise, tried.

    `promise` is its id in the list of promises (P1, S3). `tried` counts states rebuilt, faults injected or
    histories checked. Each violation is a sentence that says how to see it again. `control_caught`: the same
    check, run over the deliberately broken variant, reported violations.
    """

    promise: str
    tried: int
    violations: Sequence[str]
    control_caught: bool

    @property
    def holds(self) -> bool:
        """Something was tried, nothing was violated, and the proof has shown that it can fail."""
        return self.tried > 0 and not self.violations and self.control_caught


Proof = Callable[[], Outcome]
"""The long form of a proof. It makes and removes its own folders, and ends what it starts."""
