"""The work calendar of the hall: the published years, and what the hall changed against them.

The changes are the text of a file `workdays.toml`, and win over the published calendar. `hall init` takes
the one beside the hall's file, if there is one; later `hall workdays --from FILE` brings another.

    # A year taken wholly from this file, once its notice is out: every holiday and make-up workday of it.
    [[years]]
    year = 2027
    notice = "国办发明电〔2026〕9号"

    # Days that are other than the calendar says. `until` makes it several in a row.
    [[days]]
    date = 2027-01-01
    until = 2027-01-03
    kind = "holiday"            # holiday, make_up (调休), workday (Mon-Fri), rest (Sat, Sun)
    name = "元旦"
    name_en = "New Year's Day"
    reason = "国办发明电〔2026〕9号"
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar

from shared.config.problems import ConfigErrors, Problem
from shared.config.table import Table
from shared.config.toml import TomlError, parse, with_lines
from shared.domain.refusals import Refused
from shared.domain.workdays import FIXED_HOLIDAYS, STATUTORY_DAYS, Day, DayKind, WorkCalendar
from shared.protocol import messages as m
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

OVERRIDE_NAME = "workdays.toml"
_FIRST_YEAR, _LAST_YEAR = 2004, 2099
_LONGEST = timedelta(days=31)
_KINDS = (DayKind.HOLIDAY, DayKind.MAKE_UP, DayKind.WORKDAY, DayKind.REST)
_FITTING = (
    "Weekdays can be workday or holiday, Saturdays and Sundays rest, make_up or holiday, a month at most"
)
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
"""The library's names, where the notices write them in full."""


@cache
def published_calendar() -> WorkCalendar:
    """What the library knows of the State Council's notices."""
    worked = {day: _named(day, DayKind.MAKE_UP, name) for day, name in chinese_calendar.workdays.items()}
    off = {day: _named(day, DayKind.HOLIDAY, name) for day, name in chinese_calendar.holidays.items()}
    return WorkCalendar(frozenset(day.year for day in off), off | worked)


def override_beside(hall_file: Path) -> str:
    """The hall's changes beside its file; empty without any.

    Raises ConfigErrors with every mistake of them, OSError when they are there and cannot be read.
    """
    path = hall_file.with_name(OVERRIDE_NAME)
    if not path.exists():
        return ""
    found = path.read_bytes()
    read_calendar(found, path)
    return found.decode("utf-8")


def read_calendar(found: bytes, path: Path) -> WorkCalendar:
    """The published calendar with the changes that a file brings; `path` names the file in its mistakes.

    Raises ConfigErrors.
    """
    try:
        text, values = parse(found)
    except TomlError as error:
        raise ConfigErrors(path, (error.problem,)) from error
    problems: list[Problem] = []
    override = _override(Table(values, "", problems))
    calendar = override.over(published_calendar())
    problems += override.check(calendar)
    if problems:
        raise ConfigErrors(path, with_lines(text, problems))
    return calendar


def current_calendar(connection: Connection) -> WorkCalendar:
    """The calendar that holds now."""
    return _calendar(current_override(connection))


def current_override(connection: Connection) -> str:
    """The hall's changes against the published calendar; empty without any."""
    row = connection.execute(sql("workdays")).fetchone()
    return "" if row is None else str(row[0])


def change_workdays(tx: Transaction, override: str) -> None:
    """Let the days of `override` hold from now on, in the place of earlier changes; empty takes them back.

    Raises Refused("impossible_workdays") with the first mistake. Nothing is written when nothing changes.
    """
    if override == current_override(tx.connection):
        return
    try:
        read_calendar(override.encode(), Path(OVERRIDE_NAME))
    except ConfigErrors as error:
        raise Refused("impossible_workdays", detail=str(error.problems[0]).rstrip(".")) from error
    tx.execute(sql("insert_workdays"), (tx.millis, tx.actor, override))
    tx.fact("workdays.changed", text=override)


def workdays_view(connection: Connection, calendar: WorkCalendar, year: int) -> m.Workdays:
    """One year of the calendar. Raises Refused("not_yet_published")."""
    if year not in calendar.years:
        raise Refused("not_yet_published", year=year)
    days = (day for at, day in sorted(calendar.special.items()) if at.year == year)
    shown = [m.SpecialDay(d.date, d.kind, d.name, d.name_en, d.reason) for d in days]
    return m.Workdays(year, shown, current_override(connection))


