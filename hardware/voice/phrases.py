"""What is said: a call as a row of clips. A ticket's digits are spoken one by one, a window as a number.

Clip ids are `LANGUAGE/NAME`; TEXTS says what each one speaks, so that a missing clip can be rendered and a
hall knows what to record. The digit 1 of a ticket is 幺 (yao), as numbers are read out in halls.
"""

from collections.abc import Sequence
from string import ascii_uppercase

_DIGITS_ZH = "零幺二三四五六七八九"
_NUMBERS_ZH = "零一二三四五六七八九"
_DIGITS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS_EN = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
             "nineteen")  # fmt: skip
_TENS_EN = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

LANGUAGES = ("zh", "en")
Phrase = tuple[str, ...]
"""Clip ids in the order of speaking."""


def _texts() -> dict[str, str]:
    texts = {
        "zh/please": "请",
        "zh/number": "号",
        "zh/to": "到",
        "zh/window": "号窗口",
        "zh/ten": "十",
        "zh/hundred": "百",
    }
    texts |= {f"zh/digit-{n}": _DIGITS_ZH[n] for n in range(10)}
    texts |= {f"zh/count-{n}": _NUMBERS_ZH[n] for n in range(10)}
    texts |= {f"zh/letter-{letter}": letter for letter in ascii_uppercase}
    texts |= {"en/ticket": "ticket", "en/to": "please go to window", "en/hundred": "hundred"}
    texts |= {f"en/digit-{n}": word for n, word in enumerate(_DIGITS_EN)}
    texts |= {f"en/count-{n}": word for n, word in enumerate(_TEENS_EN, 10)}
    texts |= {f"en/count-{n * 10}": _TENS_EN[n] for n in range(2, 10)}
    texts |= {f"en/letter-{letter}": letter for letter in ascii_uppercase}
    return texts


TEXTS: dict[str, str] = _texts()
"""Every clip that a call can need, with the words it speaks."""


def call_phrases(number: str, window: int, languages: Sequence[str]) -> list[Phrase]:
    """A call in each language, in order. `number` is a letter and digits (A012), `window` 1 to 999.

    Raises ValueError for a number or window that is none, and for a language without clips.
    """
    if not number[:1].isascii() or number[:1] not in ascii_uppercase or not number[1:].isdecimal():
        raise ValueError(f"a ticket's number is a letter and digits, not {number!r}")
    if not 1 <= window <= 999:
        raise ValueError(f"windows are numbered 1 to 999, not {window}")
    unknown = set(languages) - set(LANGUAGES)
    if unknown:
        raise ValueError(f"there are no clips in {', '.join(sorted(unknown))}")
    return [
        _chinese(number, window) if language == "zh" else _english(number, window) for language in languages
    ]


def _chinese(number: str, window: int) -> Phrase:
    spoken = [f"zh/letter-{number[0]}", *(f"zh/digit-{digit}" for digit in number[1:])]
    return ("zh/please", *spoken, "zh/number", "zh/to", *_chinese_count(window), "zh/window")


def _english(number: str, window: int) -> Phrase:
    spoken = [f"en/letter-{number[0]}", *(f"en/digit-{digit}" for digit in number[1:])]
    return ("en/ticket", *spoken, "en/to", *_english_count(window))


def _chinese_count(count: int) -> list[str]:
    """12 is 十二, 20 is 二十, 105 is 一百零五, 110 is 一百一十."""
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    clips = [f"zh/count-{hundreds}", "zh/hundred"] if hundreds else []
    if tens:
        clips += ["zh/ten"] if tens == 1 and not hundreds else [f"zh/count-{tens}", "zh/ten"]
    elif hundreds and ones:
        clips.append("zh/count-0")
    return [*clips, f"zh/count-{ones}"] if ones or not clips else clips


def _english_count(count: int) -> list[str]:
    hundreds, rest = divmod(count, 100)
    clips = [f"en/digit-{hundreds}", "en/hundred"] if hundreds else []
    if 10 <= rest < 20:
        return [*clips, f"en/count-{rest}"]
    tens, ones = divmod(rest, 10)
    clips += [f"en/count-{tens * 10}"] if tens else []
    return [*clips, f"en/digit-{ones}"] if ones else clips
