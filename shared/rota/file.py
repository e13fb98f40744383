"""A rota's plan as a file that a person writes, read whole: every mistake with its line, or a plan.

[period]
first = 2026-11-30
last = 2026-12-27

[rules]                      # all of it may be left out
most_running = 6
owed_weeks = 2
leaders = 1

[[shifts]]
code = "D"
name = "白班"
name_en = "day"
hours = "09:00-12:00 13:00-17:00"

[[demands]]
days = ["workdays"]          # workdays by law, Mon-Fri, Sat, 2026-12-05
hours = "09:00-12:00 13:00-17:00"
lanes = "AB"                 # who serves any of them will do
clerks = 3

[[clerks]]
number = "1001"
name = "李明"
lanes = "ABC"
leads = true
days = 5
worked = [2026-11-27]        # lately, before the period
weekends = 1                 # more than those who served the fewest
owed = [2026-11-28]

[[leave]]
clerk = "1001"
first = 2026-12-07
last = 2026-12-09
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from shared.config.problems import ConfigErrors, Problem
from shared.config.table import Table
from shared.config.toml import TomlError, parse, with_lines
from shared.domain.hours import DAYS, parse_hours
from shared.domain.hours_spans import Spans
from shared.domain.rota_plan import (
    DAY,
    MOST_DAYS,
    Clerk,
    Demand,
    Past,
    RotaPlan,
    RotaRules,
    Shift,
    aligned,
)
from shared.domain.workdays import NotYetPublishedError, WorkCalendar

T = TypeVar("T")
_LANES = re.compile(r"[A-Z]{1,26}")
_NUMBER = re.compile(r"[0-9A-Za-z]{1,12}")
_CODE = re.compile(r"[A-Z][A-Z0-9]?")
_RIGHT_DAYS = 'Write "workdays", "Mon-Fri", "Sat" or a date such as "2026-12-05"'


def read_plan(data: bytes, path: Path, calendar: WorkCalendar) -> RotaPlan:
    """The plan of a file; `path` names it in its mistakes. Raises ConfigErrors with every one of them."""
    try:
        text, values = parse(data)
    except TomlError as error:
        raise ConfigErrors(path, (error.problem,)) from error
    reading = _Reading(values, calendar)
    plan = reading.plan()
    if plan is None or reading.problems:
        raise ConfigErrors(path, with_lines(text, reading.problems))
    return plan


class _Reading:
    """One file being read; its problems are gathered on the way."""

    def __init__(self, values: dict[str, object], calendar: WorkCalendar) -> None:
        self.problems: list[Problem] = []
        self._calendar = calendar
        self._file = Table(values, "", self.problems)
        self._days: list[date] = []
        self._workdays: frozenset[date] = frozenset()

    def plan(self) -> RotaPlan | None:
        """The plan, as far as it can be read; None after a mistake."""
        self._period()
        rules = self._rules()
        shifts = self._all("shifts", self._shift, lambda shift: shift.code)
        demands = [one for table in self._tables("demands") for one in self._demand(table, shifts)]
        clerks = self._all("clerks", self._clerk, lambda clerk: clerk.number)
        clerks = self._with_leave(clerks)
        self._file.close()
        if self.problems:
            return None
        try:
            return RotaPlan(
                self._days[0],
                self._days[-1],
                tuple(clerks),
                tuple(shifts),
                aligned(demands),
                self._workdays,
                rules,
            )
        except ValueError as error:
            self.problems.append(Problem("the file", str(error), "Change it so that this holds"))
            return None

    def _tables(self, key: str, *, required: bool = True) -> Iterator[Table]:
        for table in self._file.tables(key, required=required):
            yield table
            table.close()

    def _all(self, key: str, read: Callable[[Table], T], name: Callable[[T], str]) -> list[T]:
        """Every table of a list, no two of one name."""
        found: dict[str, T] = {}
        for table in self._tables(key):
            value = read(table)
            if name(value) and name(value) in found:
                table.note("", f"{name(value)} is there twice", "Remove one of the two")
            found[name(value)] = value
        return list(found.values())

    def _part(self, key: str) -> Table:
        return Table(self._file.plain(key), key, self.problems)

    def _period(self) -> None:
        table = self._part("period")
        first, last = table.day("first"), table.day("last")
        table.close()
        if first is None or last is None:
            return
        length = (last - first).days + 1
        if not 1 <= length <= MOST_DAYS:
            table.note("last", f"{first} to {last} is no period", f"Let it be 1 to {MOST_DAYS} days long")
            return
        self._days = [first + DAY * n for n in range(length)]
        try:
            self._workdays = frozenset(day for day in self._days if self._calendar.is_working(day))
        except NotYetPublishedError as error:
            table.note("last", str(error), "Plan until the end of the year before, or bring its workdays")

    def _rules(self) -> RotaRules:
        table = self._part("rules")
        usual = RotaRules()
        rules = RotaRules(
            max(1, table.whole("most_running", 1, 6, default=usual.most_running)),
            table.whole("owed_weeks", 0, 26, default=usual.owed_weeks),
            table.whole("leaders", 0, 9, default=usual.leaders),
        )
        table.close()
        return rules

    def _shift(self, table: Table) -> Shift:
        code = _shaped(table, "code", _CODE, "a capital letter, or one with a letter or digit behind it")
        return Shift(code, table.text("name", 16), table.text("name_en", 16), _hours(table))

    def _demand(self, table: Table, shifts: list[Shift]) -> Iterator[Demand]:
        told = table.texts("days", 20, least=1)
        days = {day for n, text in enumerate(told) for day in self._on(table, n, text)}
        spans = _hours(table)
        lanes = _shaped(table, "lanes", _LANES, "the letters of lanes")
        wanted = table.whole("clerks", 1, 300)
        for span in spans:
            if not any(shift.covers(span) for shift in shifts):
                table.note("hours", f"no shift covers {span.times}", "Add a shift, or change its hours")
        if lanes and wanted:
            group = "".join(sorted(set(lanes)))
            yield from (Demand(day, span, group, wanted) for day in sorted(days) for span in spans)

    def _on(self, table: Table, n: int, text: str) -> list[date]:
        """The days of the period that one entry of `days` means."""
        if text == "workdays":
            return sorted(self._workdays)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            found = [day for day in self._days if day.isoformat() == text]
            if not found and self._days:
                table.note(f"days[{n}]", f"{text} is no day of the period", _RIGHT_DAYS)
            return found
        first, _, last = text.partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            table.note(f"days[{n}]", f'"{text}" is not known here', _RIGHT_DAYS)
            return []
        wanted = range(DAYS.index(first), DAYS.index(last or first) + 1)
        return [day for day in self._days if day.weekday() in wanted]

    def _clerk(self, table: Table) -> Clerk:
        number = _shaped(table, "number", _NUMBER, "1 to 12 letters and digits")
        name = table.text("name", 20)
        lanes = _shaped(table, "lanes", _LANES, "the letters of the lanes that the clerk serves")
        leads = table.flag("leads", default=False)
        days = table.whole("days", 1, 5, default=5)
        past = Past(
            frozenset(table.days("worked")),
            table.whole("weekends", 0, 999, default=0),
            tuple(sorted(table.days("owed"))),
        )
        if self._days and any(day >= self._days[0] for day in (*past.worked, *past.owed)):
            table.note("worked", "a day of the past lies in the period", "Name only days before it")
        return Clerk(number, name, frozenset(lanes or "A"), leads, days or 5, frozenset(), past)

    def _with_leave(self, clerks: list[Clerk]) -> list[Clerk]:
        away: defaultdict[str, set[date]] = defaultdict(set)
        for table in self._tables("leave", required=False):
            number = table.text("clerk", 12)
            first = table.day("first")
            last = table.day("last") if "last" in table else first
            if number and number not in {clerk.number for clerk in clerks}:
                table.note("clerk", f"there is no clerk {number}", "Name one of [[clerks]]")
            if first and last and not 0 <= (last - first).days <= 366:
                table.note("last", f"{first} to {last} is no leave", "Let it end after it begins")
            elif first and last:
                away[number] |= {first + DAY * n for n in range((last - first).days + 1)}
        period = frozenset(self._days)
        return [
            Clerk(
                one.number,
                one.name,
                one.skills,
                one.leads,
                one.days,
                frozenset(away[one.number]) & period,
                one.past,
            )
            for one in clerks
        ]


def _shaped(table: Table, key: str, shape: re.Pattern[str], form: str) -> str:
    value = table.text(key, 40)
    if not value or shape.fullmatch(value):
        return value
    table.note(key, f'"{value}" does not fit', f"Write {form}")
    return ""


def _hours(table: Table) -> Spans:
    """Spans of a day, with their kinds, in the written form of opening hours."""
    text = table.text("hours", 120)
    if not text:
        return ()
    try:
        return parse_hours([f"Sat {text}"]).week[5]
    except ValueError as error:
        table.note("hours", str(error), 'Write them as "09:00-12:00 13:00-17:00 17:00-20:00 evening"')
        return ()
