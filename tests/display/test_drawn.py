"""A call counts as drawn with the first frame after it came, never before."""

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtQuick import QQuickWindow

from display.drawn import DrawnCalls
from display.heard import Heard
from display.viewmodels.calls import CallsModel, Setting
from display.viewmodels.words import Words
from display.voice import Silent


def test_the_moment_of_a_call_on_the_screen(bridge: Any, make_call: Any, memory: Path) -> None:
    calls = CallsModel(bridge, Silent(), Words(english=False), Setting(), Heard(memory))
    window = QQuickWindow()
    window.resize(64, 64)
    window.show()
    drawn = DrawnCalls(window, calls)
    told: list[float] = []
    drawn.when(101, told.append)
    for _ in range(50):
        QCoreApplication.processEvents()
    assert told == [], "nothing was called yet"
    before = time.monotonic()
    bridge.call(make_call(101))
    assert told == [], "no frame yet"
    while not told:
        assert time.monotonic() - before < 5.0
        QCoreApplication.processEvents()
    assert before < told[0] <= time.monotonic()
    again: list[float] = []
    drawn.when(101, again.append)
    assert again == told
    window.close()
