"""What a social-security card answers, understood without a reader."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.idcard.card import CardKind, Sex, check_character
from hardware.socialcard.files import APPLICATION, Answer, NoSuchApplication, UnreadableCard, read_card

NUMBER = "43060219551120002" + check_character("43060219551120002")
RECORDS = {
    0x08: NUMBER.encode(),
    0x09: "测试乙".encode("gbk"),
    0x0A: b"2",
    0x0B: b"01",
    0x0D: b"19551120",
}


def card(
    records: dict[int, bytes], *, wrapped: bool = False, waits: bool = False
) -> Callable[[bytes], Answer]:
    """A card that answers as ISO 7816-4 says; `waits`: the data is fetched by GET RESPONSE."""
    held = [b""]

    def ask(command: bytes) -> Answer:
        if command[1] == 0xC0:
            return Answer(held[0], 0x9000)
        if command[1] == 0xA4:
            return Answer(b"", 0x9000)
        value = records.get(command[2])
        if value is None:
            return Answer(b"", 0x6A83)
        data = bytes([command[2], len(value)]) + value if wrapped else value
        if waits:
            held[0] = data
            return Answer(b"", 0x6100 | len(data))
        return Answer(data, 0x9000)

    return ask


def test_the_name_of_the_application_is_as_published() -> None:
    assert bytes.fromhex("7378312e73682ec9e7bbe1b1a3d5cf") == APPLICATION
    assert len(APPLICATION) == 0x0F


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("waits", [False, True])
def test_the_holder_is_read(wrapped: bool, waits: bool) -> None:
    read = read_card(card(RECORDS, wrapped=wrapped, waits=waits))
    assert (read.kind, read.name, read.number) == (CardKind.SOCIAL, "测试乙", NUMBER)
    assert (read.sex, read.nation, read.birth.isoformat()) == (Sex.FEMALE, "01", "1955-11-20")


def test_padding_is_not_part_of_a_name() -> None:
    read = read_card(card(RECORDS | {0x09: "测试乙".encode("gbk").ljust(30, b"\x00")}))
    assert read.name == "测试乙"


def test_an_unknown_card_is_told_apart_from_an_unreadable_one() -> None:
    with pytest.raises(NoSuchApplication):
        read_card(lambda _: Answer(b"", 0x6A82))
    with pytest.raises(UnreadableCard):
        read_card(card({}))
    with pytest.raises(UnreadableCard):
        read_card(card(RECORDS | {0x08: b"430602195511200099"}))


def test_no_message_holds_what_the_card_says() -> None:
    with pytest.raises(UnreadableCard) as caught:
        read_card(card(RECORDS | {0x08: b"430602195511200099"}))
    assert "4306" not in str(caught.value)
    assert "4306" not in repr(Answer(b"430602", 0x9000))


@given(st.dictionaries(st.sampled_from(sorted(RECORDS)), st.binary(max_size=40)), st.binary(max_size=20))
def test_any_answer_is_a_card_or_a_told_fault(records: dict[int, bytes], junk: bytes) -> None:
    try:
        read = read_card(card(RECORDS | records))
    except UnreadableCard:
        return
    assert read.number[17] == check_character(read.number[:17])
