"""Codes of bookings: what is written is read, whatever is typed; what was tampered with is not."""

import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.booking import LIVE, MOVES, STATE_WORDS, Move, State
from shared.domain.booking_code import (
    LARGEST_ID,
    CodeError,
    Pass,
    long_code,
    read_long,
    read_short,
    short_code,
)

IDS = st.integers(1, LARGEST_ID)
PASSES = st.builds(
    Pass, IDS, st.integers(0, 2**32 - 1), st.integers(0, 255), st.sampled_from(string.ascii_uppercase)
)


def mac(content: bytes) -> bytes:
    return hmac.digest(b"this hall", content, "sha256")


def other_mac(content: bytes) -> bytes:
    return hmac.digest(b"another hall", content, "sha256")


@given(IDS)
def test_a_short_code_is_ten_characters_and_reads_as_its_booking(booking: int) -> None:
    code = short_code(booking, mac)
    assert len(code) == 11
    assert not set(code) & set("ILOU")
    assert read_short(code, mac) == booking


@given(IDS, st.sampled_from(["{}", " {} ", "{}\n"]), st.booleans())
def test_it_is_read_as_people_type_it(booking: int, around: str, loose: bool) -> None:
    code = short_code(booking, mac).lower().replace("1", "l").replace("0", "o")
    typed = code.replace("-", " " if loose else "")
    assert read_short(around.format(typed), mac) == booking


@given(PASSES)
def test_a_long_code_says_what_was_written(found: Pass) -> None:
    assert read_long(long_code(found, mac), mac) == found


@given(PASSES, st.integers(0, 31), st.integers(1, 31))
def test_one_wrong_character_is_enough(found: Pass, place: int, by: int) -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = long_code(found, mac)
    wrong = alphabet[(alphabet.index(code[place]) + by) % 32]
    with pytest.raises(CodeError):
        read_long(code[:place] + wrong + code[place + 1 :], mac)


@given(PASSES)
def test_another_halls_code_is_refused(found: Pass) -> None:
    with pytest.raises(CodeError):
        read_long(long_code(found, other_mac), mac)
    with pytest.raises(CodeError):
        read_short(short_code(found.id, other_mac), mac)


@given(st.text(max_size=40))
def test_junk_is_refused_and_nothing_else_happens(text: str) -> None:
    for read in (read_short, read_long):
        with pytest.raises(CodeError):
            read(text, mac)


@pytest.mark.parametrize("booking", [1, 2, 77, 20_000, LARGEST_ID])
def test_no_single_slip_of_the_hand_makes_another_booking(booking: int) -> None:
    """Of these codes; over all codes a slip has one chance in 2**24."""
    code = short_code(booking, mac).replace("-", "")
    for place, right in enumerate(code):
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".replace(right, ""):
            with pytest.raises(CodeError):
                read_short(code[:place] + wrong + code[place + 1 :], mac)


def test_an_id_beyond_the_code_is_refused_when_written() -> None:
    with pytest.raises(ValueError, match="beyond"):
        short_code(LARGEST_ID + 1, mac)


def test_the_state_table_leads_from_live_states_only_and_every_state_has_words() -> None:
    assert set().union(*(arrow.sources for arrow in MOVES.values())) == LIVE
    assert set(MOVES) == set(Move)
    assert set(STATE_WORDS) == set(State)
    reached = {State.RESERVED} | {arrow.target for arrow in MOVES.values()}
    assert reached == set(State)


@pytest.mark.parametrize("move", [Move.CHECK_IN, Move.MISS, Move.CHANGE])
def test_only_a_promise_is_kept_missed_or_changed(move: Move) -> None:
    assert MOVES[move].sources == {State.CONFIRMED}
