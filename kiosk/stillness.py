"""When nobody touches the screen: how long until we ask, and until everything is wiped. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What stillness means now."""

    ACTIVE = "active"
    ASKING = "asking"
    """"还要继续吗": the ring counts down."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds of stillness before the question, and seconds to answer it."""

    still: float
    answer: float

    def phase(self, quiet: float) -> Phase:
        """`quiet`: seconds since the last touch."""
        if quiet < self.still:
            return Phase.ACTIVE
        return Phase.ASKING if quiet < self.still + self.answer else Phase.OVER

    def remaining(self, quiet: float) -> float:
        """Seconds left to answer the question; all of them before it is asked."""
        return min(self.answer, max(0.0, self.still + self.answer - quiet))

    def stretched(self, factor: float) -> "Patience":
        """For those who need more time."""
        return Patience(self.still * factor, self.answer * factor)


VISIT = Patience(still=30.0, answer=15.0)
DONE = Patience(still=12.0, answer=8.0)
"""After the number there is nothing to lose: shorter, and the ring stands on the page itself."""
SHOWN = Patience(still=45.0, answer=15.0)
"""A number without a slip: time to take a phone out and scan."""
HOME = Patience(still=60.0, answer=0.0)
"""At home only the language and the type size go back to the hall's own."""
ELDER_FACTOR = 1.5
