"""What the view-models of all steps share."""

from typing import ClassVar

from PySide6.QtCore import QObject, Signal

from kiosk.viewmodels.guide import Guide, Manner
from kiosk.visit import Sentence, Visit
from shared.protocol.messages import Lane
from shared.qt.bridge import HallBridge


class Page(QObject):
    """A view-model that shows the visit: it keeps nothing of it, so that a wipe leaves nothing behind."""

    changed: ClassVar[Signal]
    """Made by every subclass for itself: a property finds its notify signal only in its own class."""

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.guide = guide
        self.bridge = bridge
        guide.moved.connect(self._show)
        guide.manner_changed.connect(self._show)
        bridge.changed.connect(self._show)

    def _show(self, *_: object) -> None:
        """Tell the view; overridden where there is a list to keep up."""
        self.changed.emit()

    @property
    def visit(self) -> Visit:
        return self.guide.visit

    @property
    def manner(self) -> Manner:
        return self.guide.manner

    def words(self, sentence: Sentence) -> str:
        return self.manner.pick(sentence.zh, sentence.en)

    def lane(self, letter: str) -> Lane | None:
        """The lane as the hub last told it, or as far as it is known without the hub."""
        mirror = self.bridge.mirror
        told = None if mirror is None else mirror.lanes.get(letter)
        return None if told is None else self.guide.as_known(told)

    @property
    def visit_lane(self) -> Lane | None:
        """The lane chosen in the visit, as it is now rather than when it was chosen."""
        chosen = self.visit.lane
        return None if chosen is None else self.lane(chosen.letter) or chosen
