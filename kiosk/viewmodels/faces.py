"""What a screen shows of a lane, a matter or a ticket: numbers, names and times; the words are QML's."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.viewmodels.guide import Manner
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Estimate, Lane, Matter, TakenTicket

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNKNOWN_COUNT = -1


@dataclass(frozen=True, slots=True)
class LaneFace:
    """A lane as a row. `opensDay` is today, tomorrow, a weekday (mon to sun), or empty."""

    letter: str
    name: str
    place: str
    waiting: int
    isOpen: bool
    closesAt: str
    opensDay: str
    opensAt: str
    reason: str
    waitKind: str = ""
    waitLow: int = 0
    waitHigh: int = 0


@dataclass(frozen=True, slots=True)
class MatterFace:
    """A matter as a row of the search. `days` is UNKNOWN_COUNT where there is no promise."""

    id: str
    name: str
    department: str
    letter: str
    laneName: str
    days: int
    isBundle: bool


@dataclass(frozen=True, slots=True)
class TicketFace:
    """A ticket as a row, and as the large number. `ahead` is UNKNOWN_COUNT unless it waits."""

    id: int
    number: str
    letter: str
    laneName: str
    place: str
    standing: str
    ahead: int
    window: int
    takenAt: str
    waitKind: str = ""
    waitLow: int = 0
    waitHigh: int = 0


def lane_face(lane: Lane, manner: Manner, now: datetime) -> LaneFace:
    kind, low, high = _wait(lane.estimate)
    opens_day, opens_at = _opening(lane.opens_at, now)
    return LaneFace(
        letter=lane.letter,
        name=manner.pick(lane.name, lane.name_en),
        place=manner.pick(lane.place, lane.place_en),
        waiting=lane.waiting,
        isOpen=lane.open,
        closesAt=_time(lane.closes_at),
        opensDay=opens_day,
        opensAt=opens_at,
        reason=lane.closed_reason,
        waitKind=kind,
        waitLow=low,
        waitHigh=high,
    )


def matter_face(matter: Matter, lane: Lane | None, manner: Manner) -> MatterFace:
    return MatterFace(
        id=matter.id,
        name=manner.pick(matter.name, matter.name_en),
        department=matter.department,
        letter=matter.lane,
        laneName="" if lane is None else manner.pick(lane.name, lane.name_en),
        days=UNKNOWN_COUNT if matter.promise_days is None else matter.promise_days,
        isBundle=matter.bundle,
    )


def ticket_face(taken: TakenTicket, lane: Lane | None, manner: Manner) -> TicketFace:
    ticket = taken.ticket
    kind, low, high = _wait(ticket.estimate)
    return TicketFace(
        id=ticket.id,
        number=ticket.number,
        letter=ticket.lane,
        laneName="" if lane is None else manner.pick(lane.name, lane.name_en),
        place="" if lane is None else manner.pick(lane.place, lane.place_en),
        standing=str(ticket.state),
        ahead=UNKNOWN_COUNT if ticket.ahead is None else ticket.ahead,
        window=ticket.window or 0,
        takenAt=_time(ticket.taken_at),
        waitKind=kind,
        waitLow=low,
        waitHigh=high,
    )


def _wait(estimate: Estimate | None) -> tuple[str, int, int]:
    """Nothing is said where nothing honest can be said."""
    if estimate is None:
        return "", 0, 0
    return estimate.kind, estimate.low, estimate.high


def _opening(opens_at: datetime | None, now: datetime) -> tuple[str, str]:
    if opens_at is None:
        return "", ""
    local = opens_at.astimezone(HALL_ZONE)
    days = (local.date() - now.astimezone(HALL_ZONE).date()).days
    day = ("today", "tomorrow")[days] if days in (0, 1) else _WEEKDAYS[local.weekday()]
    return day, _time(opens_at)


def _time(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(HALL_ZONE):%H:%M}"
