"""The order of the line, as it hangs on the wall."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.lines import Line
from shared.domain.ordering import Place, Priority, Standing
from shared.domain.rules import CREDITED, MINUTE, Rules, rules_from
from shared.domain.rules_text import wall_text

RULES = Rules()
moments = st.integers(0, 8 * 60).map(lambda minutes: minutes * MINUTE)
places = st.builds(Place, moments, st.none() | moments, st.integers(1, 40), st.sampled_from("AB"))
tickets = st.lists(places, max_size=40, unique_by=lambda place: (place.number, place.series))


@given(moments, st.sampled_from(CREDITED))
def test_every_priority_has_its_published_credit(taken: int, priority: Priority) -> None:
    rules = Rules(credits=dict.fromkeys(CREDITED, 0) | {priority: 35})
    assert rules.walk_in(taken, priority).sort_at == taken - 35 * MINUTE
    assert rules.walk_in(taken, Priority.NONE).sort_at == taken


@given(st.lists(st.tuples(moments, st.sampled_from(list(Priority))), min_size=2, max_size=30))
def test_nobody_is_overtaken_by_more_than_the_credit(arrivals: list[tuple[int, Priority]]) -> None:
    line = sorted(
        (Place(*RULES.walk_in(taken, priority), n, "A").key(9 * 60 * MINUTE), taken)
        for n, (taken, priority) in enumerate(arrivals, 1)
    )
    for at, (_, taken) in enumerate(line):
        assert all(taken - later <= 20 * MINUTE for _, later in line[at:])


@given(places, places, moments)
def test_the_due_go_before_everyone_else(one: Place, other: Place, now: int) -> None:
    if one.is_due(now) and not other.is_due(now):
        assert one.key(now) < other.key(now)
        assert one.key(now).standing is Standing.DUE


@given(moments, st.integers(-60, 60))
def test_an_appointment_is_due_from_its_time_on_unless_it_came_too_late(booked: int, after: int) -> None:
    checked_in = booked + after * MINUTE
    sort_at, due_at = RULES.appointment(booked, checked_in)
    if after > RULES.appointment_late:
        assert (sort_at, due_at) == (checked_in, None)
    else:
        place = Place(sort_at, due_at, 1, "A")
        assert place.key(booked - 1) == (Standing.IN_LINE, booked - 10 * MINUTE, 1, "A")
        assert place.key(booked) == (Standing.DUE, booked, 1, "A")


@given(tickets, moments, moments, moments)
def test_time_never_shuffles_two_that_were_not_due(
    line: list[Place], now: int, later: int, shift: int
) -> None:
    now, later = sorted((now, later))
    never = [place for place in line if not place.is_due(later)]
    assert sorted(never, key=lambda p: p.key(now)) == sorted(never, key=lambda p: p.key(later))
    shifted = [
        place._replace(
            sort_at=place.sort_at + shift, due_at=None if place.due_at is None else place.due_at + shift
        )
        for place in line
    ]
    by_key = sorted(line, key=lambda p: p.key(now))
    assert [p[2:] for p in sorted(shifted, key=lambda p: p.key(now + shift))] == [p[2:] for p in by_key]


@given(tickets, moments, st.data())
def test_the_line_in_memory_is_the_sorted_line(found: list[Place], now: int, data: st.DataObject) -> None:
    line = Line()
    for ticket, place in enumerate(found):
        line.add(ticket, place)
    gone = data.draw(st.sets(st.integers(0, len(found) - 1))) if found else set()
    for ticket in gone:
        line.remove(ticket)
    if gone and len(gone) % 2:  # one comes back to another place
        back = min(gone)
        found[back] = found[back]._replace(sort_at=found[back].sort_at + 90 * MINUTE, due_at=None)
        line.add(back, found[back])
        gone -= {back}
    left = sorted((found[t].key(now), t) for t in range(len(found)) if t not in gone)
    assert line.head(now) == (left[0] if left else None)
    assert line.ordered(now) == [ticket for _, ticket in left]
    assert len(line) == len(left)
    for place in found:
        assert line.ahead_of(place, now) == sum(key < place.key(now) for key, _ in left)


def test_the_head_moves_on_with_time_and_departures() -> None:
    line = Line()
    line.add(1, Place(100, None, 1, "A"))
    line.add(2, Place(200, 500, 2, "A"))
    assert [line.head(now)[1] for now in (0, 499, 500)] == [1, 1, 2]  # type: ignore[index]
    line.remove(2)
    assert line.head(500) == ((Standing.IN_LINE, 100, 1, "A"), 1)
    line.remove(1)
    assert line.head(500) is None


def test_ties_go_by_number() -> None:
    keys = [Place(5, None, number, "A").key(9) for number in (3, 1, 2)]
    assert [key.number for key in sorted(keys)] == [1, 2, 3]


def test_a_return_costs_ten_minutes_and_the_appointment() -> None:
    assert RULES.returned(0) == (10 * MINUTE, None)


def test_the_longest_wait_makes_a_walk_in_due() -> None:
    assert Rules(longest_wait=90).walk_in(0, Priority.NONE) == (0, 90 * MINUTE)
    assert Rules(longest_wait=90).walk_in(0, Priority.ELDERLY) == (-20 * MINUTE, 70 * MINUTE)


@pytest.mark.parametrize(("age", "priority"), [(64, Priority.NONE), (65, Priority.ELDERLY)])
def test_age_alone_proves_one_priority(age: int, priority: Priority) -> None:
    assert RULES.priority_by_age(age) is priority


@pytest.mark.parametrize(
    "wrong",
    [
        {"return_penalty": -1},
        {"appointment_share": 101},
        {"longest_wait": 5},
        {"elderly_from_age": 65.5},
        {"credits": {"elderly": 20}},
        {"credits": {"vip": 20}},
        {"generosity": 3},
        {"appointment_late": True},
    ],
)
def test_a_figure_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must be a whole number|needs a credit|there is no"):
        rules_from(Rules().as_data() | wrong)


def test_rules_survive_json() -> None:
    rules = Rules(longest_wait=60, return_penalty=3)
    assert rules_from(rules.as_data()) == rules


def test_the_wall_says_every_figure_in_both_languages() -> None:
    published: dict[Priority, int] = dict.fromkeys(CREDITED, 21)
    published |= {Priority.PREGNANT: 31, Priority.SOLDIER: 0}
    rules = Rules(
        credits=published,
        elderly_from_age=71, return_penalty=11, appointment_early=12, appointment_late=13, longest_wait=91,
    )  # fmt: skip
    sentences = wall_text(rules)
    for at in range(2):
        text = "\n".join(sentence[at] for sentence in sentences)
        for figure in (21, 31, 71, 11, 12, 13, 91):
            assert str(figure) in text
    assert "军人" not in str(sentences)
    assert "91" not in str(wall_text(Rules()))
