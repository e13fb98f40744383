"""espeak-ng, the voice of last resort and the maker of the default pack: instant, everywhere, robotic."""

import shutil
import subprocess

import numpy as np

from hardware.voice.sound import RATE, Sound, trimmed

_VOICES = {"zh": "cmn", "en": "en"}
_WORDS_A_MINUTE = "150"
_WAV_HEADER_BYTES = 44
_SECONDS = 10.0


class NoSynthesisError(RuntimeError):
    """espeak-ng is missing or failed."""


def speak(text: str, language: str) -> Sound:
    """Render a text. Raises NoSynthesisError."""
    program = shutil.which("espeak-ng")
    if program is None:
        raise NoSynthesisError("espeak-ng is not installed")
    argv = [program, "-v", _VOICES[language], "-s", _WORDS_A_MINUTE, "--stdin", "--stdout"]
    try:
        done = subprocess.run(argv, input=text.encode(), capture_output=True, check=True, timeout=_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise NoSynthesisError(f"espeak-ng could not say {text!r}: {error}") from error
    rate = int.from_bytes(done.stdout[24:28], "little")
    if rate != RATE:
        raise NoSynthesisError(f"espeak-ng speaks at {rate} Hz, not {RATE}")
    body = done.stdout[_WAV_HEADER_BYTES:]
    return trimmed(Sound(np.frombuffer(body[: len(body) // 2 * 2], np.int16)))
