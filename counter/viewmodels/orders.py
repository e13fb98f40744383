"""What a press asks of the hub: one at a time, one request id each, and an answer for every one."""

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.command import Command, is_seen
from counter.viewmodels import words as w
from counter.viewmodels.seat import Seat
from shared.client.api import HubClient
from shared.client.errors import HubRefused, HubUnreachable
from shared.protocol.messages import Request

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

NOTE_SECONDS = 7.0
_SEEN_WITHIN_MS = 2000
_ASK_AGAIN_MS = 1000
_SLOW_AFTER_MS = 300
_GONE = frozenset({"unauthenticated", "revoked"})


@QmlElement
class Orders(QObject):
    """Sends commands and tells their outcome; a note ("no", in words) stands beside the key it belongs to.

    A command whose answer was lost is asked for again, with its own request id, until an answer comes or
    it is no longer meant; the keys wait for that.
    """

    changed = Signal()
    done = Signal(str, object)
    """Action and answer, when the answer is here and the screen shows it."""
    refused = Signal(str, str)
    """Action and the refusal's code."""
    sessionEnded = Signal()

    def __init__(
        self, seat: Seat, parent: QObject | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._seat, self._monotonic = seat, monotonic
        self._sent: Command | None = None
        self._lost: Command | None = None
        self._answer: object = None
        self._is_answered = False
        self._was_lost = False
        self._note = ("", "")
        self._fade = QTimer(self, singleShot=True, interval=int(NOTE_SECONDS * 1000))
        self._fade.timeout.connect(self.hush)
        self._patience = QTimer(self, singleShot=True, interval=_SEEN_WITHIN_MS)
        self._patience.timeout.connect(self._settle)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_AFTER_MS)
        self._slow.timeout.connect(self.changed)
        self._again = QTimer(self, singleShot=True, interval=_ASK_AGAIN_MS)
        self._again.timeout.connect(self._ask_again)
        seat.changed.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether a command is on its way, or its outcome unknown."""
        return self._sent is not None or self._lost is not None

    @property
    def action(self) -> str:
        """The action on its way; empty for none."""
        return "" if self._sent is None else self._sent.action

    @property
    def slow_action(self) -> str:
        """The action whose answer does not come at once: only then do the keys look as deaf as they are."""
        under_way = self._sent or self._lost
        return "" if under_way is None or self._slow.isActive() else under_way.action

    @property
    def unsure(self) -> str:
        """The action of which nobody knows yet whether it was carried out; empty for none."""
        under_way = self._sent or self._lost
        return "" if under_way is None else under_way.action

    def run(self, action: str, route: str, body: Request | None = None, **params: object) -> bool:
        """Ask once for `route`; False when another press is still on its way, or the hub is not heard."""
        if self.is_busy:
            return False
        if not self._seat.online:
            self.note(action, w.say(w.CUT))
            return False
        self._was_lost = False
        self.hush()
        self._slow.start()
        self._send(Command(action, route, self._monotonic(), body, params))
        return True

    def note(self, action: str, text: str) -> None:
        """Say `text` beside the key of `action`: for a while, or as long as an answer is lost."""
        self._note = (action, text)
        self._fade.stop() if self._lost else self._fade.start()
        self.changed.emit()

    @Slot()
    def hush(self) -> None:
        """Take the note away."""
        if self._note != ("", ""):
            self._note = ("", "")
            self._fade.stop()
            self.changed.emit()

    def forget(self) -> None:
        """The clerk is gone: nothing is asked for again."""
        self._sent = self._lost = None
        self._again.stop()
        self._patience.stop()
        self.hush()
        self.changed.emit()

    # -- on its way

    def _send(self, command: Command) -> None:
        self._sent, self._lost = command, None
        self._is_answered = False
        self.changed.emit()

        def work(client: HubClient) -> object:
            return client.call(command.route, command.body, request_id=command.request_id, **command.params)

        self._seat.bridge.submit(
            work, lambda answer: self._take(command, answer), lambda error: self._fail(command, error)
        )

    def _take(self, command: Command, answer: object) -> None:
        if command is not self._sent:
            return
        self._answer, self._is_answered = answer, True
        self._patience.start()
        self._look()

    def _look(self) -> None:
        """The hall changed: does it show the answer?"""
        if self._is_answered and is_seen(self._answer, self._seat.no or 0, self._seat.ticket):
            self._settle()

    def _settle(self) -> None:
        command, answer = self._sent, self._answer
        self._patience.stop()
        self._sent, self._answer, self._is_answered = None, None, False
        if self._was_lost:
            self.hush()
        self.changed.emit()
        if command is not None:
            self.done.emit(command.action, answer)

    def _fail(self, command: Command, error: Exception) -> None:
        if command is not self._sent:
            return
        self._sent = None
        if isinstance(error, HubUnreachable) and (error.is_unknown or self._was_lost):
            self._lost, self._was_lost = command, True
            self.note(command.action, w.say(w.ASKING_AGAIN))
            self._again.start()
            return
        self.note(command.action, w.problem(error))
        if isinstance(error, HubRefused):
            self.refused.emit(command.action, error.code)
            if error.code in _GONE:
                self.sessionEnded.emit()

    def _ask_again(self) -> None:
        """The answer is still lost: ask once more, wait for the hub, or tell the clerk to look."""
        command = self._lost
        if command is None:
            return
        if not command.is_still_meant(self._monotonic()):
            self._lost = None
            self.note(command.action, w.say(w.UNSURE))
        elif self._seat.online:
            self._send(command)
        else:
            self._again.start()

    busy = Property(bool, lambda self: self.is_busy, notify=changed)
    slow = Property(bool, lambda self: bool(self.slow_action), notify=changed)
    noteAction = Property(str, lambda self: self._note[0], notify=changed)
    noteText = Property(str, lambda self: self._note[1], notify=changed)
