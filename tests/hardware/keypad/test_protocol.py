"""Frames of the keypad bus: the table, its checksum, and finding frames in anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.keypad.protocol import FF68, Key, Packet, PacketParser, encode

packets = st.builds(Packet, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=8))
PRESS = bytes.fromhex("ff68 02 02 68 03 0c 0f 16")  # by hand: 03 + 0C = 0F


def test_a_frame_is_as_the_table_says() -> None:
    assert encode(Packet(3, 0x0C)) == PRESS
    assert PacketParser().feed(PRESS) == [Packet(3, 0x0C)]
    assert encode(Packet(3, 0x11, b"\x02")) == bytes.fromhex("ff68 03 03 68 03 11 02 16 16")


@pytest.mark.parametrize(
    ("function", "data", "key"),
    [
        (0x0C, b"", Key.NEXT),
        (0x0D, b"", Key.RECALL),
        (0x0B, b"", Key.RATE),
        (0x0F, b"", Key.CONFIRM),
        (0x0F, b"\x06", Key.GIVE_UP),
        (0x0F, b"\x00", Key.HOLD),
        (0x0F, b"\x03", Key.BACK),
        (0x12, b"", Key.PAUSE),
        (0x13, b"\x05", Key.TRANSFER),
        (0x77, b"", None),
    ],
)
def test_every_key_of_the_table(function: int, data: bytes, key: Key | None) -> None:
    assert FF68.key(Packet(1, function, data)) is key


@given(st.lists(packets, max_size=5), st.integers(1, 20))
def test_chunks_never_change_what_is_heard(sent: list[Packet], size: int) -> None:
    stream = b"".join(encode(packet) for packet in sent)
    parser = PacketParser()
    heard = [packet for at in range(0, len(stream), size) for packet in parser.feed(stream[at : at + size])]
    assert heard == sent


@given(st.binary(max_size=300))
def test_after_any_bytes_and_silence_the_next_frame_is_heard(junk: bytes) -> None:
    parser = PacketParser()
    parser.feed(junk)
    parser.salvage()
    while parser.is_waiting:
        parser.salvage()
    assert parser.feed(PRESS) == [Packet(3, 0x0C)]


@given(st.integers(0, len(PRESS) * 8 - 1))
def test_a_wrong_checksum_is_not_heard_as_another_key(bit: int) -> None:
    spoilt = bytearray(PRESS)
    spoilt[bit // 8] ^= 0x80 >> bit % 8
    parser = PacketParser()
    assert parser.feed(bytes(spoilt)) + parser.salvage() == []


@pytest.mark.parametrize("length", [0, 1, 255])
def test_length_0_and_255_are_no_frames(length: int) -> None:
    parser = PacketParser()
    assert parser.feed(bytes([0xFF, 0x68, length, length, 0x68]) + PRESS) == [Packet(3, 0x0C)]


def test_half_a_frame_does_not_hide_the_whole_one_behind_it() -> None:
    parser = PacketParser()
    assert parser.feed(PRESS[:6] + PRESS) == [Packet(3, 0x0C)]


def test_too_much_data_is_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        encode(Packet(1, 1, b"x" * 100))
