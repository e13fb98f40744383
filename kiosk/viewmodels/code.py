"""A scanned code: the ticket it stands for, as it is now; and one gentle sentence when there is none."""

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import issuing
from kiosk.booking_visit import is_booking_code
from kiosk.viewmodels.devices import Devices
from kiosk.viewmodels.faces import TicketFace, ticket_face
from kiosk.viewmodels.guide import Guide
from kiosk.viewmodels.page import Page
from kiosk.viewmodels.slips import Slips
from kiosk.visit import SILENCE, Sentence, Step
from shared.client.errors import HubError, HubRefused
from shared.domain.ticket import State
from shared.protocol.messages import TakenTicket
from shared.qt.bridge import HallBridge

QML_IMPORT_NAME = "Hall.Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

_SAID_MS = 8000
_LATER = Sentence(
    "请先办完这一步，或返回首页后再扫码",
    "Please finish this step, or go back to the start, and scan again.",
)
_CANNOT_LOOK = Sentence(
    "现在联系不上系统，暂时查不到，请稍后再扫一次",
    "The system cannot be reached just now. Please scan again a little later.",
)
_LIVE = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD, State.MISSED})
_NO_TICKET = TicketFace(0, "", "", "", "", "", -1, 0, "")
_PARTS = frozenset({"lanes", "windows", "calls"})


@QmlElement
class CodeModel(Page):
    """Reads what any scanner scanned. What is shown follows the hall while it stands on the screen."""

    changed = Signal()
    booking_scanned = Signal(str)
    """A code that looks like a booking's, on a step that takes codes."""

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
        self._said = SILENCE
        self._asked = 0
        self._is_returning = False
        self._is_looking = False
        self._silence = QTimer(self, interval=_SAID_MS, singleShot=True)
        self._silence.timeout.connect(self._fall_silent)
        devices.scanned.connect(self.read)
        devices.changed.connect(self._show)
        bridge.changed.connect(self._look_again)
        guide.moved.connect(self._fall_silent)

    @Slot(str)
    def read(self, code: str) -> None:
        """A code was scanned. In the middle of a visit it only says when to scan."""
        if not self.visit.takes_code:
            self._say(_LATER)
            return
        if is_booking_code(code):
            self._asked += 1
            self.booking_scanned.emit(code)
            return
        self._asked += 1
        asked = self._asked
        self.bridge.submit(
            lambda client: issuing.read_code(client, code),
            lambda taken: self._answer(asked, taken),
            lambda error: self._fail(asked, error),
        )

    def _answer(self, asked: int, taken: TakenTicket) -> None:
        if asked == self._asked:
            self.guide.go(self.visit.show_code(taken))
            self._fall_silent()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked == self._asked:
            self._say(_why(error))

    # -- the sentence, over whatever step ---------------------------------------------------------------

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """Empty when there is nothing to say; goes by itself."""
        return self.words(self._said)

    def _say(self, sentence: Sentence) -> None:
        self._said = sentence
        self._silence.start()
        self.changed.emit()

    def _fall_silent(self) -> None:
        self._said = SILENCE
        self._silence.stop()
        self.changed.emit()

    # -- the ticket -------------------------------------------------------------------------------------

    @property
    def _taken(self) -> TakenTicket | None:
        is_shown = self.visit.step is Step.CODE and self.visit.tickets
        return self.visit.tickets[0] if is_shown else None

    @property
    def _face(self) -> TicketFace:
        taken = self._taken
        if taken is None:
            return _NO_TICKET
        return ticket_face(taken, self.lane(taken.ticket.lane), self.manner)

    @Property(str, notify=changed)
    def number(self) -> str:
        return self._face.number

    @Property(str, notify=changed)
    def laneName(self) -> str:
        return self._face.laneName

    @Property(str, notify=changed)
    def place(self) -> str:
        return self._face.place

    @Property(str, notify=changed)
    def standing(self) -> str:
        """A `shared.domain.ticket.State`; empty without a ticket."""
        return self._face.standing

    @Property(int, notify=changed)
    def ahead(self) -> int:
        """People ahead; -1 unless it waits."""
        return self._face.ahead

    @Property(int, notify=changed)
    def window(self) -> int:
        """The window that called it; 0 for none."""
        return self._face.window

    @Property(str, notify=changed)
    def waitKind(self) -> str:
        return self._face.waitKind

    @Property(int, notify=changed)
    def waitLow(self) -> int:
        return self._face.waitLow

    @Property(int, notify=changed)
    def waitHigh(self) -> int:
        return self._face.waitHigh

    @Property(bool, notify=changed)
    def canReturn(self) -> bool:
        """It was missed and has not come back yet: once is allowed."""
        taken = self._taken
        return taken is not None and taken.ticket.state is State.MISSED and not taken.ticket.returned

    @Property(bool, notify=changed)
    def isReturning(self) -> bool:
        return self._is_returning

    @Property(bool, notify=changed)
    def canPrintAgain(self) -> bool:
        taken = self._taken
        return taken is not None and taken.ticket.state in _LIVE and self._devices.printer.can_print

    @Slot()
    def giveBack(self) -> None:
        """Put a missed ticket back into its line."""
        taken = self._taken
        if taken is None or not self.canReturn or self._is_returning:
            return
        self._is_returning = True
        self.changed.emit()
        self.bridge.submit(
            lambda client: issuing.give_back(client, taken), self._returned, self._not_returned
        )

    def _returned(self, taken: TakenTicket) -> None:
        self._is_returning = False
        self._renew(taken)

    def _not_returned(self, error: Exception) -> None:
        self._is_returning = False
        self._say(_why(error))

    @Slot()
    def printAgain(self) -> None:
        taken = self._taken
        if taken is None or not self.canPrintAgain:
            return
        self.guide.go(self.visit.print_again(taken))
        self._slips.deliver(taken, copy=True, prints=True)

    # -- it stays true while it is looked at ------------------------------------------------------------

    def _look_again(self, parts: frozenset[str]) -> None:
        taken = self._taken
        if taken is None or self._is_looking or not parts & _PARTS:
            return
        self._is_looking = True
        self.bridge.submit(lambda client: issuing.read_code(client, taken.url), self._seen, self._not_seen)

    def _seen(self, taken: TakenTicket) -> None:
        self._is_looking = False
        self._renew(taken)

    def _not_seen(self, error: Exception) -> None:
        """The frame says that the hub is silent; a ticket of yesterday goes with its day."""
        self._is_looking = False
        if not isinstance(error, HubError):
            raise error
        if isinstance(error, HubRefused) and self._taken is not None:
            self.guide.go(self.visit.home())

    def _renew(self, taken: TakenTicket) -> None:
        """Not a touch: whoever walks away from the screen is not held to be there by the hall's news."""
        shown = self._taken
        if shown is not None and shown.ticket.id == taken.ticket.id:
            self.guide.renew(self.visit.show_code(taken))
        self.changed.emit()


def _why(error: Exception) -> Sentence:
    """What to say of a call that failed; a fault of our own is raised."""
    if isinstance(error, HubRefused):
        return Sentence(error.zh, error.en)
    if isinstance(error, HubError):
        return _CANNOT_LOOK
    raise error
