"""The order of the line, as it hangs on the wall."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.ordering import (
    CREDIT,
    RETURN_PENALTY,
    Key,
    Precedence,
    Priority,
    priority_by_age,
    sort_time,
    sort_time_after_return,
)
from shared.testing import MONDAY_MORNING

moments = st.timedeltas(timedelta(), timedelta(hours=8)).map(lambda later: MONDAY_MORNING + later)


@given(moments, st.sampled_from([p for p in Priority if p is not Priority.NONE]))
def test_every_priority_is_the_same_published_credit(taken: datetime, priority: Priority) -> None:
    assert sort_time(taken, priority) == taken - CREDIT
    assert sort_time(taken, Priority.NONE) == taken


@given(st.lists(st.tuples(moments, st.sampled_from(list(Priority))), min_size=2, max_size=30, unique=True))
def test_nobody_is_overtaken_by_more_than_the_credit(arrivals: list[tuple[datetime, Priority]]) -> None:
    keys = [
        (Key(Precedence.WALK_IN, sort_time(taken, priority), n, "A"), taken)
        for n, (taken, priority) in enumerate(arrivals, 1)
    ]
    line = [taken for _, taken in sorted(keys)]
    for place, taken in enumerate(line):
        assert all(taken - later <= CREDIT for later in line[place:])


@given(moments, moments)
def test_a_due_appointment_goes_before_any_walk_in(due: datetime, walked_in: datetime) -> None:
    assert Key(Precedence.DUE_APPOINTMENT, due, 9, "Z") < Key(Precedence.WALK_IN, walked_in, 1, "A")


def test_ties_go_by_number() -> None:
    keys = [Key(Precedence.WALK_IN, MONDAY_MORNING, number, "A") for number in (3, 1, 2)]
    assert [key.number for key in sorted(keys)] == [1, 2, 3]


def test_a_return_costs_ten_minutes() -> None:
    assert sort_time_after_return(MONDAY_MORNING) == MONDAY_MORNING + RETURN_PENALTY


@pytest.mark.parametrize(("age", "priority"), [(64, Priority.NONE), (65, Priority.ELDERLY)])
def test_age_alone_proves_one_priority(age: int, priority: Priority) -> None:
    assert priority_by_age(age) is priority


def test_a_naive_moment_is_refused() -> None:
    naive = MONDAY_MORNING.replace(tzinfo=None)
    for build in (lambda: Key(Precedence.WALK_IN, naive, 1, "A"), lambda: sort_time(naive, Priority.NONE)):
        with pytest.raises(ValueError, match="naive"):
            build()
