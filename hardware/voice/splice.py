"""Joins clips into one utterance, with the rests between words that speech has."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hardware.faults import DeviceError
from hardware.voice import espeak
from hardware.voice.pack import VoicePack
from hardware.voice.phrases import Part
from hardware.voice.sound import Sound, joined

_log = logging.getLogger(__name__)
_KEPT = 64  # spoken texts kept: notices come again and again

Speak = Callable[[str, str], Sound]
"""Text and language to sound; raises DeviceError when it cannot."""


@dataclass(frozen=True, eq=False)
class Utterance:
    """What is said without a break: its words, its sound, and what had no clip.

    `spared` are the words spoken by the fallback, `skipped` those that nobody could say.
    """

    text: str
    sound: Sound
    spared: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.sound.duration


class Splicer:
    """Makes utterances from one pack. Use it from one thread; it never raises for words it cannot say."""

    def __init__(self, pack: VoicePack, speak: Speak = espeak.speak) -> None:
        self.pack = pack
        self._speak = speak
        self._spoken: OrderedDict[tuple[str, str], Sound] = OrderedDict()

    def utterance(self, parts: Sequence[Part]) -> Utterance:
        """The parts one after another; the last one's rest is left out."""
        pieces: list[Sound] = []
        spared: list[str] = []
        skipped: list[str] = []
        rest = 0.0
        for part in parts:
            sound = self.pack.clip_for(part)
            if sound is None:
                sound = self._spare(part)
                (skipped if sound is None else spared).append(part.text)
            if sound is not None:
                pieces += [Sound.silence(rest if pieces else 0.0, self.pack.rate), sound]
                rest = part.rest
        text = " ".join(part.text for part in parts)
        return Utterance(text, joined(pieces, self.pack.rate), tuple(spared), tuple(skipped))

    def _spare(self, part: Part) -> Sound | None:
        key = (part.language, part.text)
        if key not in self._spoken:
            try:
                self._spoken[key] = self._speak(part.text, part.language).resampled(self.pack.rate)
            except DeviceError as error:
                _log.warning("nobody can say %r: %s", part.text, error)
                return None
            if len(self._spoken) > _KEPT:
                self._spoken.popitem(last=False)
        return self._spoken[key]
