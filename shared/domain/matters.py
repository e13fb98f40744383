"""The words by which a matter is found: what someone typed, and the sounds of a Chinese name. Pure text.

A name is found from any of its characters on (营业执照: 执照), by full pinyin from any syllable on, the
last one unfinished (zhizh), and by initials (yyzz). Characters with several readings (重 chong, zhong)
are found by each of them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_TERMS = 8
MAX_TERM_LENGTH = 40

Readings = Sequence[Sequence[str]]
"""For each character its readings, the usual one first; a letter or digit reads as itself."""


def normalise(text: str) -> str:
    """Lower case, half width, and single spaces for everything that is neither letter nor digit."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ü", "v")
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def terms(text: str) -> tuple[str, ...]:
    """The words of a search, at most MAX_TERMS of MAX_TERM_LENGTH characters; empty when none is left."""
    return tuple(word[:MAX_TERM_LENGTH] for word in normalise(text).split()[:MAX_TERMS])


def runs(term: str) -> tuple[str, ...]:
    """Split a term where letters and digits meet Chinese: `办社bao` is `办社`, `bao`."""
    found: list[str] = []
    for char in term:
        if found and found[-1].isascii() == char.isascii():
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


def spaced(text: str) -> str:
    """Each character a word of its own, so that a phrase of them finds any part of `text`."""
    return " ".join(normalise(text).replace(" ", ""))


@dataclass(frozen=True, slots=True)
class SoundKeys:
    """Full pinyin and initials of a name: from its `start`, and from each of its characters (`inside`)."""

    start: frozenset[str]
    inside: frozenset[str]


def sound_keys(readings: Readings) -> SoundKeys:
    """The keys of a name; what someone types of it is the beginning of one of them."""
    inside: set[str] = set()
    for first in range(len(readings)):
        inside.update(_keys(readings[first:]))
    return SoundKeys(frozenset(_keys(readings)) if readings else frozenset(), frozenset(inside))


def _keys(readings: Readings) -> Iterator[str]:
    for syllables in _spoken(readings):
        yield "".join(syllables)
        yield "".join(syllable[0] for syllable in syllables)


def _spoken(readings: Readings) -> Iterator[list[str]]:
    """The usual readings, then each with one character read otherwise: two slips in one name are rare."""
    usual = [options[0] for options in readings]
    yield usual
    for at, options in enumerate(readings):
        for other in options[1:]:
            yield [*usual[:at], other, *usual[at + 1 :]]
