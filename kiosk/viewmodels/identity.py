"""The card: asked for, read, typed by hand, or done without. The view sees only masked names and numbers."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hardware.device import DeviceState
from kiosk.appointment import Errand
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.visit import Citizen, Sentence, Step
from shared.domain.ordering import Priority
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_TEXT_OF_A_NUMBER = 18
_NOT_USABLE = Sentence(
    "这种证件暂不能在这里使用，可以不刷卡直接取号",
    "This kind of card cannot be used here. Please go on without it.",
)


@QmlElement
class IdentityModel(Page):
    """What the reader said, for the step that asked for a card (to take a number, or to find one again)."""

    changed = Signal()

    def __init__(
        self, guide: Guide, bridge: HallBridge, devices: Devices, parent: QObject | None = None
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        devices.card_read.connect(self._read)
        devices.card_not_read.connect(self._not_read)
        devices.changed.connect(self._show)

    @Property(bool, notify=changed)
    def isReaderReady(self) -> bool:
        """False when there is no reader, or it is known not to work. Unknown counts as worth a try."""
        state = self._devices.reader_state
        return self._devices.has_reader and state not in (DeviceState.ERROR, DeviceState.SILENT)

    @Property(bool, notify=changed)
    def isRead(self) -> bool:
        return self.visit.citizen is not None

    @Property(bool, notify=changed)
    def isTyped(self) -> bool:
        """The number was typed: there is no card to take back and no name to show."""
        return self.visit.citizen is not None and self.visit.citizen.is_typed

    @Property(bool, notify=changed)
    def isForFinding(self) -> bool:
        """The card is to find a number taken before, or a booking."""
        return self.visit.step in (Step.FIND, Step.MY_CARD)

    @Property(bool, notify=changed)
    def isForBooking(self) -> bool:
        """A booking is for somebody: not without a card or its number. Or one's bookings are looked for."""
        return self.visit.step is Step.MY_CARD or self.visit.appointment.errand is not Errand.NUMBER

    @Property(str, notify=changed)
    def name(self) -> str:
        return "" if self.visit.citizen is None else self.visit.citizen.masked_name

    @Property(str, notify=changed)
    def number(self) -> str:
        return "" if self.visit.citizen is None else self.visit.citizen.masked_number

    @Property(bool, notify=changed)
    def isElderly(self) -> bool:
        citizen = self.visit.citizen
        is_elderly = citizen is not None and citizen.priority is Priority.ELDERLY
        return is_elderly and self.visit.appointment.errand is Errand.NUMBER

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What the reader or the hub last said; empty when there is nothing to say."""
        return self.words(self.visit.sentence)

    @Slot()
    def typeNumber(self) -> None:
        self.guide.go(self.visit.type_number())

    @Slot()
    def goOn(self) -> None:
        self.guide.go(self.visit.go_on())

    def _read(self, card: object) -> None:
        from hardware.idcard.card import IdCard

        if not isinstance(card, IdCard):
            return
        if len(card.number) != _TEXT_OF_A_NUMBER:
            self._not_read(_NOT_USABLE)
            return
        shown = card.masked()
        today = self.bridge.now().date()
        citizen = Citizen(
            number=card.number,
            name=card.name,
            masked_number=shown["number"],
            masked_name=shown["name"],
            priority=self.bridge.rules.priority_by_age(card.age_on(today)),
        )
        self.guide.go(self.visit.show_card(citizen))

    def _not_read(self, sentence: Sentence) -> None:
        self.guide.go(self.visit.card_not_read(sentence))
