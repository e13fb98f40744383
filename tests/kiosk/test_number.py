"""A typed ID number: what is wrong is said as early as it can be known, and only what is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.number import CLEAR, ERASE, LENGTH, Reading, press, read
from kiosk.testing import CITIZEN, lane
from kiosk.visit import Citizen, Step, Visit
from shared.domain.identity import check_character, parse_id_number
from shared.testing import id_number

TODAY = date(2026, 11, 23)
GOOD = id_number("19400101", 123)


def whole(first: str) -> str:
    return first + check_character(first)


@pytest.mark.parametrize("good", [GOOD, whole("91100019900307004"), whole("43060220040229001")])
def test_a_right_number_is_right_and_never_complained_of_on_the_way(good: str) -> None:
    typed = ""
    for key in good:
        typed = press(typed, key)
        assert read(typed, TODAY) in (Reading.SHORT, Reading.RIGHT)
    assert (typed, read(typed, TODAY)) == (good, Reading.RIGHT)


def test_every_wrong_last_character_is_told_as_the_last() -> None:
    wrong = [GOOD[:17] + last for last in "0123456789X" if last != GOOD[17]]
    assert {read(number, TODAY) for number in wrong} == {Reading.CHECK}


@pytest.mark.parametrize("birth", ["19901301", "19900230", "18790101", "20261124", "00000000"])
def test_a_birth_date_that_cannot_be_is_told_at_once(birth: str) -> None:
    assert read(f"430602{birth[:7]}", TODAY) is Reading.SHORT
    assert read(f"430602{birth}", TODAY) is Reading.BIRTH
    assert read(whole(f"430602{birth}123"), TODAY) is Reading.BIRTH


def test_no_number_begins_with_0() -> None:
    assert read("0", TODAY) is Reading.START


def test_x_is_only_ever_the_last() -> None:
    assert press("43", "X") == "43"
    assert press(GOOD[:17], "X") == GOOD[:17] + "X"
    assert press(GOOD, "1") == GOOD


@given(st.lists(st.sampled_from([*"0123456789X", ERASE, CLEAR, "a", "", "12"]), max_size=60))
def test_no_order_of_keys_breaks_it(keys: list[str]) -> None:
    typed = ""
    for key in keys:
        typed = press(typed, key)
        assert len(typed) <= LENGTH
        if read(typed, TODAY) is Reading.RIGHT:
            assert parse_id_number(typed, TODAY).value == typed


@given(st.text("0123456789", min_size=17, max_size=17))
def test_right_is_what_the_hub_takes_and_nothing_else(first: str) -> None:
    typed = whole(first)
    is_right = read(typed, TODAY) is Reading.RIGHT
    try:
        parse_id_number(typed, TODAY)
    except Exception:  # noqa: BLE001 - any refusal
        assert not is_right
    else:
        assert is_right


# -- in the visit -------------------------------------------------------------------------------------------

TYPED = Citizen(GOOD, "", "430602********1239", "", is_typed=True)


def test_a_typed_number_goes_to_the_hub_as_typed_and_leaves_the_line_of_keys() -> None:
    visit = Visit().choose_lane(lane()).type_number().retype(GOOD).number_typed(TYPED)
    assert (visit.step, visit.typed, visit.citizen) == (Step.IDENTITY, "", TYPED)
    assert TYPED.identity.source == "typed"
    assert visit.go_on().step is Step.CONFIRM


def test_back_home_and_typing_anew_forget_what_was_typed() -> None:
    typing = Visit().choose_lane(lane()).type_number().retype("4306")
    assert (typing.back().step, typing.back().typed) == (Step.IDENTITY, "")
    assert typing.home() == Visit()
    again = typing.number_typed(TYPED).type_number()
    assert (again.step, again.citizen, again.typed) == (Step.NUMBER, None, "")


def test_a_card_is_not_typed_over_and_none_is_found_by_typing() -> None:
    with_card = Visit().choose_lane(lane()).show_card(CITIZEN)
    assert with_card.type_number() is with_card
    finding = Visit().look_up()
    assert finding.type_number() is finding


def test_neither_the_typed_number_nor_its_line_is_in_a_log() -> None:
    typing = Visit().choose_lane(lane()).type_number().retype(GOOD)
    assert GOOD not in repr(typing)
    assert GOOD not in repr(typing.number_typed(TYPED))
