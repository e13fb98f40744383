"""`hall simulate`: a hall in fast motion. Scenarios that prove the order, and what-if on a real day."""

import argparse
import sys
from collections.abc import Sequence

from shared.figures.table import as_json, as_text
from shared.simulation.scenarios import SCENARIOS, Size


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when every figure meets its target, 1 when one does not."""
    arguments = _parser().parse_args(argv)
    names = list(SCENARIOS) if "all" in arguments.scenario else arguments.scenario
    size = Size(arguments.seed, arguments.seeds, arguments.visitors)
    figures = []
    for name in names:
        print(f"{name}: {SCENARIOS[name].title}", file=sys.stderr, flush=True)  # noqa: T201
        figures += SCENARIOS[name].show(size)
    print(as_json(figures) if arguments.json else as_text(figures))  # noqa: T201
    return 1 if any(figure.met is False for figure in figures) else 0


def _counted(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{number} is too few")
    return number


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<10} {scenario.title}" for name, scenario in SCENARIOS.items())
    parser = argparse.ArgumentParser(
        prog="hall simulate",
        description="Simulate a hall with the production order and estimate.",
        epilog=f"scenarios:\n{listed}\n  all        every one of them",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--scenario", action="append", required=True, choices=[*SCENARIOS, "all"], metavar="NAME"
    )
    parser.add_argument("--seed", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--seeds", type=_counted, default=10, help="how many runs (default 10)")
    parser.add_argument("--visitors", type=_counted, default=40_000, help="visitors in a textbook run")
    parser.add_argument("--json", action="store_true", help="print the figures for a program")
    return parser
