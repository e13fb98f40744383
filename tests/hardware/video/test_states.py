"""The table of a call, and its signalling lines."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.video.signalling import KINDS, BadLine, Message, decode, encode
from hardware.video.states import TABLE, CallState, Ending, Happening, IllegalHappening, Lack, after


def test_every_pair_is_in_the_table_or_refused() -> None:
    for state, happening in itertools.product(CallState, Happening):
        if (state, happening) in TABLE:
            assert after(state, happening) is TABLE[state, happening]
        else:
            with pytest.raises(IllegalHappening):
                after(state, happening)


def test_every_call_can_be_ended_and_every_state_reached() -> None:
    for state in set(CallState) - {CallState.IDLE}:
        assert after(state, Happening.END) is CallState.IDLE
    assert set(TABLE.values()) == set(CallState)


def test_every_state_ending_and_lack_is_said_in_both_languages() -> None:
    for said in (*CallState, *Ending, *Lack):
        assert said.sentence.zh
        assert said.sentence.en


messages = st.builds(Message, st.sampled_from(sorted(KINDS)), st.text(), st.text(), st.text(), st.booleans())


@given(messages)
def test_a_message_survives_its_line(message: Message) -> None:
    line = encode(message)
    assert line.count(b"\n") == 1
    assert decode(line) == message


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_a_bad_line(line: bytes) -> None:
    try:
        kind = decode(line).kind
    except BadLine:
        return
    assert kind in KINDS


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(sorted(KINDS)),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


@given(st.dictionaries(st.sampled_from(["kind", "id", "sdp", "sender", "on"]), json_values))
def test_any_json_is_a_message_or_a_bad_line(said: dict[str, object]) -> None:
    try:
        found = decode(json.dumps(said).encode())
    except BadLine:
        return
    assert all(isinstance(text, str) for text in (found.id, found.sender, found.sdp))
    assert isinstance(found.on, bool)
