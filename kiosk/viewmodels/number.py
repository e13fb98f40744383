"""The ID number typed on the screen, when there is no card. In clear only on this step, masked after it."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.number import LENGTH, Reading, press, read
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.visit import Citizen
from shared.domain.identity import parse_id_number
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NumberModel(Page):
    """What was typed and what is to be said of it. Keeps nothing: the visit does, and the wipe empties it."""

    changed = Signal()

    def __init__(self, guide: Guide, bridge: HallBridge, parent: QObject | None = None) -> None:
        super().__init__(guide, bridge, parent)

    @Property(str, notify=changed)
    def shown(self) -> str:
        """The characters as they stand on the card: region, birth, the rest."""
        typed = self.visit.typed
        return " ".join(part for part in (typed[:6], typed[6:14], typed[14:]) if part)

    @Property(str, notify=changed)
    def reading(self) -> str:
        """One of `kiosk.number.Reading`."""
        return str(self._reading)

    @Property(int, notify=changed)
    def missing(self) -> int:
        """Characters still to come."""
        return self._missing

    @Property(bool, notify=changed)
    def takesX(self) -> bool:
        """Only the last character can be an X."""
        return self._missing == 1

    @Slot(str)
    def press(self, key: str) -> None:
        self.guide.go(self.visit.retype(press(self.visit.typed, key)))

    @Slot()
    def confirm(self) -> None:
        if self._reading is not Reading.RIGHT:
            return
        today = self.bridge.now().date()
        number = parse_id_number(self.visit.typed, today)
        citizen = Citizen(
            number=number.value,
            name="",
            masked_number=number.masked,
            masked_name="",
            priority=self.bridge.rules.priority_by_age(number.age_on(today)),
            is_typed=True,
        )
        self.guide.go(self.visit.number_typed(citizen))

    @property
    def _missing(self) -> int:
        return LENGTH - len(self.visit.typed)

    @property
    def _reading(self) -> Reading:
        return read(self.visit.typed, self.bridge.now().date())
