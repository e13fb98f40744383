"""A recorded day as a scene: the same people, served as long as they were, at the windows as they were open.

Read from stays and legs. What a window was taken by a visit includes the pause until its next call when
somebody waited for it, so that clerks are not simulated faster than they are.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.ordering import Place, Priority
from shared.domain.rules import MINUTE
from shared.domain.windows import Desk
from shared.services.hall import HallPlan
from shared.simulation.model import Leg, Scene, Shift, Visitor
from shared.store.queries import sql
from shared.store.sqlite import Connection

_LONGEST_PAUSE = 10 * MINUTE
"""A clerk who calls nobody for longer is not between two citizens."""
_USUAL = 8 * MINUTE


class NoSuchDayError(LookupError):
    """Nobody took a number on that business day."""


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """A business day: the scene, and how long each visitor really waited for the first call (ms, or None)."""

    day: date
    scene: Scene
    waited: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Stay:
    ticket: int
    state: str
    lane: str
    window: int | None
    began: int
    ended: int
    sort_at: int
    due_at: int | None
    for_window: int | None


def recorded_day(connection: Connection, plan: HallPlan, day: date) -> RecordedDay:
    """Read one business day. Raises NoSuchDayError."""
    tickets = connection.execute(sql("tickets_of_day"), (day.isoformat(),)).fetchall()
    if not tickets:
        raise NoSuchDayError(f"nobody took a number on {day}")
    stays = _stays(connection, day)
    pauses, usual = _Pauses(plan, stays), _usual_spans(stays)
    visitors, waited = [], []
    for ticket, series, number, taken_at, priority, booked_for in tickets:
        own = stays[ticket]
        visitors.append(
            Visitor(
                taken_at,
                tuple(_legs(own, pauses, usual)) or (Leg(own[-1].lane, usual.get(own[-1].lane, _USUAL)),),
                Priority(priority),
                booked_for,
                _patience(own),
                not any(stay.state == "missed" for stay in own),
                _returns_after(own),
                Place(own[0].sort_at, own[0].due_at, number, series),
            )
        )
        waited.append(next((stay.began - taken_at for stay in own if stay.state == "called"), None))
    shifts = tuple(_shifts(connection, plan, day, max(stay.began for own in stays.values() for stay in own)))
    return RecordedDay(day, Scene(tuple(visitors), shifts, plan.rules), tuple(waited))


def _stays(connection: Connection, day: date) -> dict[int, list[_Stay]]:
    found: defaultdict[int, list[_Stay]] = defaultdict(list)
    rows = connection.execute(sql("stays_of_day"), (day.isoformat(),)).fetchall()
    latest = max(row[4] for row in rows)
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        ticket, state, lane, window, began, *place = row
        ended = following[4] if following is not None and following[0] == ticket else latest
        found[ticket].append(_Stay(ticket, state, lane, window, began, ended, *place))
    return found


def _at_window(stays: Sequence[_Stay]) -> Iterator[list[_Stay]]:
    """The runs of stays in which a window had the ticket, one for each leg that was served."""
    run: list[_Stay] = []
    for stay in stays:
        if stay.state in ("called", "serving"):
            run.append(stay)
        elif run and stay.state != "held":
            if stay.state != "missed":
                yield run
            run = []
    if run:
        yield run


def _legs(stays: Sequence[_Stay], pauses: "_Pauses", usual: Mapping[str, int]) -> Iterator[Leg]:
    for run in _at_window(stays):
        span = sum(stay.ended - stay.began for stay in run) + pauses.after(run[-1])
        if run[-1] is stays[-1]:
            span = max(span, usual.get(run[0].lane, _USUAL))  # not over yet
        waited = next(
            (s for s in reversed(stays) if s.state == "waiting" and s.began <= run[0].began), run[0]
        )
        yield Leg(run[0].lane, max(span, 1), waited.for_window)


def _patience(stays: Sequence[_Stay]) -> int | None:
    """How long somebody waited who gave up uncalled."""
    if any(stay.state == "called" for stay in stays) or stays[-1].state != "cancelled":
        return None
    return stays[-1].began - stays[0].began


def _returns_after(stays: Sequence[_Stay]) -> int | None:
    """From the missed call to the return."""
    missed = next((stay for stay in stays if stay.state == "missed"), None)
    comes_back = missed is not None and stays[stays.index(missed) + 1 :]
    return missed.ended - missed.began if missed is not None and comes_back else None


def _usual_spans(stays: Mapping[int, Sequence[_Stay]]) -> dict[str, int]:
    """What a visit of each lane usually takes: for those whom nobody called that day."""
    spans: defaultdict[str, list[int]] = defaultdict(list)
    for own in stays.values():
        for run in _at_window(own):
            spans[run[0].lane].append(sum(stay.ended - stay.began for stay in run))
    return {lane: round(median(found)) for lane, found in spans.items()}


class _Pauses:
    """The time from the end of a visit to the window's next call, while somebody waited for that window."""

    def __init__(self, plan: HallPlan, stays: Mapping[int, Sequence[_Stay]]) -> None:
        everything = [stay for own in stays.values() for stay in own]
        self._pause: dict[tuple[int, int], int] = {}
        calls: defaultdict[int, list[int]] = defaultdict(list)
        for stay in sorted((s for s in everything if s.state == "called"), key=lambda s: s.began):
            calls[stay.window or 0].append(stay.began)
        ends = [s for s in everything if s.state in ("called", "serving")]
        waiting = _Waiting(everything)
        for stay in sorted(ends, key=lambda s: s.ended):
            no = stay.window or 0
            following = next((at for at in calls[no] if at >= stay.ended), None)
            lanes = plan.lanes_of_window(no)
            if following is not None and waiting.at(stay.ended, lanes):
                pause = following - stay.ended
                self._pause[no, stay.ended] = pause if pause <= _LONGEST_PAUSE else 0

    def after(self, stay: _Stay) -> int:
        return self._pause.get((stay.window or 0, stay.ended), 0)


