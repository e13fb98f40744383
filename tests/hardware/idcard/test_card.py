"""Card values: checks and masking."""

import pickle
from datetime import date

import pytest

from hardware.idcard.card import (
    CardKind,
    IdCard,
    Sex,
    check_character,
    is_valid_number,
    mask_name,
    mask_number,
)

NUMBER = "430602199003070014"[:17] + check_character("43060219900307001")
CARD = IdCard(
    kind=CardKind.CITIZEN,
    name="测试甲",
    sex=Sex.MALE,
    birth=date(1990, 3, 7),
    number=NUMBER,
    valid_from=date(2020, 1, 1),
    valid_to=None,
    address="岳阳市某路 1 号",
)


def test_the_worked_example_of_the_standard() -> None:
    # GB 11643-1999, appendix: 11010519491231002X
    assert check_character("11010519491231002") == "X"
    assert is_valid_number("11010519491231002X")


@pytest.mark.parametrize(
    "number", ["", "1" * 17, "1101051949123100２X", "110105194912310021", "11010519491331002X"]
)
def test_a_wrong_number_is_refused(number: str) -> None:
    assert not is_valid_number(number)


def test_a_foreign_number_of_2023_is_checked_like_any_other() -> None:
    first = "91156019900101001"
    assert is_valid_number(first + check_character(first))


def test_every_single_digit_error_is_found() -> None:
    for at in range(17):
        wrong = str((int(NUMBER[at]) + 1) % 10)
        assert not is_valid_number(NUMBER[:at] + wrong + NUMBER[at + 1 :])


def test_masks_show_what_the_hall_may_show() -> None:
    assert mask_number(NUMBER) == "430602********" + NUMBER[-4:]
    assert mask_number("ABC123") == "******"
    assert mask_name("欧阳测试") == "欧*"


@pytest.mark.parametrize("shown", [repr(CARD), str(CARD), f"{CARD}", str([CARD]), str(CARD.masked())])
def test_no_way_of_showing_a_card_shows_the_person(shown: str) -> None:
    assert NUMBER not in shown
    assert "测试甲" not in shown
    assert "某路" not in shown


def test_a_card_has_no_photo() -> None:
    assert b"WLf" not in pickle.dumps(CARD)
    assert not [name for name in IdCard.__dataclass_fields__ if "photo" in name]


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 3, 6), 35), (date(2026, 3, 7), 36), (date(2026, 12, 31), 36)]
)
def test_age_counts_birthdays(day: date, age: int) -> None:
    assert CARD.age_on(day) == age
