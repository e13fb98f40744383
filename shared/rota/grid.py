"""A rota as the table that people read: clerks by days, a cell each, with totals. Sheets, pictures and pages
are drawn from it, so that all of them say the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.hours_spans import SpanKind
from shared.domain.rota import Duty, Rota
from shared.domain.rota_plan import Clerk


class CellKind(StrEnum):
    """What a day is for a clerk; the kind of hours is that of the latest span that is not regular."""

    REGULAR = "regular"
    LUNCH = "lunch"
    EVENING = "evening"
    WEEKEND = "weekend"
    RESERVE = "reserve"
    """At work, without a place all day."""
    OWED = "owed"
    """Rest for a day on duty."""
    LEAVE = "leave"
    REST = "rest"
    CLOSED = "closed"
    """Nobody is wanted."""


WORDS: dict[CellKind, tuple[str, str]] = {
    CellKind.REGULAR: ("白班", "day"),
    CellKind.LUNCH: ("午间", "lunch"),
    CellKind.EVENING: ("晚间", "evening"),
    CellKind.WEEKEND: ("周末、假日值班", "weekend or holiday"),
    CellKind.RESERVE: ("机动", "in reserve"),
    CellKind.OWED: ("调休", "owed rest"),
    CellKind.LEAVE: ("请假", "leave"),
    CellKind.REST: ("轮休", "rest"),
    CellKind.CLOSED: ("不开放", "closed"),
}
MARKS = {CellKind.OWED: "调", CellKind.LEAVE: "假", CellKind.REST: "休", CellKind.CLOSED: ""}
"""What stands in a cell without a shift."""
_AT_WORK = frozenset({CellKind.REGULAR, CellKind.LUNCH, CellKind.EVENING, CellKind.WEEKEND, CellKind.RESERVE})


@dataclass(frozen=True, slots=True)
class Cell:
    """A clerk's day. `shift` is its code; `places` the lanes in order, without repetition."""

    kind: CellKind
    shift: str = ""
    places: tuple[str, ...] = ()
    times: str = ""

    @property
    def at_work(self) -> bool:
        """Whether the clerk comes."""
        return self.kind in _AT_WORK

    @property
    def mark(self) -> str:
        """A letter or two: the shift with its lanes, or what the day is instead."""
        return MARKS.get(self.kind, self.shift)


@dataclass(frozen=True, slots=True)
class Row:
    """A clerk's line: a cell a day, and what it sums up to. `owed` is rest that is still to be taken."""

    clerk: Clerk
    cells: tuple[Cell, ...]
    days: int
    weekends: int
    evenings: int
    owed: int


def grid(rota: Rota) -> tuple[Row, ...]:
    """The rows in the order of the plan."""
    carried = rota.carried()
    return tuple(_row(rota, clerk, len(carried[clerk.number].owed)) for clerk in rota.plan.clerks)


def shortages_by_day(rota: Rota) -> dict[date, int]:
    """How many are short on each day that lacks somebody: places, and leaders."""
    found: dict[date, int] = {}
    for shortage in rota.shortages:
        if shortage.day is not None and not shortage.clerk:
            found[shortage.day] = found.get(shortage.day, 0) + shortage.missing
    return found


def _row(rota: Rota, clerk: Clerk, owed: int) -> Row:
    duties: dict[date, list[Duty]] = {}
    for duty in rota.duties:
        if duty.clerk == clerk.number:
            duties.setdefault(duty.day, []).append(duty)
    rests = {rest.day for rest in rota.rests if rest.clerk == clerk.number}
    cells = tuple(_cell(rota, clerk, day, duties.get(day, []), day in rests) for day in rota.plan.days)
    return Row(
        clerk,
        cells,
        sum(cell.at_work for cell in cells),
        len(duties.keys() & rota.plan.weekend_days),
        sum(cell.kind is CellKind.EVENING for cell in cells),
        owed,
    )


def _cell(rota: Rota, clerk: Clerk, day: date, duties: list[Duty], rests: bool) -> Cell:
    if duties:
        return _work(rota, day, sorted(duties))
    if day in clerk.leave:
        return Cell(CellKind.LEAVE)
    if rests:
        return Cell(CellKind.OWED)
    return Cell(CellKind.REST if day in rota.plan.open_days else CellKind.CLOSED)


def _work(rota: Rota, day: date, duties: list[Duty]) -> Cell:
    places = tuple(dict.fromkeys(duty.place for duty in duties if duty.place))
    kinds = [duty.span.kind for duty in duties]
    kind = CellKind.REGULAR
    for extended in (SpanKind.LUNCH, SpanKind.EVENING, SpanKind.WEEKEND):
        if extended in kinds:
            kind = CellKind(extended.value)
    if day in rota.plan.weekend_days:
        kind = CellKind.WEEKEND
    if not places:
        kind = CellKind.RESERVE
    return Cell(kind, duties[0].shift, places, " ".join(_times(duties)))


def _times(duties: list[Duty]) -> Iterator[str]:
    """The spans on duty, those that touch as one."""
    start, end = duties[0].span.start, duties[0].span.end
    for duty in duties[1:]:
        if duty.span.start > end:
            yield _clock(start, end)
            start = duty.span.start
        end = duty.span.end
    yield _clock(start, end)


def _clock(start: int, end: int) -> str:
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"
