"""espeak-ng, the voice of last resort and the maker of the default pack: instant, everywhere, robotic.

Its Mandarin voice `cmn` turns a character into pinyin and then, in 1.51 (Debian 12), reads that as English:
请 becomes "king three" (espeak-ng issues 1028, 1044, 1236). So characters are turned into pinyin here.
"""

import shutil
import subprocess

import numpy as np
from pypinyin import Style, lazy_pinyin

from hardware.voice.sound import RATE, Sound, trimmed

_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}
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
    words, voice = _spoken(text, language)
    argv = [program, "-v", voice, "-s", _WORDS_A_MINUTE, "--stdin", "--stdout"]
    try:
        done = subprocess.run(argv, input=words.encode(), capture_output=True, check=True, timeout=_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        raise NoSynthesisError(f"espeak-ng could not say {text!r}: {error}") from error
    rate = int.from_bytes(done.stdout[24:28], "little")
    if rate != RATE:
        raise NoSynthesisError(f"espeak-ng speaks at {rate} Hz, not {RATE}")
    body = done.stdout[_WAV_HEADER_BYTES:]
    return trimmed(Sound(np.frombuffer(body[: len(body) // 2 * 2], np.int16)))


def _spoken(text: str, language: str) -> tuple[str, str]:
    """The words as espeak-ng needs them, and the voice; letters are said in English in a Chinese call too."""
    if language != "zh" or text.isascii():
        return text, _VOICES["en"]
    syllables = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    return " ".join(syllables), _VOICES["zh"]
