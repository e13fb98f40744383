"""The options of `hall rota`."""

import argparse
from datetime import date
from pathlib import Path

from shared.store.house import default_folder

WEEKS = 4


def rota_parser() -> argparse.ArgumentParser:
    """A parser for every verb; `options.verb` says which."""
    parser = argparse.ArgumentParser(prog="hall rota", description="The rota of the clerks (排班).")
    verbs = parser.add_subparsers(dest="verb", required=True)
    _make(verbs.add_parser("make", help="make a rota: of a plan's file, or a draft of the hall's own"))
    for verb, says in (
        ("check", "verify a rota by every rule"),
        ("show", "print a rota as a table"),
    ):
        _source(verbs.add_parser(verb, help=says, description=says))
    _export(verbs.add_parser("export", help="write a rota as a sheet, calendars or a picture"))
    _publish(verbs.add_parser("publish", help="let a draft of the hall hold"))
    _swap(verbs.add_parser("swap", help="two clerks exchange days"))
    _away(verbs.add_parser("sick", help="a clerk falls ill: who can stand in"))
    _away(verbs.add_parser("leave", help="note a clerk's leave, or take it back"), cancel=True)
    _stand_in(verbs.add_parser("stand-in", help="a clerk takes over a shift that nobody has"))
    _clerk(verbs.add_parser("clerk", help="what a clerk of the hall can do in the rota"))
    return parser


def _make(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("plan", nargs="?", type=Path, metavar="PLAN.toml", help="the hall's own without it")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument("--from", dest="first", type=_day, metavar="DATE", help="of the hall's own; a Monday")
    parser.add_argument("--weeks", type=int, default=WEEKS, help=f"of the hall's own ({WEEKS})")
    parser.add_argument("--out", type=Path, metavar="ROTA.json", help="where the rota of a file goes")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to seek (60)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another rota as good")
    parser.add_argument("--hurry", action="store_true", help="sooner, but another rota each time")


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rota", nargs="?", type=Path, metavar="ROTA.json", help="the hall's own without it")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")
    parser.add_argument("--on", type=_day, metavar="DATE", help="of the hall's own: the one of this day")
    parser.add_argument("--draft", action="store_true", help="of the hall's own: the draft")


def _export(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("--xlsx", type=Path, metavar="FILE", help="a sheet")
    parser.add_argument("--ics", type=Path, metavar="FILE", help="one calendar of all, or of --clerk")
    parser.add_argument("--clerk", default="", metavar="NUMBER", help="for --ics")
    parser.add_argument("--calendars", type=Path, metavar="FOLDER", help="a calendar for each clerk")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="out.svg or out.png")


def _publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="N", help="the draft's number, as `make` says it")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")


def _target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, metavar="ROTA.json", help="of a file, in place of the hall")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")


def _swap(parser: argparse.ArgumentParser) -> None:
    for name in ("clerk", "day", "other", "other_day"):
        parser.add_argument(name, type=_day if name.endswith("day") else str, metavar=name.upper())
    _target(parser)


def _away(parser: argparse.ArgumentParser, *, cancel: bool = False) -> None:
    parser.add_argument("clerk")
    parser.add_argument("first", type=_day)
    parser.add_argument("last", type=_day, nargs="?", help="the same day without it")
    if cancel:
        parser.add_argument("--cancel", action="store_true", help="take it back")
    _target(parser)


def _stand_in(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clerk")
    parser.add_argument("day", type=_day)
    parser.add_argument("shift", help="the shift's code")
    _target(parser)


def _clerk(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("clerk")
    parser.add_argument("--lanes", required=True, help="letters, such as ABH")
    parser.add_argument("--leads", action="store_true", help="can lead a day's team")
    parser.add_argument("--days", type=int, default=5, choices=range(6), help="a week; 0: not in the rota")
    parser.add_argument("--data", type=Path, default=default_folder(), help="the hall's folder")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day: write 2026-11-30") from None
