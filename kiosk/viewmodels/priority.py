"""Declaring a ground for priority: the published ones, in the order of the wall."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from shared.domain.ordering import Priority
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

DECLARABLE = (
    Priority.DISABLED,
    Priority.SOLDIER,
    Priority.FIREFIGHTER,
    Priority.PREGNANT,
    Priority.NONE,
)
"""Age is proved by the card and not declared; the last one takes a declaration back."""


@QmlElement
class PriorityModel(Page):
    """The grounds page by page, as codes; their words are QML's."""

    changed = Signal()

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(guide, bridge, parent)
        self._paging = Paging(self)
        self._paging.turned.connect(self._show)
        self._grounds: list[str] = []
        self._show()

    @Property(Paging, constant=True)
    def paging(self) -> Paging:
        return self._paging

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own name of the type
    def grounds(self) -> list[str]:
        return self._grounds

    @Property(str, notify=changed)
    def declared(self) -> str:
        return str(self.visit.declared)

    @Slot(str)
    def declare(self, ground: str) -> None:
        self._paging.rewind()
        self.guide.go(self.visit.declare(Priority(ground)))

    def _show(self, *_: object) -> None:
        self._grounds = [str(priority) for priority in self._paging.cut(DECLARABLE)]
        super()._show()
