"""The calls of a board: each large in turn and spoken once, across reconnects and restarts."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer
from PySide6.QtTest import QSignalSpy

from display.heard import Heard
from display.scope import Scope
from display.stage import Pace
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.words import Words
from display.voice import Sound, Told
from shared.protocol.messages import Call

HALL = Scope()
QUICK = Pace(moment=0.05, least=0.01, voice_gives_up=5.0)


class Recorder:
    """Speaks into a list, in a thread per call, and tells the end from that thread.

    The thread is waited for: as the announcer's, it never outlives the model that it tells.
    """

    sound = Sound.FINE

    def __init__(self) -> None:
        self.spoken: list[int] = []
        self.is_held = False

    def speak(self, call: Call, told: Told) -> None:
        self.spoken.append(call.seq)
        if self.is_held:
            return
        thread = threading.Thread(target=told, args=(call.seq,))
        thread.start()
        thread.join()

    def close(self) -> None:
        """Nothing to end."""


def until(true: Callable[[], bool], milliseconds: int = 3000) -> None:
    clock = QElapsedTimer()
    clock.start()
    while not true():
        assert clock.elapsed() < milliseconds, "it did not come"
        QCoreApplication.processEvents()


@pytest.fixture
def voice() -> Recorder:
    return Recorder()


def board(bridge: Any, voice: Recorder, memory: Path, scope: Scope = HALL) -> CallsModel:
    return CallsModel(bridge, voice, Words(english=True), Setting(scope, QUICK), Heard(memory))


def test_a_call_is_large_at_once_and_spoken_once(
    bridge: Any, make_call: Any, voice: Recorder, memory: Path
) -> None:
    calls = board(bridge, voice, memory)
    bridge.call(make_call(101, "A012"))
    assert (calls.property("number"), calls.property("window")) == ("A012", "3")
    assert calls.property("pleaseEn") == "Please go to window 3"
    bridge.changed.emit(frozenset({"calls"}))
    until(lambda: not calls.property("lively"))
    assert voice.spoken == [101]


def test_history_is_shown_calmly_and_never_spoken(
    bridge: Any, make_call: Any, voice: Recorder, memory: Path
) -> None:
    bridge.mirror.calls = [make_call(99, "A002", age=300), make_call(98, "A001", age=600)]
    calls = board(bridge, voice, memory)
    assert calls.property("number") == "A002"
    assert [row["number"] for row in calls.property("rows")] == ["A001"]
    assert not calls.property("lively")
    assert voice.spoken == []


def test_a_burst_of_twenty_is_spoken_whole_and_in_order(
    bridge: Any, make_call: Any, voice: Recorder, memory: Path
) -> None:
    calls = board(bridge, voice, memory)
    shown = []
    calls.seqChanged.connect(lambda: shown.append(calls.property("seq")))
    bridge.call(*(make_call(seq) for seq in range(101, 121)))
    until(lambda: len(voice.spoken) == 20)
    assert voice.spoken == list(range(101, 121))
    assert shown == voice.spoken


def test_a_reconnect_speaks_what_was_missed_and_nothing_twice(
    bridge: Any, make_call: Any, voice: Recorder, memory: Path
) -> None:
    calls = board(bridge, voice, memory)
    bridge.call(make_call(101))
    until(lambda: not calls.property("lively"))
    bridge.catch_up(make_call(103, age=60), make_call(102, age=61), make_call(101, age=100))
    until(lambda: len(voice.spoken) == 2)
    until(lambda: calls.property("seq") == 103)
    assert voice.spoken == [101, 103], "102 came too late to be of use"
    assert [row["seq"] for row in calls.property("rows")] == [102, 101], "but it is shown"


def test_late_calls_hold_up_nobody(bridge: Any, make_call: Any, voice: Recorder, memory: Path) -> None:
    calls = board(bridge, voice, memory)
    bridge.call(make_call(101))
    until(lambda: not calls.property("lively"))
    bridge.catch_up(*(make_call(seq, age=90) for seq in range(190, 101, -1)))
    assert (calls.property("seq"), calls.property("lively")) == (190, False)
    bridge.call(make_call(191))
    assert voice.spoken == [101, 191], "at once, not after ninety old ones"


def test_a_restarted_screen_goes_on_where_it_was(
    bridge: Any, make_call: Any, voice: Recorder, memory: Path
) -> None:
    first = board(bridge, voice, memory)
    voice.is_held = True
    bridge.call(make_call(101), make_call(102))
    assert voice.spoken == [101], "102 waits for its turn, and the screen dies"
    first.deleteLater()
    bridge.changed.disconnect()
    bridge.called.disconnect()
    assert Heard(memory).load() == 101
    voice.is_held, bridge.told_seq = False, 101
    second = board(bridge, voice, memory)
    assert second.property("number") == "A101", "the last that was announced, until the stream is heard"
    bridge.catch_up(make_call(103, age=5), make_call(102, age=9), make_call(101, age=12))
    until(lambda: len(voice.spoken) == 3 and not second.property("lively"))
    assert voice.spoken == [101, 102, 103]
    until(lambda: Heard(memory).load() == 103)


def test_a_zone_board_keeps_to_its_lanes(bridge: Any, make_call: Any, voice: Recorder, memory: Path) -> None:
    calls = board(bridge, voice, memory, Scope(frozenset("C")))
    bridge.call(make_call(101))
    bridge.call(make_call(102, lane="C"))
    assert voice.spoken == [102]
    assert calls.shown == {102}


def test_a_new_day_clears_the_board(bridge: Any, make_call: Any, voice: Recorder, memory: Path) -> None:
    calls = board(bridge, voice, memory)
    bridge.call(make_call(101))
    until(lambda: not calls.property("lively"))
    bridge.mirror.hall = msgspec.structs.replace(bridge.mirror.hall, day=date(2026, 11, 24))
    bridge.mirror.calls = []
    spy = QSignalSpy(calls.changed)
    bridge.changed.emit(frozenset({"hall", "calls"}))
    assert spy.count() > 0
    assert calls.property("number") == ""
    assert calls.property("rows") == []
