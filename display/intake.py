"""Which calls are new to this screen: each one exactly once, also across a reconnect or a restart.

A fact number names a call for ever. A call that
reaches the screen more than `SPOKEN_WITHIN` after it was made (by the hub's clock: the link or the screen was
away) has its turn on the screen but is not spoken: the citizen has long gone to the window, or was missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from display.scope import Scope
from display.stage import Fresh
from shared.protocol.messages import Call

SPOKEN_WITHIN = timedelta(seconds=60)
REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Intake:
    """`seen` is the newest fact number this screen has taken in; None before its very first snapshot.

    After a cut a snapshot may bring the newest calls before the stream brings the older ones, so the calls
    taken in are remembered one by one (`taken`), down to `floor`, at and below which all is history.
    """

    scope: Scope
    seen: int | None = None
    floor: int = -1
    taken: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.floor < 0:
            object.__setattr__(self, "floor", self.seen or 0)

    def begin(
        self, calls: Iterable[Call], seq: int, now: datetime, speed: float
    ) -> tuple["Intake", list[Fresh]]:
        """Take in a snapshot true at fact `seq`.

        The first snapshot ever is history: all of it counts as seen. A `seq` before `seen` means that the
        hub was set up anew; its calls are history too.
        """
        if self.seen is None or seq < self.seen:
            return Intake(self.scope, seq), []
        return self.take(calls, now, speed)

    def take(self, calls: Iterable[Call], now: datetime, speed: float) -> tuple["Intake", list[Fresh]]:
        """Take in calls in any order; the new ones come out oldest first.

        `speed` is the hub's clock's: in a rehearsal at 60x, a minute of real time is an hour of its clock.
        """
        by_seq = {call.seq: call for call in calls if call.seq > self.floor and call.seq not in self.taken}
        if not by_seq:
            return self, []
        limit = SPOKEN_WITHIN * max(speed, 1.0)
        new = [by_seq[seq] for seq in sorted(by_seq)]
        fresh = [Fresh(call, aloud=now - call.at <= limit) for call in new if self.scope.shows_call(call)]
        return self._with(frozenset(by_seq)), fresh

    def _with(self, new: frozenset[int]) -> "Intake":
        taken = sorted(self.taken | new)
        forgotten = taken[:-REMEMBERED]
        return replace(
            self,
            seen=max(taken[-1], self.seen or 0),
            floor=forgotten[-1] if forgotten else self.floor,
            taken=frozenset(taken[-REMEMBERED:]),
        )
