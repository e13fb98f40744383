"""The clerk's keypad, the citizen's pad and the bar above the window, beside the desk.

A key of the pad is a key of the desk: it does what the same key there does, or is refused beside it. Every
device is waited for in a thread of its own; what it tells comes into the Qt thread through one queued signal.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter.viewmodels.actions import ActionsModel
from counter.viewmodels.evaluator import EvaluatorModel
from counter.viewmodels.seat import Seat
from hardware.device import DeviceState, StateChanged
from hardware.keypad.driver import Keypad, KeyPressed, Rated
from hardware.keypad.protocol import Key
from hardware.ledbar.driver import LedBar
from hardware.notifier import DeviceEvent, Notifier, Watch
from hardware.registry import open_keypad, open_ledbar
from shared.protocol.messages import PartReport

_log = logging.getLogger(__name__)
KEYPAD, LEDBAR = "keypad", "ledbar"

ACTIONS: Mapping[Key, str] = MappingProxyType(
    {
        Key.NEXT: "next",
        Key.RECALL: "recall",
        Key.CONFIRM: "start",
        Key.GIVE_UP: "miss",
        Key.HOLD: "hold",
        Key.PAUSE: "pause",
        Key.TRANSFER: "transfer",
        Key.RATE: "invite",
    }
)
"""Key of the pad -> action of the desk. `back` has no counterpart: what it means is not known."""
_SHOWN = frozenset({"called", "serving"})


@dataclass(frozen=True, slots=True)
class PadSpecs:
    """Device names as in the settings; `none` stands for a device that is not there."""

    keypad: str
    ledbar: str


class PadsModel(QObject):
    """Owns the pads. Raises `DeviceUnavailable` at once for a name that cannot be read."""

    changed = Signal()
    _told = Signal(object)

    def __init__(
        self,
        specs: PadSpecs,
        seat: Seat,
        actions: ActionsModel,
        evaluator: EvaluatorModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._seat, self._actions, self._evaluator = seat, actions, evaluator
        self._states: dict[str, StateChanged] = {}
        self._shown: int | None = None
        self._address: int | None = None
        self._was_inviting = False
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._notifier = Notifier(self._told.emit)
        self._keypad = self._watch_keypad(specs.keypad)
        self._ledbar = self._watch_ledbar(specs.ledbar)
        seat.changed.connect(self._show)
        evaluator.changed.connect(self._follow_evaluator)

    def stop(self) -> None:
        """Blank the bar and let the devices go; waits for them at most two seconds."""
        if self._ledbar is not None:
            self._ledbar.submit(lambda bar: bar.show(None))
        self._notifier.stop(within=2.0)

    def report(self) -> list[PartReport]:
        """The pads as the hub hears of them; unknown before the first answer."""
        return [
            PartReport(
                kind=watch.name,
                state=self._states.get(watch.name, _UNKNOWN).state.value,
                detail=self._states.get(watch.name, _UNKNOWN).detail[:_DETAIL],
            )
            for watch in (self._keypad, self._ledbar)
            if watch is not None
        ]

    def _watch_keypad(self, spec: str) -> "Watch[Keypad] | None":
        keypad = open_keypad(spec)
        return None if keypad is None else self._notifier.watch(KEYPAD, keypad)

    def _watch_ledbar(self, spec: str) -> "Watch[LedBar] | None":
        bar = open_ledbar(spec)
        return None if bar is None else self._notifier.watch(LEDBAR, bar)

    @Slot(object)
    def _hear(self, event: DeviceEvent) -> None:
        match event.what:
            case KeyPressed(address=address, key=key):
                self._address = address
                if action := ACTIONS.get(key):
                    self._press(action)
            case Rated(level=level):
                self._evaluator.rate(level)
            case StateChanged() as state:
                self._states[event.device] = state
                self.changed.emit()

    def _press(self, action: str) -> None:
        """As on the desk; a pad left lying there does nothing while no window is open."""
        if self._seat.window is not None:
            self._actions.press(action)

    def _show(self) -> None:
        """The number that was called to this window, on the bar above it."""
        ticket = self._seat.ticket
        number = int(ticket.number[1:]) if ticket is not None and ticket.state in _SHOWN else None
        if self._ledbar is None or number == self._shown:
            return
        self._shown = number
        self._ledbar.submit(lambda bar: _light(bar, number))

    def _follow_evaluator(self) -> None:
        """The pad that was used last invites when the screen does."""
        is_inviting = self._evaluator.step == "invited"
        address = self._address
        if self._keypad is not None and address is not None and is_inviting and not self._was_inviting:
            self._keypad.submit(lambda keypad: keypad.invite(address))
        self._was_inviting = is_inviting


_UNKNOWN = StateChanged(DeviceState.UNKNOWN)
_DETAIL = 80


def _light(bar: LedBar, number: int | None) -> None:
    """A number that has no room is not shown in part: the bar goes blank."""
    try:
        bar.show(number)
    except ValueError as error:
        _log.warning("%s", error)
        bar.show(None)
