"""Stillness: asked in time, wiped in time, never while a number is on its way."""

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.stillness import Patience, Phase
from kiosk.testing import at_confirm, at_issuing, taken
from kiosk.viewmodels.guide import Guide, Manner
from kiosk.viewmodels.stillness import StillnessModel
from kiosk.visit import Slip, Step


class Watch:
    """A clock that a test winds."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("quiet", "phase"), [(0, Phase.ACTIVE), (29.9, Phase.ACTIVE), (30, Phase.ASKING), (45, Phase.OVER)]
)
def test_phases(quiet: float, phase: Phase) -> None:
    assert Patience(still=30, answer=15).phase(quiet) is phase


def test_the_ring_runs_from_full_to_empty() -> None:
    patience = Patience(still=30, answer=15)
    assert [patience.remaining(quiet) for quiet in (0, 30, 37.5, 45, 99)] == [15, 15, 7.5, 0, 0]


def step(guide: Guide) -> Step:
    return guide.visit.step


@pytest.fixture
def guide(application: QGuiApplication) -> Guide:
    return Guide(Manner(), application)


def test_asked_after_thirty_seconds_and_wiped_fifteen_later(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.go(at_confirm())
    watch.now = 29
    still.tick()
    assert not still.isAsking
    watch.now = 31
    still.tick()
    assert still.isAsking
    watch.now = 46
    still.tick()
    assert step(guide) is Step.HOME


def test_staying_starts_anew(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.go(at_confirm())
    watch.now = 40
    still.stay()
    watch.now = 60
    still.tick()
    assert not still.isAsking
    assert step(guide) is Step.CONFIRM


def test_a_number_on_its_way_is_never_torn_apart(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.go(at_issuing())
    watch.now = 1000
    still.tick()
    assert step(guide) is Step.ISSUING
    guide.go(guide.visit.issued(taken(), Slip.PRINTING))
    watch.now = 2000
    still.tick()
    assert step(guide) is Step.DONE


def test_a_number_without_a_slip_stays_longer(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.go(at_issuing().issued(taken(), Slip.SHOWN))
    watch.now = 44
    still.tick()
    assert step(guide) is Step.DONE
    watch.now = 61
    still.tick()
    assert step(guide) is Step.HOME


def test_an_elder_gets_more_time(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.speak(Manner(is_elder=True))
    guide.go(at_confirm())
    watch.now = 44
    still.tick()
    assert not still.isAsking
    watch.now = 46
    still.tick()
    assert still.isAsking


def test_language_and_type_go_back_to_the_halls_own(guide: Guide) -> None:
    watch = Watch()
    still = StillnessModel(guide, monotonic=watch)
    guide.speak(Manner(language="en", is_elder=True))
    watch.now = 91
    still.tick()
    assert guide.manner == Manner()
