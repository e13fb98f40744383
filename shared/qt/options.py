"""The options that all three apps have."""

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.client.identity import default_state_folder

LANGUAGES = ("zh", "en")


def parse_options(
    app: str,
    about: str,
    argv: Sequence[str] | None,
    add_options: Callable[[argparse.ArgumentParser], None] | None = None,
) -> argparse.Namespace:
    """Read the command line of `hall <app>`; `add_options` adds the app's own. Exits with 2 on a mistake.

    Gives hub (URL or None), enrol (code or None), state (Path), windowed, size ((width, height) or None),
    lang, robot.
    """
    parser = argparse.ArgumentParser(prog=f"hall {app}", description=about)
    parser.add_argument(
        "--hub", type=_url, metavar="URL", help="the hub's address (else: remembered, or found)"
    )
    parser.add_argument(
        "--enrol", metavar="CODE", help="enrol this device with the whole code from: hall enrol"
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="DIR",
        default=default_state_folder(app),
        help="where the device keeps itself",
    )
    add_screen_options(parser)
    if add_options is not None:
        add_options(parser)
    return parser.parse_args(argv)


def add_screen_options(parser: argparse.ArgumentParser) -> None:
    """How a window stands on the screen, for every program that has one."""
    parser.add_argument("--windowed", action="store_true", help="a window instead of the whole screen")
    parser.add_argument("--size", type=_size, metavar="WxH", help="the window's size: 1080x1920")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="the first language of the screen")
    parser.add_argument(
        "--robot", action="store_true", help="read JSON lines from standard input and play them (tests, demo)"
    )


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s]+/?", text):
        raise argparse.ArgumentTypeError(f"an address is https://HOST:PORT, not {text!r}")
    return text.rstrip("/")


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,5})x(\d{2,5})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"a size is WIDTHxHEIGHT such as 1080x1920, not {text!r}")
    return int(found[1]), int(found[2])
