"""What may reach a printer, how wide it is and where it wraps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.text import column_width, is_gbk, sanitise, wrap


@pytest.mark.parametrize(
    ("field", "clean"),
    [
        ("张\x1bp\x00三", "张p三"),
        ("\x10\x04\x01", ""),
        ("a\u202eb\u2066c\u200bd\ufeff", "abcd"),
        ("\x85\x9b1m", "1m"),
        ("一\r\n二\t三", "一\n二 三"),
        ("\ue000\ud800", ""),
        ("a\u034fb\u3164c\ufe0fd\u200de\u2060", "abcde"),
        ("葛\U000e0100城", "葛城"),
        ("A001：（1）〇①", "A001：（1）〇①"),
    ],
)
def test_only_plain_text_passes(field: str, clean: str) -> None:
    assert sanitise(field) == clean


@given(st.text())
def test_no_field_yields_a_control_byte(field: str) -> None:
    encoded = sanitise(field).encode("gb18030")
    assert all(byte >= 0x20 or byte == 0x0A for byte in encoded)
    assert 0x7F not in sanitise(field).encode("utf-8")


@given(st.text())
def test_sanitising_twice_changes_nothing(field: str) -> None:
    assert sanitise(sanitise(field)) == sanitise(field)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("A1", 2), ("号票", 4), ("①", 2), ("（1）", 5), ("e\u0301", 1)]
)
def test_columns_are_those_of_the_paper(text: str, width: int) -> None:
    assert column_width(text) == width


@pytest.mark.parametrize(
    ("character", "known"), [("张", True), ("〇", True), ("①", True), ("㼆", False), ("𠮷", False)]
)
def test_what_the_printer_has_a_glyph_for(character: str, known: bool) -> None:
    assert is_gbk(character) is known


def test_chinese_breaks_anywhere_but_before_a_closing_mark() -> None:
    assert wrap("身份证、购房合同", 6) == ["身份", "证、购", "房合同"]
    assert wrap("（一）二三", 6) == ["（一）", "二三"]


def test_latin_breaks_at_spaces_and_long_words_where_the_line_ends() -> None:
    assert wrap("please come back", 11) == ["please come", "back"]
    assert wrap("abcdefgh", 3) == ["abc", "def", "gh"]


@given(text=st.text(max_size=80).map(sanitise), columns=st.integers(2, 48))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(column_width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
