"""Speaks calls one after another in a thread of its own: none dropped, none over another."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from hardware.voice.pack import VoicePack
from hardware.voice.phrases import Phrase, call_phrases
from hardware.voice.sinks import NullSink, Sink, SinkError
from hardware.voice.splice import splice

log = logging.getLogger(__name__)

Told = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is to be said, how often, and whom to tell when it was."""

    phrases: tuple[Phrase, ...]
    told: Told


class Announcer:
    """`repeat`: how often each call is spoken; `volume`: percent, asked at each. Close it to end it."""

    def __init__(
        self, pack: VoicePack, sink: Sink, *, repeat: int = 1, volume: Callable[[], int] = lambda: 100
    ) -> None:
        if repeat < 1:
            raise ValueError("repeat is at least 1")
        self._pack = pack
        self._sink = sink
        self._repeat = repeat
        self._volume = volume
        self._waiting: SimpleQueue[Utterance | None] = SimpleQueue()
        self._stop = threading.Event()
        self._lost = False
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)
        self._thread.start()

    @property
    def audible(self) -> bool:
        """Whether people can hear it; false from a failure of the sink until it plays again."""
        return self._sink.audible and not self._lost

    def say_call(self, number: str, window: int, languages: Sequence[str], told: Told) -> None:
        """Speak a call after everything said before, then call `told` from the announcer's thread.

        Raises ValueError for a number, window or language that cannot be spoken.
        """
        self._waiting.put(Utterance(tuple(call_phrases(number, window, languages)), told))

    def close(self, *, finish: bool = False) -> None:
        """End: at once, or with `finish` after all that waits was said."""
        if not finish:
            self._stop.set()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (utterance := self._waiting.get()) is not None and not self._stop.is_set():
            try:
                self._speak(utterance)
                utterance.told()
            except Exception:
                log.exception("a call could not be spoken")

    def _speak(self, utterance: Utterance) -> None:
        sound = splice(self._pack, list(utterance.phrases)).louder(self._volume())
        for _ in range(self._repeat):
            try:
                self._sink.play(sound, self._stop)
                self._lost = False
            except (SinkError, OSError) as error:
                log.warning("this call was not heard: %s", error)
                self._lost = True
                NullSink().play(sound, self._stop)
