"""The rota as a picture: clerks by days, a colour and a mark for each kind of day, totals at the side.

Drawn on the sheets of shared.figures: for a screen of 1920 pixels and for A4 across; several sheets where a
hall has more clerks than one sheet has readable lines.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial
from math import ceil

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from shared.domain.hours_words import date_in_words
from shared.domain.rota import Rota
from shared.figures.series import Form, Label
from shared.figures.sheet import INK, LEGEND, LINE, QUIET, REFUSAL, draw
from shared.figures.type import drawable, said, warning
from shared.rota.grid import WORDS, Cell, CellKind, Row, grid, shortages_by_day
from shared.rota.sheet import COLOURS

ROWS = 42
"""Lines of one sheet."""
_TOTALS = (Label("上班", "days"), Label("周末", "wkd"), Label("晚间", "eve"), Label("待休", "owed"))
_TOTAL_WIDTH = 1.4
"""Of a day's width."""
_LEFT, _RIGHT, _BOTTOM = 0.105, 0.985, 0.05
_HEAD_ROWS = 2.2
_NAME_POINTS, _CELL_POINTS = 9.5, 8.5
_LEAST_SIZE = 5.0


def picture_count(rota: Rota) -> int:
    """How many sheets the rota needs."""
    return ceil(len(rota.plan.clerks) / ROWS)


def rota_picture(rota: Rota, title: str, form: Form = "svg", sheet: int = 0) -> bytes:
    """One sheet of the rota, counted from 0."""
    rows = grid(rota)[sheet * ROWS : (sheet + 1) * ROWS]
    days = rota.plan.days
    pages = f"  {sheet + 1}/{picture_count(rota)}" if picture_count(rota) > 1 else ""
    heading = Label(f"{title}  {days[0]} – {days[-1]}{pages}", "Rota")
    return draw(heading, _captions(rota), partial(_paint, rota, rows), form)


def _captions(rota: Rota) -> list[Label]:
    """What is short comes first; then how evenly the weekends are shared."""
    loads = [rota.weekend_load(clerk.number) for clerk in rota.plan.clerks]
    shared_zh = f"周末值班：最少 {min(loads)} 次，最多 {max(loads)} 次。"
    shared_en = f"Weekend duties: {min(loads)} to {max(loads)}."
    if not rota.shortages:
        return [Label(f"各岗位均已排满。{shared_zh}", f"Nothing is short. {shared_en}")]
    first_zh, first_en = rota.shortages[0].in_words()
    more = len(rota.shortages) - 1
    if more:
        first_zh, first_en = f"{first_zh}；另有 {more} 处", f"{first_en}; and {more} more"
    return (
        [Label(first_zh, ""), Label(first_en, first_en)]
        if len(first_en) > _LONG
        else [Label(first_zh, first_en)]
    )


_LONG = 60


def _paint(rota: Rota, rows: Sequence[Row], figure: Figure, top: float) -> None:
    days = rota.plan.days
    axes = figure.add_axes((_LEFT, _BOTTOM, _RIGHT - _LEFT, top - LEGEND * 0.6 - _BOTTOM))
    axes.set_xlim(0, len(days) + _TOTAL_WIDTH * len(_TOTALS))
    axes.set_ylim(len(rows) + 1.2, -_HEAD_ROWS)
    axes.axis("off")
    size = _scaled(figure, axes, _CELL_POINTS)
    _shade(axes, rota, len(rows))
    for number, row in enumerate(rows):
        _line(axes, number, row, size)
    _heads(axes, days, rota, size)
    _short(axes, rota, len(rows), size)
    _legend(figure, top, rows)


def _scaled(figure: Figure, axes: Axes, points: float) -> float:
    """The type size that fits a line's height."""
    low, high = axes.get_ylim()
    line = figure.get_figheight() * 72 * axes.get_position().height / abs(low - high)
    return max(_LEAST_SIZE, min(points, line * 0.62))


