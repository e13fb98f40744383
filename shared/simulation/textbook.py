"""Halls whose waits are known from theory: they prove the loop and the order.

Formulas: Erlang C and M/G/1 (Pollaczek-Khinchine), Erlang A and non-preemptive priority as in Gross, Shortle,
Thompson and Harris, Fundamentals of Queueing Theory (5th ed.), chapters 3, 4 and 7. Service takes a mean of
one minute throughout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from shared.domain.windows import Desk
from shared.simulation.draw import MINUTE, Whole, exponential
from shared.simulation.engine import simulate
from shared.simulation.model import End, Leg, Scene, Shift, Visit, Visitor

FOREVER = 2**60
WARM_UP = 0.1
"""This part of the visitors finds the hall not yet in its steady state and is left out."""

Measure = Callable[[Sequence[Visit]], float]


@dataclass(frozen=True, slots=True)
class Textbook:
    """One system of the books. `expected`: what theory says of each measure."""

    name: str
    title: str
    windows: int
    rate: float
    """Arrivals a minute."""
    visitors_needed: int
    """In each of ten runs, for a standard error of about one per cent: busy halls forget slowly."""
    expected: tuple[tuple[str, Measure, float], ...]
    fixed_service: bool = False
    patience: float | None = None
    """Mean minutes until somebody who waits leaves."""
    first_class: float = 0.0
    """The part of the arrivals that goes first: due appointments."""

    def visitors(self, seed: int, number: int) -> tuple[Visitor, ...]:
        """`number` visitors drawn by `seed`."""
        random = np.random.default_rng(seed)
        at = np.cumsum(exponential(random, 1 / self.rate, number))
        service = np.full(number, MINUTE) if self.fixed_service else exponential(random, 1.0, number)
        leaves = exponential(random, self.patience, number).tolist() if self.patience else [None] * number
        first = (random.random(number) < self.first_class).tolist()
        return tuple(
            Visitor(moment, (Leg("A", span),), patience=patience, booked_for=moment if goes_first else None)
            for moment, span, patience, goes_first in zip(
                _list(at), _list(service), leaves, first, strict=True
            )
        )

    def scene(self, seed: int, number: int) -> Scene:
        """The whole system, for one run."""
        shifts = tuple(Shift(Desk(no, ("A",)), 0, FOREVER) for no in range(1, self.windows + 1))
        return Scene(self.visitors(seed, number), shifts)

    def measure(self, seed: int, number: int) -> list[float]:
        """What one run says of each measure."""
        visits = simulate(self.scene(seed, number))
        settled = visits[round(number * WARM_UP) :]
        return [measure(settled) for _, measure, _ in self.expected]


def _list(values: Whole) -> list[int]:
    found: list[int] = values.tolist()
    return found


def _waits(visits: Sequence[Visit]) -> list[float]:
    return [visit.wait / MINUTE for visit in visits if visit.wait is not None]


def mean_wait(visits: Sequence[Visit]) -> float:
    """Mean minutes in line, of those who were called."""
    return float(np.mean(_waits(visits)))


def ninetieth(visits: Sequence[Visit]) -> float:
    """The wait in minutes that nine in ten do not exceed."""
    return float(np.quantile(_waits(visits), 0.9))


def abandonment(visits: Sequence[Visit]) -> float:
    """The part that left."""
    return sum(visit.end is End.LEFT for visit in visits) / len(visits)


def first_class_wait(visits: Sequence[Visit]) -> float:
    """Mean minutes of those who go first."""
    return mean_wait([visit for visit in visits if visit.visitor.booked_for is not None])


def second_class_wait(visits: Sequence[Visit]) -> float:
    """Mean minutes of the others."""
    return mean_wait([visit for visit in visits if visit.visitor.booked_for is None])


def _mmc(
    name: str, windows: int, rate: float, needed: int, wait: float, p90: float | None = None
) -> Textbook:
    expected: list[tuple[str, Measure, float]] = [("mean wait", mean_wait, wait)]
    if p90 is not None:
        expected.append(("90th percentile", ninetieth, p90))
    return Textbook(name, f"M/M/{windows} ({rate:g} a minute)", windows, rate, needed, tuple(expected))


TEXTBOOKS: dict[str, Textbook] = {
    book.name: book
    for book in (
        _mmc("mm1", 1, 0.8, 120_000, 4.0),
        _mmc("mm5", 5, 4, 200_000, 0.554),
        _mmc("mm10", 10, 9, 500_000, 0.669, 1.90),
        _mmc("mm20", 20, 18, 500_000, 0.275),
        Textbook(
            "erlang-a", "M/M/10+M (12 a minute, patience 2 minutes)", 10, 12, 40_000,
            (("abandonment", abandonment, 0.196),), patience=2.0,
        ),
        Textbook(
            "md1", "M/D/1 (0.8 a minute)", 1, 0.8, 80_000,
            (("mean wait", mean_wait, 2.0),), fixed_service=True,
        ),
        Textbook(
            "priority", "M/M/1 with two classes (0.3 and 0.5 a minute), no credit", 1, 0.8, 160_000,
            (("first class", first_class_wait, 1.143), ("second class", second_class_wait, 5.714)),
            first_class=0.375,
        ),
    )
}  # fmt: skip
