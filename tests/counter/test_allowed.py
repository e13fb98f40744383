"""What a key runs into: never stricter and never laxer than the hall's state table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.allowed import Obstacle, Situation, obstacle, suggestion
from counter.keys import DEFAULTS
from shared.domain.ticket import AT_A_WINDOW, MOVES, Move, State

before = st.sampled_from([None, *sorted(AT_A_WINDOW)])
situations = st.builds(
    Situation,
    online=st.booleans(),
    paused=st.booleans(),
    ticket=before,
    waiting=st.integers(0, 3),
    missed=st.integers(0, 3),
    held=st.integers(0, 3),
)
MOVE_KEYS = ("recall", "start", "finish", "miss", "transfer", "hold")


@given(st.sampled_from(MOVE_KEYS), before)
def test_a_move_is_offered_exactly_where_the_state_table_has_it(action: str, ticket: State | None) -> None:
    allowed = obstacle(action, Situation(ticket=ticket)) is None
    assert allowed == (ticket is not None and ticket in MOVES[Move(action)].sources)


@given(st.sampled_from(sorted(DEFAULTS)), situations)
def test_without_the_hub_nothing_is_pretended(action: str, now: Situation) -> None:
    if not now.online and action != "shape":
        assert obstacle(action, now) is Obstacle.CUT


@given(situations)
def test_the_other_shape_is_always_open(now: Situation) -> None:
    assert obstacle("shape", now) is None


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (Situation(waiting=1), None),
        (Situation(ticket=State.SERVING), None),
        (Situation(ticket=State.CALLED, waiting=1), Obstacle.CALLED_FIRST),
        (Situation(waiting=0), Obstacle.NOBODY_WAITS),
        (Situation(paused=True, waiting=1), Obstacle.PAUSED),
    ],
)
def test_next_finishes_one_in_service_and_never_one_only_called(
    now: Situation, found: Obstacle | None
) -> None:
    assert obstacle("next", now) is found


@pytest.mark.parametrize("action", ["pick", "held", "pause", "close-window", "sign-out"])
def test_a_citizen_before_the_window_comes_first(action: str) -> None:
    now = Situation(ticket=State.SERVING, waiting=1, held=1)
    assert obstacle(action, now) is Obstacle.DEAL_FIRST


@pytest.mark.parametrize(
    ("now", "key"),
    [
        (Situation(waiting=3), "next"),
        (Situation(), "next"),
        (Situation(ticket=State.CALLED, waiting=3), "start"),
        (Situation(ticket=State.SERVING, waiting=3), "next"),
        (Situation(ticket=State.SERVING), "finish"),
        (Situation(paused=True, waiting=3), "pause"),
        (Situation(online=False, waiting=3), ""),
    ],
)
def test_one_key_at_most_is_the_likely_one(now: Situation, key: str) -> None:
    assert suggestion(now) == key


@given(situations)
def test_what_is_suggested_can_be_done_or_nobody_waits(now: Situation) -> None:
    key = suggestion(now)
    assert key == "" or obstacle(key, now) in (None, Obstacle.NOBODY_WAITS)