@lru_cache(maxsize=4)
def _calendar(override: str) -> WorkCalendar:
    return read_calendar(override.encode(), Path(OVERRIDE_NAME))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One [[days]] of the file: where it stands, and the days it gives."""

    place: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class _Override:
    """The file as read: the years it brings, with where they stand, and its days."""

    years: dict[int, str]
    entries: tuple[_Entry, ...]

    def over(self, published: WorkCalendar) -> WorkCalendar:
        """The calendar with this file's years and days in place of the published ones."""
        years = published.years | frozenset(self.years)
        kept = {day: it for day, it in published.special.items() if day.year not in self.years}
        own = {day.date: day for entry in self.entries for day in entry.days if day.date.year in years}
        return WorkCalendar(years, kept | own)

    def check(self, calendar: WorkCalendar) -> Iterator[Problem]:
        """The mistakes between the entries."""
        yield from self._twice()
        yield from self._years_not_listed(calendar)
        for year, place in self.years.items():
            yield from _half_a_year(year, place, calendar)

    def _twice(self) -> Iterator[Problem]:
        first: dict[date, str] = {}
        for entry in self.entries:
            for day in entry.days:
                if first.setdefault(day.date, entry.place) != entry.place:
                    wrong = f"{day.date} is already in {first[day.date]}"
                    yield Problem(f"{entry.place}.date", wrong, "Let each day stand in one place only")
                    break

    def _years_not_listed(self, calendar: WorkCalendar) -> Iterator[Problem]:
        for entry in self.entries:
            unknown = {day.date.year for day in entry.days} - calendar.years
            for year in sorted(unknown):
                wrong = f"the public holidays of {year} are not yet published in this program"
                right = f"Add [[years]] with year = {year} and all its days, once the notice is out"
                yield Problem(f"{entry.place}.date", wrong, right)


def _half_a_year(year: int, place: str, calendar: WorkCalendar) -> Iterator[Problem]:
    """What the law gives must be there: a year half entered would count holidays as working days."""
    fixed = [date(year, month, day) for month, day in sorted(FIXED_HOLIDAYS)]
    missing = [str(day) for day in fixed if not calendar.is_holiday(day)]
    holidays = sum(day.year == year and it.kind is DayKind.HOLIDAY for day, it in calendar.special.items())
    if missing:
        wrong = f"no holiday is entered on {', '.join(missing)}, where the law has one"
        yield Problem(f"{place}.year", wrong, "Add every holiday of the notice as [[days]]")
    elif holidays < STATUTORY_DAYS:
        wrong = f"{year} has {holidays} holidays, and the law alone gives {STATUTORY_DAYS}"
        yield Problem(f"{place}.year", wrong, "Add every holiday of the notice as [[days]]")


def _override(table: Table) -> _Override:
    years: dict[int, str] = {}
    for entry in table.tables("years", required=False):
        year = entry.whole("year", _FIRST_YEAR, _LAST_YEAR)
        entry.text("notice", 80)
        entry.close()
        if year in years:
            entry.note("year", f"{year} is there twice", "Remove one of the two")
        elif year:
            years[year] = entry.place()
    entries = tuple(_entry(entry) for entry in table.tables("days", required=False))
    table.close()
    return _Override(years, entries)


def _entry(table: Table) -> _Entry:
    first = table.day("date")
    last = table.day("until") if "until" in table else first
    kind = table.choice("kind", _KINDS)
    default = None if kind in (DayKind.HOLIDAY, DayKind.MAKE_UP) else ""
    name = table.text("name", 40, default=default)
    name_en = table.text("name_en", 60, default=default)
    reason = table.text("reason", 120)
    table.close()
    if first is None or last is None:
        return _Entry(table.place(), ())
    try:
        days = tuple(Day(day, kind, name, name_en, reason) for day in _row(first, last))
    except ValueError as error:
        table.note("date", str(error), _FITTING)
        return _Entry(table.place(), ())
    return _Entry(table.place(), days)


def _row(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`. Raises ValueError when that is no row of days."""
    if last < first:
        raise ValueError(f"until is {last}, before {first}")
    if last - first > _LONGEST:
        raise ValueError(f"{first} to {last} is longer than a month")
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _named(day: date, kind: DayKind, name_en: str) -> Day:
    name = chinese_calendar.Holiday(name_en).chinese
    return Day(day, kind, _FULL_NAMES.get(name, name), name_en)
