"""Microphone and loudspeaker; programs that speak as ALSA's do stand in for a sound card."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from hardware.device import DeviceState, StateChanged
from hardware.faults import DeviceCannotOpen, DeviceFailed
from hardware.notifier import DeviceEvent, Notifier
from hardware.video.soundcard import Loudspeaker, Microphone
from hardware.video.states import CallState
from hardware.video.station import Station, tone

PATIENCE = 15.0
LOUD = 8000
LATEST = 5 * 1920  # bytes that may have been on their way
TALKS = """#!/usr/bin/env python3
import sys, time
assert "S16_LE" in sys.argv and "48000" in sys.argv
while True:
    sys.stdout.buffer.write(b"\\x40\\x1f" * 50 + b"\\xc0\\xe0" * 50)  # 480 Hz
    sys.stdout.flush()
    time.sleep(0.002)
"""
KEEPS = """#!/usr/bin/env python3
import os, sys
with open(os.environ["KEPT"], "wb", buffering=0) as kept:
    while data := os.read(0, 4096):
        kept.write(data)
"""
NO_CARD = "#!/bin/sh\nexit 1\n"
MUTE = "#!/bin/sh\nsleep 60\n"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], str]:
    def install(name: str, script: str) -> str:
        program = tmp_path / name
        program.write_text(script)
        program.chmod(0o755)
        monkeypatch.setenv("KEPT", str(tmp_path / "kept"))
        return str(program)

    return install


@pytest.fixture
def told() -> list[DeviceState]:
    return []


@pytest.fixture
def notifier(told: list[DeviceState]) -> Iterator[Notifier]:
    def hear(event: DeviceEvent) -> None:
        if isinstance(event.what, StateChanged):
            told.append(event.what.state)

    notifier = Notifier(hear)
    yield notifier
    assert notifier.stop()


def until(test: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not test():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_what_is_spoken_is_recorded(
    install: Callable[[str, str], str], notifier: Notifier, told: list[DeviceState]
) -> None:
    microphone = Microphone(install("arecord", TALKS))
    assert not microphone.record().any()
    notifier.watch("microphone", microphone)
    until(lambda: told == [DeviceState.READY])
    until(lambda: bool(microphone.record().any()))
    until(lambda: bool((np.abs(microphone.record()) == LOUD).all()))


def test_what_is_played_comes_out_and_what_is_late_does_not(
    install: Callable[[str, str], str], notifier: Notifier, told: list[DeviceState], tmp_path: Path
) -> None:
    loudspeaker = Loudspeaker(install("aplay", KEEPS))
    notifier.watch("loudspeaker", loudspeaker)
    until(lambda: told == [DeviceState.READY])
    loudspeaker.play(tone())
    until(lambda: (kept := tmp_path / "kept").exists() and kept.read_bytes() == tone().tobytes())


def test_a_player_that_takes_nothing_holds_nobody(install: Callable[[str, str], str]) -> None:
    loudspeaker = Loudspeaker(install("aplay", MUTE))
    loudspeaker.open()
    for _ in range(100):
        loudspeaker.play(tone())
        loudspeaker.poll()
    loudspeaker.close()


def test_a_headset_pulled_out_is_a_fault_and_it_comes_back(
    install: Callable[[str, str], str], notifier: Notifier, told: list[DeviceState]
) -> None:
    microphone = Microphone(install("arecord", NO_CARD))
    notifier.watch("microphone", microphone)
    until(lambda: told == [DeviceState.ERROR])
    install("arecord", TALKS)
    until(lambda: told == [DeviceState.ERROR, DeviceState.READY])


def test_a_microphone_that_gives_nothing_is_silent(
    install: Callable[[str, str], str], notifier: Notifier, told: list[DeviceState]
) -> None:
    notifier.watch("microphone", Microphone(install("arecord", MUTE)))
    until(lambda: told == [DeviceState.SILENT])


def test_a_machine_without_the_programs_says_so() -> None:
    with pytest.raises(DeviceCannotOpen, match="alsa-utils"):
        Microphone("no-such-program").open()
    with pytest.raises(DeviceFailed):
        Loudspeaker().poll()


def test_both_hear_each_other_until_one_holds(
    install: Callable[[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("arecord", TALKS)
    install("aplay", KEEPS)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    kept = tmp_path / "kept"
    ours, theirs = Station(has_sound=True), Station(sound=tone, answers=True)
    try:
        ours.start("127.0.0.1", 0)
        ours.call("127.0.0.1", theirs.start("127.0.0.1", 0))
        until(lambda: theirs.far.loudness > 0.05)
        until(lambda: kept.exists() and np.abs(np.fromfile(kept, np.int16)).max(initial=0) > LOUD / 2)
        ours.hold()
        until(lambda: ours.standing.state is CallState.HELD and theirs.far.loudness < 0.01)
        before = kept.stat().st_size
        for _ in range(10):
            received = ours.far.sound_at
            until(lambda: ours.far.sound_at != received)  # noqa: B023
        assert kept.stat().st_size - before <= LATEST
    finally:
        ours.stop()
        theirs.stop()
