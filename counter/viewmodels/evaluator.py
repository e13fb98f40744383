"""The citizen's side of the counter: whom it serves, and afterwards the question how it was."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.command import Command
from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from counter.viewmodels.outbox import RatingOutbox
from counter.viewmodels.seat import Seat
from counter.viewmodels.session import SessionModel
from shared.domain.rating import ASKED_WHY, LEVELS, REASONS, Level, RatingReason, Words
from shared.domain.ticket import State
from shared.protocol.messages import RateTicket

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

INVITED_SECONDS = 60
THANKS_SECONDS = 5
INVITE_AGAIN_SECONDS = 600
_FINISHES = frozenset({"finish", "next"})
_LEAVES_UNFINISHED = frozenset({"hold", "transfer", "cancel"})


@dataclass(frozen=True, slots=True)
class Served:
    """A service that can be rated: the ticket and the window it was at."""

    ticket: int
    number: str
    window: int


@QmlElement
class EvaluatorModel(QObject):
    """`step` is closed, offline, paused, idle, called, serving, invited, reasons or thanks.

    A finished service invites for INVITED_SECONDS. The next call ends that; when the clerk finished by
    calling the next (F12), it ends with the start of that next service, or the clerk's usual key would leave
    nobody asked. `rate` is the only way to answer: the screen's five keys use it, and so does the `Rated` of
    a hardware pad. It takes an answer while somebody is invited and at no other time.
    """

    changed = Signal()

    def __init__(
        self,
        seat: Seat,
        orders: Orders,
        session: SessionModel,
        parent: QObject | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._seat, self._session, self._monotonic = seat, session, monotonic
        self.outbox = RatingOutbox(seat, self)
        self._serving: Served | None = None
        self._last: tuple[Served, float] | None = None
        self._asked: Served | None = None
        self._called_beside: int | None = None
        self._level: Level | None = None
        self._reasons: set[RatingReason] = set()
        self._ends_at = 0.0
        self._thanks = QTimer(self, singleShot=True, interval=THANKS_SECONDS * 1000)
        self._thanks.timeout.connect(self.changed)
        self._tick = QTimer(self, interval=500)
        self._tick.timeout.connect(self._look_at_clock)
        orders.done.connect(self._after)
        seat.changed.connect(self._look)
        session.changed.connect(self.changed)

    # -- the citizen

    @Slot(int, result=bool)
    def rate(self, level: int) -> bool:
        """The citizen's answer, 5 (very satisfied) to 1; False when nobody is invited now. Never raises."""
        if self.step != "invited" or level not in {int(one) for one in Level}:
            return False
        self._level = Level(level)
        self._ends_at = self._monotonic() + INVITED_SECONDS
        if self._level in ASKED_WHY:
            self.changed.emit()
        else:
            self._finish()
        return True

    @Slot(str)
    def toggleReason(self, code: str) -> None:
        """Choose a reason, or take it back."""
        if self.step == "reasons":
            self._reasons ^= {RatingReason(code)}
            self._ends_at = self._monotonic() + INVITED_SECONDS
            self.changed.emit()

    @Slot()
    def done(self) -> None:
        """The citizen has nothing to add."""
        if self.step == "reasons":
            self._finish()

    @Slot()
    def skip(self) -> None:
        """The citizen would rather not say why."""
        if self.step == "reasons":
            self._reasons.clear()
            self._finish()

    # -- the clerk

    @property
    def may_invite(self) -> bool:
        """Whether the last citizen can be asked once more: served here lately, and not rated."""
        if self._last is None or self._asked is not None or self._seat.ticket is not None:
            return False
        return self._monotonic() - self._last[1] < INVITE_AGAIN_SECONDS

    def invite_again(self) -> None:
        """Ask the last citizen once more."""
        if self.may_invite and self._last is not None:
            self._invite(self._last[0])

    # -- what happens at the desk

    def _after(self, action: str, _answer: object) -> None:
        served, ticket = self._serving, self._seat.ticket
        if action in _LEAVES_UNFINISHED:
            self._serving = None
        elif action in _FINISHES and served is not None and (ticket is None or ticket.id != served.ticket):
            self._serving = None
            self._last = (served, self._monotonic())
            self._invite(served)

    def _invite(self, served: Served) -> None:
        ticket = self._seat.ticket
        self._asked, self._level, self._reasons = served, None, set()
        self._called_beside = None if ticket is None else ticket.id
        self._ends_at = self._monotonic() + INVITED_SECONDS
        self._thanks.stop()
        self._tick.start()
        self.changed.emit()

    def _look(self) -> None:
        """The hall changed: a new call, or a service that begins, ends the invitation."""
        ticket = self._seat.ticket
        if self._seat.no is None:
            self._serving = self._last = None
        elif ticket is not None and ticket.state is State.SERVING:
            self._serving = Served(ticket.id, ticket.number, self._seat.no)
            self._last = None
        is_other = ticket is not None and ticket.id != self._called_beside
        if self._asked and (is_other or self._serving is not None or self._seat.no is None):
            self._end()
        if ticket is not None and ticket.state is State.SERVING:
            self._thanks.stop()
        self.changed.emit()

    def _look_at_clock(self) -> None:
        """Nobody answers: the screen goes on by itself; a level that was given is kept."""
        if self._monotonic() >= self._ends_at:
            self._end()
        self.changed.emit()

    def _finish(self) -> None:
        self._end()
        self._thanks.start()
        self.changed.emit()

    def _end(self) -> None:
        """The question is over; what was answered so far goes to the hub."""
        asked, level = self._asked, self._level
        reasons = [reason for reason in REASONS if reason in self._reasons]
        self._asked, self._level, self._reasons = None, None, set()
        self._tick.stop()
        if asked is None or level is None:
            return
        self._last = None
        body = RateTicket(window=asked.window, level=int(level), reasons=reasons)
        self.outbox.put(Command("rate", "rate_ticket", self._monotonic(), body, {"id": asked.ticket}))

    # -- what the screen shows

    @property
    def step(self) -> str:
        """Which of its faces the screen shows."""
        window, ticket = self._seat.window, self._seat.ticket
        if self._asked is not None and self._level is not None:
            return "reasons"
        if self._thanks.isActive():
            return "thanks"
        if not self._seat.online:
            return "offline"
        if window is None or window.state == "closed":
            return "closed"
        if self._asked is not None:
            return "invited"
        if ticket is not None:
            return "serving" if ticket.state is State.SERVING else "called"
        return "paused" if window.state == "paused" else "idle"

    def _number(self) -> str:
        if self._asked is not None:
            return self._asked.number
        return "" if self._seat.ticket is None else self._seat.ticket.number

    def _seconds(self) -> int:
        return 0 if self._asked is None else max(0, round(self._ends_at - self._monotonic()))

    def _hall(self) -> str:
        mirror = self._seat.bridge.mirror
        return "" if mirror is None else w.pair(mirror.hall.name, mirror.hall.name_en)

    def _clerk(self) -> str:
        window = self._seat.window
        return "" if window is None else window.clerk

    def _duty(self) -> str:
        window = self._seat.window
        return "" if window is None else window.name

    def _window(self) -> str:
        return "" if self._seat.no is None else w.say(w.WINDOW, window=self._seat.no)

    def _levels(self) -> list[dict[str, object]]:
        return [{"level": int(level), **_both(words)} for level, words in LEVELS.items()]

    def _reason_rows(self) -> list[dict[str, object]]:
        return [
            {"code": reason.value, "chosen": reason in self._reasons, **_both(words)}
            for reason, words in REASONS.items()
        ]

    stepName = Property(str, lambda self: self.step, notify=changed)
    number = Property(str, _number, notify=changed)
    secondsLeft = Property(int, _seconds, notify=changed)
    hall = Property(str, _hall, notify=changed)
    clerk = Property(str, _clerk, notify=changed)
    clerkNumber = Property(str, lambda self: self._session.clerk_number, notify=changed)
    duty = Property(str, _duty, notify=changed)
    window = Property(str, _window, notify=changed)
    levels = Property(list, _levels, notify=changed)
    reasons = Property(list, _reason_rows, notify=changed)


def _both(words: Words) -> dict[str, object]:
    """The word in the language of the screen, and the same in the other, to stand below it."""
    first, second = (words.en, words.zh) if w.is_english() else (words.zh, words.en)
    return {"word": first, "other": second}
