"""A hall whose slots are all booked: places by capacity, some who stay away, some early, some late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from shared.domain.capacity import Demand, Offer, Terms, places
from shared.domain.duty import OnDuty
from shared.domain.hours_spans import Access, Span
from shared.domain.rules import Rules
from shared.domain.windows import Desk
from shared.simulation.draw import MINUTE, lognormal, moments
from shared.simulation.model import Leg, Scene, Shift, Visit, Visitor

_DAY = date(2026, 11, 28)
_EIGHT_HOURS = Span(9 * 60, 17 * 60)
ON_TIME = 10 * MINUTE
GRACE = 15 * MINUTE
"""Checked in so long after its time at most, an appointment goes first (rule 1)."""


@dataclass(frozen=True, slots=True)
class BookedHall:
    """Clerks by their skills, and lanes with mean minutes. Loads and shares are parts of the clerks' time.

    `booked` of it is booked, and `walk_ins` more comes without an appointment.
    """

    clerks: Sequence[str] = ("ABCD", "ABCD", "ABCD", "AB", "AB", "CD", "CD", "A", "B", "C", "D", "D")
    minutes: dict[str, float] = field(default_factory=lambda: {"A": 6.0, "B": 10.0, "C": 8.0, "D": 14.0})
    booked: float = 0.80
    walk_ins: float = 0.0
    variation: float = 0.7
    absence: float = 0.08
    span: Span = _EIGHT_HOURS
    pooled: bool = True
    """False counts each clerk once for every lane, as a hall does that does not know of pools."""

    def offers(self) -> list[Offer]:
        """The places of the day."""
        duties = [OnDuty(_DAY, str(n), frozenset(lanes), self.span) for n, lanes in enumerate(self.clerks)]
        if self.pooled:
            return self._places(duties, self.minutes)
        return sorted(
            (offer for lane in self.minutes for offer in self._places(duties, [lane])), key=lambda o: o.start
        )

    def scene(self, seed: int) -> Scene:
        """One day, drawn by `seed`, with every place booked. Windows stay open until nobody waits."""
        random = np.random.default_rng(seed)
        visitors = [*self._with_booking(random), *self._without(random)]
        desks = [Desk(no, tuple(lanes)) for no, lanes in enumerate(self.clerks, 1)]
        return Scene(
            tuple(sorted(visitors, key=lambda visitor: visitor.at)),
            tuple(Shift(desk, self.span.start * MINUTE, 2**60) for desk in desks),
            Rules(),
        )

    def _places(self, duties: Sequence[OnDuty], lanes: Sequence[str] | dict[str, float]) -> list[Offer]:
        share = round(100 * self.booked)
        terms = Terms(
            {lane: Demand(self.minutes[lane], self.absence) for lane in lanes},
            share=share,
            booked_share=share,
        )
        access = Access.WALK_IN if self.walk_ins else Access.BOOKED
        span = Span(self.span.start, self.span.end, self.span.kind, access)
        return places(duties, dict.fromkeys(lanes, (span,)), terms)

    def _with_booking(self, random: np.random.Generator) -> Iterator[Visitor]:
        """People come eight minutes early in the mean, and one in ten late."""
        for offer in self.offers():
            for _ in range(offer.places):
                if random.random() < self.absence:
                    continue
                booked = offer.start * MINUTE
                at = booked + int(random.normal(-8, 6) * MINUTE)
                yield Visitor(
                    max(at, self.span.start * MINUTE - ON_TIME),
                    self._leg(random, offer.lane),
                    booked_for=booked,
                )

    def _without(self, random: np.random.Generator) -> Iterator[Visitor]:
        """Walk-ins bring work to each lane as its bookings do."""
        work = dict.fromkeys(self.minutes, 0.0)
        for offer in self.offers():
            work[offer.lane] += offer.places * self.minutes[offer.lane]
        total = sum(work.values())
        for lane, minutes in self.minutes.items():
            rate = self.walk_ins * len(self.clerks) * work[lane] / total / minutes
            for at in moments(random, rate, self.span.start * MINUTE, self.span.end * MINUTE).tolist():
                yield Visitor(at, self._leg(random, lane))

    def _leg(self, random: np.random.Generator, lane: str) -> tuple[Leg, ...]:
        return (Leg(lane, int(lognormal(random, self.minutes[lane], self.variation, 1)[0])),)


def called_in_time(visits: Sequence[Visit]) -> tuple[int, int]:
    """Of the appointments that checked in on time, how many were called within ten minutes of their time,
    and how many they were."""
    waits = [
        visit.called_at - max(visit.visitor.booked_for, visit.visitor.at)
        for visit in visits
        if visit.visitor.booked_for is not None
        and visit.called_at is not None
        and visit.visitor.at <= visit.visitor.booked_for + GRACE
    ]
    return sum(wait <= ON_TIME for wait in waits), len(waits)
