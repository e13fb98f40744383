"""The rule of late calls: which calls are announced, and which are only shown.

A call that reaches the screen within `ANNOUNCED_WITHIN` of being made is announced: large, and spoken. A
later one (the link or the screen was away) only takes its place among the rows: the citizen has long gone to
the window, or was missed, and whoever is called now must not wait behind it.
"""

from datetime import datetime, timedelta

from shared.protocol.messages import Call

ANNOUNCED_WITHIN = timedelta(seconds=60)


def is_announced(call: Call, now: datetime, speed: float, within: timedelta = ANNOUNCED_WITHIN) -> bool:
    """Whether a call that reaches the screen at `now`, by the hub's clock, is announced.

    `speed` is that clock's: in a rehearsal at 60x, a minute of real time is an hour of it.
    """
    return now - call.at <= within * max(speed, 1.0)
