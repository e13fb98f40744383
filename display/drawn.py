"""When a call was drawn: the moment of the first frame on the screen that carries it.

For `hall bench` (counter to drawn frame). A render loop with a thread of its own may have a frame under way
when the call arrives, so there the second swap counts; the time told is never too early.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

from display.viewmodels.calls import CallsModel

KEPT = 256
Drawn = Callable[[float], None]


class DrawnCalls(QObject):
    """Remembers for the latest calls when each was first on the screen, in CLOCK_MONOTONIC seconds."""

    def __init__(self, window: QQuickWindow, calls: CallsModel) -> None:
        super().__init__(window)
        self.setObjectName("drawn")
        self._window = window
        self._calls = calls
        api = window.rendererInterface().graphicsApi()
        self._swaps = 1 if api is QSGRendererInterface.GraphicsApi.Software else 2
        self._under_way: dict[int, int] = {}
        self._drawn: dict[int, float] = {}
        self._asked: dict[int, list[Drawn]] = {}
        calls.changed.connect(self._expect)
        window.frameSwapped.connect(self._swapped, Qt.ConnectionType.QueuedConnection)
        self._expect()

    def when(self, seq: int, answer: Drawn) -> None:
        """Call `answer` with the moment at which the call with this fact number was drawn, now or later."""
        if seq in self._drawn:
            answer(self._drawn[seq])
        else:
            self._asked.setdefault(seq, []).append(answer)

    def _expect(self) -> None:
        new = self._calls.shown - self._drawn.keys() - self._under_way.keys()
        if new:
            self._under_way.update(dict.fromkeys(new, self._swaps))
            self._window.update()

    def _swapped(self) -> None:
        now = time.monotonic()
        for seq in list(self._under_way):
            self._under_way[seq] -= 1
            if self._under_way[seq] == 0:
                del self._under_way[seq]
                self._tell(seq, now)
        if self._under_way:
            self._window.update()

    def _tell(self, seq: int, now: float) -> None:
        self._drawn[seq] = now
        self.setProperty("at", now)  # for the robot: the latest call on the screen, and since when
        self.setProperty("seq", seq)
        while len(self._drawn) > KEPT:
            del self._drawn[next(iter(self._drawn))]
        for answer in self._asked.pop(seq, ()):
            answer(now)
