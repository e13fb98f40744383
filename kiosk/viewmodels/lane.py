"""The lane chosen in the visit, as it is now."""

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.faces import UNKNOWN_COUNT, LaneFace, lane_face
from kiosk.viewmodels.page import Page

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_NO_LANE = LaneFace("", "", "", UNKNOWN_COUNT, False, "", "", "", "")


@QmlElement
class LaneModel(Page):
    """Letter, name, place, people and wait of the chosen lane; empty while none is chosen."""

    changed = Signal()

    @property
    def _face(self) -> LaneFace:
        lane = self.visit_lane
        return _NO_LANE if lane is None else lane_face(lane, self.manner, self.bridge.now())

    @Property(str, notify=changed)
    def letter(self) -> str:
        return self._face.letter

    @Property(str, notify=changed)
    def name(self) -> str:
        return self._face.name

    @Property(str, notify=changed)
    def place(self) -> str:
        return self._face.place

    @Property(int, notify=changed)
    def waiting(self) -> int:
        """People waiting, all of them before a newcomer without priority."""
        return self._face.waiting

    @Property(str, notify=changed)
    def waitKind(self) -> str:
        return self._face.waitKind

    @Property(int, notify=changed)
    def waitLow(self) -> int:
        return self._face.waitLow

    @Property(int, notify=changed)
    def waitHigh(self) -> int:
        return self._face.waitHigh

    @Property(str, notify=changed)
    def opensDay(self) -> str:
        return self._face.opensDay

    @Property(str, notify=changed)
    def opensAt(self) -> str:
        return self._face.opensAt

    @Property(str, notify=changed)
    def reason(self) -> str:
        return self._face.reason

    @Property(str, notify=changed)
    def hours(self) -> str:
        """The week's hours in the hall's own words."""
        lane = self.visit_lane
        return "" if lane is None else lane.hours
