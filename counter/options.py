"""The options of `hall counter` besides those every app has."""

import argparse

from hardware.spec import NO_DEVICE, device_name

SHAPES = ("desk", "bar")
EVALUATORS = ("screen", "window", "off")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what a counter can be told: its window, and the shape it takes once the window is open."""
    parser.add_argument("--window", type=_window, metavar="NO", help="the window this counter stands at")
    parser.add_argument(
        "--keypad",
        type=device_name,
        default=NO_DEVICE,
        metavar="SPEC",
        help="the clerk's keypad and the citizen's pad, as ff68:serial:///dev/ttyUSB0?address=3 (none)",
    )
    parser.add_argument(
        "--ledbar",
        type=device_name,
        default=NO_DEVICE,
        metavar="SPEC",
        help="the bar above the window, as sum4:serial:///dev/ttyUSB1?address=3 (none)",
    )
    parser.add_argument(
        "--shape",
        choices=SHAPES,
        default="desk",
        help="what the clerk works with: the full desk, or the slim bar on top of another program",
    )
    parser.add_argument(
        "--evaluator",
        choices=EVALUATORS,
        default="screen",
        help="where citizens rate the service: the second screen when there is one, a window, or nowhere",
    )


def _window(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 999:
        raise argparse.ArgumentTypeError(f"a window is a number from 1 to 999, not {text!r}")
    return int(text)
