"""What must fit between the tables of a hall: nothing twice, nothing that is not there, nobody unserved.

A part that was noted as a mistake already reads empty here and is passed over.
"""

from collections.abc import Iterable, Iterator
from datetime import time

from shared.config.problems import Problem
from shared.config.values import HallConfig, LaneConfig
from shared.domain.hours_spans import within

_WHOLE_DAY = 24 * 60


def check_hall(hall: HallConfig) -> list[Problem]:
    """Every mistake between the tables."""
    return [
        *_twice("lanes", "letter", (lane.letter for lane in hall.lanes)),
        *_twice("windows", "no", (window.no for window in hall.windows)),
        *_twice("matters", "id", (matter.id for matter in hall.matters)),
        *_twice("clerks", "number", (clerk.number for clerk in hall.clerks)),
        *_unknown_lanes(hall),
        *_unserved_lanes(hall),
        *_never_there(hall),
        *_managers(hall),
        *_day_change(hall),
    ]


def _twice(tables: str, key: str, values: Iterable[object]) -> Iterator[Problem]:
    first: dict[object, int] = {}
    for at, value in enumerate(values):
        if value and first.setdefault(value, at) != at:
            wrong = f"{_quoted(value)} is taken by {tables}[{first[value]}] already"
            yield Problem(f"{tables}[{at}].{key}", wrong, f"Give each of the {tables} its own {key}")


def _unknown_lanes(hall: HallConfig) -> Iterator[Problem]:
    letters = {lane.letter for lane in hall.lanes}
    if "" in letters or not letters:
        return  # a lane's own letter is wrong: do not blame those who name it
    right = f"Lanes of this file: {', '.join(sorted(letters))}"
    for at, window in enumerate(hall.windows):
        for key, lanes in (("lanes", window.lanes), ("also", window.also)):
            for nth, letter in enumerate(lanes):
                if letter and letter not in letters:
                    yield Problem(f"windows[{at}].{key}[{nth}]", f"there is no lane {_quoted(letter)}", right)
        for letter in sorted({*window.lanes} & {*window.also}):
            wrong = f"lane {_quoted(letter)} is its own already"
            yield Problem(f"windows[{at}].also", wrong, "Name a lane in `lanes` or in `also`, not in both")
    for at, matter in enumerate(hall.matters):
        if matter.lane and matter.lane not in letters:
            yield Problem(f"matters[{at}].lane", f"there is no lane {_quoted(matter.lane)}", right)


def _unserved_lanes(hall: HallConfig) -> Iterator[Problem]:
    served = {letter for window in hall.windows for letter in window.lanes + window.also}
    for at, lane in enumerate(hall.lanes):
        if hall.windows and lane.letter and lane.letter not in served:
            wrong = f"no window serves lane {_quoted(lane.letter)}"
            yield Problem(f"lanes[{at}]", wrong, f'Add "{lane.letter}" to the lanes of a window')


def _never_there(hall: HallConfig) -> Iterator[Problem]:
    lanes = {lane.letter: lane.hours.week for lane in hall.lanes}
    for at, window in enumerate(hall.windows):
        weeks = [lanes[letter] for letter in window.lanes if letter in lanes]
        if window.hours is None or not any(window.hours.week) or not weeks:
            continue
        if not any(
            within(day, own) for week in weeks for day, own in zip(week, window.hours.week, strict=True)
        ):
            right = "Take times at which one of its lanes is open, or leave the line out"
            yield Problem(f"windows[{at}].hours", "none of its lanes is open in these hours", right)


def _managers(hall: HallConfig) -> Iterator[Problem]:
    if hall.clerks and not any(clerk.role == "manager" for clerk in hall.clerks):
        yield Problem("clerks", "nobody is a manager", 'Give at least one of the clerks role = "manager"')


def _day_change(hall: HallConfig) -> Iterator[Problem]:
    for lane in hall.lanes:
        if _is_open_at(lane, hall.day_change):
            at = hall.day_change.isoformat("minutes")
            wrong = f"at {at} lane {_quoted(lane.letter)} is open, and a new day ends every ticket that waits"
            yield Problem("day_change", wrong, 'Choose a time when no lane is open, such as "03:00"')
            return


def _is_open_at(lane: LaneConfig, moment: time) -> bool:
    """Whether a span that ends holds the moment; a lane that never closes has to bear the change."""
    minute = moment.hour * 60 + moment.minute
    spans = {span for day in lane.hours.week for span in day if span.end - span.start < _WHOLE_DAY}
    return any(span.start <= minute < span.end for span in spans)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
