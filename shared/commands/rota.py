"""`hall rota`: make a rota, check it, change it, let it hold, take it away; of a file or of the hall."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from shared.commands import rota_hall
from shared.commands.reading_hall import HallUnreadableError
from shared.commands.rota_options import rota_parser
from shared.commands.rota_text import goal_text, rota_text, shortages_text, stand_in_text
from shared.config import ConfigErrors
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.domain.rota import Rota
from shared.domain.rota_plan import DAY
from shared.rota.changes import ChangeError, missing, stand_ins, swapped, with_stand_in, without
from shared.rota.checker import check
from shared.rota.file import read_plan
from shared.rota.written import rota_document, rota_of_document
from shared.services.workdays import published_calendar

_USUAL = Path("rota.json")


def main(argv: Sequence[str]) -> int:
    """Exit code 0 when done, 1 for a rota that lacks or breaks something, 2 when it cannot be done."""
    options = rota_parser().parse_args(argv)
    try:
        return _VERBS[options.verb](options)
    except ChangeError as error:
        return _failed("{} / {}".format(*error.words))
    except Refused as error:
        return _failed(f"{error.zh} / {error.en}")
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}" if error.strerror else str(error))
    except (ConfigErrors, HallUnreadableError, ValueError, KeyError, RuntimeError) as error:
        return _failed(str(error))


def _failed(sentence: str) -> int:
    print(f"hall rota: {sentence}", file=sys.stderr)  # noqa: T201
    return 2


def _say(lines: Sequence[str]) -> None:
    print("\n".join(lines))  # noqa: T201


# -- making and reading -----------------------------------------------------------------------------------


def _make(options: argparse.Namespace) -> int:
    from shared.rota.solver import Search, make_rota  # the solver's library is large

    search = Search(options.seconds, options.seed, options.hurry)
    if options.plan is None:
        return rota_hall.make_draft(options, lambda plan: make_rota(plan, search))
    rota = make_rota(read_plan(options.plan.read_bytes(), options.plan, published_calendar()), search)
    out = options.out or _USUAL
    out.write_bytes(rota_document(rota))
    _say([*shortages_text(rota), *map(goal_text, rota.goals), f"written to {out}"])
    return int(bool(rota.shortages))


def _read(path: Path) -> Rota:
    try:
        return rota_of_document(path.read_bytes())
    except (msgspec.DecodeError, ValueError) as error:
        raise ValueError(f"{path} is no rota as `hall rota make` writes it: {error}") from error


def _rota(options: argparse.Namespace) -> Rota:
    return _read(options.rota) if options.rota else rota_hall.own_rota(options)


def _check(options: argparse.Namespace) -> int:
    rota = _rota(options)
    told = [violation.in_words() for violation in check(rota)]
    _say([f"{zh}\n  {en}" for zh, en in told] or ["符合全部规则 / every rule is kept"])
    _say(list(shortages_text(rota)))
    return int(bool(told))


def _show(options: argparse.Namespace) -> int:
    _say(list(rota_text(_rota(options))))
    return 0


def _export(options: argparse.Namespace) -> int:
    from shared.commands.rota_export import export  # the drawing library is slow to load

    written = export(_rota(options), options, datetime.now(HALL_ZONE))
    if not written:
        raise ValueError("say what to write: --xlsx, --ics, --calendars or --picture")
    _say([f"written: {path}" for path in written])
    return 0


# -- changes ------------------------------------------------------------------------------------------------


def _change(path: Path, change: Callable[[Rota], Rota]) -> Rota:
    """A rota's file changed in place; untouched when the change is refused."""
    after = change(_read(path))
    path.write_bytes(rota_document(after))
    return after


def _swap(options: argparse.Namespace) -> int:
    if options.file is None:
        return rota_hall.swap(options)
    after = _change(
        options.file,
        lambda rota: swapped(rota, options.clerk, options.day, options.other, options.other_day),
    )
    _say(list(shortages_text(after)))
    return 0


def _away(options: argparse.Namespace) -> int:
    if options.file is None:
        return rota_hall.away(options)
    first, last = options.first, options.last or options.first
    days = frozenset(first + DAY * n for n in range((last - first) // timedelta(days=1) + 1))
    if not days or getattr(options, "cancel", False):
        raise ValueError("leave ends after it begins; that of a file is taken back in its plan")
    before = _read(options.file)
    if before.plan.clerk(options.clerk) is None:
        raise ValueError(f"there is no clerk {options.clerk} in {options.file}")
    after = _change(options.file, lambda rota: without(rota, options.clerk, days))
    _say(list(shortages_text(after)))
    for day in sorted(days):
        if missing(after.shortages, day):
            found = [(s.code, one) for s in after.plan.shifts for one in stand_ins(after, day, s.code)]
            _say([f"{day}: 可替班 / could stand in:", *(stand_in_text(*pair) for pair in found)])
    return int(missing(after.shortages) > missing(before.shortages))


def _stand_in(options: argparse.Namespace) -> int:
    if options.file is None:
        return rota_hall.stand_in(options)
    after = _change(options.file, lambda rota: with_stand_in(rota, options.clerk, options.day, options.shift))
    _say(list(shortages_text(after)))
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace], int]] = {
    "make": _make,
    "check": _check,
    "show": _show,
    "export": _export,
    "publish": rota_hall.publish,
    "swap": _swap,
    "sick": _away,
    "leave": _away,
    "stand-in": _stand_in,
    "clerk": rota_hall.set_clerk,
}
