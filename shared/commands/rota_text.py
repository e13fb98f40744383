"""A rota as text for a terminal: the table, what is short, how good it is."""

from collections.abc import Iterator

from shared.config.table import columns
from shared.domain.rota import Goal, Rota
from shared.rota.changes import StandIn
from shared.rota.grid import Cell, grid, shortages_by_day

_NAME = 12
_GOALS = {
    "places": "places and leaders short",
    "weekends": "range of weekend duties",
    "ease": "unease of the weeks",
}


def rota_text(rota: Rota) -> Iterator[str]:
    """The whole rota, a line a clerk; then what is short."""
    yield from _heads(rota)
    for row in grid(rota):
        name = f"{row.clerk.name}{'*' if row.clerk.leads else ''}"
        cells = "".join(_padded(_cell(cell), 4) for cell in row.cells)
        yield f"{_padded(name, _NAME)}{cells} {row.days:>3}{row.weekends:>4}{row.evenings:>4}{row.owed:>4}"
    yield from _short_line(rota)
    yield ""
    yield from shortages_text(rota)
    yield from map(goal_text, rota.goals)


def shortages_text(rota: Rota) -> Iterator[str]:
    """What is short, a sentence in each language."""
    for shortage in rota.shortages:
        zh, en = shortage.in_words()
        yield f"{zh}\n  {en}"
    if not rota.shortages:
        yield "各岗位均已排满 / nothing is short"


def goal_text(goal: Goal) -> str:
    """How good a rota is in one respect."""
    proof = "no rota has less" if goal.is_best else f"no rota has less than {goal.bound}"
    return f"{_GOALS.get(goal.name, goal.name)}: {goal.value} ({proof})"


def stand_in_text(shift: str, found: StandIn) -> str:
    """A candidate in a line."""
    reserve = "in reserve" if found.was_in_reserve else f"day {found.running} in a row"
    return f"  {found.clerk.number} {found.clerk.name}, shift {shift}: {reserve}, {found.weekends} weekends"


def _heads(rota: Rota) -> Iterator[str]:
    yield f"{rota.plan.first} - {rota.plan.last}, {len(rota.plan.clerks)} clerks (* can lead)"
    days = "".join(_padded(f"{day.day}", 4) for day in rota.plan.days)
    weekdays = "".join(_padded("一二三四五六日"[day.weekday()], 4) for day in rota.plan.days)
    yield f"{' ' * _NAME}{days} days wkd eve owed"
    yield f"{' ' * _NAME}{weekdays}"


def _short_line(rota: Rota) -> Iterator[str]:
    short = shortages_by_day(rota)
    if short:
        counts = "".join(_padded(f"-{short[day]}" if day in short else "", 4) for day in rota.plan.days)
        yield f"{_padded('缺 short', _NAME)}{counts}"


def _cell(cell: Cell) -> str:
    if not cell.at_work:
        return cell.mark or "·"
    return f"{cell.shift}{cell.places[0][:2] if cell.places else '-'}"


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - columns(text))
