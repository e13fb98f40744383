"""Numbers that a person already holds: found by card, or in the way of a second one in the same lane."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import issuing
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.faces import TicketFace, ticket_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.paging import Paging
from kiosk.viewmodels.slips import Slips
from kiosk.visit import Citizen, Sentence, Slip, Step
from shared.client.errors import HubRefused
from shared.protocol.messages import TakenTicket
from shared.qt.bridge import HallBridge
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_CANNOT_LOOK = Sentence(
    "现在联系不上系统，暂时查不到，请稍后再放一次卡",
    "The system cannot be reached, so nothing could be looked up. Please try the card again later.",
)


@QmlElement
class FoundModel(Page):
    """The live numbers of the person whose card was read. Looks them up as soon as there is a card."""

    changed = Signal()

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        devices: Devices,
        slips: Slips,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        self._slips = slips
        self._asked_for: Citizen | None = None
        self._rows = ValueListModel(TicketFace, key="id", parent=self)
        self._paging = Paging(self)
        self._paging.turned.connect(self._show)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Property(Paging, constant=True)
    def paging(self) -> Paging:
        return self._paging

    @Property(int, notify=changed)
    def count(self) -> int:
        return len(self.visit.tickets)

    @Property(bool, notify=changed)
    def isInTheWay(self) -> bool:
        """Shown because a second number in the same lane was refused."""
        return self.visit.step is Step.HELD

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """The hub's own sentence of the refusal."""
        return self.words(self.visit.sentence)

    @Slot(int)
    def printAgain(self, ticket_id: int) -> None:
        taken = next((taken for taken in self.visit.tickets if taken.ticket.id == ticket_id), None)
        if taken is None:
            return
        prints = self._devices.printer.can_print
        self.guide.go(self.visit.print_again(taken, Slip.PRINTING if prints else Slip.SHOWN))
        self._slips.deliver(taken, copy=True, prints=prints)

    def _show(self, *_: object) -> None:
        self._look_up()
        rows = [ticket_face(taken, self.lane(taken.ticket.lane), self.manner) for taken in self.visit.tickets]
        self._rows.replace(self._paging.cut(rows))
        self.changed.emit()

    def _look_up(self) -> None:
        """Ask once for each card that was put on the reader for finding."""
        citizen = self.visit.citizen if self.visit.step is Step.FIND else None
        if citizen is self._asked_for:
            return
        self._asked_for = citizen
        if citizen is not None:
            self.bridge.submit(
                lambda client: issuing.find(client, citizen),
                lambda tickets: self._answer(citizen, tickets),
                lambda error: self._fail(citizen, error),
            )

    def _answer(self, citizen: Citizen, tickets: tuple[TakenTicket, ...]) -> None:
        if self.visit.citizen is citizen:
            self.guide.go(self.visit.found(tickets))

    def _fail(self, citizen: Citizen, error: Exception) -> None:
        if self.visit.citizen is not citizen:
            return
        sentence = Sentence(error.zh, error.en) if isinstance(error, HubRefused) else _CANNOT_LOOK
        self.guide.go(self.visit.not_found(sentence))
