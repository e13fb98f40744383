"""The line before a window: the true order, whom it may call, and why each stands there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.line import (
    Why,
    at_window,
    held_at,
    may_call,
    minutes_between,
    missed_for,
    places,
    reasons,
    waiting_for,
)
from shared.client.line import place
from shared.domain.moments import to_millis
from shared.domain.ordering import Key, Priority
from shared.domain.ticket import State
from shared.protocol.messages import Ticket, Window

TicketMaker = Callable[..., Ticket]
NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)

WINDOW = Window(no=3, name="综合窗口3", kind="general", place="一楼", lanes=["A", "B"], state="open")


def key(ticket: Ticket) -> Key:
    return place(ticket).key(to_millis(NOW))


def ticket_of(numbered: tuple[int, dict[str, Any]]) -> Ticket:
    id_, more = numbered
    plain: dict[str, Any] = {"taken_at": NOW, "priority": Priority.NONE, "state": State.WAITING}
    return Ticket(id=id_, **plain | more)


tickets = st.lists(
    st.fixed_dictionaries(
        {
            "number": st.builds("{}{:03d}".format, st.sampled_from("ABC"), st.integers(1, 1200)),
            "lane": st.sampled_from("ABC"),
            "state": st.sampled_from(list(State)),
            "sort_at": st.integers(-90, 10).map(lambda minutes: NOW + timedelta(minutes=minutes)),
            "due_at": st.sampled_from([None, None, NOW - timedelta(minutes=3), NOW + timedelta(minutes=3)]),
            "for_window": st.sampled_from([None, None, 3, 4]),
        }
    ),
    max_size=40,
).map(lambda many: [ticket_of(one) for one in enumerate(many)])


@given(tickets)
def test_the_line_is_the_hubs_order_of_those_this_window_may_call(found: list[Ticket]) -> None:
    line = waiting_for(found, WINDOW, NOW)
    assert [key(t) for t in line] == sorted(key(t) for t in line)
    ids = {t.id for t in line}
    for ticket in found:
        allowed = ticket.for_window == 3 or (ticket.for_window is None and ticket.lane in "AB")
        assert (ticket.id in ids) == (ticket.state is State.WAITING and allowed)


@given(tickets)
def test_nobody_is_in_two_lists(found: list[Ticket]) -> None:
    lists = [waiting_for(found, WINDOW, NOW), missed_for(found, WINDOW), held_at(found, WINDOW.no)]
    ids = [ticket.id for one in lists for ticket in one]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, ()),
        ({"due_at": NOW, "booked_for": NOW}, (Why.APPOINTMENT,)),
        ({"due_at": NOW + timedelta(minutes=1), "booked_for": NOW + timedelta(minutes=1)}, (Why.BOOKED,)),
        ({"due_at": NOW}, (Why.LONGEST,)),
        ({"priority": Priority.ELDERLY}, (Why.ELDERLY,)),
        ({"number": "B001", "lane": "A"}, (Why.TRANSFERRED,)),
        ({"note": "请核对面积"}, (Why.TRANSFERRED,)),
        ({"returned": True}, (Why.RETURNED,)),
        ({"for_window": 3, "back_to": 4}, (Why.FOR_US, Why.TRANSFERRED)),
        ({"returned": True, "priority": Priority.SOLDIER}, (Why.RETURNED, Why.SOLDIER)),
    ],
)
def test_each_place_says_why(make_ticket: TicketMaker, more: dict[str, Any], why: tuple[Why, ...]) -> None:
    assert reasons(make_ticket(**more), NOW) == why


def test_every_priority_has_its_mark() -> None:
    assert {p.value for p in Priority} - {"none"} <= {why.value for why in Why}


def test_a_ticket_meant_for_another_window_is_not_ours(make_ticket: TicketMaker) -> None:
    assert not may_call(make_ticket(for_window=4), WINDOW)
    assert may_call(make_ticket(for_window=3, lane="C"), WINDOW), "meant for us, whatever its lane"


def test_one_ticket_stands_before_a_window(make_ticket: TicketMaker) -> None:
    found = [
        make_ticket(1, state=State.HELD, window=3),
        make_ticket(2, state=State.CALLED, window=4),
        make_ticket(3, state=State.SERVING, window=3),
    ]
    current = at_window(found, 3)
    assert current is not None
    assert current.id == 3
    assert at_window(found, 5) is None


def test_what_we_missed_ourselves_comes_first(make_ticket: TicketMaker) -> None:
    found = [
        make_ticket(1, state=State.MISSED, window=4),
        make_ticket(2, state=State.MISSED, window=3),
        make_ticket(3, state=State.MISSED, window=9, lane="C"),
    ]
    assert [ticket.id for ticket in missed_for(found, WINDOW)] == [2, 1]


def test_a_place_tells_how_long_one_has_waited(make_ticket: TicketMaker) -> None:
    (place,) = places([make_ticket(taken_at=NOW - timedelta(minutes=26, seconds=40))], NOW)
    assert place.waited == 26


@given(st.integers(-600, 36_000))
def test_minutes_are_whole_and_never_negative(seconds: int) -> None:
    start = NOW - timedelta(seconds=seconds)
    assert minutes_between(start, NOW) == max(0, seconds // 60)
