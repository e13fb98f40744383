"""Where a person can be found who helps. Nobody is called from here: there is no such bell yet."""

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.page import Page
from shared.protocol.messages import Window

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HelpModel(Page):
    """The assisted window (帮代办) of the hall."""

    changed = Signal()

    @property
    def _window(self) -> Window | None:
        """The assisted window with a clerk on duty, else any."""
        mirror = self.bridge.mirror
        windows = [] if mirror is None else mirror.windows.values()
        assisted = [window for window in windows if window.kind == "assisted"]
        return min(assisted, key=lambda window: (window.state != "open", window.no), default=None)

    @Property(int, notify=changed)
    def window(self) -> int:
        """Its number; 0 when the hall has none."""
        return 0 if self._window is None else self._window.no

    @Property(str, notify=changed)
    def name(self) -> str:
        lane = None if self._window is None else self.lane(next(iter(self._window.lanes), ""))
        return "" if lane is None else self.manner.pick(lane.name, lane.name_en)

    @Property(str, notify=changed)
    def place(self) -> str:
        window = self._window
        if window is None:
            return ""
        lane = self.lane(next(iter(window.lanes), ""))
        return self.manner.pick(window.place, "" if lane is None else lane.place_en)

    @Property(bool, notify=changed)
    def isStaffed(self) -> bool:
        return self._window is not None and self._window.state == "open"
