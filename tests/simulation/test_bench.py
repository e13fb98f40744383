"""The bench's hall is a real one, and its figures are of what they say."""

import pytest

from shared.bench import simulation
from shared.simulation.rollout import foresee


def test_the_hall_that_is_measured_is_full() -> None:
    live = simulation.live_hall(100)
    assert (len(live.waiting), len(live.booked), len(live.at_windows)) == (100, 40, 12)
    foreseen = foresee(live, runs=3)
    assert len(foreseen.tickets) > 50
    assert foreseen.credited.keys() == set("ACDE")
    assert all(foreseen.credited[lane] < foreseen.newcomers[lane] for lane in foreseen.newcomers)


def test_both_halls_and_the_year_are_measured() -> None:
    figures = simulation.measure(1, whole_year=False)
    assert [figure.name for figure in figures] == [
        "foreseeing the waits of 100 who wait, 40 booked",
        "foreseeing the waits of 1,000 who wait, 40 booked",
        "a year of a 24-window hall",
    ]
    assert all(figure.limit and figure.met is not None for figure in figures)


def test_a_year_that_takes_too_long_is_not_met(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulation, "_YEAR_SECONDS", 0.0)
    monkeypatch.setattr(simulation, "_ROLLOUT_MS", 0.0)
    assert [figure.met for figure in simulation.measure(1, whole_year=False)] == [False] * 3
