"""The production estimate in a simulated hall: it promises to whoever joins, and learns from calls."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from shared.domain.estimate import Estimator, Method, Promise, Wait
from shared.domain.moments import to_millis
from shared.domain.ordering import Place, Priority
from shared.domain.rules import MINUTE, Rules
from shared.figures.waits import Outcome
from shared.simulation.engine import Observer, SimulatedHall
from shared.simulation.model import End, Visit, Visitor
from shared.simulation.rollout import AtWindow, Booked, Live, Waiting, foresee

SPANS_KEPT = 200
FORECAST_EVERY = MINUTE
_LOOK_AHEAD = 120 * MINUTE
_RATE_OVER = 60
"""Minutes over which arrivals with a credit are counted."""


class Forecaster(Observer):
    """`outcomes` are what was promised and what came. `moment` dates the simulated milliseconds.

    With `rollouts`, the live state is played forward once a minute, as the hub does it.
    """

    def __init__(
        self, estimator: Estimator, moment: Callable[[int], datetime], *, rollouts: bool = False
    ) -> None:
        self.estimator = estimator
        self.outcomes: list[Outcome] = []
        self.forecasts = 0
        self._moment = moment
        self._rollouts = rollouts
        self._promises: dict[int, Promise] = {}
        self._live = LiveNotes()

    def start(self, rules: Rules, visitors: Iterable[Visitor]) -> None:
        """A new run with the same estimator: tickets are numbered anew."""
        self._promises.clear()
        self.estimator.foreseen = None
        self._live.start(rules, visitors)

    def joined(self, hall: SimulatedHall, visit: Visit, place: Place) -> None:
        """Promise a wait to a new ticket."""
        if visit.leg or visit.returned:
            return
        self._live.joined(hall.now, visit)
        at = to_millis(self._moment(hall.now))
        if visit.visitor.booked_for is not None:
            self._promises[visit.id] = self.estimator.promise(visit.lane, visit.ahead, None, at)
            return
        if self._rollouts:
            self._look_ahead(hall, at)
        credited = visit.visitor.priority is not Priority.NONE
        self._promises[visit.id] = self.estimator.for_newcomer(visit.lane, visit.ahead, at, credited=credited)

    def called(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        """Learn from the first call."""
        promise = self._promises.pop(visit.id, None)
        if promise is None:
            return
        minutes = (hall.now - visit.visitor.at) / MINUTE
        wait = Wait(visit.ahead, minutes, promise.likely, promise.rolled, to_millis(self._moment(hall.now)))
        self.estimator.learn(visit.lane, wait)
        self.outcomes.append(self._outcome(visit, minutes, promise))

    def freed(self, hall: SimulatedHall, visit: Visit, no: int) -> None:
        """Learn how long services take."""
        self._live.freed(hall.now - hall.busy[no][1], visit)

    def _look_ahead(self, hall: SimulatedHall, at: int) -> None:
        """Play the live state forward, once a minute."""
        known = self.estimator.foreseen
        if known is None or at - known.at >= FORECAST_EVERY:
            self.estimator.foreseen = replace(foresee(self._live.state(hall), self.forecasts), at=at)
            self.forecasts += 1

    def _outcome(self, visit: Visit, minutes: float, promise: Promise) -> Outcome:
        told = promise.interval
        shown = None if told is None or told.long else told
        by_rollout = promise.method is Method.ROLLOUT and promise.rolled is not None
        return Outcome(
            visit.lane,
            self._moment(visit.visitor.at),
            minutes,
            visit.ahead,
            promise.rolled if by_rollout and promise.rolled is not None else promise.likely,
            None if shown is None else shown.low,
            None if shown is None else shown.high,
            promise.method,
            long=told is not None and told.long,
        )


class LiveNotes:
    """What a hub would know of the hall for a rollout: spans, no-shows, credits, bookings."""

    def __init__(self) -> None:
        self._spans: defaultdict[str, deque[int]] = defaultdict(lambda: deque(maxlen=SPANS_KEPT))
        self._rules = Rules()
        self._start_counts()

    def start(self, rules: Rules, visitors: Iterable[Visitor]) -> None:
        """A new day; how long services take is remembered."""
        self._rules = rules
        self._start_counts()
        self._to_come.update((v.booked_for, v.legs[0].lane) for v in visitors if v.booked_for is not None)

    def _start_counts(self) -> None:
        self._to_come: Counter[tuple[int, str]] = Counter()
        self._credited: defaultdict[str, deque[int]] = defaultdict(deque)
        self._calls = self._missed = 0

    def joined(self, now: int, visit: Visit) -> None:
        visitor = visit.visitor
        if visitor.booked_for is not None:
            self._to_come[visitor.booked_for, visit.lane] -= 1
        elif visitor.priority is not Priority.NONE:
            self._credited[visit.lane].append(now)

    def freed(self, span: int, visit: Visit) -> None:
        self._calls += 1
        if visit.end is End.MISSED:
            self._missed += 1
        else:
            self._spans[visit.lane].append(span)

    def state(self, hall: SimulatedHall) -> Live:
        """The live state, as a rollout wants it."""
        usual = [span for spans in self._spans.values() for span in spans] or [5 * MINUTE]
        lanes = {lane for shift in hall.open.values() for lane in shift.desk.lanes}
        lines = [*hall.lines.values(), *hall.sent.values()]
        return Live(
            hall.now,
            self._rules,
            tuple(shift.desk for shift in hall.open.values()),
            tuple(
                AtWindow(no, visit.lane, since) for no, (visit, since) in hall.busy.items() if no in hall.open
            ),
            tuple(
                Waiting(ticket, leg.lane, line.place(ticket), leg.for_window)
                for line in lines
                for ticket in line
                for leg in [hall.visits[ticket].now_for]
            ),
            {lane: tuple(self._spans[lane]) or tuple(usual) for lane in lanes | set(self._spans)},
            tuple(
                Booked(at, lane)
                for (at, lane), number in self._to_come.items()
                for _ in range(number)
                if hall.now - self._rules.appointment_late * MINUTE < at < hall.now + _LOOK_AHEAD
            ),
            self._missed / self._calls if self._calls else 0.0,
            {lane: self._rate(lane, hall.now) for lane in self._credited},
        )

    def _rate(self, lane: str, now: int) -> float:
        arrivals = self._credited[lane]
        while arrivals and arrivals[0] < now - _RATE_OVER * MINUTE:
            arrivals.popleft()
        return len(arrivals) / _RATE_OVER
