"""A burst of calls is spoken in order through the real announcer, each exactly once."""

import time
from datetime import timedelta
from pathlib import Path

import numpy as np

from display.spoken import open_voice
from display.voice import Sound
from hardware.voice.pack import VoicePack
from hardware.voice.phrases import call_phrases
from hardware.voice.sound import read_wav
from hardware.voice.splice import splice
from shared.protocol.messages import Call
from shared.testing import MONDAY_MORNING


def call(n: int) -> Call:
    at = MONDAY_MORNING + timedelta(seconds=n)
    return Call(seq=n, at=at, number=f"A{n:03d}", window=3, lane="A", holder="张*", again=0)


def test_twenty_calls_at_once_are_all_heard_in_order(tmp_path: Path) -> None:
    told: list[int] = []
    voice = open_voice(f"wav:{tmp_path / 'heard'}", tmp_path / "no-pack", lambda: ["zh", "en"])
    assert voice.sound is Sound.SPARE, "a missing pack is said"
    for n in range(1, 21):
        voice.speak(call(n), told.append)
    deadline = 20.0
    while len(told) < 20 and deadline > 0:
        time.sleep(0.05)
        deadline -= 0.05
    voice.close()
    assert told == list(range(1, 21))
    files = sorted((tmp_path / "heard").glob("*.wav"))
    assert len(files) == 20
    rendered = VoicePack("again", {})
    for n in (1, 20):
        expected = splice(rendered, call_phrases(f"A{n:03d}", 3, ["zh", "en"]))
        assert np.array_equal(read_wav(files[n - 1]).samples, expected.samples)


def test_without_a_sound_card_the_screen_says_so(tmp_path: Path) -> None:
    voice = open_voice("null", tmp_path, lambda: ["zh"])
    assert voice.sound is Sound.NONE
    voice.close()
    assert open_voice("none", None, lambda: ["zh"]).sound is Sound.UNWANTED
