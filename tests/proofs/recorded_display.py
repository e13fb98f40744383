"""The display as it is, on a screen of its own, with a record of all that it says and shows.

python -m tests.proofs.recorded_display careful|forgetful|lively RECORD OPTIONS

The voice is the product's, down to its queue and its thread; only its clips are short, and its sink is the
record. What the screen shows is read from the items of its view, ten times a second. The controls are
deliberately broken: `forgetful` keeps no record of what it announced, and announces what a reload brings;
`lively` keeps its colours, and says nothing, when the hub is silent. A mode may name both.
"""

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtQuick import QQuickItem, QQuickWindow

from display import app
from display.announcing import is_announced
from display.heard import Heard
from display.spoken import Spoken
from display.viewmodels.calls import CallsModel
from display.voice import Told
from hardware.voice.announcer import Announcer
from hardware.voice.pack import VoicePack
from hardware.voice.phrases import TEXTS
from hardware.voice.sound import Sound, silence
from shared.protocol.messages import Call
from shared.qt import launch as launching
from shared.qt.bridge import HallBridge
from shared.qt.launch import Stage, launch
from shared.qt.robot import descend

CAREFUL, FORGETFUL, LIVELY = "careful", "forgetful", "lively"
LOOK_MS = 100
_SPOKEN_SECONDS = 0.2
_NUMBER = re.compile(r"[A-Z]\d{3,}")


class Record:
    """Lines of JSON, each written whole; what a kill leaves is what happened."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write(self, what: str, **more: object) -> None:
        os.write(self._file, (json.dumps({"what": what, "at": time.monotonic()} | more) + "\n").encode())


class BriefSink:
    """A loudspeaker for people in a hurry."""

    audible = True

    def play(self, sound: Sound, stop: Event) -> None:
        assert sound.seconds > 0
        stop.wait(_SPOKEN_SECONDS)


class RecordedVoice(Spoken):
    """The product's voice; each call is noted when it is handed over and when it has been spoken."""

    def __init__(self, record: Record) -> None:
        clips = VoicePack("brief", {clip: silence(0.01) for clip in TEXTS})
        super().__init__(Announcer(clips, BriefSink()), lambda: ("zh", "en"), spare=False)
        self._record = record

    def speak(self, call: Call, told: Told) -> None:
        self._record.write("begun", seq=call.seq, number=call.number)
        super().speak(call, partial(self._ended, told))

    def _ended(self, told: Told, seq: int) -> None:
        self._record.write("ended", seq=seq)
        told(seq)


class Watcher(QObject):
    """Notes what is on the screen whenever that has changed, and for how long it could not look."""

    def __init__(self, window: QQuickWindow, record: Record) -> None:
        super().__init__(window)
        self._window, self._record = window, record
        self._seen: dict[str, object] = {}
        self._looked = time.monotonic()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        now, before = time.monotonic(), self._looked
        self._looked = now
        if now - before > 5 * LOOK_MS / 1000:
            self._record.write("blind", seconds=now - before)
        if (seen := self._screen()) != self._seen:
            self._seen = seen
            self._record.write("shown", **seen)

    def _screen(self) -> dict[str, object]:
        every = list(descend(self._window.contentItem()))
        items = {item.objectName(): item for item in every}
        return {
            "large": items["largeNumber"].property("text"),
            "numbers": sorted(text for item in every if _NUMBER.fullmatch(text := _text(item))),
            "note": _text(items["ageNote"]),
            "grey": self._window.property("color").name() == "#d5d9df",
            "connecting": items["connecting"].isVisible(),
        }


def _text(item: QQuickItem) -> str:
    text = item.property("text") if item.isVisible() else None
    return text if isinstance(text, str) else ""


# -- the controls -------------------------------------------------------------------------------------------


class NoMemory(Heard):
    """The control: nothing is kept."""

    def load(self) -> int | None:
        return None

    def keep(self, seen: int) -> None:
        del seen


class Reannouncing(CallsModel):
    """The control: whatever a reload brings is news."""

    def _look(self, _parts: object) -> None:
        mirror = self._bridge.mirror
        brought = [] if mirror is None else [call for call in mirror.calls if call not in self._known]
        super()._look(_parts)
        if "link" in _parts:  # type: ignore[operator]  # a snapshot
            for call in reversed(brought):
                if is_announced(call, self._bridge.now(), 1.0):
                    self._stage = self._stage.offer(call)
            self._move_on()


class NeverSilent(HallBridge):
    """The control: what was true once is true for ever."""

    def _look(self) -> None:
        return None


def break_as(mode: str) -> None:
    """Put the broken part in the place of the product's."""
    if FORGETFUL in mode:
        vars(app).update(Heard=NoMemory, CallsModel=Reannouncing)
    if LIVELY in mode:
        vars(launching).update(HallBridge=NeverSilent)


def watched(record: Record) -> Callable[[Stage], QQuickWindow]:
    """The product's own composition, with the record as its voice."""

    def set_up(stage: Stage) -> QQuickWindow:
        window = app.set_up(stage)
        Watcher(window, record)
        return window

    return set_up


def main(argv: Sequence[str]) -> int:
    mode, path, *options = argv
    record = Record(Path(path))
    break_as(mode)

    def open_voice(*_: Any, **__: Any) -> RecordedVoice:
        return RecordedVoice(record)

    vars(app).update(open_voice=open_voice)
    return launch(replace(app.PROGRAM, set_up=watched(record)), options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
