"""The loop against ciw, which shares no line with it: the very same visitors wait equally long in both.

Given are whole milliseconds; ciw adds them as floats, which is exact far beyond these sums.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import ciw
import pytest

from shared.simulation.engine import SimulatedHall
from shared.simulation.model import End, Scene, Visit, Visitor
from shared.simulation.textbook import TEXTBOOKS
from tests.simulation.broken import LastFirstHall

NUMBER = 4_000
NEVER = float("inf")


class Given(ciw.dists.Distribution):  # type: ignore[misc]  # no annotations are published
    """What each visitor was drawn with, by their number."""

    def __init__(self, spans: Sequence[float]) -> None:
        self._spans = spans

    def sample(self, t: float | None = None, ind: Any = None) -> float:  # noqa: ARG002
        """One visitor's span."""
        number: int = ind.id_number
        return self._spans[number - 1]


def visitors_of(name: str) -> tuple[Visitor, ...]:
    """Of different moments: with two things at one moment ciw throws a die."""
    visitors = TEXTBOOKS[name].visitors(seed=7, number=NUMBER)
    assert all(one.at < other.at for one, other in pairwise(visitors))
    return visitors


def ours(name: str, hall: Callable[[Scene], SimulatedHall] = SimulatedHall) -> list[Visit]:
    return hall(TEXTBOOKS[name].scene(seed=7, number=NUMBER)).run()


def arrivals(visitors: Sequence[Visitor]) -> ciw.dists.Sequential:
    gaps = [after - before for before, after in pairwise([0, *(visitor.at for visitor in visitors)])]
    return ciw.dists.Sequential([*gaps, NEVER])


def records(network: ciw.network.Network) -> Iterator[ciw.data_record.DataRecord]:
    """In the order of arrival."""
    ciw.seed(0)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(1e15)
    return iter(sorted(simulation.get_all_records(), key=lambda record: record.id_number))


def one_class(name: str) -> dict[str, object]:
    visitors = visitors_of(name)
    return {
        "arrival_distributions": [arrivals(visitors)],
        "service_distributions": [Given([visitor.legs[0].service for visitor in visitors])],
        "number_of_servers": [TEXTBOOKS[name].windows],
    }


def two_classes(name: str) -> dict[str, object]:
    visitors = visitors_of(name)
    first = [visitor for visitor in visitors if visitor.booked_for is not None]
    second = [visitor for visitor in visitors if visitor.booked_for is None]
    spans = Given([visitor.legs[0].service for visitor in visitors])
    return {
        "arrival_distributions": {"first": [arrivals(first)], "second": [arrivals(second)]},
        "service_distributions": {"first": [spans], "second": [spans]},
        "number_of_servers": [TEXTBOOKS[name].windows],
        "priority_classes": {"first": 0, "second": 1},
    }


def their_waits(network: dict[str, object]) -> list[int]:
    return [round(record.waiting_time) for record in records(ciw.create_network(**network))]


def our_waits(visits: Sequence[Visit]) -> list[int | None]:
    return [visit.wait for visit in visits]


@pytest.mark.parametrize("name", ["mm1", "mm5", "md1"])
def test_everyone_waits_as_long_as_in_ciw(name: str) -> None:
    waits = their_waits(one_class(name))
    assert len(waits) == NUMBER
    assert sum(wait > 0 for wait in waits) > NUMBER / 3, "a hall where nobody waits proves nothing"
    assert our_waits(ours(name)) == waits


def test_two_classes_wait_as_long_as_in_ciw() -> None:
    """Due appointments are a class of non-preemptive priority."""
    waits = their_waits(two_classes("priority"))
    assert our_waits(ours("priority")) == waits
    assert their_waits(one_class("priority")) != waits, "the classes make a difference"


def test_the_same_people_give_up_as_in_ciw() -> None:
    visitors = visitors_of("erlang-a")
    patience = Given([visitor.patience or NEVER for visitor in visitors])
    network = one_class("erlang-a") | {"reneging_time_distributions": [patience]}
    theirs = [
        (record.record_type == "renege", round(record.exit_date - record.arrival_date))
        for record in records(ciw.create_network(**network))
    ]
    mine = [(visit.end is End.LEFT, (visit.ended_at or 0) - visit.visitor.at) for visit in ours("erlang-a")]
    assert sum(left for left, _ in mine) > NUMBER / 10
    assert mine == theirs


def test_another_order_is_noticed() -> None:
    assert our_waits(ours("mm5", LastFirstHall)) != their_waits(one_class("mm5"))
