"""`hall figures waits`: how well the promised waits held, from the hall's file or from a recorded history."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from unicodedata import east_asian_width

from shared.commands.reading_hall import HallUnreadableError, open_hall
from shared.figures.history import Split, evaluate
from shared.figures.recorded import by_lane, lane_labels, period, promised, recorded
from shared.figures.series import Form, Label
from shared.figures.waits import LEAST_COVERAGE, Line, Outcome, by_lane_and_week, total
from shared.store.house import House, default_folder
from shared.store.queries import sql
from shared.store.sqlite import Connection

USUAL_DAYS = 28
_LANE_COLUMNS = 30


class CannotShow(Exception):
    """Why there are no figures, in a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """The waits of the days that were asked for, the first and the last of them, and the lanes' names.

    `whose` says of which numbers the figures are.
    """

    outcomes: list[Outcome]
    first: date
    last: date
    labels: dict[str, Label]
    whose: str = "numbers that had somebody ahead"


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when the figures are shown, 2 with a sentence when they cannot be."""
    options = _parser().parse_args(argv)
    try:
        found = _history(options) if options.history else _own(options)
        if options.picture:
            _draw(found, options.picture, is_day=options.day is not None)
    except (CannotShow, HallUnreadableError, OSError, ValueError) as error:
        print(f"hall figures: {_sentence(error)}", file=sys.stderr)  # noqa: T201
        return 2
    print(_json(found) if options.json else "\n".join(_table(found)))  # noqa: T201
    return 0


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall figures", description="What the hall's records show.")
    waits = parser.add_subparsers(dest="what", required=True, metavar="waits").add_parser(
        "waits", help="promised waits against actual ones, by lane and week"
    )
    waits.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    waits.add_argument("--from", dest="first", type=_day, metavar="DATE", help="four weeks back without it")
    waits.add_argument("--to", dest="last", type=_day, metavar="DATE", help="the business day without it")
    waits.add_argument("--day", type=_day, metavar="DATE", help="one day; its picture is of waits over it")
    waits.add_argument("--picture", type=_picture, metavar="FILE", help="draw it as well: out.svg or out.png")
    waits.add_argument("--json", action="store_true", help="print the figures for a program")
    history = waits.add_argument_group("a recorded history instead of the hall's file")
    history.add_argument("--history", type=Path, metavar="FILE.csv.gz", help="replayed through the estimate")
    history.add_argument("--test-days", type=_count, metavar="N", help="the last N days are tested")
    history.add_argument("--test-from", type=_day, metavar="DATE", help="tested from this day on")
    history.add_argument("--train-days", type=_count, metavar="N", help="only the N days before them teach")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write 2026-11-23") from None


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days: write 3")
    return int(text)


def _picture(text: str) -> Path:
    if Path(text).suffix not in (".svg", ".png"):
        raise argparse.ArgumentTypeError(f"{text!r}: a picture's name ends in .svg or .png")
    return Path(text)


# -- reading ------------------------------------------------------------------------------------------


def _own(options: argparse.Namespace) -> Found:
    if options.test_days or options.test_from or options.train_days:
        raise CannotShow("--test-days, --test-from and --train-days go with --history")
    with open_hall(House(options.data)) as connection:
        first, last = _asked_days(connection, options)
        return Found(recorded(connection, first, last), first, last, lane_labels(connection))


def _asked_days(connection: Connection, options: argparse.Namespace) -> tuple[date, date]:
    if options.day is not None:
        if options.first or options.last:
            raise CannotShow("--day stands alone, without --from and --to")
        return options.day, options.day
    last = options.last or date.fromisoformat(connection.execute(sql("business_day")).fetchone()[0])
    first = options.first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        raise CannotShow(f"--from {first} is after --to {last}")
    return first, last


def _history(options: argparse.Namespace) -> Found:
    if options.first or options.last:
        raise CannotShow("a history is asked for by --test-days, --test-from and --train-days")
    split = Split(options.test_days, options.test_from, options.train_days)
    outcomes = evaluate(options.history, split)
    if options.day is not None:
        outcomes = [outcome for outcome in outcomes if outcome.taken_at.date() == options.day]
    days = [outcome.taken_at.date() for outcome in outcomes]
    if not days:
        raise CannotShow("the tested days of this record have no such numbers")
    return Found(outcomes, min(days), max(days), {}, "numbers that had two or more ahead")


# -- showing ------------------------------------------------------------------------------------------


def _draw(found: Found, path: Path, *, is_day: bool) -> None:
    """The day's waits, or promised against actual of all days."""
    from shared.figures.kept import promised_against_actual  # the drawing library is slow to load
    from shared.figures.plots import waits_over_day
    from shared.figures.type import warning

    form: Form = "png" if path.suffix == ".png" else "svg"
    if is_day:
        picture = waits_over_day(by_lane(found.outcomes, found.labels), found.first, form)
    else:
        days = period(found.first, found.last)
        picture = promised_against_actual(promised(found.outcomes), days, form)
    path.write_bytes(picture)
    if said := warning():
        print(f"hall figures: {said}", file=sys.stderr)  # noqa: T201


def _table(found: Found) -> Iterator[str]:
    outcomes = promised(found.outcomes)
    sum_ = total(outcomes)
    if sum_ is None:
        yield f"{found.first} to {found.last}: none of the {found.whose} was called"
        return
    yield f"promised waits, {found.first} to {found.last}: {found.whose}"
    yield ""
    yield f"{'lane':<{_LANE_COLUMNS}} week      numbers promised   held  mean error  median  told long"
    for line in chain(by_lane_and_week(outcomes), [sum_]):
        yield _row(line, found.labels)


def _row(line: Line, labels: dict[str, Label]) -> str:
    label = labels.get(line.lane)
    name = (f"{label.zh}" if label else line.lane) or "all"
    held = "-" if line.coverage is None else f"{line.coverage:.1%}"
    row = (
        f"{_padded(name)} {line.week:<9}{line.tickets:>8}{line.promised:>9}{held:>7}"
        f"{line.mean_error:>8.1f} min{line.median_error:>8.1f}{line.long:>11.0%}"
    )
    return f"{row}  {alarm(line)}" if line.alarm else row


def alarm(line: Line) -> str:
    """What is wrong with a line that raises an alarm."""
    if line.coverage is not None and line.coverage < LEAST_COVERAGE:
        return "ALARM: too few held, the intervals promise too much"
    return "ALARM: nearly all held, the intervals are wider than they need be"


def _padded(name: str) -> str:
    """The name in so many columns, of which a Chinese character takes two."""
    wide = sum(east_asian_width(letter) in "WF" for letter in name)
    return name + " " * (_LANE_COLUMNS - len(name) - wide)


def _json(found: Found) -> str:
    outcomes = promised(found.outcomes)
    sum_ = total(outcomes)
    document = {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "lines": [asdict(line) | {"alarm": line.alarm} for line in by_lane_and_week(outcomes)],
        "total": None if sum_ is None else asdict(sum_) | {"alarm": sum_.alarm},
    }
    return json.dumps(document, ensure_ascii=False, indent=1)
