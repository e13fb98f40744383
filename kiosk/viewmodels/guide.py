"""The one visit under way and the manner in which the kiosk speaks, shared by every view-model."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from kiosk.slip import Language
from kiosk.visit import Visit
from shared.protocol.messages import Lane


@dataclass(frozen=True, slots=True)
class Manner:
    """How the kiosk addresses the person before it."""

    language: Language = "zh"
    is_elder: bool = False
    """Larger type, two choices a screen."""
    is_low: bool = False
    """Everything in the lower half, for a seated person."""

    def pick(self, zh: str, en: str) -> str:
        """The words in this language; Chinese where there is no English."""
        return en if self.language == "en" and en else zh


class Guide(QObject):
    """Holds the visit. Views move it only through their view-models; `moved` follows every change."""

    moved = Signal()
    manner_changed = Signal()
    wiped = Signal()
    """The next person begins."""

    def __init__(self, manner: Manner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first_manner = manner
        self.manner = manner
        self.visit = Visit()
        self.as_known: Callable[[Lane], Lane] = lambda lane: lane
        """How a lane is shown: as the hub last told it, or as far as it is known without the hub."""

    def go(self, visit: Visit) -> None:
        """Make `visit` the one under way."""
        if visit != self.visit:
            self.visit = visit
            self.moved.emit()

    def renew(self, visit: Visit) -> None:
        """The hall's news changed what the step shows. Nobody touched the screen, so nothing moved."""
        self.visit = visit

    def speak(self, manner: Manner) -> None:
        if manner != self.manner:
            self.manner = manner
            self.manner_changed.emit()

    def turn_language(self) -> None:
        self.speak(replace(self.manner, language="zh" if self.manner.language == "en" else "en"))

    def wipe(self) -> None:
        """Forget the visit and its manner: the next person starts afresh."""
        self.go(self.visit.home())
        self.speak(self._first_manner)
        self.wiped.emit()
