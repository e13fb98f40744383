"""What people take away: the sheet, the calendars and the picture say what the rota says."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from shared.domain.moments import HALL_ZONE
from shared.domain.rota import Rota
from shared.domain.rota_plan import DAY, Demand
from shared.rota.calendar import rota_calendar
from shared.rota.grid import CellKind, grid, shortages_by_day
from shared.rota.picture import ROWS, picture_count, rota_picture
from shared.rota.sheet import COLOURS, rota_sheet
from shared.rota.solver import Search, make_rota
from tests.rota.plans import EVENING, MONDAY, WEEKEND, clerk, hall_plan, plan_of, week

MADE = datetime(2026, 11, 24, 9, tzinfo=HALL_ZONE)
SATURDAY = MONDAY + DAY * 5


@pytest.fixture(scope="module")
def rota() -> Rota:
    """A week with an evening, leave, a weekend, an owed rest, and a lane H that nobody serves."""
    people = [clerk("1", "A", leads=True), clerk("2", "AB"), clerk("3", "B", leave=frozenset({MONDAY}))]
    extra = [
        Demand(SATURDAY, WEEKEND, "AB", 1),
        Demand(SATURDAY, WEEKEND, "H", 2),
        Demand(MONDAY + DAY * 3, EVENING, "B", 1),
    ]
    return make_rota(plan_of(people, [*week("A"), *extra]), Search(seconds=5))


def test_the_grid_says_what_each_day_is(rota: Rota) -> None:
    rows = grid(rota)
    kinds = {cell.kind for row in rows for cell in row.cells}
    assert kinds >= {CellKind.REGULAR, CellKind.EVENING, CellKind.WEEKEND, CellKind.OWED, CellKind.LEAVE}
    assert rows[2].cells[0].kind is CellKind.LEAVE
    assert sum(row.weekends for row in rows) == 1
    assert [row.days for row in rows] == [len(rota.days_of(row.clerk.number)) for row in rows]
    assert shortages_by_day(rota) == {SATURDAY: 2}


def test_the_sheet_holds_every_cell_with_its_colour(rota: Rota) -> None:
    book = load_workbook(BytesIO(rota_sheet(rota, "小厅", MADE)))
    sheet = book.worksheets[0]
    for number, row in enumerate(grid(rota), 4):
        assert sheet.cell(number, 1).value == row.clerk.number
        assert sheet.cell(number, len(row.cells) + 3).value == row.days
        assert sheet.cell(number, len(row.cells) + 4).value == row.weekends
        for column, cell in enumerate(row.cells, 3):
            assert sheet.cell(number, column).fill.start_color.rgb == f"00{COLOURS[cell.kind]}"
            assert bool(sheet.cell(number, column).value) == bool(cell.mark)
    assert book.worksheets[1]["A1"].value == rota.shortages[0].in_words()[0]
    assert sheet.freeze_panes == "C4"


def test_a_name_is_never_a_formula(rota: Rota) -> None:
    people = (replace(rota.plan.clerks[0], name='=HYPERLINK("http://x")'), *rota.plan.clerks[1:])
    sheet = load_workbook(
        BytesIO(rota_sheet(replace(rota, plan=replace(rota.plan, clerks=people)), "x", MADE))
    )
    assert sheet.worksheets[0]["B4"].data_type == "s"


def test_a_calendar_has_every_duty_in_the_halls_zone(rota: Rota) -> None:
    events: Any = Calendar.from_ical(rota_calendar(rota, "小厅", MADE)).walk("VEVENT")
    work = {(duty.day, duty.clerk) for duty in rota.duties}
    rests = {(rest.day, rest.clerk) for rest in rota.rests}
    uids = [str(event["uid"]) for event in events]
    assert len(uids) == len(set(uids)) == len(work) + len(rests)
    monday = next(event for event in events if event["uid"] == f"rota-{MONDAY}-2@service-hall")
    assert monday["dtstart"].dt.utcoffset() == timedelta(hours=8)
    assert (monday["dtstart"].dt.hour, monday["dtend"].dt.hour) == (9, 17)
    assert monday["dtstart"].params["TZID"] == "Asia/Shanghai"


def test_a_calendar_fetched_again_replaces_what_it_had(rota: Rota) -> None:
    def uids(made: datetime, revision: int) -> set[str]:
        found: Any = Calendar.from_ical(rota_calendar(rota, "小厅", made, "2", revision)).walk("VEVENT")
        return {str(event["uid"]) for event in found}

    assert uids(MADE, 0) == uids(MADE + timedelta(days=1), 1)
    assert all(uid.endswith("-2@service-hall") for uid in uids(MADE, 0))
    with pytest.raises(KeyError):
        rota_calendar(rota, "小厅", MADE, "77")


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_picture_is_the_same_each_time(rota: Rota, form: str) -> None:
    first, again = (rota_picture(rota, "小厅", form) for _ in range(2))  # type: ignore[arg-type]
    assert first == again
    assert first.startswith(b"\x89PNG" if form == "png" else b"<?xml")


def test_the_picture_names_what_is_short_and_who_works(rota: Rota) -> None:
    drawn = rota_picture(rota, "小厅", "svg").decode()
    for said in ("李2", "缺 2 人", "调休", "W AB"):
        assert said in drawn


def test_a_large_hall_needs_several_sheets() -> None:
    plan = hall_plan(ROWS + 3, weeks=1)
    rota = Rota(plan, ())
    assert picture_count(rota) == 2
    assert "李1045" in rota_picture(rota, "大厅", "svg", 1).decode()
    assert "李1001" not in rota_picture(rota, "大厅", "svg", 1).decode()
