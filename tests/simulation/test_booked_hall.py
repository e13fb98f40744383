"""Slots booked to the last place: whoever is on time is called in time, because clerks were counted once."""

import pytest

from shared.simulation.booked_hall import BookedHall, called_in_time
from shared.simulation.engine import simulate
from shared.simulation.scenarios import SCENARIOS, Size

KEPT = 0.98


def in_time(hall: BookedHall, days: int = 10) -> float:
    """The part of all on-time appointments of some days that were called within ten minutes."""
    found = [called_in_time(simulate(hall.scene(seed))) for seed in range(1, days + 1)]
    return sum(kept for kept, _ in found) / sum(asked for _, asked in found)


def load(hall: BookedHall) -> float:
    """The work that is booked and expected to come, as a part of the clerks' time."""
    work = sum(offer.places * hall.minutes[offer.lane] * (1 - hall.absence) for offer in hall.offers())
    return work / (len(hall.clerks) * (hall.span.end - hall.span.start))


def test_hours_for_appointments_at_four_fifths_of_the_clerks_time_keep_their_times() -> None:
    hall = BookedHall()
    assert 0.79 < load(hall) <= 0.80, "the places that four fifths of the time give are all there"
    assert in_time(hall) >= KEPT


@pytest.mark.parametrize("walk_ins", [0.45, 0.62])
def test_appointments_keep_their_times_beside_walk_ins(walk_ins: float) -> None:
    """At a load of 0.8, and of 0.97."""
    hall = BookedHall(booked=0.35, walk_ins=walk_ins)
    assert 0.34 < load(hall) <= 0.35
    assert in_time(hall) >= KEPT


def test_places_given_a_second_time_for_those_who_stay_away_are_kept_as_well() -> None:
    assert in_time(BookedHall(absence=0.25)) >= KEPT


def test_a_hall_that_counts_its_clerks_for_every_lane_is_caught() -> None:
    """The control: the same hall, each lane reckoning with all who can serve it."""
    hall = BookedHall(pooled=False)
    assert load(hall) > 1
    assert in_time(hall) < KEPT


def test_the_scenario_says_so_too() -> None:
    figures = SCENARIOS["booked"].show(Size(seeds=2))
    assert len(figures) == 3
    assert all(figure.met for figure in figures), figures


@pytest.mark.parametrize("clerks", [1, 2, 3, 4])
def test_few_clerks_keep_their_times_because_less_is_promised_of_them(
    clerks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = BookedHall(clerks=("A",) * clerks, minutes={"A": 10.0})
    careful = in_time(few, days=40)
    assert careful >= KEPT
    monkeypatch.setattr("shared.domain.capacity.MOST_OF_FEW", {})
    assert in_time(few, days=40) <= careful
    if clerks < 4:
        assert in_time(few, days=40) < KEPT, "the control: as much of few as of many"
