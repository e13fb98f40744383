"""The stage as values: none dropped, order kept, none cut short."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.stage import Pace, Stage
from shared.protocol.messages import Call

AT = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)
PACE = Pace(moment=10, least=4, voice_gives_up=60)


def call(seq: int) -> Call:
    return Call(seq=seq, at=AT, number=f"A{seq:03d}", window=3, lane="A", holder="张*", again=0)


def large(stage: Stage) -> int | None:
    return stage.turn.call.seq if stage.turn else None


def test_the_first_call_is_large_at_once() -> None:
    assert large(Stage(PACE).offer(call(1)).at(100.0)) == 1


def test_a_call_waits_for_the_shortest_turn_and_for_the_voice() -> None:
    stage = Stage(PACE).offer(call(1)).offer(call(2)).at(0.0)
    assert large(stage.at(4.0)) == 1, "still being spoken"
    told = stage.spoken(1)
    assert large(told.at(3.9)) == 1
    assert large(told.at(4.0)) == 2


def test_a_silent_voice_does_not_hold_the_stage_for_ever() -> None:
    stage = Stage(PACE).offer(call(1)).offer(call(2)).at(0.0)
    assert large(stage.at(59.9)) == 1
    assert large(stage.at(60.0)) == 2


def test_the_last_call_stays_when_its_moment_is_over() -> None:
    stage = Stage(PACE).offer(call(1)).at(0.0).spoken(1)
    assert stage.lively(9.9)
    assert not stage.lively(10.0)
    assert large(stage.at(3600.0)) == 1
    assert stage.next_change(10.0) is None


def test_the_end_of_another_call_changes_nothing() -> None:
    stage = Stage(PACE).offer(call(2)).at(0.0)
    assert stage.spoken(1) == stage


def test_an_old_call_comes_on_calmly_and_never_over_one_in_turn() -> None:
    calm = Stage(PACE).show(call(1))
    assert large(calm) == 1
    assert not calm.lively(0.0)
    busy = Stage(PACE).offer(call(2)).at(0.0)
    assert busy.show(call(1)) == busy


def test_a_pace_must_make_sense() -> None:
    with pytest.raises(ValueError, match="turn"):
        Pace(moment=3, least=4)


@st.composite
def hours(draw: st.DrawFn) -> list[tuple[float, str]]:
    """Seconds that pass, each followed by a call, the end of a spoken one, or just a look."""
    steps = st.tuples(st.floats(0.0, 8.0), st.sampled_from(["call", "spoken", "look"]))
    return draw(st.lists(steps, max_size=60))


@given(hours())
def test_every_call_has_its_turn_in_order_and_none_is_cut_short(steps: list[tuple[float, str]]) -> None:
    stage, now, offered = Stage(PACE), 0.0, 0
    turns: list[tuple[int, float]] = []

    def look() -> None:
        nonlocal stage
        stage = stage.at(now)
        if stage.turn and (not turns or turns[-1][0] != stage.turn.call.seq):
            turns.append((stage.turn.call.seq, now))

    for seconds, what in steps:
        now += seconds
        look()
        if what == "call":
            offered += 1
            stage = stage.offer(call(offered))
        elif what == "spoken" and stage.turn:
            stage = stage.spoken(stage.turn.call.seq)
        look()
    while (rest := stage.next_change(now)) is not None and stage.waiting:
        now += rest
        look()
    assert [seq for seq, _ in turns] == list(range(1, offered + 1))
    for (_, began), (_, following) in pairwise(turns):
        assert following - began >= PACE.least - 1e-9


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_the_time_told_to_wait_is_right(told: list[bool]) -> None:
    stage, now = Stage(PACE), 0.0
    for seq in range(1, len(told) + 1):
        stage = stage.offer(call(seq))
    for seq, is_told in enumerate(told, start=1):
        now += stage.next_change(now) or 0.0
        stage = stage.at(now)
        assert large(stage) == seq
        stage = stage.spoken(seq) if is_told else stage
