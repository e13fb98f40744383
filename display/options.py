"""The options of `hall display` besides those every app has."""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from display.directions import parse_arrows
from display.scope import Scope, parse_lanes
from display.stage import Pace
from hardware.voice.volume import Volume

LANGUAGES = ("zh", "en")
_T = TypeVar("_T")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what a board can be told: what it shows, how it speaks, which way the arrows point."""
    shows = parser.add_mutually_exclusive_group()
    shows.add_argument("--window", type=int, metavar="NO", help="the board over one window")
    shows.add_argument("--lanes", type=_told(parse_lanes), metavar="A,B", help="a zone board for these lanes")
    parser.add_argument(
        "--voice",
        type=_told(_voice),
        default="auto",
        metavar="auto|null|wav:DIR|none",
        help="where calls are heard: the audio device, nowhere, wav files, or not at all (default: auto)",
    )
    parser.add_argument(
        "--voice-pack", type=Path, metavar="DIR", help="a recorded voice instead of the default"
    )
    parser.add_argument(
        "--languages", type=_told(_languages), metavar="zh,en", help="instead of the hall's own (zh first)"
    )
    parser.add_argument(
        "--repeat", type=int, choices=(1, 2, 3), default=1, help="how often each call is spoken (%(default)s)"
    )
    parser.add_argument(
        "--volume",
        type=_told(Volume.parse),
        metavar="FROM-TO=PERCENT,...",
        help="quieter at times: 12:00-14:00=60,18:00-20:00=70 (default: 100 all day)",
    )
    parser.add_argument(
        "--turn",
        type=_told(_turn),
        default=Pace(),
        metavar="SECONDS",
        help="how long a call stays large at least while others wait (default: 4)",
    )
    parser.add_argument(
        "--arrows",
        type=_told(parse_arrows),
        default={},
        metavar="WORD=WAY,...",
        help="which way a place lies from this board: 东区=right,二楼=up",
    )


def scope_of(options: argparse.Namespace) -> Scope:
    """What the board shows."""
    return Scope(options.lanes or frozenset(), options.window)


def _voice(text: str) -> str:
    if text in ("auto", "null", "none") or (text.startswith("wav:") and len(text) > len("wav:")):
        return text
    raise ValueError(f"a voice is auto, null, wav:DIR or none, not {text!r}")


def _turn(text: str) -> Pace:
    least = float(text)
    return replace(Pace(), least=least, moment=max(least, Pace().moment))


def _languages(text: str) -> tuple[str, ...]:
    languages = tuple(part.strip() for part in text.split(","))
    if languages not in (("zh",), ("zh", "en")):
        raise ValueError(f"languages are zh or zh,en, not {text!r}")
    return languages


def _told(parse: Callable[[str], _T]) -> Callable[[str], _T]:
    """argparse shows the sentence of an ArgumentTypeError, but hides that of a ValueError."""

    def parsed(text: str) -> _T:
        try:
            return parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    return parsed
