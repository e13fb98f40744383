"""A call by hand is judged by what the hall knows, and by nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.manual import (
    CLOCKS_DIFFER_MS,
    CONFLICTS,
    Conflict,
    Noted,
    Standing,
    Step,
    judge,
    may_follow,
    moves_for,
    parse_number,
    stands_open,
    state_after,
)
from shared.domain.ticket import MOVES, Move, State

WAITING = Standing(State.WAITING, None, None, 1_000_000, False, False, False)
CALLED = replace(WAITING, state=State.CALLED, window=3)
FIRST = Noted(Step.CALLED, 3, 2_000_000, is_first=True)

standings = st.builds(
    Standing,
    st.sampled_from(State),
    st.sampled_from((None, 3, 4)),
    st.sampled_from((None, 3, 4)),
    st.integers(0, 4_000_000),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
notes = st.builds(
    Noted, st.sampled_from(Step), st.sampled_from((3, 4)), st.integers(0, 4_000_000), st.booleans()
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("a012", ("A", 12)),
        (" A12 ", ("A", 12)),
        ("c1000", ("C", 1000)),
        ("A0", None),
        ("12", None),
        ("AA12", None),
        ("", None),
        ("A1234567", None),
        ("A１２", None),
        ("A-1", None),
    ],
)
def test_what_a_clerk_types(typed: str, number: tuple[str, int] | None) -> None:
    assert parse_number(typed) == number


@pytest.mark.parametrize(
    ("standing", "noted", "verdict"),
    [
        (WAITING, FIRST, (Move.CALL,)),
        (WAITING, replace(FIRST, step=Step.FINISHED), (Move.CALL, Move.START, Move.FINISH)),
        (CALLED, replace(FIRST, step=Step.STARTED), (Move.START,)),
        (CALLED, FIRST, ()),
        (replace(CALLED, state=State.SERVING), replace(FIRST, step=Step.FINISHED), (Move.FINISH,)),
        (replace(CALLED, state=State.HELD), replace(FIRST, step=Step.STARTED), (Move.RESUME,)),
        (replace(CALLED, state=State.MISSED), FIRST, (Move.RETURN, Move.CALL)),
        (replace(WAITING, is_expired=True), FIRST, (Move.REINSTATE, Move.CALL)),
        (replace(CALLED, state=State.MISSED, is_returned=True), FIRST, Conflict.PUT_ASIDE),
        (replace(CALLED, state=State.MISSED, window=4), FIRST, Conflict.ELSEWHERE),
        (replace(CALLED, window=4), FIRST, Conflict.ELSEWHERE),
        (replace(CALLED, state=State.DONE), FIRST, Conflict.ENDED),
        (replace(CALLED, state=State.DONE, window=4), FIRST, Conflict.ELSEWHERE),
        (replace(CALLED, state=State.DONE), replace(FIRST, step=Step.FINISHED), ()),
        (replace(CALLED, state=State.DONE), replace(FIRST, step=Step.STARTED), Conflict.ENDED),
        (replace(CALLED, state=State.DONE, window=4), replace(FIRST, step=Step.FINISHED), Conflict.ELSEWHERE),
        (replace(CALLED, state=State.MISSED), replace(FIRST, step=Step.MISSED), ()),
        (replace(WAITING, state=State.CANCELLED), FIRST, Conflict.ENDED),
        (replace(WAITING, state=State.EXPIRED), FIRST, Conflict.ENDED),
        (replace(WAITING, for_window=4), FIRST, Conflict.SENT_ELSEWHERE),
        (replace(WAITING, for_window=3), FIRST, (Move.CALL,)),
        (replace(WAITING, window_is_busy=True), FIRST, Conflict.WINDOW_BUSY),
        (replace(WAITING, moved_at=2_000_000 + CLOCKS_DIFFER_MS), FIRST, (Move.CALL,)),
        (replace(WAITING, moved_at=2_000_001 + CLOCKS_DIFFER_MS), FIRST, Conflict.MOVED_SINCE),
        (WAITING, Noted(Step.FINISHED, 3, 2_000_000, is_first=False), Conflict.DISAGREES),
        (
            replace(CALLED, state=State.SERVING),
            Noted(Step.MISSED, 3, 2_000_000, is_first=False),
            Conflict.DISAGREES,
        ),
        (CALLED, Noted(Step.WITHDRAWN, 3, 2_000_000, is_first=False), Conflict.DISAGREES),
    ],
)
def test_what_comes_of_a_note(standing: Standing, noted: Noted, verdict: tuple[Move, ...] | Conflict) -> None:
    assert judge(standing, noted) == verdict


@given(standings, notes)
def test_what_is_carried_out_follows_the_state_table_and_contradicts_nothing(
    standing: Standing, noted: Noted
) -> None:
    verdict = judge(standing, noted)
    if isinstance(verdict, Conflict):
        return
    assert standing.window in (None, noted.window) or standing.state is State.WAITING
    assert standing.moved_at <= noted.at + CLOCKS_DIFFER_MS or verdict == ()
    assert not (standing.window_is_busy and Move.CALL in verdict)
    state = State.EXPIRED if standing.is_expired else standing.state
    for move in verdict:
        assert state in MOVES[move].sources or standing.is_expired
        state = MOVES[move].target


@given(standings, notes)
def test_a_person_may_carry_out_only_what_stands_open(standing: Standing, noted: Noted) -> None:
    if stands_open(standing, noted.window) and not standing.is_expired:
        state = standing.state
        for move in moves_for(standing, noted):
            assert state in MOVES[move].sources
            state = MOVES[move].target


def test_the_keys_of_the_desk_follow_the_work() -> None:
    assert {step for step in Step if may_follow(None, step)} == set()
    assert {step for step in Step if may_follow(State.CALLED, step)} == {
        Step.STARTED,
        Step.MISSED,
        Step.WITHDRAWN,
    }
    assert {step for step in Step if may_follow(State.SERVING, step)} == {Step.FINISHED}
    assert [state_after(step) for step in Step] == [State.CALLED, State.SERVING, None, None, None]


def test_every_reason_is_said_in_both_languages() -> None:
    assert set(CONFLICTS) == set(Conflict)
    assert all(zh and en for zh, en in CONFLICTS.values())
