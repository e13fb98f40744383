"""The clerk's own figures of today."""

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from shared.client.errors import HubError
from shared.protocol.messages import MyDay

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_AGAIN_MS = 60_000
_COUNTED = frozenset({"next", "finish", "miss", "transfer", "open-window"})


@QmlElement
class MyDayModel(QObject):
    """Asked for when the clerk sits down and after each move that counts; one question at a time."""

    changed = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat = seat
        self._day: MyDay | None = None
        self._no: int | None = None
        self._asking = False
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        orders.done.connect(self._after)
        seat.changed.connect(self._look)

    def ask(self) -> None:
        """Ask the hub again."""
        if self._seat.no is not None and self._seat.online and not self._asking:
            self._asking = True
            self._seat.bridge.submit(lambda client: client.ask(MyDay, "my_day"), self._take, self._fail)

    def _look(self) -> None:
        """Somebody sat down, or left."""
        if self._seat.no != self._no:
            self._no = self._seat.no
            self._day = None
            self.changed.emit()
            self.ask()

    def _after(self, action: str, _answer: object) -> None:
        if action in _COUNTED:
            self.ask()

    def _take(self, day: MyDay) -> None:
        self._asking = False
        if self._seat.no is not None:
            self._day = day
            self.changed.emit()

    def _fail(self, error: Exception) -> None:
        """Old figures stay; they are asked for again within a minute."""
        self._asking = False
        if not isinstance(error, HubError):
            raise error

    def _figure(self, name: str) -> str:
        return "–" if self._day is None else f"{getattr(self._day, name):g}"

    served = Property(str, lambda self: self._figure("served"), notify=changed)
    missed = Property(str, lambda self: self._figure("missed"), notify=changed)
    transferred = Property(str, lambda self: self._figure("transferred"), notify=changed)
    servingMinutes = Property(str, lambda self: self._figure("serving_minutes"), notify=changed)
    waitingMinutes = Property(str, lambda self: self._figure("waiting_minutes"), notify=changed)
