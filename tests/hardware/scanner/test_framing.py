"""Cutting bytes into codes: suffixes, silence, encodings, junk, any chunking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanner.events import REPEAT_TIME, OnceFilter
from hardware.scanner.framing import LONGEST, CodeParser, decode_text

CODE = "https://hall.example/t/12-Abc"
texts = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"", b"\r"), (b"", b"\n"), (b"", b"\r\n"), (b"\x02", b"\x03"), (b"\x02", b"\x03\r\n")],
)
def test_every_suffix_ends_one_code(before: bytes, after: bytes) -> None:
    parser = CodeParser()
    assert parser.feed((before + CODE.encode() + after) * 2) == [CODE, CODE]
    assert not parser.is_waiting
    assert parser.dropped == 0


def test_silence_ends_a_code_without_suffix() -> None:
    parser = CodeParser()
    assert parser.feed(CODE.encode()) == []
    assert parser.is_waiting
    assert parser.end() == [CODE]
    assert parser.end() == []


@given(texts)
def test_chinese_is_read_in_both_encodings(text: str) -> None:
    assert decode_text(text.encode("utf-8")) == text


def test_gb18030_is_tried_after_utf_8() -> None:
    assert decode_text("预约码岳阳".encode("gb18030")) == "预约码岳阳"


def test_four_kilobytes_of_junk_are_dropped_and_the_next_code_is_read() -> None:
    parser = CodeParser()
    assert parser.feed(b"\xff\xfe\x00" * 1400 + b"\r" + CODE.encode() + b"\r") == [CODE]
    assert parser.dropped == 1


def test_a_code_of_the_greatest_length_is_read_and_a_longer_one_is_not() -> None:
    assert CodeParser().feed(b"a" * LONGEST + b"\r") == ["a" * LONGEST]
    assert CodeParser().feed(b"a" * (LONGEST + 1) + b"\r") == []


def test_a_start_mark_throws_away_what_came_before_it() -> None:
    assert CodeParser().feed(b"half a co\x02" + CODE.encode() + b"\x03") == [CODE]


@given(st.lists(texts, max_size=5), st.lists(st.integers(1, 9), min_size=1))
def test_chunks_never_change_what_is_read(codes: list[str], sizes: list[int]) -> None:
    stream = b"".join(code.encode() + b"\r\n" for code in codes)
    parser, found, at, turn = CodeParser(), list[str](), 0, 0
    while at < len(stream):
        size = sizes[turn % len(sizes)]
        found += parser.feed(stream[at : at + size])
        at, turn = at + size, turn + 1
    assert found == codes


@given(st.binary(max_size=5000))
def test_any_bytes_leave_the_parser_able_to_read_the_next_code(junk: bytes) -> None:
    parser = CodeParser()
    parser.feed(junk)
    parser.end()
    assert parser.feed(CODE.encode() + b"\r") == [CODE]


def test_the_same_code_within_its_time_is_one_scan() -> None:
    now = [0.0]
    once = OnceFilter(lambda: now[0])
    assert once.passes("A")
    for _ in range(3):
        now[0] += REPEAT_TIME * 0.9
        assert not once.passes("A")
    assert once.passes("B")
    now[0] += REPEAT_TIME
    assert once.passes("B")
