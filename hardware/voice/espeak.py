"""Speech made on the spot by espeak-ng: instant, always there, robotic.

Two things it does not do by itself are done here. Its Mandarin voice `cmn` turns a character into pinyin and
then, in 1.51 (Debian 12), reads that pinyin as English, so 请 comes out as "king three"
(github.com/espeak-ng/espeak-ng, issues 1028, 1044 and 1236): characters become pinyin here and are spoken by
`cmn-latn-pinyin`. And a figure within a Chinese text is said in Chinese.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from hardware.faults import DeviceFailed, DeviceTimedOut, DeviceUnavailable
from hardware.voice.numerals import DIGITS_ZH, LARGEST, chinese
from hardware.voice.sound import Sound, joined

PROGRAM = "espeak-ng"
RATE = 22050
"""Samples per second of espeak-ng's voices."""

_VOICES = {"zh": "cmn-latn-pinyin", "en": "en"}
_SPEED = "150"  # words per minute; its default of 175 is too hasty for a hall
_TIME = 10.0  # seconds for one text
_LONGEST_TEXT = 500  # characters; a notice, not a book
_LATIN = re.compile(r"[A-Za-z]+(?:[ '-]+[A-Za-z]+)*")
_STOPS = str.maketrans("，。！？、；：", ",.!?,;:")


def speak(text: str, language: str) -> Sound:
    """`text` as sound, trimmed and levelled; Latin words in a Chinese text are said in English.

    Raises DeviceUnavailable when espeak-ng is not installed, DeviceFailed or DeviceTimedOut when it does not
    do its work, or made no sound of the text.
    """
    sounds = [_render(words, voice) for words, voice in spoken(text[:_LONGEST_TEXT], language)]
    sound = joined(sounds, RATE).levelled()
    if not sound.rms:
        raise DeviceFailed(f"{PROGRAM} says nothing for {text!r}")
    return sound


def spoken(text: str, language: str) -> list[tuple[str, str]]:
    """What is given to which voice: (words, voice) one after another."""
    if language != "zh":
        return [(text, _VOICES["en"])]
    return list(_mixed(text))


def _mixed(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for latin in _LATIN.finditer(text):
        yield from _mandarin(text[at : latin.start()])
        yield latin[0], _VOICES["en"]
        at = latin.end()
    yield from _mandarin(text[at:])


def _mandarin(text: str) -> Iterator[tuple[str, str]]:
    written = re.sub(r"\d+", _figure, text)
    syllables = lazy_pinyin(written, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
    words = " ".join(syllables).translate(_STOPS).strip()
    if any(sign.isalnum() for sign in words):
        yield words, _VOICES["zh"]


def _figure(found: re.Match[str]) -> str:
    """A number as a number; one that begins with 0 or is long (a telephone) digit by digit."""
    digits = "".join(str(int(digit)) for digit in found[0])
    if len(digits) <= len(str(LARGEST)) and (digits == "0" or not digits.startswith("0")):
        return chinese(int(digits))
    return "".join(DIGITS_ZH[int(digit)] for digit in digits)


def _render(words: str, voice: str) -> Sound:
    """One run of espeak-ng. The words go in by standard input: they are never read as options."""
    with tempfile.TemporaryDirectory(prefix="hall-voice-") as folder:
        target = Path(folder) / "speech.wav"
        command = [PROGRAM, "-b", "1", "-v", voice, "-s", _SPEED, "-z", "-w", str(target), "--stdin"]
        try:
            subprocess.run(command, input=words.encode(), capture_output=True, timeout=_TIME, check=True)
            return Sound.read(target).resampled(RATE).trimmed()
        except FileNotFoundError as error:
            raise DeviceUnavailable(f"{PROGRAM} is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise DeviceTimedOut(f"{PROGRAM} took more than {_TIME:.0f} s") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip()
            raise DeviceFailed(f"{PROGRAM} ended with code {error.returncode}: {said}") from error
        except (OSError, ValueError) as error:
            raise DeviceFailed(f"{PROGRAM}: {error}") from error
