"""A year of a big hall: 24 windows, five days a week, lunch in two halves, one estimator that learns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import numpy as np

from shared.domain.estimate import Estimator
from shared.domain.moments import HALL_ZONE
from shared.figures.waits import Outcome
from shared.simulation.busy_hall import HOUR, BusyHall
from shared.simulation.draw import MINUTE
from shared.simulation.engine import simulate
from shared.simulation.forecaster import Forecaster
from shared.simulation.model import Scene, Shift

_LUNCH = 60 * MINUTE
_EVENING = 2**60


@dataclass(frozen=True, slots=True)
class Year:
    """What a year gave."""

    days: int
    tickets: int
    outcomes: list[Outcome]


def simulated_year(seed: int, first: date = date(2026, 1, 1), days: int = 365) -> Year:
    """Every weekday of `days` from `first` on; the load changes from day to day."""
    hall = BusyHall(general=12, zones="CDEF", windows_per_zone=3)
    random = np.random.default_rng(seed)
    workdays = list(_workdays(first, days))
    forecaster = Forecaster(Estimator(dict.fromkeys(hall.lanes, 2.0)), lambda now: _moment(today, now))
    tickets = 0
    for today in workdays:  # noqa: B007 - the forecaster dates what it sees by it
        scene = _with_lunch(replace(hall, load=random.uniform(0.6, 0.85)).scene(int(random.integers(2**32))))
        forecaster.start(scene.rules, scene.visitors)
        tickets += len(simulate(scene, forecaster))
    return Year(len(workdays), tickets, forecaster.outcomes)


def _workdays(first: date, days: int) -> Iterator[date]:
    for n in range(days):
        day = first + timedelta(days=n)
        if day.weekday() < 5:
            yield day


def _with_lunch(scene: Scene) -> Scene:
    """Every other window rests from 12:00 to 13:00, the others from 13:00 to 14:00."""
    shifts = []
    for shift in scene.shifts:
        lunch = (12 + shift.desk.no % 2) * HOUR
        shifts += [
            Shift(shift.desk, shift.start, lunch),
            Shift(shift.desk, lunch + _LUNCH, _EVENING),
        ]
    return replace(scene, shifts=tuple(shifts))


def _moment(day: date, now: int) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE) + timedelta(milliseconds=now)
