"""The hub's clock on the screen; empty until the hub has been heard once."""

from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from shared.domain.moments import HALL_ZONE
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@QmlElement
class ClockModel(QObject):
    """Hour, minute and day; looked at once a second."""

    ticked = Signal()

    def __init__(self, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.ticked)
        self._timer.start()
        bridge.changed.connect(self.ticked)

    @Property(str, notify=ticked)
    def time(self) -> str:
        return "" if self._bridge.mirror is None else f"{self._now():%H:%M}"

    @Property(int, notify=ticked)
    def month(self) -> int:
        return self._now().month

    @Property(int, notify=ticked)
    def day(self) -> int:
        return self._now().day

    @Property(str, notify=ticked)
    def weekday(self) -> str:
        return _WEEKDAYS[self._now().weekday()]

    def _now(self) -> datetime:
        return self._bridge.now().astimezone(HALL_ZONE)
