"""Who is at the counter: signing in with number and PIN, and out. The token lives in the bridge alone."""

import logging

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from shared.client.errors import HubRefused
from shared.protocol.messages import Matters, Nothing, SignedIn, SignIn

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

_MATTERS_AGAIN_MS = 5000


@QmlElement
class SessionModel(QObject):
    """`step` is "sign-in", "window" or "desk". The PIN is sent and never kept."""

    changed = Signal()

    def __init__(self, seat: Seat, orders: Orders, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seat, self._orders = seat, orders
        self._name = self._number = ""
        self._problem = ""
        self._busy = False
        orders.done.connect(self._after)
        orders.sessionEnded.connect(self._thrown_out)
        seat.bridge.refused.connect(self._refused)
        seat.changed.connect(self.changed)

    @property
    def clerk_name(self) -> str:
        """The signed-in clerk's name; empty for nobody."""
        return self._name

    @property
    def clerk_number(self) -> str:
        """The signed-in clerk's number; empty for nobody."""
        return self._number

    @Slot(str, str)
    def signIn(self, clerk: str, pin: str) -> None:
        """Ask the hub for a session."""
        if self._busy or self._name or not clerk.strip() or not pin:
            return
        self._busy, self._problem = True, ""
        self.changed.emit()
        body = SignIn(clerk=clerk.strip()[:60], pin=pin[:64])
        self._seat.bridge.submit(
            lambda client: client.ask(SignedIn, "sign_in", body), self._signed_in, self._failed
        )

    @Slot()
    def signOut(self) -> None:
        """End the session; the hub closes the window, which must be empty."""
        if self._name:
            self._orders.run("sign-out", "sign_out", Nothing())

    @Slot()
    def forgetProblem(self) -> None:
        """The clerk types again."""
        if self._problem:
            self._problem = ""
            self.changed.emit()

    def _signed_in(self, answer: SignedIn) -> None:
        self._busy, self._name, self._number = False, answer.name, answer.clerk
        self._seat.bridge.use_credential(answer.token)
        self._ask_matters()
        self.changed.emit()

    def _ask_matters(self) -> None:
        if self._name:
            self._seat.bridge.submit(
                lambda client: client.ask(Matters, "matters"),
                lambda found: self._seat.learn(found.matters),
                self._no_matters,
            )

    def _no_matters(self, error: Exception) -> None:
        """The desk works without them: it shows no materials and no usual minutes, for now."""
        log.warning("the matters could not be loaded: %s", w.problem(error))
        QTimer.singleShot(_MATTERS_AGAIN_MS, self, self._ask_matters)

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._problem = w.say(w.SIGN_IN_CUT) if isinstance(error, ConnectionError) else w.problem(error)
        self.changed.emit()

    def _after(self, action: str, _answer: object) -> None:
        if action == "sign-out":
            self._leave("")

    def _thrown_out(self) -> None:
        if self._name:
            self._leave(w.say(w.SIGNED_OUT_BY_HUB))

    def _refused(self, _refusal: HubRefused) -> None:
        """The hub lets us follow no longer: the session has ended, or the device itself was revoked."""
        if self._name:
            self._thrown_out()
        else:
            self._problem = w.say(w.DEVICE_REFUSED)
            self.changed.emit()

    def _leave(self, problem: str) -> None:
        self._name, self._number, self._problem = "", "", problem
        self._orders.forget()
        self._seat.bridge.use_credential(None)
        self._seat.stand_up()
        self.changed.emit()

    def _step(self) -> str:
        if not self._name:
            return "sign-in"
        return "window" if self._seat.no is None else "desk"

    step = Property(str, _step, notify=changed)
    name = Property(str, lambda self: self._name, notify=changed)
    problem = Property(str, lambda self: self._problem, notify=changed)
    busy = Property(bool, lambda self: self._busy, notify=changed)
