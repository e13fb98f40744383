"""How fast a hall is played forward, beside a bare heap that does nothing but push and pop as often."""

from heapq import heappop, heappush
from time import perf_counter

import numpy as np

from shared.domain.ordering import Place, Priority
from shared.domain.rules import MINUTE, Rules
from shared.figures.table import Figure, middle
from shared.simulation.busy_hall import HOUR, BusyHall
from shared.simulation.draw import lognormal
from shared.simulation.rollout import AtWindow, Booked, Live, Waiting, foresee
from shared.simulation.year import simulated_year

WORKDAYS = 261
_ROLLOUT_MS, _YEAR_SECONDS = 50.0, 60.0
_NOW = 10 * HOUR
_BOOKED = 40
_CALLS = 900
"""About as many as a rollout plays in all its runs."""
_EVENTS_PER_VISITOR = 2
"""Somebody joins, and is done."""
_STANDING = 100
"""Events that stand in the heap of a busy hall."""


def measure(rounds: int, *, whole_year: bool) -> list[Figure]:
    """Rollouts of a full and of an overfull hall, and a year: all its days, or one day for all."""
    return [_rollout(100, rounds), _rollout(1_000, rounds), _year(whole_year=whole_year)]


def _rollout(waiting: int, rounds: int) -> Figure:
    live = live_hall(waiting)
    took = middle([_seconds(live, seed) for seed in range(rounds)]) * 1000
    bare = middle([bare_heap(_CALLS * _EVENTS_PER_VISITOR) for _ in range(rounds)]) * 1000
    return Figure(
        f"foreseeing the waits of {waiting:,} who wait, {_BOOKED} booked",
        f"{took:.1f} ms (median of {rounds})",
        f"{bare:.2f} ms for a bare heap of {_CALLS} calls",
        f"under {_ROLLOUT_MS:.0f} ms",
        took < _ROLLOUT_MS,
    )


def _seconds(live: Live, seed: int) -> float:
    start = perf_counter()
    foresee(live, seed)
    return perf_counter() - start


def _year(*, whole_year: bool) -> Figure:
    start = perf_counter()
    year = simulated_year(1) if whole_year else simulated_year(1, days=1)
    part = WORKDAYS / year.days
    took = (perf_counter() - start) * part
    bare = bare_heap(year.tickets * _EVENTS_PER_VISITOR) * part
    told = f"{year.tickets:,} tickets" if whole_year else f"from one day of {year.tickets:,} tickets"
    return Figure(
        "a year of a 24-window hall",
        f"{took:.1f} s ({told})",
        f"{bare:.1f} s for a bare heap of as many",
        f"under {_YEAR_SECONDS:.0f} s",
        took < _YEAR_SECONDS,
    )


def live_hall(waiting: int) -> Live:
    """A hall of 12 windows, all busy, where the last of `waiting` people came just now."""
    hall, rules = BusyHall(), Rules()
    lanes = [hall.lanes[n % len(hall.lanes)] for n in range(waiting)]
    kinds = (Priority.ELDERLY, *[Priority.NONE] * 7)
    places = [
        Place(*rules.walk_in(_NOW - (waiting - n) * MINUTE // 2, kinds[n % len(kinds)]), n, lane)
        for n, lane in enumerate(lanes)
    ]
    spans = tuple(lognormal(np.random.default_rng(1), hall.service, hall.variation, 200).tolist())
    return Live(
        _NOW,
        rules,
        tuple(hall.desks()),
        tuple(AtWindow(desk.no, desk.own[0], _NOW - desk.no * MINUTE) for desk in hall.desks()),
        tuple(Waiting(n, lane, place) for n, (lane, place) in enumerate(zip(lanes, places, strict=True))),
        dict.fromkeys(hall.lanes, spans),
        tuple(Booked(_NOW + n * 2 * MINUTE, hall.lanes[n % len(hall.lanes)]) for n in range(_BOOKED)),
        no_shows=hall.no_shows,
        priorities=dict.fromkeys(hall.lanes, 0.05),
    )


def bare_heap(events: int) -> float:
    """Seconds for so many events that only push the next one, among as many as a busy hall has standing."""
    heap = [(n, n) for n in range(_STANDING)]
    start = perf_counter()
    for n in range(events):
        moment, _ = heappop(heap)
        heappush(heap, (moment + n % 97, n))
    return perf_counter() - start
