"""The event loop of a simulated hall. Who is called, and by whom, is decided by the production rules alone.

A heap of events in time; at one moment windows become free before newcomers join. Every choice of a ticket
is `Desk.first` over `Line`s, every choice of an idle window `idle_choice`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import heappop, heappush
from itertools import count

from shared.domain.lines import Line
from shared.domain.ordering import Key, Place
from shared.domain.windows import Desk, Idle, idle_choice
from shared.simulation.model import End, Scene, Shift, Visit, Visitor

_FREE, _OPEN, _JOIN, _LEAVE = range(4)
"""What comes first of several things at one moment."""


class Observer:
    """Sees what happens, as it happens; `hall` may be read, not changed. Does nothing by itself."""

    def joined(self, hall: "SimulatedHall", visit: Visit, place: Place) -> None:
        """A ticket was taken, or came (back) to a line; nobody has called it yet."""

    def called(self, hall: "SimulatedHall", visit: Visit, no: int) -> None:
        """A window calls a ticket; it is still in its line."""

    def freed(self, hall: "SimulatedHall", visit: Visit, no: int) -> None:
        """A window is done with a ticket: served, or not come. `hall.busy` still has it."""

    def settled(self, hall: "SimulatedHall") -> None:
        """All that follows at once from one event has happened."""


class SimulatedHall:
    """A run of one scene. `run` may be called once."""

    def __init__(self, scene: Scene, observers: Iterable[Observer] = ()) -> None:
        self.now = 0
        self.lines: dict[str, Line] = defaultdict(Line)
        self.sent: dict[int, Line] = defaultdict(Line)
        self.open: dict[int, Shift] = {}
        self.idle: dict[int, int] = {}
        """Open windows with nobody there, and since when."""
        self.busy: dict[int, tuple[Visit, int]] = {}
        """Who is at a window, and since when."""
        self.visits: dict[int, Visit] = {}
        self._places: dict[int, Place] = {}
        self._scene = scene
        self._observers = tuple(observers)
        self._events: list[tuple[int, int, int, Callable[[], None]]] = []
        self._order = count()
        self._numbers: dict[str, int] = defaultdict(int)
        self._callers: dict[str, tuple[int, ...]] = {}

    def run(self) -> list[Visit]:
        """Every visit, in the order of arrival."""
        for shift in self._scene.shifts:
            self._at(shift.start, _OPEN, partial(self._open, shift))
        arrivals = iter(sorted(self._scene.visitors, key=lambda visitor: visitor.at))
        self._next_arrival(arrivals)
        until = self._scene.until
        while self._events:
            at, _, _, happen = heappop(self._events)
            if until is not None and at > until:
                break
            self.now = at
            happen()
            for observer in self._observers:
                observer.settled(self)
        return list(self.visits.values())

    def line_of(self, visit: Visit) -> Line:
        """The line in which a visit waits."""
        leg = visit.now_for
        return self.lines[leg.lane] if leg.for_window is None else self.sent[leg.for_window]

    # -- events ---------------------------------------------------------------------------------------

    def _at(self, moment: int, kind: int, happen: Callable[[], None]) -> None:
        heappush(self._events, (moment, kind, next(self._order), happen))

    def _next_arrival(self, arrivals: Iterator[Visitor]) -> None:
        """One arrival at a time stands among the events, so that the heap stays small."""
        visitor = next(arrivals, None)
        if visitor is not None:
            self._at(max(visitor.at, self.now), _JOIN, partial(self._arrive, visitor, arrivals))

    def _arrive(self, visitor: Visitor, arrivals: Iterator[Visitor]) -> None:
        self._next_arrival(arrivals)
        series = visitor.legs[0].lane
        self._numbers[series] += 1
        place = visitor.place or Place(*self._standpoint(visitor), self._numbers[series], series)
        visit = Visit(visitor, len(self.visits) + 1, place.number)
        if self._observers:  # nobody else asks, and it costs the length of the line
            visit.ahead = self.line_of(visit).ahead_of(place, self.now)
        self.visits[visit.id] = visit
        if visitor.patience is not None:
            self._at(self.now + visitor.patience, _LEAVE, partial(self._give_up, visit))
        self._join(visit, place)

    def _standpoint(self, visitor: Visitor) -> tuple[int, int | None]:
        rules = self._scene.rules
        if visitor.booked_for is not None:
            return rules.appointment(visitor.booked_for, visitor.at)
        return rules.walk_in(visitor.at, visitor.priority)

    def _join(self, visit: Visit, place: Place) -> None:
        self._places[visit.id] = place
        visit.end = End.WAITING
        self.line_of(visit).add(visit.id, place)
        for observer in self._observers:
            observer.joined(self, visit, place)
        self._offer(visit)

    def _give_up(self, visit: Visit) -> None:
        if visit.called_at is None and visit.end is End.WAITING:
            self.line_of(visit).remove(visit.id)
            visit.end, visit.ended_at = End.LEFT, self.now

    def _open(self, shift: Shift) -> None:
        no = shift.desk.no
        self.open[no] = shift
        self._callers.clear()
        self._at(shift.end, _FREE, partial(self._close, shift))
        if no not in self.busy:
            self.idle[no] = self.now
            self._call_next(no)

    def _close(self, shift: Shift) -> None:
        no = shift.desk.no
        if self.open.get(no) is shift:
            del self.open[no]
            self.idle.pop(no, None)
            self._callers.clear()

    # -- calling --------------------------------------------------------------------------------------

    def _offer(self, visit: Visit) -> None:
        """Let the idle windows call, the one chosen by the rule first.

        Nobody else waits for any of them, so once the visit is called the lines are as they were.
        """
        idle = [no for no in self._may_call(visit) if no in self.idle]
        while idle and visit.end is End.WAITING:
            no = idle_choice(Idle(len(self.open[n].desk.lanes), self.idle[n], n) for n in idle)
            idle.remove(no)  # type: ignore[arg-type]  # one of several is chosen
            self._call_next(no)  # type: ignore[arg-type]

    def _may_call(self, visit: Visit) -> tuple[int, ...]:
        lane, for_window = visit.lane, visit.now_for.for_window
        if for_window is not None:
            return (for_window,)
        if lane not in self._callers:
            self._callers[lane] = tuple(no for no, s in self.open.items() if lane in s.desk.lanes)
        return self._callers[lane]

    def _call_next(self, no: int) -> None:
        """Call whom the rules say to this idle window; it stays idle when that is nobody."""
        head = self.first_for(self.open[no].desk)
        if head is None:
            return
        visit = self.visits[head[1]]
        for observer in self._observers:
            observer.called(self, visit, no)
        self.line_of(visit).remove(visit.id)
        del self.idle[no]
        self.busy[no] = visit, self.now
        if visit.called_at is None:
            visit.called_at = self.now
        visit.window, visit.end = no, End.AT_WINDOW
        comes = visit.visitor.comes or visit.returned
        span = visit.visitor.legs[visit.leg].service if comes else self._scene.no_show
        self._at(self.now + span, _FREE, partial(self._finish if comes else self._miss, visit, no))

    def first_for(self, desk: Desk) -> tuple[Key, int] | None:
        """Whom this window would call now."""
        sent = self.sent[desk.no].head(self.now) if desk.no in self.sent else None
        return desk.first(self._head, self._length, sent)

    def _head(self, lane: str) -> tuple[Key, int] | None:
        return self.lines[lane].head(self.now)

    def _length(self, lane: str) -> int:
        return len(self.lines[lane])

    def _finish(self, visit: Visit, no: int) -> None:
        visit.ended_at = self.now
        self._free(visit, no)
        if visit.leg + 1 < len(visit.visitor.legs):
            visit.leg += 1
            self._join(visit, self._places[visit.id])
        else:
            visit.end = End.DONE
        self._resume(no)

    def _miss(self, visit: Visit, no: int) -> None:
        visit.end, visit.ended_at = End.MISSED, self.now
        self._free(visit, no)
        after = visit.visitor.returns_after
        if after is not None:
            self._at(self.now + after, _JOIN, partial(self._return, visit))
        self._resume(no)

    def _return(self, visit: Visit) -> None:
        visit.returned = True
        place = self._places[visit.id]
        self._join(visit, Place(*self._scene.rules.returned(self.now), place.number, place.series))

    def _free(self, visit: Visit, no: int) -> None:
        for observer in self._observers:
            observer.freed(self, visit, no)
        del self.busy[no]
        if no in self.open:
            self.idle[no] = self.now

    def _resume(self, no: int) -> None:
        if no in self.idle:
            self._call_next(no)


def simulate(scene: Scene, *observers: Observer) -> list[Visit]:
    """Run a scene; every visit, in the order of arrival."""
    return SimulatedHall(scene, observers).run()
