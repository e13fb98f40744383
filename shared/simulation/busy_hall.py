"""A hall at its limit: general windows that help the zones, appointments, priorities, no-shows, transfers."""

from dataclasses import dataclass, field, replace

import numpy as np

from shared.domain.ordering import Priority
from shared.domain.rules import Rules
from shared.domain.windows import Desk, Takes, When
from shared.simulation.draw import MINUTE, lognormal, moments
from shared.simulation.model import Leg, Scene, Shift, Visitor

HOUR = 60 * MINUTE


@dataclass(frozen=True, slots=True)
class BusyHall:
    """Six general windows and three zones of two. Shares are parts of all visitors; spans are minutes."""

    general: int = 6
    zones: str = "CDE"
    windows_per_zone: int = 2
    load: float = 0.97
    """Work that arrives while the doors are open, as a part of what all windows can do."""
    start: int = 9 * HOUR
    end: int = 17 * HOUR
    service: float = 8.0
    variation: float = 0.7
    appointments: float = 0.35
    priorities: float = 0.12
    no_shows: float = 0.06
    transfers: float = 0.08
    second_leg: float = 5.0
    takes: Takes = field(default_factory=lambda: Takes(When.LONGER_THAN, 2))

    @property
    def lanes(self) -> str:
        """General lane first."""
        return "A" + self.zones

    @property
    def windows(self) -> int:
        """All of them."""
        return self.general + len(self.zones) * self.windows_per_zone

    def desks(self) -> list[Desk]:
        """Every window with its skills."""
        general = [Desk(no, ("A",), tuple(self.zones), self.takes) for no in range(1, self.general + 1)]
        zoned = [
            Desk(self.general + 1 + at, (self.zones[at // self.windows_per_zone],))
            for at in range(len(self.zones) * self.windows_per_zone)
        ]
        return general + zoned

    def scene(self, seed: int, rules: Rules | None = None) -> Scene:
        """One day, drawn by `seed`. All windows stay open until nobody waits."""
        shifts = tuple(Shift(desk, self.start, 2**60) for desk in self.desks())
        return Scene(self._visitors(np.random.default_rng(seed)), shifts, rules or Rules())

    def _visitors(self, random: np.random.Generator) -> tuple[Visitor, ...]:
        work = (1 - self.no_shows) * (self.service + self.transfers * self.second_leg) + self.no_shows
        rate = self.load * self.windows / work
        walk_ins = moments(random, rate * (1 - self.appointments), self.start, self.end).tolist()
        slots = self._slots(rate * self.appointments)
        number = len(walk_ins) + len(slots)
        spans = lognormal(random, self.service, self.variation, number).tolist()
        seconds = lognormal(random, self.second_leg, self.variation, number).tolist()
        luck = random.random((number, 4))
        found = []
        for n, (span, second) in enumerate(zip(spans, seconds, strict=True)):
            booked = None if n < len(walk_ins) else slots[n - len(walk_ins)]
            lane = str(random.choice(list(self.lanes), p=self._shares())) if booked is None else booked[1]
            legs = [Leg(lane, span)]
            if luck[n, 0] < self.transfers:
                others = [letter for letter in self.lanes if letter != lane]
                legs.append(Leg(str(random.choice(others)), second))
            is_priority = booked is None and luck[n, 1] < self.priorities / (1 - self.appointments)
            at = walk_ins[n] if booked is None else self._check_in(random, booked[0])
            found.append(
                Visitor(
                    max(at, self.start - 30 * MINUTE),
                    tuple(legs),
                    Priority.ELDERLY if is_priority else Priority.NONE,
                    None if booked is None else booked[0],
                    comes=bool(luck[n, 2] >= self.no_shows),
                    returns_after=10 * MINUTE if luck[n, 3] < 0.5 else None,
                )
            )
        return tuple(found)

    def _shares(self) -> list[float]:
        zoned = self.windows_per_zone / self.windows
        return [self.general / self.windows, *[zoned] * len(self.zones)]

    def _slots(self, rate: float) -> list[tuple[int, str]]:
        """Booked times and lanes: each slot of a lane has room for the same number, spread evenly."""
        found = []
        for lane, share in zip(self.lanes, self._shares(), strict=True):
            span = self.end - self.start
            places = round(span / MINUTE * rate * share)
            found += [(self.start + span * n // places // MINUTE * MINUTE, lane) for n in range(places)]
        return found

    @staticmethod
    def _check_in(random: np.random.Generator, booked: int) -> int:
        """People come eight minutes early in the mean, and two in a hundred late."""
        return booked + int(random.normal(-8, 6) * MINUTE)


def strict(scene: Scene) -> Scene:
    """The same visitors where priorities have no credit but always go first, as in many halls."""
    return replace(scene, visitors=tuple(_first(visitor) for visitor in scene.visitors))


def _first(visitor: Visitor) -> Visitor:
    if visitor.priority is Priority.NONE:
        return visitor
    return replace(visitor, priority=Priority.NONE, booked_for=visitor.at)
