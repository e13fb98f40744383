"""`hall workdays`: a year of the hall's work calendar, or a file of changes against the published one."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.config import ConfigErrors
from shared.domain.hours_words import date_in_words
from shared.domain.moments import HALL_ZONE
from shared.domain.workdays import DayKind
from shared.protocol.messages import ChangeWorkdays, SpecialDay, Workdays
from shared.services.workdays import read_calendar

_KINDS = {
    DayKind.HOLIDAY: ("放假", "holiday"),
    DayKind.MAKE_UP: ("调休上班", "worked"),
    DayKind.WORKDAY: ("工作日", "workday"),
    DayKind.REST: ("休息", "rest"),
}


def main(argv: Sequence[str]) -> int:
    """Show a year. Exit code 2 and every mistake of a file that cannot be taken."""
    options = _parser().parse_args(argv)
    if options.file is None:
        return operate("workdays", options.data, lambda hub: "\n".join(_page(_year(hub, options.year))))
    try:
        found = options.file.read_bytes()
        read_calendar(found, options.file)
    except (OSError, ConfigErrors) as error:
        print(f"hall workdays: {error}", file=sys.stderr)  # noqa: T201
        return 2

    def work(hub: HubClient) -> str:
        hub.call("change_workdays", ChangeWorkdays(found.decode("utf-8")))
        return "\n".join(_page(_year(hub, options.year)))

    return operate("workdays", options.data, work)


def _parser() -> argparse.ArgumentParser:
    parser = operator_parser(
        "workdays", "Show a year's public holidays and make-up workdays, or change them."
    )
    this_year = datetime.now(HALL_ZONE).year
    parser.add_argument("--year", type=int, default=this_year, help="the year to show (this one)")
    parser.add_argument(
        "--from",
        dest="file",
        type=Path,
        metavar="WORKDAYS.TOML",
        help="changes to take, in the place of earlier ones",
    )
    return parser


def _year(hub: HubClient, year: int) -> Workdays:
    return hub.ask(Workdays, "workdays", year=year)


def _page(year: Workdays) -> Iterator[str]:
    yield f"{year.year} 年放假与调休 Public holidays and make-up workdays of {year.year}"
    for day in year.days:
        yield _line(day)
    if year.text:
        yield f"本厅已有改动 changed by this hall: {sum(bool(day.reason) for day in year.days)}"


def _line(day: SpecialDay) -> str:
    zh, en = _KINDS[day.kind]
    day_zh, _ = date_in_words(day.date)
    reason = f"  ({day.reason})" if day.reason else ""
    return f"{day.date}  {day_zh}  {zh} {en}  {day.name} {day.name_en}{reason}"
