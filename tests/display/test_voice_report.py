"""What the hub hears of a board's voice."""

import pytest

from display.voice import Sound, voice_report


@pytest.mark.parametrize(
    ("sound", "states"),
    [(Sound.FINE, ["ready"]), (Sound.SPARE, ["ready"]), (Sound.NONE, ["error"]), (Sound.UNWANTED, [])],
)
def test_a_board_that_is_not_heard_says_so(sound: Sound, states: list[str]) -> None:
    assert [part.state for part in voice_report(sound)] == states
