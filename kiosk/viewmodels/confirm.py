"""The last look before the number, and the number itself."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import issuing
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.lending import Lending
from kiosk.viewmodels.loose_ends import LooseEnds
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.slips import Slips
from kiosk.visit import Order, Slip, Step, Trouble
from shared.client.api import HubClient
from shared.protocol.request_id import new_request_id
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConfirmModel(Page):
    """What the citizen is about to take, whether there will be a slip, and why there is no number yet."""

    changed = Signal()

    def __init__(
        self,
        guide: Guide,
        bridge: HallBridge,
        devices: Devices,
        slips: Slips,
        ends: LooseEnds,
        lending: Lending,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(guide, bridge, parent)
        self._devices = devices
        self._slips = slips
        self._ends = ends
        self._lending = lending
        self._doubtful: Order | None = None  # asked for, perhaps given, and still wanted by the visit
        self._step_shown = Step.HOME
        devices.changed.connect(self._show)

    @Property(str, notify=changed)
    def matterName(self) -> str:
        matter = self.visit.matter
        return "" if matter is None else self.manner.pick(matter.name, matter.name_en)

    @Property(str, notify=changed)
    def holder(self) -> str:
        """The masked name; empty without a card."""
        return "" if self.visit.citizen is None else self.visit.citizen.masked_name

    @Property(str, notify=changed)
    def priority(self) -> str:
        return str(self.visit.priority)

    @Property(int, notify=changed)
    def creditMinutes(self) -> int:
        """What the citizen's priority takes off the sort time."""
        return self.bridge.rules.credits.get(self.visit.priority, 0)

    @Property(str, notify=changed)
    def printer(self) -> str:
        """`ready`, `asking`, or the state that keeps a slip from being promised."""
        if not self._devices.is_printer_asked:
            return "asking"
        report = self._devices.printer
        if report.is_sure:
            return "ready"
        return "blind" if report.is_blind else str(report.state)

    @Property(bool, notify=changed)
    def givesSlip(self) -> bool:
        """Whether the slip can be promised; otherwise the number is offered on the screen."""
        return self._devices.printer.is_sure

    @Property(bool, notify=changed)
    def isIssuing(self) -> bool:
        return self.visit.step is Step.ISSUING

    @Property(str, notify=changed)
    def trouble(self) -> str:
        return str(self.visit.trouble)

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """The hub's own sentence of a refusal."""
        return self.words(self.visit.sentence)

    @Property(bool, notify=changed)
    def canTake(self) -> bool:
        """With the printer not yet asked there is nothing to promise."""
        is_ready = self.visit.step is Step.CONFIRM and self._devices.is_printer_asked
        return is_ready and (self.bridge.online or self._gives_offline)

    @Property(bool, notify=changed)
    def isOffline(self) -> bool:
        """The number will be one of those lent for the time without the hub."""
        return not self.bridge.online and self._gives_offline

    @property
    def _gives_offline(self) -> bool:
        lane = self.visit.lane
        return lane is not None and self._lending.can_give(lane.letter)

    @Slot()
    def askPriority(self) -> None:
        self.guide.go(self.visit.ask_priority())

    @Slot()
    def take(self) -> None:
        """Take the number. A second tap finds the visit issuing and does nothing."""
        if not self.canTake:
            return
        on_screen = not self._devices.printer.is_sure
        self.guide.go(self.visit.take(new_request_id()))
        order = self.visit.order
        if order is None:
            return
        equipment, standby, is_online = self._devices.equipment, self._lending.standby, self.bridge.online

        def work(client: HubClient) -> issuing.Taken | issuing.NotTaken:
            return issuing.take(
                client, equipment, order, on_screen=on_screen, standby=standby, is_online=is_online
            )

        self.bridge.submit(
            work, lambda result: self._answer(order, result), lambda error: self._fail(order, error)
        )

    def _answer(self, order: Order, result: issuing.Taken | issuing.NotTaken) -> None:
        is_awaited = self.visit.order == order and self.visit.step is Step.ISSUING
        if isinstance(result, issuing.Taken) or result.trouble is Trouble.REFUSED:
            self._doubtful = None
        elif result.trouble is Trouble.UNKNOWN:
            self._doubtful = order
        if not is_awaited:
            self._leave_nothing(result)
        elif isinstance(result, issuing.Taken):
            self._give(result)
        else:
            self._refuse(result)

    def _give(self, taken: issuing.Taken) -> None:
        slip = Slip.PRINTING if taken.prints else Slip.SHOWN
        self.guide.go(self.visit.issued(taken.ticket, slip))
        self._slips.deliver(taken.ticket, copy=False, prints=taken.prints)

    def _refuse(self, reason: issuing.NotTaken) -> None:
        if reason.printer is not None:
            self._devices.note_printer(reason.printer)
        if reason.held:
            self.guide.go(self.visit.already_holds(reason.sentence, reason.held))
        else:
            self.guide.go(self.visit.not_issued(reason.trouble, reason.sentence))

    def _leave_nothing(self, result: issuing.Taken | issuing.NotTaken) -> None:
        """The citizen has left while the hub was being asked."""
        if isinstance(result, issuing.Taken):
            self._ends.void(result.ticket, "no_answer")
        self._chase()

    def _chase(self) -> None:
        """An order in doubt that the visit no longer carries: nobody is left to ask for its number."""
        order = self._doubtful
        if order is not None and self.visit.order != order:
            self._doubtful = None
            self._ends.chase(order)

    def _fail(self, order: Order, error: Exception) -> None:
        """Our own fault: whether a number exists is unknown, and said so."""
        self._answer(order, issuing.NotTaken(Trouble.UNKNOWN))
        raise error

    def _show(self, *_: object) -> None:
        """The printer is asked anew each time the citizen arrives here."""
        arrived = self.visit.step is Step.CONFIRM and self._step_shown not in (Step.CONFIRM, Step.ISSUING)
        self._step_shown = self.visit.step
        self._chase()
        if arrived:
            self._devices.ask_printer()
        super()._show()
