"""Nobody touches the screen: first the question, then the wipe."""

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import stillness
from kiosk.stillness import Patience, Phase
from kiosk.viewmodels.guide import Guide
from kiosk.visit import Slip, Step

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_ENDED = frozenset({Slip.PRINTED, Slip.RECEIVED, Slip.VOIDED})
_TOUCHES = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
    }
)


@QmlElement
class StillnessModel(QObject):
    """Counts real seconds since the last touch or step. `watch` must filter the application's events."""

    ticked = Signal()

    def __init__(
        self,
        guide: Guide,
        patience: Patience = stillness.VISIT,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        self._monotonic = monotonic
        self._patience = patience
        self._touched = monotonic()
        guide.moved.connect(self.stay)
        self._timer = QTimer(self, interval=200)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A touch that begins while the question stands is an answer only on its own key."""
        if event.type() in _TOUCHES and not self.isAsking:
            self.stay()
        return super().eventFilter(watched, event)

    @Slot()
    def stay(self) -> None:
        """The person is still there."""
        self._touched = self._monotonic()
        self.ticked.emit()

    @Slot()
    def tick(self) -> None:
        if self._guide.visit.is_busy:
            self._touched = self._monotonic()
        if self._phase is Phase.OVER:
            self._touched = self._monotonic()
            self._guide.wipe()
        self.ticked.emit()

    @property
    def _current(self) -> Patience:
        patience = self._of_step()
        return patience.stretched(stillness.ELDER_FACTOR) if self._guide.manner.is_elder else patience

    def _of_step(self) -> Patience:
        visit = self._guide.visit
        if visit.step is Step.HOME:
            return stillness.HOME
        if visit.step is Step.DONE:
            return stillness.DONE if visit.slip in _ENDED else stillness.SHOWN
        return self._patience

    @property
    def _quiet(self) -> float:
        return self._monotonic() - self._touched

    @property
    def _phase(self) -> Phase:
        return self._current.phase(self._quiet)

    @Property(bool, notify=ticked)
    def isAsking(self) -> bool:
        """The question stands. Not on the page of the number, which shows its own ring."""
        return self._guide.visit.step is not Step.DONE and self._phase is Phase.ASKING

    @Property(bool, notify=ticked)
    def isEnding(self) -> bool:
        """The page of the number is about to go."""
        return self._guide.visit.step is Step.DONE and self._phase is Phase.ASKING

    @Property(float, notify=ticked)
    def remaining(self) -> float:
        """Seconds until the wipe, once the question stands."""
        return self._current.remaining(self._quiet)

    @Property(float, notify=ticked)
    def total(self) -> float:
        """Seconds the question stands in all."""
        return self._current.answer
