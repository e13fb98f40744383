"""Advice: what would help is found, what would not is not said; the same people meet every alternative."""

from random import Random

import pytest

from shared.domain.ordering import Place
from shared.domain.rules import MINUTE, Rules
from shared.domain.windows import Desk
from shared.simulation.advice import SHORT, Action, advise
from shared.simulation.rollout import AtWindow, Live, Waiting

NOW = 600 * MINUTE
LANES = "AFG"


def live(waiting: dict[str, int], desks: tuple[Desk, ...], busy: bool = True) -> Live:
    random = Random(5)
    line = [
        Waiting(1000 * n + k, lane, Place(NOW - k * MINUTE, None, k, lane))
        for n, (lane, people) in enumerate(waiting.items())
        for k in range(1, people + 1)
    ]
    spans = {lane: tuple(int(random.uniform(4, 12) * MINUTE) for _ in range(60)) for lane in LANES}
    at = tuple(AtWindow(desk.no, desk.own[0], NOW - MINUTE) for desk in desks) if busy else ()
    return Live(NOW, Rules(), desks, at, tuple(line), spans)


def test_a_window_for_the_long_line_is_opened_first() -> None:
    hall = live({"F": 20, "A": 1}, (Desk(1, ("A",)), Desk(3, ("F",))))
    found = advise(hall, (Desk(7, ("F",)), Desk(8, ("G",)), Desk(9, ("A",))), {"F": 0.1})
    assert (found[0].action, found[0].window) == (Action.OPEN, 7)
    assert found[0].after.longest < found[0].before.longest - 5
    assert all(advice.window != 8 for advice in found), "nobody waits for G"


def test_a_clerk_without_people_is_moved() -> None:
    hall = live({"F": 20}, (Desk(1, ("A",)), Desk(2, ("A",)), Desk(3, ("F",))), busy=False)
    found = advise(hall, (Desk(7, ("F",)),), {})
    moves = [advice for advice in found if advice.action is Action.MOVE]
    assert [(advice.window, advice.from_window) for advice in moves] == [(7, 1)], "two alike are one question"
    assert moves[0].saved > 0


def test_more_is_expected_of_more_windows_never_of_chance() -> None:
    """A window that can serve nobody who waits changes nothing at all: the same people were drawn."""
    hall = live({"F": 12}, (Desk(3, ("F",)),))
    before = advise(hall, (Desk(7, ("F",)),), {"F": 0.2})[0].before
    again = advise(hall, (Desk(8, ("F", "A")),), {"F": 0.2})[0]
    assert again.before == before
    assert again.after == advise(hall, (Desk(7, ("F",)),), {"F": 0.2})[0].after


def test_an_idle_hall_may_close_a_window_but_not_the_only_one_of_a_lane() -> None:
    hall = live({}, (Desk(1, ("A",)), Desk(2, ("A",)), Desk(3, ("F",))), busy=False)
    found = advise(hall, (), {"A": 0.02})
    assert [(advice.action, advice.window) for advice in found] == [(Action.CLOSE, 1)]
    assert found[0].after.longest < SHORT
    assert advise(live({}, (Desk(3, ("F",)),), busy=False), (), {}) == ()


def test_nothing_is_said_where_nothing_helps() -> None:
    hall = live({"F": 20}, (Desk(3, ("F",)),))
    assert advise(hall, (Desk(8, ("G",)),), {}) == ()


@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_advice(seed: int) -> None:
    hall = live({"F": 9, "A": 4}, (Desk(1, ("A",)), Desk(3, ("F",))))
    closed = (Desk(7, ("F", "A")),)
    assert advise(hall, closed, {"F": 0.1}, seed) == advise(hall, closed, {"F": 0.1}, seed)


def test_in_a_hall_without_an_open_window_one_is_to_be_opened() -> None:
    found = advise(live({"F": 6}, ()), (Desk(7, ("F",)),), {})
    assert [(advice.action, advice.window) for advice in found] == [(Action.OPEN, 7)]
    assert found[0].before.longest > found[0].after.longest
