"""`hall bench`: measure, and print each figure beside the machine's own limit in the same run."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.bench import (
    booking,
    calls,
    codes,
    events,
    flatness,
    ordering,
    restoring,
    rota,
    screens,
    simulation,
    sizes,
    tickets,
    wire,
)
from shared.figures.table import Figure, as_json, as_text

Measure = Callable[[Path, bool], list[Figure]]

MEASURES: dict[str, Measure] = {
    "tickets": lambda folder, quick: tickets.measure(folder, 3 if quick else 7, 2.0 if quick else 4.0),
    "flatness": lambda folder, quick: flatness.measure(
        folder, 5 if quick else 9, 500_000 if quick else flatness.YEARS
    ),
    "events": lambda folder, quick: events.measure(folder, 40 if quick else 200),
    "wire": lambda folder, quick: wire.measure(folder, 40 if quick else 200),
    "sizes": lambda folder, _: sizes.measure(folder),
    "codes": lambda _folder, _quick: codes.measure(),
    "calls": lambda _folder, _quick: calls.measure(),
    "ordering": lambda folder, quick: ordering.measure(folder, quick=quick),
    "simulation": lambda _folder, quick: simulation.measure(5 if quick else 21, whole_year=not quick),
    "booking": lambda folder, quick: booking.measure(folder, quick=quick),
    "rota": lambda _folder, quick: rota.measure(quick=quick),
    "restoring": lambda folder, quick: restoring.measure(folder, 100_000 if quick else 1_000_000),
    "screens": lambda folder, quick: screens.measure(folder, 20 if quick else 100),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0 when every measured figure meets its target, 1 when one does not."""
    parser = argparse.ArgumentParser(prog="hall bench", description="Measure the hall on this machine.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and half a million old tickets")
    parser.add_argument("--only", choices=sorted(MEASURES), action="append", help="just these figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table for programs, too")
    options = parser.parse_args(argv)
    figures: list[Figure] = []
    for name in options.only or MEASURES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)  # noqa: T201
        with tempfile.TemporaryDirectory(prefix="hall-bench-") as folder:
            measured = MEASURES[name](Path(folder), options.quick)
        print(as_text(measured), flush=True)  # noqa: T201
        figures += measured
    if options.json is not None:
        options.json.write_text(as_json(figures), "utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
