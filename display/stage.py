"""The stage: which call is large now, and for how long.

Calls have their turn one after another, in the order in which they came. None is dropped and none is cut
short: a turn lasts at least `Pace.least` and until the voice has spoken it. Nobody waiting, the last call
stays large; only its lively moment ends. Times are seconds of a monotonic clock, which no step of the wall
clock can hurt.
"""

from dataclasses import dataclass, replace

from shared.protocol.messages import Call


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of a turn."""

    moment: float = 10.0
    """How long a call pulses and glows when no other waits for its turn."""
    least: float = 4.0
    """The shortest turn while others wait."""
    voice_gives_up: float = 60.0
    """A voice that has not told the end of a call by now is not waited for any longer."""

    def __post_init__(self) -> None:
        if not 0 < self.least <= self.moment or self.voice_gives_up < self.least:
            raise ValueError("a turn needs 0 < least <= moment and least <= voice_gives_up")


@dataclass(frozen=True, slots=True)
class Turn:
    """The call that is large, since when, and whether its voice is still speaking."""

    call: Call
    since: float
    speaking: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """The call now large, and those that wait for their turn, oldest first."""

    pace: Pace = Pace()
    turn: Turn | None = None
    waiting: tuple[Call, ...] = ()

    def offer(self, call: Call) -> "Stage":
        """Let `call` have its turn after all that came before it."""
        return replace(self, waiting=(*self.waiting, call))

    def show(self, call: Call | None) -> "Stage":
        """Put an old call (or nothing) on an idle stage, calm and silent: late ones, and after a start."""
        if self.waiting or (self.turn and self.turn.speaking):
            return self
        return replace(self, turn=None if call is None else Turn(call, float("-inf"), speaking=False))

    def spoken(self, seq: int) -> "Stage":
        """The voice has spoken the call with this fact number, or will never speak it."""
        if self.turn is None or self.turn.call.seq != seq:
            return self
        return replace(self, turn=replace(self.turn, speaking=False))

    def at(self, now: float) -> "Stage":
        """The stage at `now`: at most one turn further, so that a late look still shows every call."""
        if not self.waiting or now < self._turn_ends():
            return self
        first, *rest = self.waiting
        return replace(self, turn=Turn(first, now, speaking=True), waiting=tuple(rest))

    def lively(self, now: float) -> bool:
        """Whether the large call is still in its moment: pulsing, or being spoken."""
        turn = self.turn
        if turn is None or now >= turn.since + self.pace.voice_gives_up:
            return False
        return turn.speaking or now < turn.since + self.pace.moment

    def next_change(self, now: float) -> float | None:
        """Seconds until time alone changes the stage; None when only a call or the voice can."""
        if self.turn is None:
            return 0.0 if self.waiting else None
        if self.waiting:
            return max(0.0, self._turn_ends() - now)
        if not self.lively(now):
            return None
        pace = self.pace
        return self.turn.since + (pace.voice_gives_up if self.turn.speaking else pace.moment) - now

    def _turn_ends(self) -> float:
        """The moment from which the next call may come."""
        if self.turn is None:
            return float("-inf")
        return self.turn.since + (self.pace.voice_gives_up if self.turn.speaking else self.pace.least)
