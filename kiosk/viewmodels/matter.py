"""One matter: what to bring, how long it takes, and how many people are before one."""

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.appointment import Errand
from kiosk.viewmodels.faces import UNKNOWN_COUNT
from kiosk.viewmodels.page import Page

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MatterModel(Page):
    """The matter chosen in the search; empty while there is none. Its lane is told by `LaneModel`."""

    changed = Signal()

    @Property(str, notify=changed)
    def name(self) -> str:
        matter = self.visit.matter
        return "" if matter is None else self.manner.pick(matter.name, matter.name_en)

    @Property(str, notify=changed)
    def department(self) -> str:
        return "" if self.visit.matter is None else self.visit.matter.department

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own name of the type
    def materials(self) -> list[str]:
        return [] if self.visit.matter is None else list(self.visit.matter.materials)

    @Property(int, notify=changed)
    def days(self) -> int:
        """The promise in working days, or UNKNOWN_COUNT."""
        matter = self.visit.matter
        return UNKNOWN_COUNT if matter is None or matter.promise_days is None else matter.promise_days

    @Property(str, notify=changed)
    def note(self) -> str:
        return "" if self.visit.matter is None else self.visit.matter.note

    @Property(bool, notify=changed)
    def isForBooking(self) -> bool:
        """A day and a time are chosen next, rather than a number taken."""
        return self.visit.appointment.errand is not Errand.NUMBER

    @Slot()
    def goOn(self) -> None:
        self.guide.go(self.visit.go_on())
