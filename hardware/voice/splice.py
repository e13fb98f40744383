"""A call as one utterance: clips joined with the small gaps of natural speech."""

import logging

from hardware.voice.pack import VoicePack
from hardware.voice.phrases import TEXTS, Phrase
from hardware.voice.sound import Sound, join, silence
from hardware.voice.synthesis import NoSynthesisError, speak

log = logging.getLogger(__name__)

GAP_SECONDS = 0.04
"""Between two clips."""
PAUSE_SECONDS = 0.35
"""Between two languages, and after a call."""


def splice(pack: VoicePack, phrases: list[Phrase]) -> Sound:
    """The phrases in a row. A missing clip is rendered on the spot; where even that fails it is left out."""
    parts: list[Sound] = []
    for phrase in phrases:
        for clip in phrase:
            sound = _clip(pack, clip)
            if sound is not None:
                parts += [sound, silence(GAP_SECONDS)]
        parts.append(silence(PAUSE_SECONDS))
    return join(parts)


def _clip(pack: VoicePack, clip: str) -> Sound | None:
    known = pack.clips.get(clip)
    if known is not None:
        return known
    try:
        pack.clips[clip] = speak(TEXTS[clip], clip.partition("/")[0])
    except NoSynthesisError as error:
        log.warning("the voice lacks %s: %s", clip, error)
        return None
    return pack.clips[clip]
