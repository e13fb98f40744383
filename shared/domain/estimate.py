"""How long a wait will be: an interval that has been measured, or nothing.

Two methods say what is likely. PACE (`estimate_pace`) is the people ahead times the lane's own minutes
per person. ROLLOUT is a forward simulation made elsewhere and handed in. Each is turned into an interval
by how its own likely waits turned out (`estimate_interval`), and each lane shows the one whose intervals
were better lately. Above 50 ahead or two hours there are words and no minutes; before there is history
there is nothing but the people ahead.

Never a short call rate, never divided by open windows: both were measured to be worse.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.estimate_interval import (
    MOST_AHEAD,
    MOST_MINUTES,
    OUTSIDE,
    RATIOS_KEPT,
    RATIOS_NEEDED,
    Calibration,
    Interval,
)
from shared.domain.estimate_pace import FULL_TRUST, Pace

__all__ = [
    "FULL_TRUST",
    "MOST_AHEAD",
    "MOST_MINUTES",
    "RATIOS_KEPT",
    "RATIOS_NEEDED",
    "Estimator",
    "Foreseen",
    "Interval",
    "Method",
    "Promise",
    "Wait",
]

SCORES_KEPT = 100
SCORES_NEEDED = 20
"""Below so many tickets that both methods had estimated, the lane stays with PACE."""

_FORESEEN_HOLDS_MS = 2 * 60_000
"""How long a rollout is believed: in a busy hall, some calls later, it is another hall."""
_LEAST_ROLLED = 1.0
"""Minutes: a rollout may say "at once", of which no ratio can be taken."""


class Method(StrEnum):
    """Which way a likely wait was found."""

    PACE = "pace"
    ROLLOUT = "rollout"


@dataclass(frozen=True, slots=True)
class Wait:
    """What one first call taught.

    People ahead when taken, minutes waited, minutes that were likely by PACE and by ROLLOUT (None if it
    was not run) when taken, and the moment of the call in ms since the epoch (0 if not known).
    """

    ahead: int
    minutes: float
    likely: float
    rolled: float | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """What is said of a wait: minutes likely by PACE and by ROLLOUT, which one is shown, and as what."""

    likely: float
    rolled: float | None
    method: Method
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a rollout from the live state at `at` (epoch ms) foresaw: minutes from then until the call.

    `tickets` by id; `newcomers` and `credited` (who takes a number then, without and with a credit) by lane.
    """

    at: int
    tickets: Mapping[int, float]
    newcomers: Mapping[str, float]
    credited: Mapping[str, float]


class Estimator:
    """All lanes' histories, the ratios that calibrate them, and the method each lane trusts.

    One thread learns; any thread may ask: answers come from finished values only.
    """

    def __init__(self, default_minutes: Mapping[str, float]) -> None:
        self._pace = Pace(default_minutes)
        self._of_pace = Calibration(default_minutes)
        self._of_rollout = Calibration(default_minutes)
        self._contests = {lane: _Contest() for lane in default_minutes}
        self.foreseen: Foreseen | None = None
        """The newest rollout; whoever runs one puts it here."""

    def learn(self, lane: str, wait: Wait) -> None:
        """Take in one first call; a ticket that had nobody ahead teaches nothing."""
        if wait.ahead <= 0 or wait.likely <= 0:
            return
        if wait.rolled is not None:
            self._judge(lane, wait, wait.rolled)
            self._of_rollout.learn(lane, wait.ahead, max(wait.rolled, _LEAST_ROLLED), wait.minutes)
        self._of_pace.learn(lane, wait.ahead, wait.likely, wait.minutes)
        self._pace.learn(lane, wait.ahead, wait.minutes, wait.at)

    def for_newcomer(self, lane: str, ahead: int, at: int, *, credited: bool = False) -> Promise:
        """What to say to somebody who takes a number at `at` (epoch ms) behind `ahead` people."""
        foreseen = self._fresh(at)
        waits = {} if foreseen is None else foreseen.credited if credited else foreseen.newcomers
        return self.promise(lane, ahead, waits.get(lane), at)

    def for_ticket(self, ticket: int, lane: str, ahead: int, at: int) -> Promise:
        """What to say at `at` (epoch ms) of a ticket that waits already."""
        foreseen = self._fresh(at)
        wait = None if foreseen is None else foreseen.tickets.get(ticket)
        if foreseen is None or wait is None:
            return self.promise(lane, ahead, None, at)
        return self.promise(lane, ahead, max(0.0, wait - (at - foreseen.at) / 60_000), at)

    def _fresh(self, at: int) -> Foreseen | None:
        foreseen = self.foreseen
        return foreseen if foreseen is not None and 0 <= at - foreseen.at <= _FORESEEN_HOLDS_MS else None

    def likely_minutes(self, lane: str, ahead: int, at: int = 0) -> float:
        """The likely wait for `ahead` people by PACE, in minutes; `at` (epoch ms) brings in today."""
        return self._pace.likely(lane, ahead, at)

    def interval(self, lane: str, ahead: int, rolled: float | None = None, at: int = 0) -> Interval | None:
        """The interval to show, or None where nothing honest can be said."""
        return self.promise(lane, ahead, rolled, at).interval

    def promise(self, lane: str, ahead: int, rolled: float | None = None, at: int = 0) -> Promise:
        """What to say of a wait behind `ahead` people, given the rollout's likely minutes if it was run."""
        likely = self._pace.likely(lane, ahead, at)
        if rolled is not None and self._contests[lane].winner is Method.ROLLOUT:
            interval = self._of_rollout.interval(lane, ahead, max(rolled, _LEAST_ROLLED))
            return Promise(likely, rolled, Method.ROLLOUT, interval)
        return Promise(likely, rolled, Method.PACE, self._of_pace.interval(lane, ahead, likely))

    def _judge(self, lane: str, wait: Wait, rolled: float) -> None:
        """Score what each method would have said of this wait, before either has learnt from it."""
        pace = self._of_pace.bounds(lane, wait.ahead, wait.likely)
        rollout = self._of_rollout.bounds(lane, wait.ahead, max(rolled, _LEAST_ROLLED))
        if pace is not None and rollout is not None:
            self._contests[lane].add(_score(pace, wait.minutes), _score(rollout, wait.minutes))


class _Contest:
    """One lane's comparison of the methods over the last tickets for which both existed."""

    def __init__(self) -> None:
        self._leads: deque[float] = deque(maxlen=SCORES_KEPT)
        self.winner = Method.PACE

    def add(self, pace: float, rollout: float) -> None:
        self._leads.append(pace - rollout)
        ahead = len(self._leads) >= SCORES_NEEDED and sum(self._leads) > 0
        self.winner = Method.ROLLOUT if ahead else Method.PACE


def _score(bounds: tuple[float, float], minutes: float) -> float:
    """The interval score (Gneiting and Raftery 2007), in minutes; less is better.

    It is the interval that people are shown, so that is what is judged: its width, and what it was
    missed by, at the weight which makes the true percentiles the best answer.
    """
    low, high = bounds
    missed = max(0.0, low - minutes) + max(0.0, minutes - high)
    return high - low + missed / OUTSIDE
