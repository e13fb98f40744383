"""Each call is new to a screen exactly once."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from display.intake import REMEMBERED, SPOKEN_WITHIN, Intake
from display.scope import Scope
from shared.protocol.messages import Call

NOW = datetime(2026, 11, 23, 2, 32, tzinfo=UTC)


def call(seq: int, age: timedelta = timedelta(), lane: str = "A", window: int = 3) -> Call:
    return Call(
        seq=seq, at=NOW - age, number=f"{lane}{seq:03d}", window=window, lane=lane, holder="", again=0
    )


def test_the_first_snapshot_is_history() -> None:
    intake, fresh = Intake(Scope()).begin([call(5), call(4)], 9, NOW, 1.0)
    assert fresh == []
    assert intake.seen == 9


def test_a_call_missed_during_an_outage_is_taken_in_once() -> None:
    first, fresh = Intake(Scope(), seen=4).begin([call(6), call(5), call(4)], 7, NOW, 1.0)
    assert [one.call.seq for one in fresh] == [5, 6]
    assert first.begin([call(6), call(5)], 7, NOW, 1.0)[1] == []
    assert first.take([call(6)], NOW, 1.0)[1] == []


def test_an_old_call_is_shown_but_not_spoken() -> None:
    late = call(5, SPOKEN_WITHIN + timedelta(seconds=1))
    just = call(6, SPOKEN_WITHIN)
    _, fresh = Intake(Scope(), seen=4).take([late, just], NOW, 1.0)
    assert [one.aloud for one in fresh] == [False, True]


def test_a_fast_rehearsal_clock_does_not_silence_the_voice() -> None:
    _, fresh = Intake(Scope(), seen=4).take([call(5, timedelta(minutes=10))], NOW, 60.0)
    assert [one.aloud for one in fresh] == [True]


def test_a_hub_set_up_anew_starts_over() -> None:
    intake, fresh = Intake(Scope(), seen=900).begin([call(3)], 3, NOW, 1.0)
    assert fresh == []
    assert [one.call.seq for one in intake.take([call(4)], NOW, 1.0)[1]] == [4]


def test_a_board_takes_only_its_own_calls() -> None:
    mine = Intake(Scope(frozenset("A")), seen=0).take([call(1), call(2, lane="B")], NOW, 1.0)[1]
    assert [one.call.seq for one in mine] == [1]
    desk = Intake(Scope(window=7), seen=0).take([call(1), call(2, window=7)], NOW, 1.0)[1]
    assert [one.call.seq for one in desk] == [2]


@given(st.lists(st.lists(st.integers(1, 30), max_size=8), max_size=12))
def test_however_often_and_late_calls_arrive_each_comes_out_exactly_once(batches: list[list[int]]) -> None:
    intake, out = Intake(Scope(), seen=0), list[int]()
    for batch in batches:
        intake, fresh = intake.take([call(seq) for seq in batch], NOW, 1.0)
        assert [one.call.seq for one in fresh] == sorted(one.call.seq for one in fresh)
        out += [one.call.seq for one in fresh]
    assert sorted(out) == sorted({seq for batch in batches for seq in batch})


def test_memory_is_bounded_and_what_is_forgotten_stays_history() -> None:
    intake = Intake(Scope(), seen=0)
    for seq in range(1, REMEMBERED + 50):
        intake, _ = intake.take([call(seq)], NOW, 1.0)
    assert len(intake.taken) == REMEMBERED
    assert intake.take([call(1), call(REMEMBERED)], NOW, 1.0)[1] == []


@given(st.lists(st.integers(1, 5), max_size=12), st.integers(0, 4))
def test_a_stream_that_repeats_its_tail_loses_nothing(sizes: list[int], tail: int) -> None:
    intake, out, last = Intake(Scope(), seen=0), list[int](), 0
    for size in sizes:
        seqs = range(max(1, last - tail + 1), last + size + 1)
        last += size
        intake, fresh = intake.take([call(seq) for seq in seqs], NOW, 1.0)
        out += [one.call.seq for one in fresh]
    assert out == list(range(1, last + 1))
