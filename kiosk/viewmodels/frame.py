"""What stands around every step: the hall, the keys that always work, and how old the data is."""

from dataclasses import replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.lending import Lending
from kiosk.viewmodels.page import Page
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FrameModel(Page):
    """Hall, link, manner and the ways out of a step."""

    changed = Signal()

    def __init__(
        self, guide: Guide, bridge: HallBridge, lending: Lending, parent: QObject | None = None
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._lending = lending
        self._is_revoked = False
        bridge.refused.connect(self._take_refusal)

    @Property(str, notify=changed)
    def step(self) -> str:
        return str(self.visit.step)

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        return self.visit.may_go_back

    @Property(bool, notify=changed)
    def isBusy(self) -> bool:
        return self.visit.is_busy

    @Property(str, notify=changed)
    def hallName(self) -> str:
        mirror = self.bridge.mirror
        return "" if mirror is None else self.manner.pick(mirror.hall.name, mirror.hall.name_en)

    @Property(bool, notify=changed)
    def isOnline(self) -> bool:
        return bool(self.bridge.online)

    @Property(bool, notify=changed)
    def givesOffline(self) -> bool:
        """The hub is not heard, or cannot write, but numbers are given from those lent."""
        return (not self.bridge.online or self.bridge.failing) and self._lending.can_give_any

    @Property(bool, notify=changed)
    def isFailing(self) -> bool:
        """The hub is heard, and cannot write."""
        return bool(self.bridge.failing)

    @Property(bool, notify=changed)
    def isKnown(self) -> bool:
        """Whether the hub has ever told the state of the hall."""
        return self.bridge.mirror is not None

    @Property(bool, notify=changed)
    def isRevoked(self) -> bool:
        """The hub no longer takes this device for one of the hall's."""
        return self._is_revoked

    @Property(str, notify=changed)
    def staleSince(self) -> str:
        return str(self.bridge.staleSince)

    @Property(str, notify=changed)
    def language(self) -> str:
        return self.manner.language

    @Property(bool, notify=changed)
    def isElder(self) -> bool:
        return self.manner.is_elder

    @Property(bool, notify=changed)
    def isLow(self) -> bool:
        return self.manner.is_low

    @Slot()
    def turnLanguage(self) -> None:
        self.guide.turn_language()

    @Slot()
    def turnElder(self) -> None:
        self.guide.speak(replace(self.manner, is_elder=not self.manner.is_elder))

    @Slot()
    def turnLow(self) -> None:
        self.guide.speak(replace(self.manner, is_low=not self.manner.is_low))

    @Slot()
    def back(self) -> None:
        self.guide.go(self.visit.back())

    @Slot()
    def goHome(self) -> None:
        """The citizen's own way home keeps the language: the same person may go on."""
        self.guide.go(self.visit.home())

    @Slot()
    def askHelp(self) -> None:
        self.guide.go(self.visit.ask_help())

    def _take_refusal(self, _refusal: object) -> None:
        self._is_revoked = True
        self._show()
