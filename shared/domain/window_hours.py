"""When somebody is at a window: in the hours of its lanes, or only in some of them."""

from dataclasses import dataclass
from datetime import date

from shared.domain.hours import WeekHours
from shared.domain.hours_spans import Spans, overlaid, within


@dataclass(frozen=True, slots=True)
class WindowHours:
    """A window's own hours within those of its lanes. Only their times count: the lanes say for whom."""

    lanes: tuple[WeekHours, ...]
    own: WeekHours | None = None
    """None: whenever one of its lanes is open."""

    def spans_on(self, day: date) -> Spans:
        """The times of one date at which its clerk is there."""
        times = overlaid(span for lane in self.lanes for span in lane.spans_on(day))
        return times if self.own is None else within(times, self.own.spans_on(day))

    def of_lane(self, spans: Spans, day: date) -> Spans:
        """What the window is there for, of a lane's spans of one date; each keeps its kind."""
        return spans if self.own is None else within(spans, self.own.spans_on(day))

    def in_config(self) -> list[str]:
        """Its own hours in the written form; nothing where it has none."""
        return [] if self.own is None else self.own.in_config()
