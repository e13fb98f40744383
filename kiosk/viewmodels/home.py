"""The first question: which lane. A page holds as many lanes as the view has room for."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.equipment import Equipment
from kiosk.viewmodels.faces import LaneFace, lane_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from shared.qt.bridge import HallBridge
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HomeModel(Page):
    """The lanes of the hall that give numbers at kiosks, page by page."""

    changed = Signal()

    def __init__(
        self, guide: Guide, bridge: HallBridge, equipment: Equipment, parent: QObject | None = None
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._equipment = equipment
        self._lanes = ValueListModel(LaneFace, key="letter", parent=self)
        self._paging = Paging(self)
        self._paging.turned.connect(self._show)
        guide.wiped.connect(self._paging.rewind)
        self._show()

    @Property(QObject, constant=True)
    def lanes(self) -> QObject:
        return self._lanes

    @Property(Paging, constant=True)
    def paging(self) -> Paging:
        return self._paging

    @Property(bool, constant=True)
    def hasReader(self) -> bool:
        return self._equipment.has_reader

    @Property(bool, constant=True)
    def hasScanner(self) -> bool:
        return self._equipment.has_scanner

    @Slot(str)
    def choose(self, letter: str) -> None:
        lane = self.lane(letter)
        if lane is not None:
            self.guide.go(self.visit.choose_lane(lane))

    @Slot()
    def openSearch(self) -> None:
        self.guide.go(self.visit.open_search())

    @Slot()
    def lookUp(self) -> None:
        self.guide.go(self.visit.look_up())

    def _show(self, *_: object) -> None:
        mirror = self.bridge.mirror
        if mirror is not None:
            now, as_known = self.bridge.now(), self.guide.as_known
            lanes = [as_known(lane) for lane in mirror.lanes.values() if lane.on_kiosk]
            faces = [lane_face(lane, self.manner, now) for lane in lanes]
            self._lanes.replace(self._paging.cut(faces))
        self.changed.emit()
