"""The state table of bookings, and codes: typed by people, checked with the key alone, never forged."""

import hmac
import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.booking import LIVE, MOVES, STATE_WORDS, Move, State
from shared.domain.booking_code import (
    LARGEST_ID,
    CodeError,
    Mac,
    Pass,
    long_code,
    read_long,
    read_short,
    short_code,
)


def hall(key: bytes) -> Mac:
    return partial(hmac.digest, key, digest="sha256")


OURS, THEIRS = hall(b"ours"), hall(b"theirs")
ids = st.integers(1, LARGEST_ID)
passes = st.builds(
    Pass,
    id=st.integers(1, 2**32 - 1),
    start=st.integers(0, 2**32 - 1),
    version=st.integers(0, 255),
    lane=st.sampled_from("ABCDEFGHJVW"),
)


def test_every_move_and_state_has_its_place_in_the_table() -> None:
    assert set(MOVES) == set(Move)
    assert set(STATE_WORDS) == set(State)
    assert {arrow.target for arrow in MOVES.values()} | {State.RESERVED} == set(State)


def test_only_live_bookings_move_and_only_a_promise_is_kept_or_missed() -> None:
    assert all(arrow.sources <= LIVE for arrow in MOVES.values())
    for move in (Move.CHECK_IN, Move.MISS, Move.CHANGE):
        assert MOVES[move].sources == {State.CONFIRMED}


@given(ids)
def test_a_typed_code_is_read_whatever_a_hand_makes_of_it(booking: int) -> None:
    code = short_code(booking, OURS)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert read_short(typed, OURS) == booking
    confused = code.replace("1", "I").replace("0", "O")
    assert read_short(confused, OURS) == booking


@given(passes)
def test_a_scanned_code_says_all_that_a_gate_without_the_file_needs(found: Pass) -> None:
    assert read_long(long_code(found, OURS), OURS) == found


@given(passes)
def test_another_halls_code_is_none_of_ours(found: Pass) -> None:
    with pytest.raises(CodeError):
        read_long(long_code(found, THEIRS), OURS)


@given(passes, st.data())
def test_no_letter_of_a_scanned_code_can_be_changed(found: Pass, data: st.DataObject) -> None:
    code = long_code(found, OURS)
    at = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ").filter(lambda x: x != code[at]))
    with pytest.raises(CodeError):
        read_long(code[:at] + other + code[at + 1 :], OURS)


@pytest.mark.parametrize("booking", [1, 2, 77, 20_000, LARGEST_ID])
def test_no_single_slip_of_the_hand_makes_another_booking(booking: int) -> None:
    """For these codes; among all that there are, a slip has one chance in 2**24."""
    code = short_code(booking, OURS).replace("-", "")
    for at in range(len(code)):
        for letter in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".replace(code[at], ""):
            with pytest.raises(CodeError):
                read_short(code[:at] + letter + code[at + 1 :], OURS)


@given(st.text(max_size=40))
def test_junk_is_no_code(junk: str) -> None:
    for read in (read_short, read_long):
        with pytest.raises(CodeError):
            read(junk, THEIRS)


@pytest.mark.parametrize("booking", [0, -1, LARGEST_ID + 1])
def test_an_id_that_no_code_holds_is_a_bug_and_loud(booking: int) -> None:
    with pytest.raises(ValueError, match="beyond the ids"):
        short_code(booking, OURS)
