"""The hall played forward: by hand where nothing is left to chance, by brute force where much is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
import pytest

from shared.domain.estimate import Foreseen
from shared.domain.ordering import Place, Priority
from shared.domain.rules import MINUTE, Rules
from shared.domain.windows import Desk, Takes, When
from shared.simulation.draw import exponential, moments
from shared.simulation.engine import simulate
from shared.simulation.model import Leg, Scene, Shift, Visit, Visitor
from shared.simulation.rollout import AtWindow, Booked, Live, Waiting, foresee

NOW = 10 * 60 * MINUTE
RULES = Rules()
A, B = Desk(1, ("A",)), Desk(2, ("A",))


def walk_in(
    number: int, lane: str = "A", *, minutes_ago: float = 0, for_window: int | None = None
) -> Waiting:
    taken = NOW - round(minutes_ago * MINUTE) - 1_000 + number
    place = Place(*RULES.walk_in(taken, Priority.NONE), number, lane)
    return Waiting(number, lane, place, for_window)


def checked_in(number: int, minutes: float, lane: str = "A") -> Waiting:
    """An appointment that is due in so many minutes."""
    return Waiting(number, lane, Place(*RULES.appointment(NOW + round(minutes * MINUTE), NOW), number, lane))


def hall(
    *waiting: Waiting,
    desks: Sequence[Desk] = (A,),
    busy: dict[int, float] | None = None,
    span: float = 10,
    **more: object,
) -> Live:
    """Every service takes `span` minutes; `busy` windows have been so for so many minutes."""
    lanes = sorted({lane for desk in desks for lane in desk.lanes})
    live = Live(
        NOW,
        RULES,
        tuple(desks),
        tuple(
            AtWindow(no, desk.own[0], NOW - round(age * MINUTE))
            for no, age in (busy or {}).items()
            for desk in desks
            if desk.no == no
        ),
        waiting,
        {lane: (round(span * MINUTE),) for lane in lanes},
    )
    return replace(live, **more)  # type: ignore[arg-type]  # as Live has them


def by_hand(minutes: Mapping[Any, float]) -> object:
    return pytest.approx(minutes, abs=1e-6)


# -- without chance -----------------------------------------------------------------------------------


def test_three_wait_behind_a_service_in_progress() -> None:
    live = hall(walk_in(1), walk_in(2), walk_in(3), busy={1: 4})
    foreseen = foresee(live)
    assert foreseen.at == NOW
    assert foreseen.tickets == by_hand({1: 6, 2: 16, 3: 26})
    assert foreseen.newcomers == by_hand({"A": 36})
    assert foreseen.credited == by_hand({"A": 6}), "twenty minutes ahead of all three"


def test_two_windows_share_a_line() -> None:
    live = hall(*map(walk_in, (1, 2, 3, 4)), desks=(A, B), busy={1: 4, 2: 9})
    assert foresee(live).tickets == by_hand({1: 1, 2: 6, 3: 11, 4: 16})


def test_a_service_longer_than_any_before_takes_half_of_one_more() -> None:
    assert foresee(hall(walk_in(1), busy={1: 30})).tickets == by_hand({1: 5})


def test_a_free_window_calls_at_once() -> None:
    assert foresee(hall(walk_in(1), walk_in(2))).tickets == by_hand({1: 0, 2: 10})


def test_an_appointment_goes_first_once_it_is_due() -> None:
    """In line it stands at its time less ten minutes: before who came five minutes ago only when due."""
    live = hall(walk_in(1, minutes_ago=20), walk_in(2, minutes_ago=19), checked_in(3, 5), busy={1: 4})
    assert foresee(live).tickets == by_hand({3: 6, 1: 16, 2: 26})
    later = hall(walk_in(1, minutes_ago=20), walk_in(2, minutes_ago=19), checked_in(3, 12), busy={1: 4})
    assert foresee(later).tickets == by_hand({1: 6, 3: 16, 2: 26})


def test_an_appointment_that_is_still_to_come_takes_its_turn() -> None:
    live = hall(walk_in(1), walk_in(2), busy={1: 4}, booked=(Booked(NOW + 10 * MINUTE, "A"),))
    assert foresee(live).tickets == by_hand({1: 6, 2: 26})
    tomorrow = replace(live, booked=(Booked(NOW + 24 * 60 * MINUTE, "A"),))
    assert foresee(tomorrow).tickets == by_hand({1: 6, 2: 16})


def test_who_comes_with_a_credit_is_counted_on() -> None:
    """One a minute is expected, each with twenty minutes of credit: two in line wait for many of them."""
    live = hall(walk_in(1), walk_in(2), walk_in(3), busy={1: 4}, span=2, priorities={"A": 1.0})
    alone = replace(live, priorities={})
    assert foresee(alone).tickets == by_hand({1: 1, 2: 3, 3: 5})
    assert foresee(live).tickets[3] > 10
    assert foresee(live).newcomers["A"] > 20


def test_nobody_with_a_credit_from_after_the_longest_credit_overtakes() -> None:
    ages = [walk_in(n, minutes_ago=25) for n in (1, 2, 3)]
    live = hall(*ages, busy={1: 4}, priorities={"A": 5.0})
    assert foresee(live).tickets == by_hand({1: 6, 2: 16, 3: 26})


def test_who_is_sent_to_a_window_waits_for_it() -> None:
    live = hall(walk_in(1, for_window=2), walk_in(2), walk_in(3), desks=(A, B), busy={1: 4, 2: 1})
    assert foresee(live).tickets == by_hand({2: 6, 1: 9, 3: 16})


def test_who_is_sent_to_a_closed_window_is_not_foreseen() -> None:
    live = hall(walk_in(1, for_window=7), walk_in(2), busy={1: 4})
    assert foresee(live).tickets == by_hand({2: 6})


def test_nothing_is_foreseen_for_a_lane_that_nobody_calls() -> None:
    live = hall(walk_in(1), walk_in(2, "B"), busy={1: 4})
    foreseen = foresee(replace(live, spans={"A": (10 * MINUTE,), "B": (10 * MINUTE,)}))
    assert foreseen.tickets == by_hand({1: 6})
    assert foreseen.newcomers.keys() == foreseen.credited.keys() == {"A"}


def test_nothing_is_foreseen_where_no_window_is_open() -> None:
    live = replace(hall(walk_in(1)), desks=())
    assert foresee(live) == Foreseen(NOW, {}, {}, {})


def test_nothing_is_foreseen_beyond_two_hours() -> None:
    foreseen = foresee(hall(*map(walk_in, range(1, 16)), busy={1: 0}))
    assert max(foreseen.tickets) == 12
    assert foreseen.newcomers == {}


def test_a_run_that_never_calls_counts_as_a_long_wait() -> None:
    """The second waits for a service of 10, 60, 100 minutes or, twice as often, beyond the two hours."""
    minutes = (10, 60, 100, 300, 300)
    live = replace(hall(walk_in(1), walk_in(2)), spans={"A": tuple(span * MINUTE for span in minutes)})
    assert foresee(live, runs=501).tickets == by_hand({1: 0, 2: 100})


def test_nobody_behind_a_line_too_long_to_play_is_foreseen() -> None:
    """What is said of a newcomer is not what the sixty-first of a hundred waits."""
    live = hall(*(walk_in(n, minutes_ago=30) for n in range(1, 101)), desks=(A,), busy={1: 0.5}, span=1)
    foreseen = foresee(live)
    assert max(foreseen.tickets) == 60
    assert foreseen.newcomers == {}
    assert foreseen.credited == {}
    young = hall(*(walk_in(n) for n in range(1, 101)), desks=(A,), busy={1: 0.5}, span=1)
    assert foresee(young).newcomers == {}
    assert foresee(young).credited == by_hand({"A": 0.5})


def test_the_first_are_played_in_whatever_order_they_are_told() -> None:
    live = hall(*(walk_in(n) for n in range(100, 0, -1)), checked_in(200, 0), busy={1: 0.5}, span=1)
    assert foresee(live).tickets == by_hand({200: 0.5} | {n: n + 0.5 for n in range(1, 60)})


# -- newcomers that nobody waits for ------------------------------------------------------------------

GENERAL = Desk(1, ("A",), ("C",), Takes(When.LONGER_THAN, 2))
ZONE = Desk(2, ("C",))


def test_a_line_is_not_longer_for_the_newcomers_that_are_tried() -> None:
    """Two wait in C, and window 1 helps from three on: it calls its own A first."""
    live = hall(walk_in(1, "C"), walk_in(2, "C"), walk_in(3), desks=(GENERAL, ZONE), busy={1: 4, 2: 0})
    assert foresee(live).tickets == by_hand({3: 6, 1: 10, 2: 20})


def test_three_in_a_line_are_helped() -> None:
    waiting = [walk_in(1, "C"), walk_in(2, "C"), walk_in(3, "C"), walk_in(4)]
    live = hall(*waiting, desks=(GENERAL, ZONE), busy={1: 4, 2: 0})
    assert foresee(live).tickets == by_hand({1: 6, 2: 10, 4: 16, 3: 20})


def test_a_newcomer_alone_is_called_by_whoever_helps_one() -> None:
    helper = replace(GENERAL, takes=Takes(When.LONGER_THAN, 0))
    live = hall(desks=(helper, ZONE), busy={2: 0})
    assert foresee(live).newcomers == by_hand({"A": 0, "C": 0})
    assert foresee(replace(live, desks=(GENERAL, ZONE))).newcomers == by_hand({"A": 0, "C": 10})


def test_a_window_that_is_free_chooses_from_the_whole_line() -> None:
    """It helps only when nobody waits in its own lane: C was there first, and yet A is called."""
    helper = replace(GENERAL, takes=Takes(When.OWN_EMPTY))
    live = hall(walk_in(1, "C"), walk_in(2), desks=(helper, ZONE), busy={2: 0})
    assert foresee(live).tickets == by_hand({2: 0, 1: 10})


def test_of_two_free_windows_the_one_with_fewer_skills_calls() -> None:
    live = hall(walk_in(1, "C"), walk_in(2), desks=(replace(GENERAL, takes=Takes()), ZONE), span=10)
    assert foresee(live).tickets == by_hand({1: 0, 2: 0})


# -- chance -------------------------------------------------------------------------------------------

MEAN = 8.0
SPANS = tuple(exponential(np.random.default_rng(5), MEAN, 2_000).tolist())
GENERALS = (Desk(1, ("A",), ("C",)), Desk(2, ("A",)), Desk(3, ("C",)))
BUSY = (AtWindow(1, "A", NOW - 4 * MINUTE), AtWindow(3, "C", NOW - 9 * MINUTE))


def drawn() -> Live:
    """Twelve in two lines, two appointments to come, a window that helps, people who do not come."""
    waiting = [walk_in(n, "AC"[n % 2], minutes_ago=40 - 3 * n) for n in range(1, 13)]
    live = hall(*waiting, checked_in(20, 3), desks=GENERALS)
    return replace(
        live,
        at_windows=(*BUSY, AtWindow(2, "A", NOW - MINUTE)),
        spans={"A": SPANS, "C": SPANS},
        booked=(Booked(NOW + 12 * MINUTE, "A"), Booked(NOW + 30 * MINUTE, "C")),
    )


def continued(live: Live, random: np.random.Generator) -> list[Visit]:
    """One way on: what is left of an exponential service is exponential, however long it has lasted."""

    def leg(lane: str) -> tuple[Leg]:
        return (Leg(lane, int(exponential(random, MEAN, 1)[0])),)

    later = moments(random, 0.5, NOW + MINUTE, NOW + 60 * MINUTE).tolist()
    visitors = [Visitor(NOW, leg(ticket.lane), place=ticket.place) for ticket in live.waiting]
    visitors += [
        Visitor(b.booked_for - 3 * MINUTE, leg(b.lane), booked_for=b.booked_for) for b in live.booked
    ]
    visitors += [Visitor(at, leg("AC"[at % 2])) for at in later]
    shifts = [Shift(desk, NOW + leg("A")[0].service, 2**60) for desk in live.desks]
    return simulate(Scene(tuple(visitors), tuple(shifts)))


def test_the_same_seed_foresees_the_same() -> None:
    assert foresee(drawn(), seed=3) == foresee(drawn(), seed=3)
    assert foresee(drawn(), seed=3) != foresee(drawn(), seed=4)


def test_more_who_do_not_come_shorten_the_wait() -> None:
    live = drawn()
    here, gone = (foresee(replace(live, no_shows=part), runs=200).newcomers["A"] for part in (0.0, 0.9))
    assert gone < here / 2


def test_it_foresees_what_comes_when_the_hall_goes_on() -> None:
    """Later walk-ins, whom it leaves out, and an age, which means nothing here, do not matter."""
    live = drawn()
    random = np.random.default_rng(6)
    runs = [continued(live, random) for _ in range(600)]
    came = {
        ticket.id: median((run[n].wait or 0) / MINUTE for run in runs)
        for n, ticket in enumerate(live.waiting)
    }
    assert foresee(live, runs=600).tickets == pytest.approx(came, rel=0.1, abs=0.5)


def test_few_runs_are_near_to_many() -> None:
    """What is shown comes from some dozens of runs."""
    few = [foresee(drawn(), seed).tickets for seed in range(10)]
    many = foresee(drawn(), seed=99, runs=600).tickets
    off = [run[ticket] / wait - 1 for run in few for ticket, wait in many.items() if wait > 5]
    assert abs(median(off)) < 0.05
    assert median(map(abs, off)) < 0.15
