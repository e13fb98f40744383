"""`hall rules`: the posted order with its wall text and its history, or a change of figures."""

import argparse
from collections.abc import Iterator, Sequence
from typing import Any

from shared.client.api import HubClient
from shared.commands.operating import operate, operator_parser
from shared.domain.moments import HALL_ZONE
from shared.domain.ordering import Priority
from shared.domain.rules import Rules
from shared.domain.rules_text import figure_name
from shared.protocol.messages import ChangeRules, FigureChange, PostedRules, RulesChange, RulesPosted
from shared.services.rules import figures

_NAMES = tuple(figures(Rules()))


def main(argv: Sequence[str]) -> int:
    """Show, or change with one or several `--set NAME=FIGURE`."""
    parser = operator_parser("rules", "Show the posted order and its wall text, or change a figure.")
    parser.add_argument("--text", action="store_true", help="only the text for the wall, ready to hang")
    parser.add_argument(
        "--set",
        dest="figures",
        type=_figure,
        action="append",
        default=[],
        metavar="NAME=FIGURE",
        help=f"{', '.join(_NAMES)}; longest_wait=none for no such rule",
    )
    options = parser.parse_args(argv)

    def work(hub: HubClient) -> str:
        if options.figures:
            posted = hub.ask(RulesPosted, "change_rules", _request(options.figures))
        else:
            posted = hub.ask(RulesPosted, "rules")
        return "\n".join(_wall(posted) if options.text else _page(posted))

    return operate("rules", options.data, work)


def _figure(text: str) -> tuple[str, int | None]:
    """`credits.elderly=25`; what the figure may be, the hub says."""
    name, _, value = text.partition("=")
    if name not in _NAMES:
        raise argparse.ArgumentTypeError(f"there is no figure {name!r}: {', '.join(_NAMES)}")
    if value == "none":
        return name, None
    try:
        return name, int(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: write {name}=NUMBER") from None


def _request(given: Sequence[tuple[str, int | None]]) -> ChangeRules:
    plain: dict[str, Any] = {}
    credits_set: dict[Priority, int] = {}
    for name, value in given:
        kind, _, priority = name.partition(".")
        if value is None and name != "longest_wait":
            raise SystemExit(f"hall rules: {name} needs a number; 0 for no effect")
        if kind == "credits":
            credits_set[Priority(priority)] = value or 0
        else:
            plain[name] = value
    return ChangeRules(credits=credits_set, **plain)


def _page(posted: RulesPosted) -> Iterator[str]:
    for name, value in _figures(posted.rules):
        zh, en = figure_name(name)
        yield f"{name:<22} {'none' if value is None else value:>4}   {zh}  {en}"
    yield ""
    yield from _wall(posted)
    yield ""
    for change in posted.history:
        yield _told(change)


def _figures(rules: PostedRules) -> Iterator[tuple[str, int | None]]:
    for name in _NAMES:
        kind, _, priority = name.partition(".")
        yield name, rules.credits[Priority(priority)] if kind == "credits" else getattr(rules, name)


def _wall(posted: RulesPosted) -> Iterator[str]:
    yield "叫号顺序 Who is called next"
    for number, said in enumerate(posted.wall, 1):
        yield f"{number:>2}. {said.zh}"
        yield f"    {said.en}"


def _told(change: RulesChange) -> str:
    when = f"{change.at.astimezone(HALL_ZONE):%Y-%m-%d %H:%M}"
    told = ", ".join(map(_change, change.changes)) or "建厅时的规则 the rules of the founding"
    return f"{when}  {change.who}  {told}"


def _change(change: FigureChange) -> str:
    before, after = ("none" if value is None else value for value in (change.before, change.after))
    return f"{change.name} {before} -> {after}"
