"""Desk or bar: two windows over one state, so that a switch loses nothing."""

from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from counter.bar_place import Area, BarPlace, load_place, save_place, within
from counter.viewmodels.actions import ActionsModel
from counter.viewmodels.manual import ManualModel
from counter.viewmodels.seat import Seat

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ShapeModel(QObject):
    """`isBar` only at an open window: signing in and choosing need the desk. Remembers the bar's place."""

    changed = Signal()

    def __init__(
        self,
        seat: Seat,
        actions: ActionsModel,
        wanted: str,
        state: Path,
        parent: QObject | None = None,
        manual: ManualModel | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat, self._state, self._manual = seat, state, manual
        self._wants_bar = wanted == "bar"
        self._was_bar = False
        self._place = load_place(state)
        self._desk: QQuickWindow | None = None
        self._bar: QQuickWindow | None = None
        actions.shapeAsked.connect(self.switch)
        actions.asked.connect(lambda _: self._show(bar=False))
        seat.changed.connect(self._look)
        if manual is not None:
            manual.changed.connect(self._look)

    def take(self, desk: QQuickWindow, bar: QQuickWindow) -> None:
        """These are the two windows."""
        self._desk, self._bar = desk, bar

    @Slot()
    def switch(self) -> None:
        """The other shape."""
        self._show(bar=not self.is_bar)

    @Slot(int, int)
    def barMoved(self, x: int, y: int) -> None:
        """The clerk dragged the bar; it comes back to this place."""
        self._place = BarPlace(x, y)
        save_place(self._state, self._place)

    @property
    def is_bar(self) -> bool:
        """Whether the bar is shown now."""
        by_hand = self._manual is not None and self._manual.is_active
        return self._wants_bar and (by_hand or self._seat.no is not None)

    def _show(self, *, bar: bool) -> None:
        self._wants_bar = bar
        self._look()

    def _look(self) -> None:
        if self.is_bar == self._was_bar or self._desk is None or self._bar is None:
            return
        self._was_bar = self.is_bar
        if self.is_bar:
            self._put_bar(self._bar)
        self._bar.setVisible(self.is_bar)
        self._desk.setVisible(not self.is_bar)
        if not self.is_bar:
            self._desk.requestActivate()
        self.changed.emit()

    def _put_bar(self, bar: QQuickWindow) -> None:
        screen = QGuiApplication.primaryScreen().virtualGeometry()
        area = Area(screen.x(), screen.y(), screen.width(), screen.height())
        place = within(self._place, bar.width(), bar.height(), area)
        bar.setPosition(place.x, place.y)

    isBar = Property(bool, lambda self: self.is_bar, notify=changed)
