"""The hall's plan: what was configured and changes rarely, read once and kept in memory."""

import json
from dataclasses import dataclass
from datetime import time

from shared.domain.hours import WeekHours, parse_hours
from shared.domain.refusals import Refused
from shared.domain.rules import Rules, rules_from
from shared.domain.window_hours import WindowHours
from shared.domain.windows import Desk, takes_from
from shared.domain.workdays import WorkCalendar
from shared.protocol.messages import Matter
from shared.services.workdays import current_calendar
from shared.store.queries import sql
from shared.store.sqlite import Connection


@dataclass(frozen=True, slots=True)
class LanePlan:
    """A lane as configured, and whether a manager closed it."""

    letter: str
    name: str
    name_en: str
    place: str
    place_en: str
    hours: WeekHours
    minutes_per_person: float
    on_kiosk: bool
    closed_reason: str | None


@dataclass(frozen=True, slots=True)
class HallPlan:
    """Everything that commands and answers need of the configuration."""

    name: str
    name_en: str
    sample: bool
    public_url: str | None
    languages: tuple[str, ...]
    day_change: time
    lanes: dict[str, LanePlan]
    matters: dict[str, Matter]
    desks: dict[int, Desk]
    """Each window with the lanes it may call, and when."""
    window_hours: dict[int, WeekHours]
    """The windows that have hours of their own."""
    clerk_names: dict[str, str]
    rules: Rules
    calendar: WorkCalendar

    def lane(self, letter: str) -> LanePlan:
        """The lane with this letter. Raises Refused("unknown_lane")."""
        try:
            return self.lanes[letter]
        except KeyError:
            raise Refused("unknown_lane", lane=letter) from None

    def matter(self, matter_id: str) -> Matter:
        """The matter with this id. Raises Refused("unknown_matter")."""
        try:
            return self.matters[matter_id]
        except KeyError:
            raise Refused("unknown_matter") from None

    def windows_of_lane(self, letter: str) -> list[int]:
        """Windows that may call this lane, in order."""
        return sorted(no for no, desk in self.desks.items() if letter in desk.lanes)

    def hours_of_window(self, no: int) -> WindowHours:
        """When its clerk is there. Raises Refused("unknown_window")."""
        if no not in self.desks:
            raise Refused("unknown_window", window=no)
        lanes = tuple(self.lanes[letter].hours for letter in self.desks[no].own)
        return WindowHours(lanes, self.window_hours.get(no))

    def lanes_of_window(self, no: int) -> tuple[str, ...]:
        """Every lane a window may ever call, its own first; none for a window that is not there."""
        desk = self.desks.get(no)
        return () if desk is None else desk.lanes


def load_plan(connection: Connection) -> HallPlan:
    """Read the plan from the store."""
    name, name_en, sample, url, languages, day_change, _ = connection.execute(sql("hall")).fetchone()
    calendar = current_calendar(connection)
    lanes = [_lane(row, calendar) for row in connection.execute(sql("lanes"))]
    matters = [_matter(row) for row in connection.execute(sql("matters"))]
    return HallPlan(
        name,
        name_en,
        bool(sample),
        url,
        tuple(languages.split(",")),
        time.fromisoformat(day_change),
        {lane.letter: lane for lane in lanes},
        {matter.id: matter for matter in matters},
        _desks(connection),
        {
            no: parse_hours(json.loads(hours), calendar)
            for no, hours in connection.execute(sql("window_hours"))
        },
        dict(connection.execute(sql("clerk_names"))),
        current_rules(connection),
        calendar,
    )


def current_rules(connection: Connection) -> Rules:
    """The rules that hold now; as they ship while nobody has set any."""
    row = connection.execute(sql("rules")).fetchone()
    return Rules() if row is None else rules_from(json.loads(row[0]))


def _desks(connection: Connection) -> dict[int, Desk]:
    own: dict[int, list[str]] = {}
    also: dict[int, list[str]] = {}
    for window, letter, helped in connection.execute(sql("window_lanes")):
        (also if helped else own).setdefault(window, []).append(letter)
    return {
        no: Desk(no, tuple(own.get(no, ())), tuple(also.get(no, ())), takes_from(takes))
        for no, takes in connection.execute(sql("window_takes"))
    }


def _lane(row: tuple[object, ...], calendar: WorkCalendar) -> LanePlan:
    letter, name, name_en, place, place_en, hours, minutes, on_kiosk, closed = row
    return LanePlan(
        str(letter),
        str(name),
        str(name_en),
        str(place),
        str(place_en),
        parse_hours(json.loads(str(hours)), calendar),
        float(str(minutes)),
        bool(on_kiosk),
        None if closed is None else str(closed),
    )


def _matter(row: tuple[object, ...]) -> Matter:
    names = ("id", "name", "name_en", "lane", "department", "materials", "promise_days", "minutes",
             "bundle", "audience", "note")  # fmt: skip
    values = dict(zip(names, row, strict=True))
    values["materials"] = json.loads(str(values["materials"]))
    values["bundle"] = bool(values["bundle"])
    return Matter(**values)  # type: ignore[arg-type]  # columns are typed by the STRICT schema
