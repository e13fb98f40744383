"""Which ticket a window calls, 1+X included, and which idle window is chosen."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.ordering import Key, Standing
from shared.domain.windows import Desk, Idle, Takes, When, idle_choice, takes_from

Heads = Mapping[str, tuple[Key, int]]
LANES = "AFG"


def head(at: int, number: int = 1) -> tuple[Key, int]:
    return Key(Standing.IN_LINE, at, number, "A"), number


def first(
    desk: Desk, heads: Heads, waiting: Mapping[str, int], sent: tuple[Key, int] | None = None
) -> int | None:
    found = desk.first(heads.get, lambda lane: waiting.get(lane, 0), sent)
    return None if found is None else found[1]


def test_the_smallest_key_among_all_its_lanes() -> None:
    desk = Desk(1, ("A", "F"))
    assert first(desk, {"A": head(5, 1), "F": head(4, 2), "G": head(1, 3)}, {}) == 2


def test_a_window_helps_always_or_only_when_nobody_waits_for_it() -> None:
    both = {"A": head(5, 1), "F": head(4, 2)}
    assert first(Desk(1, ("A",), ("F",)), both, {}) == 2
    own_first = Desk(1, ("A",), ("F",), Takes(When.OWN_EMPTY))
    assert first(own_first, both, {}) == 1
    assert first(own_first, {"F": head(4, 2)}, {}) == 2
    assert first(own_first, {"F": head(4, 2)}, {}, sent=head(9, 7)) == 7, "one sent here is its own"


def test_a_window_helps_a_line_that_is_too_long() -> None:
    desk = Desk(1, ("A",), ("F", "G"), Takes(When.LONGER_THAN, 3))
    heads = {"A": head(5, 1), "F": head(4, 2), "G": head(1, 3)}
    assert first(desk, heads, {"F": 4, "G": 3}) == 2
    assert first(desk, heads, {"F": 3, "G": 3}) == 1
    assert first(desk, {"F": head(4, 2)}, {"F": 3}) is None


@given(
    st.dictionaries(st.sampled_from(LANES), st.integers(0, 50).map(head)),
    st.sets(st.sampled_from(LANES), min_size=1),
    st.none() | st.integers(0, 50).map(head),
)
def test_it_never_calls_a_lane_it_has_no_skill_for(
    heads: Heads, own: set[str], sent: tuple[Key, int] | None
) -> None:
    found = Desk(1, tuple(own)).first(heads.get, len, sent)
    mine = [heads[lane] for lane in own if lane in heads] + ([sent] if sent else [])
    assert found == min(mine, default=None)


def test_the_fewest_skills_then_the_longest_idle() -> None:
    assert idle_choice([Idle(3, 10, 1), Idle(1, 90, 2), Idle(1, 40, 3)]) == 3
    assert idle_choice([]) is None


@pytest.mark.parametrize("text", ["always", "own_empty", "longer_than 5"])
def test_a_rule_is_read_as_it_is_written(text: str) -> None:
    assert str(takes_from(text)) == text


@pytest.mark.parametrize("text", ["", "longer_than", "longer_than -1", "never", "longer_than 5 people"])
def test_another_text_is_no_rule(text: str) -> None:
    with pytest.raises(ValueError, match="no rule"):
        takes_from(text)
