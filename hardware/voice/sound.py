"""Sound in memory: mono, 16 bit, RATE samples a second; read from and written to WAV files."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 22_050
"""Samples a second of every clip and utterance."""
_SILENCE = 0.01
_MARGIN_SECONDS = 0.02
_LOUDNESS = 0.12
_PEAK = 0.9
_LONGEST = 8

Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of sound. `samples` has one dimension."""

    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE

    @property
    def trouble(self) -> str:
        """Why it is no good clip, as the end of a sentence; empty when it is one."""
        level = np.abs(self.samples.astype(np.float32)) / 32_768
        if self.seconds > _LONGEST:
            return f"lasts {self.seconds:.0f} s; a clip lasts at most {_LONGEST} s"
        if not len(level) or float(level.max()) < _SILENCE:
            return "is silent"
        if float((level > 0.995).mean()) > 0.02:
            return "is clipped: record it more quietly"
        return ""

    def louder(self, percent: int) -> "Sound":
        """The same at `percent` of its volume (0 to 100)."""
        return Sound((self.samples.astype(np.float32) * (percent / 100)).astype(np.int16))


def silence(seconds: float) -> Sound:
    """Nothing, for `seconds`."""
    return Sound(np.zeros(round(seconds * RATE), np.int16))


def join(parts: list[Sound]) -> Sound:
    """The parts one after another."""
    return Sound(np.concatenate([part.samples for part in parts]) if parts else np.zeros(0, np.int16))


def trimmed(sound: Sound) -> Sound:
    """Without the silence around it, and as loud as every other clip."""
    level = sound.samples.astype(np.float32) / 32_768
    heard = np.flatnonzero(np.abs(level) > _SILENCE)
    if not len(heard):
        return sound
    margin = round(_MARGIN_SECONDS * RATE)
    level = level[max(0, heard[0] - margin) : heard[-1] + margin]
    gain = _LOUDNESS / float(np.sqrt(np.mean(level**2)))
    gain = min(gain, _PEAK / float(np.max(np.abs(level))))
    return Sound((level * gain * 32_767).astype(np.int16))


def read_wav(path: Path) -> Sound:
    """Read a clip. Raises ValueError with a sentence when it is not mono, 16 bit, RATE."""
    try:
        with wave.open(str(path), "rb") as file:
            form = (file.getnchannels(), file.getsampwidth(), file.getframerate())
            frames = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path} is not a WAV file: {error}") from error
    if form != (1, 2, RATE):
        raise ValueError(
            f"{path} must be mono, 16 bit, {RATE} Hz; it is {form[0]} x {8 * form[1]} bit, {form[2]} Hz"
        )
    return Sound(np.frombuffer(frames, np.int16))


def write_wav(path: Path, sound: Sound) -> None:
    """Write a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.samples.tobytes())
