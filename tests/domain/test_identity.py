"""ID numbers after GB 11643, and what may be shown of a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.identity import check_character, mask_name, parse_id_number
from shared.domain.refusals import Refused
from shared.testing import id_number

TODAY = date(2026, 11, 23)


def test_the_standards_own_example_has_its_check_character() -> None:
    assert check_character("11010519491231002") == "X", "the example in GB 11643-1999"
    assert check_character("44052418800101001") == "4", "the example in GB 11643-1999"


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_a_right_number_is_parsed_masked_and_aged(birth: date, serial: int) -> None:
    number = parse_id_number(id_number(f"{birth:%Y%m%d}", serial), TODAY)
    assert number.birth == birth
    assert number.masked == f"430602********{number.value[-4:]}"
    assert number.value not in repr(number)
    assert 0 <= number.age_on(TODAY) <= 126


@given(st.integers(0, 17), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(place: int, step: int) -> None:
    value = id_number()
    if value[place] == "X":
        return
    wrong = value[:place] + str((int(value[place]) + step) % 10) + value[place + 1 :]
    with pytest.raises(Refused, match="bad_id_number"):
        parse_id_number(wrong, TODAY)


@pytest.mark.parametrize(
    "text", ["", "1234", "４３０６０２１９８００１０１００１１", id_number("20270101"), "x" * 18]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="bad_id_number"):
        parse_id_number(text, TODAY)


def test_a_birthday_counts_from_its_day() -> None:
    number = parse_id_number(id_number("19611124"), TODAY)
    assert (number.age_on(date(2026, 11, 23)), number.age_on(date(2026, 11, 24))) == (64, 65)


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张*"), (" 欧阳娜娜 ", "欧*"), ("", ""), ("𠮷野", "𠮷*")]
)
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert mask_name(name) == shown
