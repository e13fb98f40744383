"""A piece of sound in memory, and the few things done to it: read, write, trim, level, join."""

import io
import math
import wave
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]

FULL_SCALE = 32767
LOUDNESS = -20.0
"""Level of every clip of the default pack, in dB below full scale (RMS)."""
_PEAK = 0.89  # of full scale: 1 dB of headroom
_QUIET = 0.01  # of the clip's own peak: 40 dB below it counts as silence
_FRAME = 0.005  # seconds; the grain of trimming
_EDGE = 0.004  # seconds faded in and out, so that a splice does not click
_LONGEST = 120.0  # seconds; more is no clip


@dataclass(frozen=True, eq=False)
class Sound:
    """Mono sound: `samples` is a one-dimensional int16 array, `rate` is samples per second."""

    samples: Samples
    rate: int

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.samples) / self.rate

    @property
    def peak(self) -> float:
        """The largest sample, 0 to 1 of full scale."""
        return float(np.abs(self.samples.astype(np.int32)).max(initial=0)) / FULL_SCALE

    @property
    def rms(self) -> float:
        """Root of the mean square, 0 to 1 of full scale."""
        if not len(self.samples):
            return 0.0
        return float(np.sqrt(np.mean(np.square(self.samples.astype(np.float64))))) / FULL_SCALE

    @classmethod
    def silence(cls, seconds: float, rate: int) -> Self:
        """Nothing, for `seconds`, rounded to whole samples."""
        return cls(np.zeros(round(seconds * rate), dtype=np.int16), rate)

    @classmethod
    def read(cls, source: Path | bytes) -> Self:
        """A mono 16 bit WAV file, or its bytes. Raises ValueError for another format, OSError as the disk."""
        try:
            with wave.open(io.BytesIO(source) if isinstance(source, bytes) else str(source), "rb") as file:
                shape = (file.getnchannels(), file.getsampwidth() * 8)
                if shape != (1, 16):
                    raise ValueError(f"{shape[1]} bit with {shape[0]} channels, expected 16 bit mono")
                if file.getnframes() > _LONGEST * file.getframerate():
                    raise ValueError(f"longer than {_LONGEST:.0f} s")
                content = file.readframes(file.getnframes())
                return cls(np.frombuffer(content[: len(content) // 2 * 2], dtype="<i2"), file.getframerate())
        except (wave.Error, EOFError) as error:
            raise ValueError(f"not a WAV file: {error or 'it ends too early'}") from error

    def wav(self) -> bytes:
        """The bytes of a mono 16 bit WAV file."""
        target = io.BytesIO()
        with wave.open(target, "wb") as file:
            file.setparams((1, 2, self.rate, 0, "NONE", "not compressed"))
            file.writeframes(self.samples.astype("<i2").tobytes())
        return target.getvalue()

    def amplified(self, factor: float) -> Self:
        """Multiplied by `factor` and held within full scale."""
        louder = np.clip(np.rint(self.samples * factor), -FULL_SCALE, FULL_SCALE)
        return type(self)(louder.astype(np.int16), self.rate)

    def trimmed(self) -> Self:
        """Without the silence at both ends, its edges faded. Silence all through gives an empty sound."""
        frame = max(1, int(_FRAME * self.rate))
        loud = np.flatnonzero(np.abs(self.samples.astype(np.int32)) > _QUIET * self.peak * FULL_SCALE)
        if not len(loud):
            return type(self)(self.samples[:0], self.rate)
        first, last = max(0, int(loud[0]) - frame), int(loud[-1]) + frame
        return type(self)(_faded(self.samples[first:last], int(_EDGE * self.rate)), self.rate)

    def levelled(self, decibels: float = LOUDNESS) -> Self:
        """Brought to an RMS of `decibels` below full scale, less when its peak would come too near to it."""
        if not self.rms:
            return self
        return self.amplified(min(10 ** (decibels / 20) / self.rms, _PEAK / self.peak))

    def resampled(self, rate: int) -> Self:
        """At another rate, by cutting or padding the spectrum (band-limited, so nothing aliases)."""
        if rate == self.rate or not len(self.samples):
            return type(self)(self.samples, rate)
        count = max(1, round(len(self.samples) * rate / self.rate))
        spectrum = np.fft.rfft(self.samples.astype(np.float64))
        kept = np.zeros(count // 2 + 1, dtype=np.complex128)
        shared = min(len(kept), len(spectrum))
        kept[:shared] = spectrum[:shared]
        values = np.fft.irfft(kept, count) * (count / len(self.samples))
        return type(self)(np.clip(np.rint(values), -FULL_SCALE, FULL_SCALE).astype(np.int16), rate)


def joined(sounds: Iterable[Sound], rate: int) -> Sound:
    """One after another. All must have `rate`; ValueError otherwise."""
    parts = list(sounds)
    if wrong := {sound.rate for sound in parts} - {rate}:
        raise ValueError(f"cannot join sounds of {sorted(wrong)} samples per second to those of {rate}")
    return Sound(np.concatenate([np.zeros(0, np.int16), *(sound.samples for sound in parts)]), rate)


def decibels(factor: float) -> float:
    """`factor` of full scale in dB; minus infinity for silence."""
    return 20 * math.log10(factor) if factor > 0 else -math.inf


def _faded(samples: Samples, edge: int) -> Samples:
    edge = min(edge, len(samples) // 2)
    shape = np.ones(len(samples))
    shape[:edge] = np.linspace(0, 1, edge, endpoint=False)
    shape[len(samples) - edge :] = np.linspace(1, 0, edge, endpoint=False)
    return np.rint(samples * shape).astype(np.int16)
