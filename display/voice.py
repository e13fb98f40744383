"""The voice of a board, as the board needs it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from shared.protocol.messages import Call, PartReport

Told = Callable[[int], None]
"""Called with a call's fact number when it has been spoken; from any thread."""


class Sound(StrEnum):
    """Whether this screen can be heard."""

    FINE = "fine"
    SPARE = "spare"
    """The voice pack is missing: calls are spoken by the fallback."""
    NONE = "none"
    """No audio device: calls are shown only."""
    UNWANTED = "unwanted"
    """Set up without a voice; nothing to tell anyone."""


def voice_report(sound: Sound) -> list[PartReport]:
    """The voice as the hub hears of it; a screen set up without one has none to report."""
    match sound:
        case Sound.UNWANTED:
            return []
        case Sound.NONE:
            return [PartReport(kind="voice", state="error", detail="no audio device: calls are not heard")]
        case Sound.SPARE:
            return [PartReport(kind="voice", state="ready", detail="no voice pack: hall voice build")]
    return [PartReport(kind="voice", state="ready")]


class Voice(Protocol):
    """Speaks calls one after another in a thread of its own."""

    @property
    def sound(self) -> Sound:
        """Whether this screen can be heard now."""
        ...

    def speak(self, call: Call, told: Told) -> None:
        """Speak `call` after everything said before, then call `told`. Returns at once; never raises."""
        ...

    def close(self) -> None:
        """End after the sentence now being spoken."""
        ...


class Silent:
    """A board without a voice: every call counts as spoken at once."""

    def __init__(self, sound: Sound = Sound.UNWANTED) -> None:
        self._sound = sound

    @property
    def sound(self) -> Sound:
        """As it was set up."""
        return self._sound

    def speak(self, call: Call, told: Told) -> None:
        """Nothing to hear; the turn's shortest time still holds."""
        told(call.seq)

    def close(self) -> None:
        """Nothing to end."""
