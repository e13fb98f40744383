"""The likely wait: the lane's own minutes per person ahead, the bend of the line, and today's pace.

likely = minutes per person x 10 x (ahead / 10) ** bend x pace

Minutes per person are the rolling median of what the lane's tickets took, shrunk to the lane's default
until about a hundred are known. The bend says that a line twice as long does not take twice as long
(some people have left, a window is opened): it is the slope of log wait on log ahead inside the hall's
lanes, shrunk to 1. Today's pace is the mean log ratio of the lane's calls of the last two hours or so to
what the lane's history would have said, shrunk hard to none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log

from shared.domain.estimate_rolling import Rolling

FULL_TRUST = 100
"""Tickets after which a lane's own median stands alone."""
WAITS_KEPT = 300

_TYPICAL_AHEAD = 10
"""Where minutes per person mean what they say, whatever the bend."""
_SHORTEST = 1.0
"""Minutes: a shorter wait has a logarithm that says nothing about the line."""

_BEND_PRIOR = 50.0
_BEND_TICKETS = 3000
_LANE_TICKETS = 300
_LEAST_BEND, _MOST_BEND = 0.4, 1.2

_PACE_PRIOR = 200
"""People ahead that must have been worked off before today's pace counts half."""
_PACE_MOST_AHEAD = 15
_PACE_MEMORY_MS = 120 * 60_000
_MOST_PACE = 1.2
"""A log ratio: one call a third or three times as fast says no more than that."""


class Pace:
    """The likely waits of one hall. One thread learns; any thread may ask."""

    def __init__(self, default_minutes: Mapping[str, float]) -> None:
        self._bend = _Bend()
        self._lanes = {lane: _Lane(default) for lane, default in default_minutes.items()}

    def learn(self, lane: str, ahead: int, minutes: float, at: int) -> None:
        """Take in a first call at the moment `at` (ms since the epoch, 0 if not known); ahead >= 1."""
        history, minutes = self._lanes[lane], max(minutes, _SHORTEST)
        if ahead > 1:
            if at:
                usual = history.per_person * _people(ahead, self._bend.value)
                history.today = history.today.after(at, log(minutes / usual), min(ahead, _PACE_MOST_AHEAD))
            self._bend.learn(history.centre, log(ahead), log(minutes), ahead)
        history.learn(minutes / _people(ahead, self._bend.value))

    def likely(self, lane: str, ahead: int, at: int) -> float:
        """The likely wait in minutes. Without a moment today's pace is left out."""
        history = self._lanes[lane]
        usual = history.per_person * _people(ahead, self._bend.value)
        return usual * exp(history.today.at(at)) if at else usual


@dataclass(frozen=True, slots=True)
class _Today:
    """How fast a lane is just now: a sum of log ratios and of their weights, both fading by the minute."""

    total: float = 0.0
    weight: float = 0.0
    moment: int = 0

    def after(self, at: int, ratio: float, weight: int) -> "_Today":
        left = self._left(at)
        bounded = max(-_MOST_PACE, min(_MOST_PACE, ratio))
        return _Today(self.total * left + bounded * weight, self.weight * left + weight, max(at, self.moment))

    def at(self, at: int) -> float:
        left = self._left(at)
        return self.total * left / (self.weight * left + _PACE_PRIOR)

    def _left(self, at: int) -> float:
        return exp(-max(0, at - self.moment) / _PACE_MEMORY_MS)


class _Centre:
    """The fading mean point (log ahead, log minutes) of one lane's tickets."""

    def __init__(self) -> None:
        self.weight = self.ahead = self.minutes = 0.0

    def move(self, ahead: float, minutes: float, weight: float) -> None:
        self.weight = self.weight * (1 - 1 / _LANE_TICKETS) + weight
        self.ahead += weight / self.weight * (ahead - self.ahead)
        self.minutes += weight / self.weight * (minutes - self.minutes)


class _Bend:
    """The hall's slope of log minutes on log ahead: least squares within lanes, fading, shrunk to 1."""

    def __init__(self) -> None:
        self.value = 1.0
        self._square = self._product = 0.0

    def learn(self, centre: _Centre, ahead: float, minutes: float, weight: float) -> None:
        if centre.weight:
            across, up = ahead - centre.ahead, minutes - centre.minutes
            # A young centre is itself a guess: its deviations count by what it already knows.
            trust = weight * centre.weight / (centre.weight + weight)
            left = 1 - 1 / _BEND_TICKETS
            self._square = self._square * left + trust * across * across
            self._product = self._product * left + trust * across * up
            slope = (self._product + _BEND_PRIOR) / (self._square + _BEND_PRIOR)
            self.value = max(_LEAST_BEND, min(_MOST_BEND, slope))
        centre.move(ahead, minutes, weight)


class _Lane:
    def __init__(self, default: float) -> None:
        self._default = default
        self._waits = Rolling(WAITS_KEPT)
        self.per_person = default
        self.today = _Today()
        self.centre = _Centre()

    def learn(self, per_person: float) -> None:
        self._waits.add(per_person)
        trust = min(len(self._waits) / FULL_TRUST, 1.0)
        self.per_person = trust * self._waits.median() + (1 - trust) * self._default


def _people(ahead: int, bend: float) -> float:
    """The people ahead as the line's bend lets them count."""
    return _TYPICAL_AHEAD * (ahead / _TYPICAL_AHEAD) ** bend if ahead else 0.0
