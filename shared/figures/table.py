"""A figure: what was measured, the machine's own limit, and the target. Printed as one table."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `met` is None where nothing could be measured; `value` then says why."""

    name: str
    value: str
    limit: str
    target: str
    met: bool | None


def not_measured(name: str, why: str, target: str) -> Figure:
    """A figure that this machine could not give."""
    return Figure(name, f"not measured: {why}", "", target, None)


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which `part` of `values` lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def as_text(figures: Sequence[Figure]) -> str:
    """The table for people."""
    lines = []
    for figure in figures:
        verdict = {True: "met", False: "NOT MET", None: "-"}[figure.met]
        lines.append(f"{figure.name}\n    {figure.value}")
        if figure.limit:
            lines.append(f"    machine's own limit: {figure.limit}")
        lines.append(f"    target: {figure.target}   [{verdict}]")
    return "\n".join(lines)


def as_json(figures: Sequence[Figure]) -> str:
    """The table for programs."""
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)
