"""The SAM frame parser on any bytes in any chunks."""

from contextlib import suppress
from functools import reduce
from itertools import pairwise
from operator import xor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.idcard.codec import (
    PREAMBLE,
    Command,
    Reply,
    ReplyParser,
    Status,
    UnreadableReply,
    encode,
    parts_of,
)

# The bytes of the published table, not computed here.
TABLE = {
    Command.FIND: "AAAAAA9669 00 03 20 01 22",
    Command.SELECT: "AAAAAA9669 00 03 20 02 21",
    Command.READ: "AAAAAA9669 00 03 30 01 32",
    Command.READ_WITH_FINGERPRINT: "AAAAAA9669 00 03 30 10 23",
    Command.STATUS: "AAAAAA9669 00 03 11 FF ED",
    Command.MODULE_NUMBER: "AAAAAA9669 00 03 12 FF EE",
    Command.RESET: "AAAAAA9669 00 03 10 FF EC",
}
FOUND = bytes.fromhex("AAAAAA9669 00 08 00 00 9F 00 00 00 00 97")
NO_CARD = bytes.fromhex("AAAAAA9669 00 04 00 00 80 84")


def frame(code: int, data: bytes = b"", sw: bytes = b"\0\0") -> bytes:
    counted = (len(data) + 4).to_bytes(2, "big") + sw + bytes([code]) + data
    return PREAMBLE + counted + bytes([reduce(xor, counted)])


def in_chunks(data: bytes, cuts: list[int]) -> list[bytes]:
    at = sorted({min(cut, len(data)) for cut in cuts} | {0, len(data)})
    return [data[a:b] for a, b in pairwise(at)]


@pytest.mark.parametrize("command", TABLE)
def test_commands_are_those_of_the_table(command: Command) -> None:
    assert encode(command) == bytes.fromhex(TABLE[command])


def test_replies_of_the_table_are_read() -> None:
    assert [reply.status for reply in ReplyParser().feed(FOUND + NO_CARD)] == [
        Status.FOUND,
        Status.FIND_FAILED,
    ]


def test_an_error_with_other_status_words_is_still_a_reply() -> None:
    assert ReplyParser().feed(frame(0x41, sw=b"\x12\x34"))[0].status is Status.READ_FAILED


@given(
    replies=st.lists(
        st.tuples(st.integers(0, 255), st.binary(max_size=1300), st.binary(min_size=2, max_size=2)),
        max_size=4,
    ),
    cuts=st.lists(st.integers(0, 6000), max_size=20),
)
def test_replies_survive_any_chunking(replies: list[tuple[int, bytes, bytes]], cuts: list[int]) -> None:
    parser = ReplyParser()
    stream = b"".join(frame(*reply) for reply in replies)
    read = [reply for chunk in in_chunks(stream, cuts) for reply in parser.feed(chunk)]
    assert read == [Reply(code, data) for code, data, _ in replies]


@given(junk=st.binary(max_size=4096), cuts=st.lists(st.integers(0, 4200), max_size=8))
def test_a_reply_is_found_behind_any_junk(junk: bytes, cuts: list[int]) -> None:
    parser = ReplyParser()
    read = [reply for chunk in in_chunks(junk + FOUND, cuts) for reply in parser.feed(chunk)]
    read += parser.salvage()
    assert read
    assert read[-1].status is Status.FOUND


@given(
    junk=st.lists(
        st.sampled_from([PREAMBLE, b"\xaa", b"\x96\x69", b"\0\x04", b"\xff\xff", FOUND[:9]]), max_size=40
    )
)
def test_it_resynchronises_after_false_beginnings(junk: list[bytes]) -> None:
    parser = ReplyParser()
    # Twice: junk may happen to be a whole frame with the beginning of the reply as its end.
    read = parser.feed(b"".join(junk) + FOUND + FOUND)
    read += parser.salvage()
    assert read
    assert read[-1].status is Status.FOUND


@given(run=st.integers(0, 50))
def test_it_resynchronises_in_a_run_of_aa(run: int) -> None:
    assert ReplyParser().feed(b"\xaa" * run + FOUND)[0].status is Status.FOUND


@pytest.mark.parametrize("length", [b"\0\0", b"\0\x03", b"\xff\xff", b"\x0f\0"])
def test_an_impossible_length_does_not_hold_up_the_next_reply(length: bytes) -> None:
    assert ReplyParser().feed(PREAMBLE + length + FOUND)[0].status is Status.FOUND


@given(bit=st.integers(8 * len(PREAMBLE), 8 * len(FOUND) - 1))
def test_no_single_flipped_bit_passes(bit: int) -> None:
    spoilt = bytearray(FOUND)
    spoilt[bit // 8] ^= 1 << bit % 8
    parser = ReplyParser()
    assert parser.feed(bytes(spoilt)) + parser.salvage() == []


@given(st.binary(max_size=5000))
def test_no_bytes_crash_it_and_little_is_kept(data: bytes) -> None:
    parser = ReplyParser()
    parser.feed(data)
    parser.salvage()
    assert len(parser._buffer) < len(PREAMBLE) + 2


@given(st.binary(max_size=2000))
def test_read_data_of_any_shape_is_text_or_a_refusal(data: bytes) -> None:
    with suppress(UnreadableReply):
        assert sum(map(len, parts_of(data))) <= len(data)


def test_text_and_photo_are_found_with_and_without_fingerprints() -> None:
    text, photo = bytes(range(256)), bytes(1024)
    assert parts_of(b"\x01\0\x04\0" + text + photo) == (text, photo)
    assert parts_of(b"\x01\0\x04\0\0\0" + text + photo) == (text, photo)
    assert parts_of(b"\x01\0\x04\0\x02\0" + text + photo + bytes(512)) == (text, photo)


def test_a_reply_shows_no_person() -> None:
    assert repr(Reply(0x90, b"secret")) == "Reply(code=0x90, 6 bytes of data)"
