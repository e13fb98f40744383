"""Which calls are new to this screen: each one exactly once, also across a reconnect or a restart.

The order of facts is the order of calls, so the newest fact number taken in tells everything. A call that
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


@dataclass(frozen=True, slots=True)
class Intake:
    """`seen` is the newest fact number this screen has taken in; None before its very first snapshot."""

    scope: Scope
    seen: int | None = None

    def begin(
        self, calls: Iterable[Call], seq: int, now: datetime, speed: float
    ) -> tuple["Intake", list[Fresh]]:
        """Take in a snapshot true at fact `seq`.

        The first snapshot ever is history: all of it counts as seen. A `seq` before `seen` means that the
        hub was set up anew; its calls are history too.
        """
        if self.seen is None or seq < self.seen:
            return replace(self, seen=seq), []
        return self.take(calls, now, speed)

    def take(self, calls: Iterable[Call], now: datetime, speed: float) -> tuple["Intake", list[Fresh]]:
        """Take in calls in any order; the new ones come out oldest first.

        `speed` is the hub's clock's: in a rehearsal at 60x, a minute of real time is an hour of its clock.
        """
        by_seq = {call.seq: call for call in calls if call.seq > (self.seen or 0)}
        new = [by_seq[seq] for seq in sorted(by_seq)]
        if not new:
            return self, []
        limit = SPOKEN_WITHIN * max(speed, 1.0)
        fresh = [Fresh(call, aloud=now - call.at <= limit) for call in new if self.scope.shows_call(call)]
        return replace(self, seen=new[-1].seq), fresh