def _shade(axes: Axes, rota: Rota, rows: int) -> None:
    """Days that are no workdays by law, behind everything."""
    for column, day in enumerate(rota.plan.days):
        if day not in rota.plan.workdays:
            axes.axvspan(column, column + 1, color="#FFF6E0", zorder=0, lw=0)
        elif day not in rota.plan.open_days:
            axes.axvspan(column, column + 1, color="#EDF1F7", zorder=0, lw=0)
    axes.hlines(range(rows + 1), 0, len(rota.plan.days), color=LINE, lw=0.5, zorder=1)


def _line(axes: Axes, number: int, row: Row, size: float) -> None:
    star = " ★" if row.clerk.leads else ""
    name = drawable(f"{row.clerk.name}{star}") if not warning() else row.clerk.number
    axes.text(-0.15, number + 0.5, f"{name}", ha="right", va="center", fontsize=size, color=INK)
    _blocks(axes, number, row.cells)
    for column, cell in enumerate(row.cells):
        if text := drawable(_text(cell)):
            weight = "bold" if cell.kind is CellKind.WEEKEND else "normal"
            axes.text(
                column + 0.5, number + 0.5, text, ha="center", va="center", fontsize=size, weight=weight
            )
    for n, total in enumerate((row.days, row.weekends, row.evenings, row.owed)):
        across = len(row.cells) + _TOTAL_WIDTH * (n + 0.5)
        axes.text(across, number + 0.5, str(total), ha="center", va="center", fontsize=size, color=INK)


def _blocks(axes: Axes, number: int, cells: Sequence[Cell]) -> None:
    for kind in {cell.kind for cell in cells} - {CellKind.CLOSED, CellKind.REST}:
        boxes = [_box(column, number) for column, cell in enumerate(cells) if cell.kind is kind]
        axes.add_collection(
            PolyCollection(
                boxes,
                facecolors=f"#{COLOURS[kind]}",
                edgecolors=QUIET,
                linewidths=0.4,
                zorder=2,
            )
        )


def _box(column: int, row: int) -> list[tuple[float, float]]:
    left, right, top, bottom = column + 0.04, column + 0.96, row + 0.06, row + 0.94
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _text(cell: Cell) -> str:
    """The lanes of somebody at work with a place; the shift of one in reserve; what a day off is."""
    if not cell.at_work:
        return "" if cell.kind is CellKind.REST else cell.mark
    return f"{cell.shift} {'/'.join(cell.places)}"[:8] if cell.places else f"{cell.shift} –"


def _heads(axes: Axes, days: Sequence[date], rota: Rota, size: float) -> None:
    for column, day in enumerate(days):
        zh, en = date_in_words(day)
        weekday = en[:3] if warning() else zh[-1]
        colour = INK if day in rota.plan.workdays else "#8A5A00"
        label = f"{day.month}/{day.day}\n{weekday}"
        axes.text(column + 0.5, -0.15, label, ha="center", va="bottom", fontsize=size, color=colour)
    for n, total in enumerate(_TOTALS):
        across = len(days) + _TOTAL_WIDTH * (n + 0.5)
        axes.text(across, -0.15, said(total, "\n"), ha="center", va="bottom", fontsize=size, color=QUIET)


def _short(axes: Axes, rota: Rota, rows: int, size: float) -> None:
    """How many are short each day, below its column."""
    found = shortages_by_day(rota)
    if not found:
        return
    label = said(Label("缺", "short"), " ")
    axes.text(-0.15, rows + 0.6, label, ha="right", va="center", fontsize=size, color=REFUSAL)
    for column, day in enumerate(rota.plan.days):
        if day in found:
            axes.text(
                column + 0.5, rows + 0.6, f"-{found[day]}", ha="center", va="center", fontsize=size,
                color=REFUSAL, weight="bold",
            )  # fmt: skip


def _legend(figure: Figure, top: float, rows: Sequence[Row]) -> None:
    there = {cell.kind for row in rows for cell in row.cells} - {CellKind.REST, CellKind.CLOSED}
    handles = [
        Patch(
            facecolor=f"#{COLOURS[kind]}",
            edgecolor=QUIET,
            label=said(Label(*WORDS[kind]), " "),
        )
        for kind in CellKind
        if kind in there
    ]
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(_LEFT, top + 0.01), ncols=max(1, len(handles)),
        borderaxespad=0, borderpad=0, fontsize=10,
    )  # fmt: skip