class _Waiting:
    """How many wait in each lane, for moments that are asked in order."""

    def __init__(self, stays: Sequence[_Stay]) -> None:
        waiting = [stay for stay in stays if stay.state == "waiting"]
        changes = [(s.began, 1, s.lane) for s in waiting] + [(s.ended, -1, s.lane) for s in waiting]
        self._changes = sorted(changes, reverse=True)
        self._now: Counter[str] = Counter()

    def at(self, moment: int, lanes: Sequence[str]) -> bool:
        """Whether anybody waits in one of the lanes at `moment`, which is not before the last asked."""
        while self._changes and self._changes[-1][0] <= moment:
            _, step, lane = self._changes.pop()
            self._now[lane] += step
        return any(self._now[lane] > 0 for lane in lanes)


# -- windows ------------------------------------------------------------------------------------------


def _shifts(connection: Connection, plan: HallPlan, day: date, last: int) -> Iterator[Shift]:
    """When each window was open, from its facts. One still open at the last move stays open."""
    midnight = to_millis(datetime.combine(day, time(), HALL_ZONE))
    first = first_fact_at(connection, midnight)
    end = first_fact_at(connection, max(last, midnight) + 24 * 60 * MINUTE)
    opened: dict[int, int] = {}
    for at, name, data in connection.execute(sql("window_facts"), (first, end)):
        no = json.loads(data)["window"]
        if name in ("window.opened", "window.resumed"):
            opened.setdefault(no, at)
        elif no in opened:
            yield Shift(_desk(plan, no), opened.pop(no), at)
        if at > last:
            break
    for no, at in opened.items():
        yield Shift(_desk(plan, no), at, at + round(timedelta(days=30) / timedelta(milliseconds=1)))


def _desk(plan: HallPlan, no: int) -> Desk:
    return plan.desks.get(no) or Desk(no, ())


def first_fact_at(connection: Connection, moment: int) -> int:
    """The first fact not before a moment. Facts grow in time, so a few looks find it among millions."""
    low, high = 1, connection.execute(sql("read_head")).fetchone()[0] + 1
    while low < high:
        middle = (low + high) // 2
        at = connection.execute(sql("moment_of_fact"), (middle,)).fetchone()[0]
        low, high = (middle + 1, high) if at < moment else (low, middle)
    return low
