"""The printer's answers, in any chunks and with junk between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.device import DeviceState
from hardware.printer.status import (
    Answer,
    AnswerParser,
    AsbRecord,
    ClearAnswer,
    EotAnswer,
    ProofAnswer,
    state_of_asb,
    state_of_eot,
)

WELL = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def bytes_like(mask: int, value: int) -> st.SearchStrategy[int]:
    return st.sampled_from([byte for byte in range(256) if byte & mask == value])


ANSWERS = st.one_of(
    bytes_like(0x93, 0x12).map(EotAnswer),
    bytes_like(0x90, 0).map(ProofAnswer),
    st.just(ClearAnswer()),
    st.tuples(bytes_like(0x93, 0x10), *[bytes_like(0x90, 0)] * 3).map(
        lambda values: AsbRecord(bytes(values))
    ),
)


def wire(answer: Answer) -> bytes:
    match answer:
        case AsbRecord():
            return answer.values
        case ClearAnswer():
            return b"\x37\x25\x00"
        case _:
            return bytes([answer.value])


@given(st.lists(ANSWERS, max_size=30))
def test_answers_are_sorted_whatever_the_chunks(answers: list[Answer]) -> None:
    stream = b"".join(map(wire, answers))
    whole = AnswerParser().feed(stream)
    parser = AnswerParser()
    assert whole == [answer for byte in stream for answer in parser.feed(bytes([byte]))]
    assert whole == answers


@given(st.binary(max_size=4096))
def test_no_bytes_crash_it_and_a_question_after_them_is_answered(junk: bytes) -> None:
    parser = AnswerParser()
    parser.feed(junk)
    assert parser.feed(b"\x12")[-1] == EotAnswer(0x12)


@given(st.binary(max_size=64).map(lambda data: bytes(byte | 0x80 for byte in data)))
def test_line_noise_with_the_high_bit_is_no_answer_at_all(noise: bytes) -> None:
    parser = AnswerParser()
    assert all(isinstance(answer, EotAnswer) for answer in parser.feed(noise))


def test_flow_control_is_no_answer() -> None:
    assert AnswerParser().feed(b"\x11\x13") == []


def test_the_answer_to_clearing_proves_no_slip() -> None:
    """Its last two bytes alone would be answers to GS r 1."""
    assert AnswerParser().feed(b"\x37\x25\x00") == [ClearAnswer()]
    assert AnswerParser().feed(b"\x37\x37\x25\x00") == [ClearAnswer()]


def test_a_broken_record_does_not_eat_the_next_answer() -> None:
    assert AnswerParser().feed(b"\x10\x00\x12") == [EotAnswer(0x12)]


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, DeviceState.READY),
        ({4: 0x1E}, DeviceState.NEAR_END),
        ({4: 0x7E}, DeviceState.PAPER_OUT),
        ({1: 0x1A, 2: 0x32}, DeviceState.PAPER_OUT),
        ({1: 0x1A, 2: 0x16}, DeviceState.COVER_OPEN),
        ({1: 0x1A, 2: 0x52, 3: 0x1A}, DeviceState.CUTTER),
        ({1: 0x1A, 3: 0x32}, DeviceState.ERROR),
        ({1: 0x1A}, DeviceState.ERROR),
    ],
)
def test_eot_answers_mean_states(changed: dict[int, int], state: DeviceState) -> None:
    assert state_of_eot(WELL | changed, WELL) is state


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_question_left_open_is_never_ready(missing: int) -> None:
    answers = {number: value for number, value in WELL.items() if number != missing}
    assert state_of_eot(answers, WELL) is DeviceState.UNKNOWN
    assert state_of_eot(answers | {4: 0x7E}, WELL) is DeviceState.PAPER_OUT


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (b"\x10\0\0\0", DeviceState.READY),
        (b"\x10\0\x03\0", DeviceState.NEAR_END),
        (b"\x18\0\x0f\0", DeviceState.PAPER_OUT),
        (b"\x38\0\0\0", DeviceState.COVER_OPEN),
        (b"\x18\x08\0\0", DeviceState.CUTTER),
        (b"\x18\x20\0\0", DeviceState.ERROR),
    ],
)
def test_records_mean_states(record: bytes, state: DeviceState) -> None:
    assert state_of_asb(AsbRecord(record)) is state
