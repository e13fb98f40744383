"""The desk without the hub: a number is typed, called aloud, and noted step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from counter.spool import Call, NotPossibleError
from counter.tempo import tempo
from counter.viewmodels import words as w
from counter.viewmodels.orders import Orders
from counter.viewmodels.seat import Seat
from counter.viewmodels.session import SessionModel
from counter.viewmodels.standing_by import StandingBy
from shared.domain.manual import Step, parse_number
from shared.domain.moments import HALL_ZONE
from shared.domain.ticket import State, display_number
from shared.qt.models import ValueListModel

QML_IMPORT_NAME = "Counter"
QML_IMPORT_MAJOR_VERSION = 1

STEPS = {"start": Step.STARTED, "finish": Step.FINISHED, "miss": Step.MISSED, "cancel": Step.WITHDRAWN}
"""What the keys of the desk note."""
_CALLS = frozenset({"next", "pick", "missed"})
_TICK_MS = 500


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One call by hand; `what` are its steps with their times."""

    n: int
    number: str
    what: str
    current: bool


@QmlElement
class ManualModel(QObject):
    """`active` while the desk works by hand. What is shown is what stands on the disk."""

    changed = Signal()
    ticked = Signal()
    numberWanted = Signal()
    """The key "next": whoever types goes on in the field of the number."""
    accepted = Signal()
    """The number that was typed is called; the field is empty again."""

    def __init__(
        self,
        standing_by: StandingBy,
        seat: Seat,
        orders: Orders,
        session: SessionModel,
        fixed: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._by, self._seat, self._orders, self._session, self._fixed = (
            standing_by, seat, orders, session, fixed,
        )  # fmt: skip
        self._problem = self._hint = self._confirmed = ""
        self._busy = self._was_active = False
        self._summary: list[Call] = []
        self._began: datetime | None = None
        self._clock = ""
        self._rows = ValueListModel(NoteRow, "n", self)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        standing_by.changed.connect(self._refresh)
        standing_by.brought.connect(self._brought)
        seat.changed.connect(self._refresh)
        session.changed.connect(self.changed)

    # -- what the clerk does

    @Slot(str)
    def callNumber(self, typed: str) -> None:
        """Call the number that was typed, or say in words why not."""
        if self._busy or not self.is_active:
            return
        number, problem = self._checked(typed)
        if number is None:
            self._say(problem)
        else:
            self._write(lambda now: self._by.standby.spool.call(*number, now), self.accepted.emit)

    @Slot(str)
    def note(self, action: str) -> None:
        """Note what the key of `action` says."""
        current = self.current
        if not self._busy and current is not None and current.may(STEPS[action]):
            self._write(lambda now: self._by.standby.spool.note(STEPS[action], now))

    @Slot(str)
    def sitDown(self, clerk: str) -> None:
        """A clerk works here whom nobody can ask for a PIN now."""
        window, number = self._window(), clerk.strip()[:60]
        if self._busy or not self.is_offered or window is None:
            return
        if not number:
            self._say(w.say(w.BY_HAND_WHO))
            return
        self._write(lambda now: self._by.standby.spool.sit_down(window, number, now))

    @Slot()
    def typing(self) -> None:
        """The clerk types again: what was said of the number before is old."""
        if self._problem or self._confirmed:
            self._problem = self._confirmed = ""
            self.changed.emit()

    @Slot()
    def dismiss(self) -> None:
        """The clerk has read what came of it."""
        self._summary = []
        self.changed.emit()

    # -- for the keys of the desk

    @property
    def is_active(self) -> bool:
        """Whether the desk works by hand."""
        return self._by.is_active

    @property
    def is_bringing_in(self) -> bool:
        """Whether the hub takes in what was noted just now."""
        return self._by.phase == "back"

    @property
    def is_offered(self) -> bool:
        """Whether a clerk may sit down without the hub."""
        return self._by.phase == "away" and not self.is_active and not self._session.clerk_number

    @property
    def current(self) -> Call | None:
        """The ticket before the window, as noted."""
        return self._by.look.current

    @property
    def number_now(self) -> str:
        """Its number; empty for none."""
        return "" if self.current is None else self.current.display

    # -- inside

    def _checked(self, typed: str) -> tuple[tuple[str, int] | None, str]:
        """The number, or what is wrong with it. A lane that is not the window's own is asked about once."""
        number, current = parse_number(typed), self.current
        if not typed.strip():
            return None, w.say(w.BY_HAND_NUMBER)
        if number is None:
            return None, w.say(w.BY_HAND_NO_NUMBER, typed=typed.strip()[:12])
        shown = display_number(*number)
        if current is not None and current.display == shown:
            return None, w.say(w.BY_HAND_SAME, number=shown)
        if current is not None and current.state is State.CALLED:
            return None, w.say(w.BY_HAND_CALLED_FIRST, number=current.display)
        return (None, problem) if (problem := self._lane_problem(number[0], shown)) else (number, "")

    def _lane_problem(self, lane: str, shown: str) -> str:
        mirror, no = self._seat.bridge.mirror, self._window()
        if mirror is None or not mirror.lanes:
            return ""
        if lane not in mirror.lanes:
            return w.say(w.BY_HAND_NO_LANE, lane=lane)
        window = mirror.windows.get(no or 0)
        if window is None or lane in window.lanes or self._confirmed == shown:
            return ""
        self._confirmed = shown
        return w.say(w.BY_HAND_OTHER_LANE, lane=lane, number=shown)

    def _write(self, work: Callable[..., None], done: Callable[[], None] = lambda: None) -> None:
        now = self._by.standby.now()
        self._busy, self._problem, self._hint = True, "", ""

        def then(error: Exception | None) -> None:
            self._busy, self._confirmed = False, ""
            if error is None:
                self._orders.forget()  # whatever was lost before: from here on what is noted holds
                done()
                self._by.go_on()
            elif not isinstance(error, NotPossibleError):
                self._problem = w.say(w.BY_HAND_NOT_WRITTEN)

        self._by.write(lambda: work(now), then)
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._problem = problem
        self.changed.emit()

    def _refresh(self) -> None:
        if self.is_active and not self._was_active:
            self._begin()
        self._was_active = self.is_active
        look = self._by.look
        self._began = look.lost_at or self._began
        mine = [call for call in look.latest if call.steps and self._began and call.since >= self._began]
        self._rows.replace([_row(call) for call in mine])
        self._tick()
        self.changed.emit()

    def _begin(self) -> None:
        """A command may be on its way whose answer nobody heard; what came of it may hang on the board."""
        unsure = self._orders.unsure
        self._orders.hush()
        self._summary = []
        self._hint = "" if unsure not in _CALLS else w.say(w.BY_HAND_UNSURE, action=w.say(w.ACTIONS[unsure]))

    def _brought(self, calls: list[Call]) -> None:
        known = {call.n: call for call in self._summary}
        self._summary = list((known | {call.n: call for call in calls}).values())
        self._orders.note("manual", self._outcome())
        self.changed.emit()

    def _window(self) -> int | None:
        """Which window this is; None for a counter that has never heard the hub."""
        look = self._by.look
        if look.time.day is None or (self._fixed is None and look.chair is None):
            return None
        return self._fixed if self._fixed is not None or look.chair is None else look.chair.window

    def _tick(self) -> None:
        current = self.current
        clock = "" if current is None else tempo(current.since, self._by.standby.now(), None).text
        if clock != self._clock:
            self._clock = clock
            self.ticked.emit()

    # -- for QML

    def _headline(self) -> str:
        if self._by.phase == "back":
            return w.say(w.BY_HAND_BACK)
        current, lost = self.current, self._by.look.lost_at
        if self._by.phase == "rest" and current is not None:
            return w.say(w.BY_HAND_REST, number=current.display)
        return "" if lost is None else w.say(w.BY_HAND)

    def _since(self) -> str:
        lost = self._by.look.lost_at
        if lost is None or self._by.phase != "away":
            return ""
        return w.say(w.BY_HAND_SINCE, time=f"{lost.astimezone(HALL_ZONE):%H:%M}")

    def _state_name(self) -> str:
        return "" if self.current is None or self.current.state is None else self.current.state.value

    def _who(self) -> str:
        chair = self._by.look.chair
        if chair is None or not self.is_active:
            return ""
        return chair.name if chair.proved else w.say(w.BY_HAND_UNPROVED, clerk=chair.clerk)

    def _last(self) -> str:
        chair, window = self._by.look.chair, self._window()
        if window is None:
            return w.say(w.BY_HAND_NO_WINDOW)
        if chair is None or not chair.name:
            return w.say(w.BY_HAND_FIRST, window=window)
        return w.say(w.BY_HAND_LAST, window=window, clerk=chair.name)

    def _outcome(self) -> str:
        fates = [call.fate or "" for call in self._summary if call.fate != "withdrawn"]
        if not fates:
            return ""
        parts = [w.say(w.BROUGHT_IN, done=fates.count("done"))]
        counts = (
            (w.BROUGHT_WAITING, sum(fate in ("awaits", "noted") for fate in fates)),
            (w.BROUGHT_CONFLICTS, sum(fate in ("conflict", "settled") for fate in fates)),
            (w.BROUGHT_REFUSED, sum(fate.startswith("refused") for fate in fates)),
        )
        return (", " if w.is_english() else "，").join(
            [*parts, *(w.say(text, count=count) for text, count in counts if count)]
        )

    def _conflicts(self) -> list[str]:
        """At most six numbers, each with why."""
        named = [f"{call.display}　{w.pair(call.zh, call.en)}" for call in self._summary if call.zh]
        return named[:6] + (["…"] if len(named) > 6 else [])

    active = Property(bool, lambda self: self.is_active, notify=changed)
    offered = Property(bool, lambda self: self.is_offered, notify=changed)
    mayType = Property(bool, lambda self: self._by.phase == "away", notify=changed)
    hasWindow = Property(bool, lambda self: self._window() is not None, notify=changed)
    lastClerk = Property(
        str, lambda self: self._by.look.chair.clerk if self._by.look.chair else "", notify=changed
    )
    last = Property(str, _last, notify=changed)
    headline = Property(str, _headline, notify=changed)
    since = Property(str, _since, notify=changed)
    who = Property(str, _who, notify=changed)
    window = Property(
        str, lambda self: w.say(w.WINDOW, window=no) if (no := self._window()) else "", notify=changed
    )
    number = Property(str, lambda self: self.number_now, notify=changed)
    state = Property(str, _state_name, notify=changed)
    stateText = Property(str, lambda self: w.say(w.STATES[self._state_name()]), notify=changed)
    clock = Property(str, lambda self: self._clock, notify=ticked)
    problem = Property(str, lambda self: self._problem, notify=changed)
    hint = Property(str, lambda self: self._hint, notify=changed)
    rows = Property(QObject, lambda self: self._rows, constant=True)
    hasRows = Property(bool, lambda self: bool(self._rows.rows), notify=changed)
    outcome = Property(str, _outcome, notify=changed)
    conflicts = Property(list, _conflicts, notify=changed)


def _row(call: Call) -> NoteRow:
    steps = [f"{w.say(w.BY_HAND_STEPS[step])} {at.astimezone(HALL_ZONE):%H:%M}" for step, at in call.steps]
    before = [w.say(w.BY_HAND_BEFORE)] if call.before else []
    fate = w.pair(call.zh, call.en) or (w.say(w.BY_HAND_DONE) if call.fate == "done" else "")
    said = "　".join(before + steps)
    return NoteRow(call.n, call.display, said + (f"\n{fate}" if fate else ""), call.state is not None)
