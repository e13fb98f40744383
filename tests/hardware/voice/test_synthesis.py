"""What espeak-ng really says, in its own phonemes; and a player that lies about having played."""

import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from hardware.voice.phrases import TEXTS
from hardware.voice.sinks import PlayerSink, SinkError
from hardware.voice.sound import silence
from hardware.voice.synthesis import _spoken

CHINESE = {clip: text for clip, text in TEXTS.items() if clip.startswith("zh/") and not text.isascii()}


def phonemes(words: str, voice: str) -> str:
    argv = ["espeak-ng", "-q", "-x", "-v", voice, "--stdin"]
    return subprocess.run(argv, input=words, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("clip", CHINESE)
def test_no_chinese_clip_is_read_in_english(clip: str) -> None:
    assert "(en)" not in phonemes(*_spoken(CHINESE[clip], "zh"))


def test_the_proof_sees_the_fault_it_is_for() -> None:
    assert "(en)" in phonemes("qing3", "cmn")


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_a_player_that_ends_at_once_has_not_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\nexit 0\n")
    player.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(SinkError, match="ended after"):
        PlayerSink().play(silence(2), threading.Event())
