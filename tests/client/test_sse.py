"""The reader of server-sent events, against the examples and rules of WHATWG HTML, section 9.2."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.client.sse import Message, SseParser

STREAM = (
    ': a comment\n\nid: 7\nevent: fact\ndata: {"a":\ndata: 1}\n\nevent: beat\r\ndata:no space\r\n\r\n'
    "data:  two spaces\rid\r\rdata: 汉字\n\nevent: lost, there is no data\n\nretry: 1500\ndata\n\n"
).encode()
MESSAGES = [
    Message("fact", '{"a":\n1}', "7"),
    Message("beat", "no space", "7"),
    Message("message", " two spaces", ""),
    Message("message", "汉字", ""),
    Message("message", "", ""),
]


def test_a_whole_stream() -> None:
    parser = SseParser()
    assert parser.feed(STREAM) == MESSAGES
    assert parser.retry_ms == 1500


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_pieces_cut_anywhere_say_the_same(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(STREAM)]
    parser = SseParser()
    pieces = [STREAM[start:end] for start, end in pairwise(edges)]
    assert [message for piece in pieces for message in parser.feed(piece)] == MESSAGES


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_byte_by_byte_with_each_line_end(end: str) -> None:
    parser = SseParser()
    text = end.join(["id: 1", "data: x", "", "data: y", "", ""]).encode()
    found = [message for at in range(len(text)) for message in parser.feed(text[at : at + 1])]
    assert found == [Message("message", "x", "1"), Message("message", "y", "1")]


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    assert SseParser().feed(b"\xef\xbb\xbfdata: x\n\n") == [Message("message", "x", "")]


def test_what_no_empty_line_ends_is_no_message() -> None:
    assert SseParser().feed(b"data: x\n") == []


def test_an_id_with_a_null_is_ignored() -> None:
    assert SseParser().feed(b"id: 3\nid: a\0b\ndata: x\n\n") == [Message("message", "x", "3")]
