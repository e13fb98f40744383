"""From a call to the clips that say it.

A012 to window 12 is 请 / A 零 幺 二 号 / 到 十 二 号 窗口: the number digit by digit as it stands on the
slip, the window as an ordinary number. One is said 幺 digit by digit, so that it is not heard as 七.
"""

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from hardware.voice.numerals import DIGITS_EN, DIGITS_ZH, LARGEST, SMALL_EN, TENS_EN, chinese, english

LANGUAGES = ("zh", "en")

CLOSE = 0.03
"""Seconds between two digits."""
WORD = 0.08
"""Seconds between two words."""
COMMA = 0.22
"""Seconds where a comma would stand."""
SENTENCE = 0.6
"""Seconds after a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """A bit of speech: the clip that says it, its words should that clip be missing, seconds of rest after.

    `clip` is empty for words that no pack has to have, such as a notice.
    """

    clip: str
    text: str
    language: str
    rest: float = WORD


_ZH_WORDS = {
    "zh/please": "请",
    "zh/again": "再次呼叫",
    "zh/to": "到",
    "zh/number": "号",
    "zh/window": "窗口",
    "zh/yao": "幺",
    **{f"zh/{digit}": word for digit, word in enumerate(DIGITS_ZH)},
    "zh/ten": "十",
    "zh/hundred": "百",
    "zh/thousand": "千",
}
_EN_WORDS = {
    "en/ticket": "Ticket",
    "en/again": "Calling again",
    "en/please-go-to-window": "please go to window",
    **{f"en/{word}": word for word in (*SMALL_EN, *TENS_EN, "hundred", "thousand", "and")},
}
CLIPS: Mapping[str, str] = MappingProxyType(
    {
        **_ZH_WORDS,
        **_EN_WORDS,
        **{f"{language}/{letter}": letter for language in LANGUAGES for letter in string.ascii_uppercase},
    }
)
"""Clip id -> its words. An id begins with its language."""

_ZH_CLIP = {word: clip for clip, word in _ZH_WORDS.items()}


def required_clips(languages: Iterable[str] = LANGUAGES) -> dict[str, str]:
    """The clips that every call in `languages` can be spliced from, with their words."""
    wanted = tuple(languages)
    return {clip: text for clip, text in CLIPS.items() if language_of(clip) in wanted}


def language_of(clip: str) -> str:
    """The language a clip id names."""
    return clip.partition("/")[0]


def call_parts(
    number: str,
    window: int,
    languages: Sequence[str] = LANGUAGES,
    *,
    again: bool = False,
    yao: bool = True,
) -> list[Part]:
    """The parts of a call, one sentence a language in the order given.

    `number` is the number as printed; signs that are not said (-, spaces) are left out. `yao` says 幺 for a
    one in it. ValueError for a language that is neither zh nor en.
    """
    parts: list[Part] = []
    for language in languages:
        if language not in LANGUAGES:
            raise ValueError(f"no call can be said in {language!r}, only in {', '.join(LANGUAGES)}")
        said = _chinese_call(number, window, yao) if language == "zh" else _english_call(number, window)
        parts += [*([_word(f"{language}/again", COMMA)] if again else []), *said]
    return parts


def text_parts(text: str, language: str = "zh") -> list[Part]:
    """A notice: its words as they are."""
    return [Part("", text, language, SENTENCE)]


def _chinese_call(number: str, window: int, yao: bool) -> list[Part]:
    where = [
        _word(_ZH_CLIP[word], CLOSE) if word in _ZH_CLIP else Part("", word, "zh", CLOSE)
        for word in (chinese(window) if 0 <= window <= LARGEST else str(window))
    ]
    return [
        _word("zh/please"),
        *_spelt(number, "zh", yao),
        _word("zh/number", COMMA),
        _word("zh/to"),
        *where,
        _word("zh/number", CLOSE),
        _word("zh/window", SENTENCE),
    ]


def _english_call(number: str, window: int) -> list[Part]:
    words = english(window) if 0 <= window <= LARGEST else [str(window)]
    where = [_word(f"en/{word}") if f"en/{word}" in CLIPS else Part("", word, "en") for word in words]
    where[-1] = Part(where[-1].clip, where[-1].text, "en", SENTENCE)
    spelt = _spelt(number, "en", yao=False)
    if spelt:
        spelt[-1] = Part(spelt[-1].clip, spelt[-1].text, "en", COMMA)
    return [_word("en/ticket"), *spelt, _word("en/please-go-to-window"), *where]


def _spelt(number: str, language: str, yao: bool) -> list[Part]:
    return [_sign(sign, language, yao) for sign in number.upper() if sign.isalnum()]


def _sign(sign: str, language: str, yao: bool) -> Part:
    if sign not in string.digits + string.ascii_uppercase:
        return Part("", sign, language, CLOSE)
    if sign == "1" and yao:
        return _word("zh/yao", CLOSE)
    if sign in string.digits and language == "en":
        return _word(f"en/{DIGITS_EN[int(sign)]}", CLOSE)
    return _word(f"{language}/{sign}", CLOSE)


def _word(clip: str, rest: float = WORD) -> Part:
    return Part(clip, CLIPS[clip], language_of(clip), rest)
