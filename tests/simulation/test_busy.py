"""A hall at its limit keeps what is promised of it, and the referee sees every hall that does not."""

from dataclasses import replace

import pytest

from shared.domain.rules import CREDITED, MINUTE, Rules
from shared.domain.windows import Desk, Takes, When
from shared.simulation.busy_hall import BusyHall
from shared.simulation.checks import Referee
from shared.simulation.engine import SimulatedHall
from shared.simulation.model import Scene
from shared.simulation.scenarios import SCENARIOS, Size
from tests.simulation.broken import (
    ByNumberHall,
    DuelessHall,
    LastFirstHall,
    SleepyHall,
    TielessHall,
    UnskilledHall,
)

SKILL = "called without the skill or against the window's rule"
SMALLER = "a smaller key waited"
CREDIT = "overtaken beyond the credit"
IDLE = "somebody waited while a window idled"
RESTART = "another order after a restart"
RULES_OF_HELP = [Takes(), Takes(When.OWN_EMPTY), Takes(When.LONGER_THAN, 2), Takes(When.LONGER_THAN, 0)]


def test_the_five_figures_are_met() -> None:
    figures = SCENARIOS["busy"].show(Size())
    assert len(figures) == 5
    assert all(figure.met for figure in figures), figures


def whole_minutes(scene: Scene) -> Scene:
    """The same day by a clock without seconds, so that many come at one moment."""
    return replace(scene, visitors=tuple(replace(v, at=v.at // MINUTE * MINUTE) for v in scene.visitors))


DAY = whole_minutes(BusyHall().scene(seed=1))


def violations(hall: type[SimulatedHall], scene: Scene = DAY, rules: Rules | None = None) -> set[str]:
    referee = Referee(rules or scene.rules)
    visits = hall(scene, [referee]).run()
    assert referee.calls >= len(visits) > 500
    return set(referee.violations)


@pytest.mark.parametrize("takes", RULES_OF_HELP, ids=str)
@pytest.mark.parametrize("longest_wait", [None, 45])
def test_the_hall_violates_nothing(takes: Takes, longest_wait: int | None) -> None:
    scene = BusyHall(takes=takes).scene(2, Rules(longest_wait=longest_wait))
    assert violations(SimulatedHall, whole_minutes(scene)) == set()


@pytest.mark.parametrize(
    ("hall", "name"),
    [
        (LastFirstHall, SMALLER),
        (LastFirstHall, CREDIT),
        (DuelessHall, SMALLER),
        (ByNumberHall, SMALLER),
        (ByNumberHall, RESTART),
        (TielessHall, SMALLER),
        (TielessHall, RESTART),
        (UnskilledHall, SKILL),
        (SleepyHall, IDLE),
    ],
)
def test_a_broken_hall_is_caught(hall: type[SimulatedHall], name: str) -> None:
    assert name in violations(hall)


def test_a_credit_that_nobody_published_is_caught() -> None:
    generous = BusyHall().scene(1, Rules(credits=dict.fromkeys(CREDITED, 60)))
    assert violations(SimulatedHall, generous) == set()
    assert violations(SimulatedHall, generous, Rules()) == {CREDIT}


def test_an_appointment_that_sorts_too_early_is_caught() -> None:
    early = BusyHall().scene(1, Rules(appointment_early=40))
    assert CREDIT in violations(SimulatedHall, early, Rules())


class EagerHall(SimulatedHall):
    """General windows help whenever they like, whatever the rule of the hall."""

    def first_for(self, desk: Desk):  # type: ignore[no-untyped-def]  # as its base
        return super().first_for(replace(desk, takes=Takes()))


@pytest.mark.parametrize("takes", RULES_OF_HELP[1:3], ids=str)
def test_help_against_the_rule_is_caught(takes: Takes) -> None:
    assert SKILL in violations(EagerHall, BusyHall(takes=takes).scene(1))
