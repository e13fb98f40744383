"""The calls of a board: the large one, the rows below it, and the voice that speaks them in turn."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from PySide6.QtCore import Property, QObject, Qt, QTimer, Signal
from PySide6.QtQml import QmlElement

from display.announcing import ANNOUNCED_WITHIN, is_announced
from display.directions import ONWARD, arrow_to
from display.heard import Heard
from display.recent import merge, rows
from display.scope import Scope
from display.stage import Pace, Stage
from display.viewmodels import words as w
from display.viewmodels.link import Link
from display.viewmodels.words import NOTHING, Line, Words
from display.voice import Voice
from shared.protocol.messages import Call

QML_IMPORT_NAME = "Display"
QML_IMPORT_MAJOR_VERSION = 1

_NOTE_MS = 1000
"""What is no call of this board is noted by and by; a call before it is spoken."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What one board is told at its start."""

    scope: Scope = field(default_factory=Scope)
    pace: Pace = field(default_factory=Pace)
    arrows: Mapping[str, str] = field(default_factory=dict)
    announced_within: timedelta = ANNOUNCED_WITHIN


@QmlElement
class CallsModel(QObject):
    """Lets every new call have its turn, exactly once, and tells QML what stands where.

    The bridge tells each call once, in order, also those of an outage and those since `heard` was kept by an
    earlier run. `monotonic` gives seconds; everything runs in the Qt thread, only the voice tells its end
    from another.
    """

    changed = Signal()
    seqChanged = Signal()
    _voice_ended = Signal(int)

    def __init__(
        self,
        bridge: Link,
        voice: Voice,
        words: Words,
        setting: Setting,
        heard: Heard,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge, self._voice, self._words, self._setting = bridge, voice, words, setting
        self._heard, self._monotonic = heard, monotonic
        self._stage = Stage(setting.pace)
        self._known: list[Call] = []
        self._day: object = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._move_on)
        self._voice_ended.connect(self._spoken, Qt.ConnectionType.QueuedConnection)
        bridge.called.connect(self._take)
        bridge.changed.connect(self._look)
        self._later = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._later.timeout.connect(self._note)
        if bridge.mirror is not None:
            self._look({"calls"})

    # -- from the hub

    def _take(self, call: Call) -> None:
        """A call as it happens, or as it is caught up on."""
        mirror, setting = self._bridge.mirror, self._setting
        speed = mirror.hall.speed if mirror is not None else 1.0
        self._known = merge(self._known, [call])
        if not setting.scope.shows_call(call):
            return
        if is_announced(call, self._bridge.now(), speed, setting.announced_within):
            self._stage = self._stage.offer(call)
        self._show_latest()
        self._move_on()

    def _look(self, _parts: object) -> None:
        """The mirror changed: show what a snapshot brought, and forget the calls of another day or hall."""
        mirror = self._bridge.mirror
        if mirror is None:
            return
        newest = max(mirror.seq, self._bridge.told_seq)
        if mirror.hall.day != self._day or (self._known and self._known[0].seq > newest):
            self._day, self._known = mirror.hall.day, []
            self._stage = self._stage.show(None)
        self._known = merge(self._known, mirror.calls)
        self._show_latest()
        if not self._later.isActive():
            self._later.start()
        self.changed.emit()

    def _show_latest(self) -> None:
        """Let the latest call stand large, calmly, unless one has its turn or will be told in a moment."""
        told = self._bridge.told_seq if self._bridge.online else None
        past = (call for call in self._known if told is None or call.seq <= told)
        latest, turn = next(iter(rows(past, self._setting.scope, None)), None), self._stage.turn
        is_newer = latest is not None and (turn is None or latest.seq > turn.call.seq)
        if is_newer and not self._stage.lively(self._monotonic()):
            before, self._stage = self._stage, self._stage.show(latest)
            if self._stage != before:
                self.seqChanged.emit()

    def _note(self) -> None:
        """Remember all that lies before the first call that waits for its turn."""
        waiting = self._stage.waiting
        if seen := waiting[0].seq - 1 if waiting else self._bridge.told_seq:
            self._heard.keep(seen)

    # -- the turns

    def _voice_told(self, seq: int) -> None:
        """Called in the voice's thread. A method, not the signal's own `emit`: it keeps the model alive."""
        with suppress(RuntimeError):  # Qt's part of the model is gone: the board has ended
            self._voice_ended.emit(seq)

    def _spoken(self, seq: int) -> None:
        self._stage = self._stage.spoken(seq)
        self._move_on()

    def _move_on(self) -> None:
        now = self._monotonic()
        before = self._stage.turn
        self._stage = self._stage.at(now)
        turn = self._stage.turn
        begins = turn is not None and (before is None or turn.call.seq != before.call.seq)
        if begins and turn is not None and turn.speaking:
            self._note()
            self._voice.speak(turn.call, self._voice_told)
        rest = self._stage.next_change(now)
        if rest is None:
            self._timer.stop()
        else:
            self._timer.start(int(rest * 1000) + 1)
        self.changed.emit()
        if turn is None or begins:
            self.seqChanged.emit()

    # -- for QML

    @property
    def shown(self) -> frozenset[int]:
        """The fact numbers of all calls now on the screen."""
        large = self._large()
        return frozenset(call.seq for call in ([large] if large else []) + self._rows())

    def _large(self) -> Call | None:
        return self._stage.turn.call if self._stage.turn else None

    def _rows(self) -> list[Call]:
        return rows(self._known, self._setting.scope, self._large())

    def _place(self, window: int) -> Line:
        mirror = self._bridge.mirror
        found = mirror.windows.get(window) if mirror is not None else None
        return NOTHING if found is None else Line(found.place)

    def _arrow(self, call: Call) -> str:
        return arrow_to(self._place(call.window).zh, self._setting.arrows)

    def _row(self, call: Call) -> dict[str, object]:
        return {
            "seq": call.seq,
            "number": call.number,
            "lane": call.lane,
            "holder": call.holder,
            "window": call.window,
            "place": self._place(call.window).zh,
            "arrow": self._arrow(call),
        }

    def _please(self) -> Line:
        call = self._large()
        return NOTHING if call is None else self._words.say(w.PLEASE_GO, window=call.window)

    def _large_text(self, name: str) -> str:
        call = self._large()
        return "" if call is None else str(getattr(call, name))

    def _again(self) -> Line:
        call = self._large()
        return NOTHING if call is None or not call.again else self._words.say(w.CALLED_AGAIN)

    seq = Property(int, lambda self: call.seq if (call := self._large()) else 0, notify=seqChanged)
    lively = Property(bool, lambda self: self._stage.lively(self._monotonic()), notify=changed)
    number = Property(str, lambda self: self._large_text("number"), notify=changed)
    lane = Property(str, lambda self: self._large_text("lane"), notify=changed)
    holder = Property(str, lambda self: self._large_text("holder"), notify=changed)
    window = Property(str, lambda self: self._large_text("window"), notify=changed)
    place = Property(
        str, lambda self: self._place(call.window).zh if (call := self._large()) else "", notify=changed
    )
    arrow = Property(
        str, lambda self: self._arrow(call) if (call := self._large()) else ONWARD, notify=changed
    )
    please = Property(str, lambda self: self._please().zh, notify=changed)
    pleaseEn = Property(str, lambda self: self._please().en, notify=changed)
    again = Property(str, lambda self: self._again().zh, notify=changed)
    rows = Property(list, lambda self: [self._row(call) for call in self._rows()], notify=changed)
    pleaseTo = Property(str, lambda self: self._words.say(w.PLEASE_TO).zh, constant=True)
    windowWord = Property(str, lambda self: self._words.say(w.WINDOW_WORD).zh, constant=True)
    nothingYet = Property(str, lambda self: self._words.say(w.NO_CALLS_YET).zh, constant=True)
    nothingYetEn = Property(str, lambda self: self._words.say(w.NO_CALLS_YET).en, constant=True)
