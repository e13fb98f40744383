"""Where utterances go: an audio device through a player program, wav files, or nowhere for their time."""

import logging
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Event
from typing import Protocol

from hardware.voice.sound import Sound, write_wav

log = logging.getLogger(__name__)

_PLAYERS = (("aplay", ("-q",)), ("paplay", ()), ("ffplay", ("-nodisp", "-autoexit", "-loglevel", "error")))
_SLACK_SECONDS = 5.0
_SHORTEST = 0.5
"""A player done sooner than this share of it has not played it: without a device, ffplay ends with 0."""
_CARDS = Path("/proc/asound/cards")


class SinkError(OSError):
    """The utterance was not played."""


class Sink(Protocol):
    """Plays one utterance at a time."""

    audible: bool
    """Whether people in the hall can hear it."""

    def play(self, sound: Sound, stop: Event) -> None:
        """Return when it has been heard, or at once when `stop` is set. Raises SinkError."""
        ...


class NullSink:
    """No audio device: waits as long as the utterance would last, so that screens keep their turns."""

    audible = False

    def play(self, sound: Sound, stop: Event) -> None:
        """Wait."""
        stop.wait(sound.seconds)


class WavSink:
    """Writes each utterance as a numbered wav file; in its own time, or at once."""

    audible = True

    def __init__(self, folder: Path, *, realtime: bool = False) -> None:
        self._folder = folder
        self._realtime = realtime
        folder.mkdir(parents=True, exist_ok=True)
        self._next = 1 + max((int(p.stem) for p in folder.glob("*.wav") if p.stem.isdecimal()), default=0)

    def play(self, sound: Sound, stop: Event) -> None:
        """Write."""
        write_wav(self._folder / f"{self._next:05d}.wav", sound)
        self._next += 1
        if self._realtime:
            stop.wait(sound.seconds)


class PlayerSink:
    """Plays through the first of aplay, paplay and ffplay that is installed."""

    audible = True

    def __init__(self) -> None:
        found = [(shutil.which(name), options) for name, options in _PLAYERS]
        usable = [(program, options) for program, options in found if program is not None]
        if not usable:
            raise SinkError("no player program is installed (aplay, paplay or ffplay)")
        program, options = usable[0]
        self._argv = [program, *options]

    def play(self, sound: Sound, stop: Event) -> None:
        """Play, and see that the program ends in its time."""
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            write_wav(Path(file.name), sound)
            with subprocess.Popen([*self._argv, file.name], stdin=subprocess.DEVNULL) as player:
                began = time.monotonic()
                deadline = began + sound.seconds + _SLACK_SECONDS
                while player.poll() is None and time.monotonic() < deadline and not stop.is_set():
                    stop.wait(0.02)
                if player.poll() is None:
                    player.kill()
                    if not stop.is_set():
                        raise SinkError(f"{self._argv[0]} did not end in its time")
                lasted = time.monotonic() - began
        if player.returncode and not stop.is_set():
            raise SinkError(f"{self._argv[0]} failed with {player.returncode}")
        if lasted < _SHORTEST * sound.seconds and not stop.is_set():
            raise SinkError(f"{self._argv[0]} ended after {lasted:.1f} of {sound.seconds:.1f} s")


def open_sink(spec: str) -> Sink:
    """A sink by its spec: `auto`, `player`, `null`, `wav:DIR`. Raises ValueError for another.

    `auto` plays where there is a sound card and a player, and is a NullSink elsewhere.
    """
    if spec == "null":
        return NullSink()
    if spec.startswith("wav:") and len(spec) > len("wav:"):
        return WavSink(Path(spec[len("wav:") :]))
    if spec == "player":
        return PlayerSink()
    if spec == "auto":
        return _automatic()
    raise ValueError(f"a sink is auto, player, null or wav:DIR, not {spec!r}")


def _automatic() -> Sink:
    if not has_sound_card():
        return NullSink()
    try:
        return PlayerSink()
    except SinkError as error:
        log.warning("%s; calls are not heard", error)
        return NullSink()


def has_sound_card() -> bool:
    """Whether the kernel knows a sound card (ALSA)."""
    try:
        return "[" in _CARDS.read_text("utf-8")
    except OSError:
        return False
