"""The loop and the order give what queueing theory says, and a wrong order does not."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import isclose, log
from operator import mul
from statistics import fmean

import pytest

from shared.simulation.engine import SimulatedHall
from shared.simulation.model import Visit
from shared.simulation.scenarios import NEAR, SCENARIOS, Size
from shared.simulation.textbook import TEXTBOOKS, WARM_UP
from tests.simulation.broken import DuelessHall, LastFirstHall


@pytest.mark.parametrize("name", TEXTBOOKS)
def test_ten_seeds_are_near_to_theory(name: str) -> None:
    figures = SCENARIOS[name].show(Size(visitors=40_000))
    assert len(figures) == len(TEXTBOOKS[name].expected)
    assert all(figure.met for figure in figures), figures


# -- the figures of the books, from their formulas ----------------------------------------------------


def erlang_c(windows: int, work: float) -> float:
    """The part that waits; Gross et al., eq. 3.33 by way of the recursion for Erlang B."""
    blocked = 1.0
    for n in range(1, windows + 1):
        blocked = work * blocked / (n + work * blocked)
    return windows * blocked / (windows - work * (1 - blocked))


def mmc_wait(windows: int, rate: float) -> float:
    return erlang_c(windows, rate) / (windows - rate)


def mmc_ninetieth(windows: int, rate: float) -> float:
    """Of those who wait, exp(-(c - a) t) still do after t."""
    return log(erlang_c(windows, rate) / 0.1) / (windows - rate)


def abandonment(windows: int, rate: float, patience: float) -> float:
    """Erlang A as a birth-death chain: the part of the arrivals that leaves."""
    leaving = [max(0, n - windows) / patience for n in range(400)]
    steps = [rate / (min(n, windows) + leaving[n]) for n in range(1, 400)]
    weights: list[float] = list(accumulate([1.0, *steps], mul))
    left = sum(weight * rate_out for weight, rate_out in zip(weights, leaving, strict=True))
    return left / sum(weights) / rate


def by_formula() -> dict[str, list[float]]:
    """Pollaczek-Khinchine for M/D/1; Cobham for the classes, where the work in progress is rho (mean 1)."""
    return {
        "mm1": [mmc_wait(1, 0.8)],
        "mm5": [mmc_wait(5, 4)],
        "mm10": [mmc_wait(10, 9), mmc_ninetieth(10, 9)],
        "mm20": [mmc_wait(20, 18)],
        "erlang-a": [abandonment(10, 12, 2)],
        "md1": [0.8 / (2 * (1 - 0.8))],
        "priority": [0.8 / (1 - 0.3), 0.8 / ((1 - 0.3) * (1 - 0.8))],
    }


@pytest.mark.parametrize("name", TEXTBOOKS)
def test_what_is_expected_is_what_the_formulas_give(name: str) -> None:
    told = [expected for _, _, expected in TEXTBOOKS[name].expected]
    assert told == pytest.approx(by_formula()[name], rel=0.003)


# -- controls -----------------------------------------------------------------------------------------


def off_by(name: str, hall: Callable[..., SimulatedHall]) -> list[float]:
    """How far the means of three runs of a hall are from theory, by measure."""
    book = TEXTBOOKS[name]
    runs = [settled(hall(book.scene(seed, 10_000)).run()) for seed in (1, 2, 3)]
    return [fmean(measure(run) for run in runs) / expected - 1 for _, measure, expected in book.expected]


def settled(visits: Sequence[Visit]) -> Sequence[Visit]:
    return visits[round(len(visits) * WARM_UP) :]


def test_whoever_came_last_first_is_noticed_by_the_ninetieth_percentile() -> None:
    _, ninetieth = off_by("mm10", LastFirstHall)
    assert abs(ninetieth) > 5 * NEAR


def test_classes_that_are_not_kept_apart_are_noticed() -> None:
    first, second = off_by("priority", DuelessHall)
    assert first > 10 * NEAR
    assert second < -5 * NEAR


def test_a_hall_with_other_service_times_is_noticed() -> None:
    """The same load with a fixed service waits half as long: the loop sees more than the load."""
    fixed = TEXTBOOKS["md1"].measure(1, 40_000)[0]
    assert not isclose(fixed, mmc_wait(1, 0.8), rel_tol=10 * NEAR)
