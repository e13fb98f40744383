"""The keys of the desk and of the bar: what each is called, whether it works now, and what a press does."""

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.allowed import ABOUT_TICKET, BY_HAND, Obstacle, Situation, obstacle, suggestion
from counter.line import held_at, missed_for, waiting_for
from counter.viewmodels import words as w
from counter.viewmodels.manual import ManualModel
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from shared.domain.manual import Step
from shared.protocol import messages as m

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

_MOVES = {"recall", "start", "finish", "miss", "hold"}
_DIALOGS = {"transfer", "missed", "held", "pick", "why", "book", "cancel", "pause"}
_DOUBLE_PRESS_SECONDS = 0.8
_STILL_WANTED_SECONDS = 2.0
"""A press that waits longer for the answer before it is forgotten: the hand has given up."""


@QmlElement
class ActionsModel(QObject):
    """`states` tells of each action its label, key, hint, count and `enabled`; `suggested` is the likely one.

    `press` is the only way to act. While an answer is on its way, the press of another key that looks alive
    waits for it; a press of the same one is half of a double press. Keys look deaf, and are, only when the
    answer is slow, so that nothing flickers.
    """

    changed = Signal()
    asked = Signal(str)
    """A dialog is wanted: transfer, missed, held, pick, why, book, cancel or pause."""
    shapeAsked = Signal()
    inviteAsked = Signal()

    def __init__(
        self,
        seat: Seat,
        orders: Orders,
        keys: Mapping[str, str],
        parent: QObject | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        may_invite: Callable[[], bool] = lambda: False,
        manual: ManualModel | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_invite, self._manual = may_invite, manual
        self._seat, self._orders, self._keys, self._monotonic = seat, orders, keys, monotonic
        self._last: tuple[str, float] = ("", float("-inf"))
        self._waiting: tuple[str, int | None, float] | None = None  # action, the ticket seen, moment
        self._obstacle: str | None = None
        self._states: dict[str, dict[str, object]] = {}
        self._suggested = ""
        orders.changed.connect(self.refresh)
        orders.done.connect(self._after)
        orders.refused.connect(self._drop_waiting)
        seat.changed.connect(self.refresh)
        if manual is not None:
            manual.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Look at the situation again; QML is told only when a key reads or works differently."""
        situation = self._situation()
        if self._obstacle is not None and obstacle(self._obstacle, situation) is None:
            self._obstacle = None
            self._orders.hush()
        states = {action: self._state(action, situation) for action in self._keys}
        suggested = suggestion(situation)
        if (states, suggested) != (self._states, self._suggested):
            self._states, self._suggested = states, suggested
            self.changed.emit()

    @Slot(str)
    def press(self, action: str) -> None:
        """Do what the key of `action` says, or say beside it why not."""
        manual = self._by_hand()
        if manual is None and self._orders.is_busy:
            return self._let_wait(action)
        if manual is None and self._is_double(action):
            return None
        self._waiting = None
        found = obstacle(action, self._situation())
        if found is not None:
            self._orders.note(action, self._sentence(found))
            self._obstacle = action
        elif manual is not None and action == "next":
            manual.numberWanted.emit()
        elif manual is not None and action in BY_HAND:
            manual.note(action)
        elif action == "pause" and self._is_paused():
            self._orders.run("pause", "resume_window", m.Nothing(), no=self._seat.no)
        elif action in _DIALOGS:
            self._orders.hush()
            self.asked.emit(action)
        elif action == "shape":
            self.shapeAsked.emit()
        elif action == "invite":
            self.inviteAsked.emit()
        else:
            self._ask(action)
        return None

    def _let_wait(self, action: str) -> None:
        """Keep a press for when the answer is here, but not half of a double press."""
        if action != self._orders.unsure and self._states[action]["enabled"]:
            self._waiting = (action, self._seen, self._monotonic())

    def _drop_waiting(self) -> None:
        self._waiting = None

    def _press_waiting(self) -> None:
        """Do what waited for the answer, if that is still what the hand meant."""
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        action, seen, at = waiting
        is_same = action not in ABOUT_TICKET or seen == self._seen
        if is_same and self._monotonic() - at < _STILL_WANTED_SECONDS:
            self.press(action)

    @property
    def _seen(self) -> int | None:
        """The ticket before the window."""
        ticket = self._seat.ticket
        return None if ticket is None else ticket.id

    def _ask(self, action: str) -> None:
        """One command to the hub."""
        self._last = (action, self._monotonic())
        no, ticket = self._seat.no, self._seat.ticket
        if action == "next":
            self._orders.run("next", "call_next", m.CallNext(finish_current=True), no=no)
        elif action == "close-window":
            self._orders.run("close-window", "close_window", m.Nothing(), no=no)
        elif action == "sign-out":
            self._orders.run("sign-out", "sign_out", m.Nothing())
        elif ticket is not None and action == "show-name":
            self._orders.run("show-name", "reveal_name", m.Nothing(), id=ticket.id)
        elif ticket is not None and action in _MOVES:
            self._orders.run(action, f"{action}_ticket", m.Nothing(), id=ticket.id)

    def _is_double(self, action: str) -> bool:
        """The second half of a double press; the first half asked the hub already."""
        last, at = self._last
        return action == last and self._monotonic() - at < _DOUBLE_PRESS_SECONDS

    def _after(self, action: str, answer: object) -> None:
        if action == "next" and answer is None:
            self._orders.note("next", w.say(w.NOBODY_WAITS))
        self._press_waiting()

    def _by_hand(self) -> ManualModel | None:
        """The desk without the hub, while it is what the keys work on."""
        return self._manual if self._manual is not None and self._manual.is_active else None

    def _situation(self) -> Situation:
        manual = self._by_hand()
        if manual is not None:
            current = manual.current
            return Situation(
                online=self._seat.online,
                by_hand=True,
                ticket=None if current is None else current.state,
                bringing_in=manual.is_bringing_in,
                may_take_back=current is not None and current.may(Step.WITHDRAWN),
            )
        window, ticket = self._seat.window, self._seat.ticket
        if window is None:
            return Situation(online=self._seat.online)
        tickets = list(self._seat.tickets)
        return Situation(
            online=self._seat.online,
            paused=window.state == "paused",
            ticket=None if ticket is None else ticket.state,
            waiting=len(waiting_for(tickets, window, self._seat.bridge.now())),
            missed=len(missed_for(tickets, window)),
            held=len(held_at(tickets, window.no)),
            may_invite=self._may_invite(),
        )

    def _state(self, action: str, situation: Situation) -> dict[str, object]:
        name = "resume-window" if action == "pause" and situation.paused else action
        name = "take-back" if action == "cancel" and situation.by_hand else name
        is_slow = not situation.by_hand and self._orders.slow_action == action
        count = {"missed": situation.missed, "held": situation.held}.get(action, 0)
        return {
            "label": w.say(w.ACTIONS[name]),
            "key": self._keys[action],
            "hint": w.say(w.WAIT) if is_slow else self._keys[action],
            "count": count,
            "enabled": (situation.by_hand or not self._orders.slow_action)
            and obstacle(action, situation) is None,
        }

    def _sentence(self, found: Obstacle) -> str:
        manual, ticket = self._by_hand(), self._seat.ticket
        number = "" if ticket is None else ticket.number
        return w.say(w.OBSTACLES[found], number=number if manual is None else manual.number_now)

    def _is_paused(self) -> bool:
        window = self._seat.window
        return window is not None and window.state == "paused"

    states = Property("QVariantMap", lambda self: self._states, notify=changed)  # type: ignore[arg-type]
    suggested = Property(str, lambda self: self._suggested, notify=changed)
    names = Property(list, lambda self: list(self._keys), constant=True)
