"""`hall simulate-device KIND`: one simulated device in this process.

When ready it says so in one JSON line, for example

    {"kind": "printer", "address": "socket://127.0.0.1:41234", "control": "127.0.0.1:41235",
     "spec": "escpos:tcp://127.0.0.1:41234?paper=80"}

and runs until its standard input closes or SIGTERM; with `--forever` standard input is left alone. Lines on
standard input, or on the control port, are commands: the faults of `hardware.simulation.control` and those of
the device.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Protocol

from hardware.simulation.calling import CallingLine
from hardware.simulation.control import Commands, follow_input, say, serve_control
from hardware.simulation.lines import FaultyLine, Line, PipeLine, PtyLine, TcpLine
from hardware.simulation.reports import ReportLine

SIMULATORS = {
    "camera": "hardware.camera.simulator",
    "idcard": "hardware.idcard.simulator",
    "keypad": "hardware.keypad.simulator",
    "ledbar": "hardware.ledbar.simulator",
    "printer": "hardware.printer.simulator",
    "socialcard": "hardware.socialcard.simulator",
    "scanner": "hardware.scanner.simulator",
}


class _Simulator(Protocol):
    add_arguments: Callable[[argparse.ArgumentParser], None]
    build: Callable[[FaultyLine, Commands, argparse.Namespace], str]


def main(argv: Sequence[str]) -> int:
    """Run one simulator; returns the exit code."""
    kind = next((word for word in argv if word in SIMULATORS), None)
    simulator: _Simulator | None = import_module(SIMULATORS[kind]) if kind else None
    options = _parser(simulator).parse_args(argv)
    if simulator is None:  # argparse has refused already; said for the type checker
        return 2
    return asyncio.run(_run(simulator, options))


def _parser(simulator: _Simulator | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hall simulate-device", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("kind", choices=sorted(SIMULATORS))
    parser.add_argument("--line", choices=("tcp", "pty", "hid", "pipe", "call"), default="tcp")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="TCP port of the device; 0 takes a free one")
    parser.add_argument("--link", type=Path, help="stable path of a pty; path of a pipe")
    parser.add_argument("--baud", type=int, help="send replies at this speed; default: at once")
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--forever", action="store_true", help="leave standard input alone")
    if simulator is not None:
        simulator.add_arguments(parser)
    return parser


async def _run(simulator: _Simulator, options: argparse.Namespace) -> int:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    line = FaultyLine(_line(options), options.baud)
    commands = Commands(line)
    spec = simulator.build(line, commands, options)
    if options.line != "call":  # a card is put in when it is wanted
        await line.line.plug()
    control = await serve_control(commands, options.host, options.control_port)
    address = line.line.address
    where = address.replace("socket:", "tcp:") if options.kind == "printer" else address
    say({"kind": options.kind, "address": address, "control": control, "spec": spec.format(address=where)})
    follower = asyncio.create_task(_follow(commands, ended, forever=options.forever))
    await ended.wait()
    follower.cancel()
    line.line.unplug()
    return 0


async def _follow(commands: Commands, ended: asyncio.Event, *, forever: bool) -> None:
    """Obey standard input until it closes; what cannot be followed (/dev/null, a file) counts as closed."""
    if forever:
        return
    with suppress(OSError, ValueError):
        await follow_input(commands, sys.stdin)
    ended.set()


def _line(options: argparse.Namespace) -> Line:
    match options.line:
        case "pty":
            return PtyLine(options.link)
        case "hid":
            return ReportLine(PtyLine(options.link))
        case "call":
            return CallingLine(options.host, options.port)
        case "pipe":
            return PipeLine(options.link or Path(tempfile.gettempdir()) / f"hall-camera-{os.getpid()}")
    return TcpLine(options.host, options.port)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
