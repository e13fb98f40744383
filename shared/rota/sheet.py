"""A rota as a sheet for Excel: clerks by days in colours, totals of each clerk, and what is short."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shared.domain.hours_words import date_in_words
from shared.domain.rota import Rota
from shared.domain.rota_plan import Shift
from shared.rota.grid import WORDS, Cell, CellKind, Row, grid, shortages_by_day

COLOURS: dict[CellKind, str] = {
    CellKind.REGULAR: "FFFFFF",
    CellKind.LUNCH: "DCEBFB",
    CellKind.EVENING: "BBD3F2",
    CellKind.WEEKEND: "FFE3A3",
    CellKind.RESERVE: "EEF1F6",
    CellKind.OWED: "CFEAD8",
    CellKind.LEAVE: "F6D0CC",
    CellKind.REST: "E6E9EF",
    CellKind.CLOSED: "F6F8FB",
}
"""Fills, light enough for black print; the mark in each cell says the same."""
_HEAD, _SHORT = "0B3A82", "B3261E"
_THIN = Side("thin", "C9D3E3")
_MIDDLE = Alignment("center", "center", wrap_text=True)
_TOTALS = ("上班 days", "周末 weekends", "晚间 evenings", "待休 owed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet may take for the beginning of one."""
_HEADER = 3
"""The row of the dates; the title and the shortages in brief stand above."""


def rota_sheet(rota: Rota, title: str, made: datetime) -> bytes:
    """The file: a sheet of the rota, one of what is short, one that says what the marks mean."""
    book = Workbook()
    sheet = book.active
    sheet.title = "排班 Rota"
    _draw(sheet, rota, title)
    _list_shortages(book.create_sheet("缺岗 Shortages"), rota)
    _explain(book.create_sheet("说明 Legend"), rota)
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    book.properties.creator = title
    only_text(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def only_text(book: Workbook) -> None:
    """No cell of ours is a formula: a name that begins with = is still a name, and stays one when edited."""
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(_FORMULA):
                    cell.data_type, cell.quotePrefix = "s", True


def _draw(sheet: Worksheet, rota: Rota, title: str) -> None:
    days = rota.plan.days
    sheet["A1"] = f"{title}  {days[0]} – {days[-1]}"
    sheet["A1"].font = Font(size=16, bold=True, color=_HEAD)
    missing = sum(shortages_by_day(rota).values())
    sheet["A2"] = f"缺 {missing} 人次 / {missing} short" if missing else "无缺岗 / nothing short"
    sheet["A2"].font = Font(bold=True, color=_SHORT if missing else "1B7F4B")
    _head(sheet, rota)
    for number, row in enumerate(grid(rota), _HEADER + 1):
        _line(sheet, number, row)
    _foot(sheet, rota, _HEADER + 1 + len(rota.plan.clerks))
    _set_up(sheet, len(days))


def _head(sheet: Worksheet, rota: Rota) -> None:
    labels = ["工号 No.", "姓名 Name", *(_day_label(day) for day in rota.plan.days), *_TOTALS]
    for column, label in enumerate(labels, 1):
        cell = sheet.cell(_HEADER, column, label)
        off = 0 < column - 2 <= len(rota.plan.days) and rota.plan.days[column - 3] not in rota.plan.workdays
        cell.fill = PatternFill("solid", "8A5A00" if off else _HEAD)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.alignment = _MIDDLE
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)


def _day_label(day: date) -> str:
    zh, _ = date_in_words(day)
    date_part, weekday = zh.split(" ")
    return f"{date_part}\n{weekday}"


def _line(sheet: Worksheet, number: int, row: Row) -> None:
    name = f"{row.clerk.name} ★" if row.clerk.leads else row.clerk.name
    values = [row.clerk.number, name, *map(_text, row.cells), row.days, row.weekends, row.evenings, row.owed]
    kinds = [None, None, *(cell.kind for cell in row.cells), *[None] * len(_TOTALS)]
    for column, (value, kind) in enumerate(zip(values, kinds, strict=True), 1):
        cell = sheet.cell(number, column, value)
        cell.alignment = _MIDDLE if column != 2 else Alignment(vertical="center")
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        if kind is not None:
            cell.fill = PatternFill("solid", COLOURS[kind])


def _text(cell: Cell) -> str:
    """The shift with its lanes: `D A`; or what the day is instead."""
    if not cell.at_work:
        return cell.mark
    return f"{cell.shift} {'/'.join(cell.places) or '机动'}"


def _foot(sheet: Worksheet, rota: Rota, number: int) -> None:
    """How many are at work each day, and how many are short."""
    short = shortages_by_day(rota)
    sheet.cell(number, 2, "在岗 at work")
    sheet.cell(number + 1, 2, "缺 short")
    for column, day in enumerate(rota.plan.days, 3):
        there = len({duty.clerk for duty in rota.duties if duty.day == day})
        sheet.cell(number, column, there or None).alignment = _MIDDLE
        cell = sheet.cell(number + 1, column, short.get(day))
        cell.alignment = _MIDDLE
        cell.font = Font(bold=True, color=_SHORT)
    for row in (number, number + 1):
        sheet.cell(row, 2).font = Font(bold=True)


def _set_up(sheet: Worksheet, days: int) -> None:
    """Names and dates stay in sight; printed across, on one page's width."""
    sheet.freeze_panes = sheet.cell(_HEADER + 1, 3)
    sheet.column_dimensions["A"].width = 9
    sheet.column_dimensions["B"].width = 12
    for column in range(3, 3 + days):
        sheet.column_dimensions[get_column_letter(column)].width = 8
    for column in range(3 + days, 3 + days + len(_TOTALS)):
        sheet.column_dimensions[get_column_letter(column)].width = 10
    sheet.row_dimensions[_HEADER].height = 32
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEADER}:{_HEADER}"


def _list_shortages(sheet: Worksheet, rota: Rota) -> None:
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 80
    for number, shortage in enumerate(rota.shortages, 1):
        zh, en = shortage.in_words()
        sheet.cell(number, 1, zh)
        sheet.cell(number, 2, en)
    if not rota.shortages:
        sheet["A1"], sheet["B1"] = "无缺岗", "nothing is short"


def _explain(sheet: Worksheet, rota: Rota) -> None:
    sheet.column_dimensions["B"].width = 40
    sheet.column_dimensions["C"].width = 40
    lines = [(_mark(kind), zh, en, COLOURS[kind]) for kind, (zh, en) in WORDS.items()]
    lines += [(s.code, f"{s.name} {_times(s)}", s.name_en, "FFFFFF") for s in rota.plan.shifts]
    lines.append(("★", "可带班", "can lead", "FFFFFF"))
    for number, (mark, zh, en, colour) in enumerate(lines, 1):
        sheet.cell(number, 1, mark).fill = PatternFill("solid", colour)
        sheet.cell(number, 1).alignment = _MIDDLE
        sheet.cell(number, 2, zh)
        sheet.cell(number, 3, en)


def _mark(kind: CellKind) -> str:
    return Cell(kind).mark


def _times(shift: Shift) -> str:
    return " ".join(span.times for span in shift.spans)
