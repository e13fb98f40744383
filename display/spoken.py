"""The voice that is heard: spliced clips through the announcer, in the hall's languages."""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from display.voice import Silent, Sound, Told, Voice
from hardware.voice.announcer import Announcer
from hardware.voice.pack import PackError, VoicePack, default_pack_folder, load_pack
from hardware.voice.sinks import SinkError, open_sink
from hardware.voice.volume import Volume
from shared.protocol.messages import Call

log = logging.getLogger(__name__)


class Spoken:
    """Speaks each call after the one before. `languages` is asked at each: the hall may not be known yet."""

    def __init__(self, announcer: Announcer, languages: Callable[[], Sequence[str]], *, spare: bool) -> None:
        self._announcer = announcer
        self._languages = languages
        self._spare = spare

    @property
    def sound(self) -> Sound:
        """Whether this screen can be heard; changes when the audio device is lost."""
        if not self._announcer.audible:
            return Sound.NONE
        return Sound.SPARE if self._spare else Sound.FINE

    def speak(self, call: Call, told: Told) -> None:
        """Queue the call; one that cannot be spoken counts as spoken, so that its turn goes on."""
        try:
            self._announcer.say_call(call.number, call.window, self._languages(), partial(told, call.seq))
        except ValueError:
            log.exception("a call cannot be spoken")
            told(call.seq)

    def close(self) -> None:
        """End now: whoever hangs up the board does not wait for the queue."""
        self._announcer.close()


def open_voice(
    sink: str,
    pack: Path | None,
    languages: Callable[[], Sequence[str]],
    *,
    repeat: int = 1,
    volume: Volume | None = None,
) -> Voice:
    """The voice that the options ask for; `sink` is auto, null, none or wav:DIR.

    `volume` goes by this machine's local time.
    """
    if sink == "none":
        return Silent(Sound.UNWANTED)
    try:
        opened = open_sink(sink)
    except (SinkError, OSError) as error:
        log.warning("this board is not heard: %s", error)
        return Silent(Sound.NONE)
    clips, spare = _pack(pack or default_pack_folder())
    loudness = volume or Volume()
    announcer = Announcer(
        clips,
        opened,
        repeat=repeat,
        volume=lambda: loudness.at(datetime.now(UTC).astimezone().time()),
    )
    return Spoken(announcer, languages, spare=spare)


def _pack(folder: Path) -> tuple[VoicePack, bool]:
    """The pack, or an empty one whose clips are all rendered when first needed."""
    try:
        return load_pack(folder), False
    except PackError as error:
        log.info("%s; calls are rendered as they come (hall voice build makes a pack)", error)
        return VoicePack("none", {}), True
