"""What the board says of each lane: people waiting, an honest wait, or when it opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from display.scope import Scope
from display.viewmodels import words as w
from display.viewmodels.words import NOTHING, Line, Words
from shared.domain.moments import HALL_ZONE
from shared.protocol.messages import Estimate, Lane


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One row. `wait` is empty where there is no history: a guess would be a lie."""

    letter: str
    name: Line
    waiting: int
    wait: Line
    open: bool
    opening: Line


def lane_rows(lanes: Iterable[Lane], scope: Scope, words: Words, now: datetime) -> list[LaneRow]:
    """The rows of the lanes this board shows, by letter. Lanes that citizens cannot take are left out."""
    shown = (lane for lane in lanes if scope.shows_lane(lane.letter) and (lane.on_kiosk or scope.lanes))
    return [lane_row(lane, words, now) for lane in sorted(shown, key=lambda lane: lane.letter)]


def lane_row(lane: Lane, words: Words, now: datetime) -> LaneRow:
    """The row of one lane."""
    return LaneRow(
        letter=lane.letter,
        name=words.pair(lane.name, lane.name_en),
        waiting=lane.waiting,
        wait=wait_in_words(lane.estimate, words) if lane.open and lane.waiting else NOTHING,
        open=lane.open,
        opening=NOTHING if lane.open else opening_in_words(lane.opens_at, words, now),
    )


def wait_in_words(estimate: Estimate | None, words: Words) -> Line:
    """Minutes as an interval, words when it is long, nothing without history."""
    if estimate is None:
        return NOTHING
    if estimate.kind == "long":
        return words.say(w.LONG_WAIT)
    return words.say(w.MINUTES, low=estimate.low, high=estimate.high)


def opening_in_words(opens_at: datetime | None, words: Words, now: datetime) -> Line:
    """When a closed lane opens next: today, tomorrow, a weekday within the week, else the date."""
    if opens_at is None:
        return words.say(w.CLOSED)
    moment, today = opens_at.astimezone(HALL_ZONE), now.astimezone(HALL_ZONE).date()
    time = f"{moment:%H:%M}"
    days = (moment.date() - today).days
    if days <= 0:
        return words.say(w.OPENS_TODAY, time=time)
    if days == 1:
        return words.say(w.OPENS_TOMORROW, time=time)
    if days < 7:
        return words.say(w.OPENS_ON_DAY, day=words.say(w.WEEKDAYS[moment.weekday()]), time=time)
    return words.say(w.OPENS_ON_DATE, month=moment.month, day=moment.day, time=time)
