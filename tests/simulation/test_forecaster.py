"""The production estimate in a simulated hall: it knows what a hub would know, and nothing of what comes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.estimate import Estimator
from shared.domain.moments import HALL_ZONE
from shared.domain.rules import MINUTE
from shared.simulation.busy_hall import HOUR, BusyHall
from shared.simulation.engine import Observer, SimulatedHall, simulate
from shared.simulation.forecaster import Forecaster, LiveNotes
from shared.simulation.model import End, Leg, Scene, Visit, Visitor
from shared.simulation.rollout import Live
from shared.simulation.scenarios import SCENARIOS, Size

MIDNIGHT = datetime(2026, 1, 5, tzinfo=HALL_ZONE)
HALL = BusyHall(end=11 * HOUR)
NOON = 10 * HOUR + 30 * MINUTE
"""When the hall is full and more are to come."""


def moment(now: int) -> datetime:
    return MIDNIGHT + timedelta(milliseconds=now)


def promises(
    scene: Scene, known: Iterable[Visitor], *, rollouts: bool
) -> dict[tuple[str, datetime], tuple[object, ...]]:
    """What was told to each visitor, by lane and moment; `known`: those who may be booked."""
    forecaster = Forecaster(Estimator(dict.fromkeys(HALL.lanes, 3.0)), moment, rollouts=rollouts)
    forecaster.start(scene.rules, known)
    simulate(scene, forecaster)
    return {(o.lane, o.taken_at): (o.method, o.likely, o.low, o.high, o.ahead) for o in forecaster.outcomes}


@pytest.mark.parametrize("rollouts", [False, True])
def test_no_promise_knows_who_comes_later(rollouts: bool) -> None:
    scene = HALL.scene(seed=1)
    so_far = replace(scene, visitors=tuple(v for v in scene.visitors if v.at <= NOON))
    whole, cut = (promises(s, scene.visitors, rollouts=rollouts) for s in (scene, so_far))
    assert len(whole) > len(cut) > 80
    assert {key: whole[key] for key in cut} == cut


@pytest.mark.parametrize("rollouts", [False, True])
def test_no_promise_knows_how_long_a_service_will_last(rollouts: bool) -> None:
    """Those who come at the end take longer: nothing that was told before they were called changes."""
    scene = HALL.scene(seed=1)
    slower = replace(scene, visitors=tuple(_slow(v) if v.at > NOON else v for v in scene.visitors))
    one, other = (promises(s, s.visitors, rollouts=rollouts) for s in (scene, slower))
    early = {key for key in one if key[1] <= moment(NOON)}
    assert len(early) > 80
    assert {key: one[key] for key in early} == {key: other[key] for key in early}
    assert one != other


def _slow(visitor: Visitor) -> Visitor:
    return replace(visitor, legs=tuple(Leg(leg.lane, 5 * leg.service) for leg in visitor.legs))


def test_everyone_called_has_an_outcome_and_nobody_else() -> None:
    scene = HALL.scene(seed=2)
    impatient = replace(scene, visitors=tuple(replace(v, patience=3 * MINUTE) for v in scene.visitors))
    forecaster = Forecaster(Estimator(dict.fromkeys(HALL.lanes, 3.0)), moment)
    visits = simulate(impatient, forecaster)
    called = [visit for visit in visits if visit.called_at is not None]
    assert sum(visit.end is End.LEFT for visit in visits) > 5
    assert Counter(o.waited for o in forecaster.outcomes) == Counter(
        (visit.wait or 0) / MINUTE for visit in called
    )


def test_most_promises_hold_in_the_busy_hall() -> None:
    """By pace and with rollouts, seven to nine in ten; the first day teaches."""
    figures = SCENARIOS["forecast"].show(Size(seeds=2))
    assert len(figures) == 2
    assert all(figure.met for figure in figures), figures


# -- the live state -----------------------------------------------------------------------------------


class Snapshot(Observer):
    """Keeps notes as a hub does, and takes the live state once, after a moment."""

    def __init__(self, scene: Scene, at: int) -> None:
        self.notes = LiveNotes()
        self.notes.start(scene.rules, scene.visitors)
        self.at = at
        self.live: Live | None = None
        self.waiting: set[int] = set()
        self.busy: dict[int, int] = {}
        self.done: list[bool] = []

    def joined(self, hall: SimulatedHall, visit: Visit, place: object) -> None:  # noqa: ARG002
        if not visit.leg and not visit.returned:
            self.notes.joined(hall.now, visit)

    def freed(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        self.done.append(visit.end is End.MISSED)
        self.notes.freed(hall.now - hall.busy[no][1], visit)

    def settled(self, hall: SimulatedHall) -> None:
        if self.live is None and hall.now >= self.at:
            self.live = self.notes.state(hall)
            self.done, missed = [], self.done
            self.no_shows = sum(missed) / len(missed)
            self.waiting = {visit.id for visit in hall.visits.values() if visit.end is End.WAITING}
            self.busy = {
                visit.window: visit.id
                for visit in hall.visits.values()
                if visit.end is End.AT_WINDOW and visit.window is not None
            }


def snapshot(scene: Scene) -> tuple[Snapshot, Live]:
    seen = Snapshot(scene, NOON)
    simulate(scene, seen)
    assert seen.live is not None
    return seen, seen.live


def test_the_live_state_is_the_hall() -> None:
    scene = HALL.scene(seed=3)
    seen, live = snapshot(scene)
    assert {ticket.id for ticket in live.waiting} == seen.waiting
    assert {at.no for at in live.at_windows} == set(seen.busy)
    assert {desk.no for desk in live.desks} == set(range(1, HALL.windows + 1))
    assert live.no_shows == pytest.approx(seen.no_shows)
    assert 0 < live.no_shows < 0.2


def test_the_live_state_knows_who_is_booked_and_not_here() -> None:
    scene = HALL.scene(seed=3)
    _, live = snapshot(scene)
    to_come = [v for v in scene.visitors if v.booked_for is not None and v.at > live.now]
    near = Counter(
        (v.booked_for, v.legs[0].lane) for v in to_come if (v.booked_for or 0) > live.now - 15 * MINUTE
    )
    assert len(near) > 5
    assert Counter((booked.booked_for, booked.lane) for booked in live.booked) == near


def test_who_is_sent_to_a_window_is_so_in_the_live_state() -> None:
    scene = HALL.scene(seed=3)
    sent = replace(
        scene,
        visitors=tuple(
            replace(v, legs=(replace(v.legs[0], lane="A", for_window=1 + n % 6), *v.legs[1:]))
            for n, v in enumerate(scene.visitors)
        ),
    )
    _, live = snapshot(sent)
    first_legs = [ticket for ticket in live.waiting if ticket.for_window is not None]
    assert len(first_legs) > 10
    assert {ticket.for_window for ticket in first_legs} <= set(range(1, 7))
