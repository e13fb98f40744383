"""`hall simulate`: a hall in fast motion. Scenarios that prove the order, and what-if on a recorded day."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from shared.commands.reading_hall import HallUnreadableError, open_hall
from shared.domain.moments import HALL_ZONE, to_millis
from shared.figures.series import Form
from shared.figures.table import as_json, as_text
from shared.services.daybook import NoSuchDayError, RecordedDay, recorded_day
from shared.services.hall import HallPlan, load_plan
from shared.services.what_if_picture import picture
from shared.simulation.scenarios import SCENARIOS, Size
from shared.simulation.what_if import Change, Effect, Fidelity, closing, fidelity, opening, what_if
from shared.store.house import House, default_folder


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when all is well, 1 when a figure misses its target, 2 when it cannot be done."""
    arguments = _parser().parse_args(argv)
    if (arguments.day is None) == (not arguments.scenario):
        print("hall simulate: give --scenario NAME, or --day DATE", file=sys.stderr)  # noqa: T201
        return 2
    return _scenarios(arguments) if arguments.day is None else _day(arguments)


def _scenarios(arguments: argparse.Namespace) -> int:
    names = list(SCENARIOS) if "all" in arguments.scenario else arguments.scenario
    size = Size(arguments.seed, arguments.seeds, arguments.visitors)
    figures = []
    for name in names:
        print(f"{name}: {SCENARIOS[name].title}", file=sys.stderr, flush=True)  # noqa: T201
        figures += SCENARIOS[name].show(size)
    print(as_json(figures) if arguments.json else as_text(figures))  # noqa: T201
    return 1 if any(figure.met is False for figure in figures) else 0


def _day(arguments: argparse.Namespace) -> int:
    try:
        changes = _changes(arguments)
        with open_hall(House(arguments.data)) as connection:
            plan = load_plan(connection)
            day = recorded_day(connection, plan, arguments.day)
    except (ValueError, NoSuchDayError, HallUnreadableError) as error:
        print(f"hall simulate: {error}", file=sys.stderr)  # noqa: T201
        return 2
    print(_replayed(day, fidelity(day.scene, day.waited)))  # noqa: T201
    if changes:
        found = what_if(day.scene, changes)
        print("\n".join([_told(changes, plan), *(_effect(effect, plan) for effect in found.effects)]))  # noqa: T201
        if arguments.picture is not None:
            form: Form = "png" if arguments.picture.suffix == ".png" else "svg"
            arguments.picture.write_bytes(picture(found, changes, plan, arguments.day, form))
    return 0


def _changes(arguments: argparse.Namespace) -> list[Change]:
    def moment(text: str) -> int:
        return to_millis(datetime.combine(arguments.day, time.fromisoformat(text), HALL_ZONE))

    opened = [opening(text, moment) for text in arguments.open]
    return opened + [closing(text, moment) for text in arguments.close]


def _replayed(day: RecordedDay, found: Fidelity) -> str:
    return (
        f"{day.day}: {len(day.scene.visitors)} tickets played again; mean wait {found.recorded:.1f} min, "
        f"simulated {found.simulated:.1f} min; {found.near:.0%} of first calls within two minutes"
    )


def _told(changes: Sequence[Change], plan: HallPlan) -> str:
    told = []
    for change in changes:
        span = f"{_clock(change.start)}-{_clock(change.end)}"
        lanes = "、".join(plan.lane(letter).name for letter in change.lanes)
        told.append(
            f"{span} {change.no} 号窗口办理{lanes} / window {change.no} serves {', '.join(change.lanes)}"
            if lanes
            else f"{span} {change.no} 号窗口关闭 / window {change.no} closed"
        )
    return "\n".join(["", "what if:", *told])


def _effect(effect: Effect, plan: HallPlan) -> str:
    lane = plan.lanes.get(effect.lane)
    name = effect.lane if lane is None else f"{effect.lane} {lane.name} {lane.name_en}"
    before, after = effect.before, effect.after
    return (
        f"  {name}: longest wait {before.longest:.0f} -> {after.longest:.0f} min, "
        f"mean {before.mean:.1f} -> {after.mean:.1f} min ({before.tickets} tickets)"
    )


def _clock(millis: int) -> str:
    return f"{datetime.fromtimestamp(millis / 1000, HALL_ZONE):%H:%M}"


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
    named = parser.add_argument_group("a scenario")
    named.add_argument("--scenario", action="append", choices=[*SCENARIOS, "all"], metavar="NAME", default=[])
    named.add_argument("--seed", type=int, default=1, help="the first seed (default 1)")
    named.add_argument("--seeds", type=_counted, default=10, help="how many runs (default 10)")
    named.add_argument(
        "--visitors", type=_counted, help="visitors in each run of a textbook hall (as many as it needs)"
    )
    named.add_argument("--json", action="store_true", help="print the figures for a program")
    recorded = parser.add_argument_group("a recorded day, and what if")
    recorded.add_argument("--day", type=date.fromisoformat, help="the business day, such as 2026-11-23")
    recorded.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    recorded.add_argument(
        "--open", action="append", default=[], metavar="7:F@10:10-11:20", help="window 7 serves lane F then"
    )
    recorded.add_argument(
        "--close", action="append", default=[], metavar="3@10:00-11:00", help="window 3 is closed then"
    )
    recorded.add_argument(
        "--picture", type=_picture, metavar="FILE", help="draw the waits before and after (.svg or .png)"
    )
    return parser


def _picture(text: str) -> Path:
    path = Path(text)
    if path.suffix not in (".png", ".svg"):
        raise argparse.ArgumentTypeError(f"{text}: a picture ends in .svg or .png")
    return path
