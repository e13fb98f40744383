"""`hall`: one command for everything. Each name leads to a module that is imported only when asked for."""

import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("shared.commands.init", "make a hall from a file or a sample"),
    "hub": ("shared.hub.__main__", "run the hub, the one owner of the queue"),
    "kiosk": ("kiosk.app", "run a self-service kiosk"),
    "counter": ("counter.app", "run a clerk's counter"),
    "display": ("display.app", "run a hall, zone or window board"),
    "enrol": ("shared.commands.enrol", "make a code with which one device may enrol"),
    "devices": ("shared.commands.devices", "list the enrolled devices"),
    "revoke": ("shared.commands.revoke", "take a device's credential away"),
    "authority": (
        "shared.commands.authority",
        "show by what devices know the hub, and export its certificate",
    ),
    "notice": ("shared.commands.notice", "put a notice on the boards, or take it off"),
    "lane": ("shared.commands.lane", "close a lane, or open it again"),
    "day": ("shared.commands.day", "show the business day, or move it on"),
    "why": ("shared.commands.why", "say why a ticket waits: who goes before it, and by which rule"),
    "workdays": ("shared.commands.workdays", "show a year's holidays and make-up workdays, or change them"),
    "rules": ("shared.commands.rules", "show the posted order and its wall text, or change a figure"),
    "rota": ("shared.commands.rota", "make the rota of the clerks, check it, change it, take it away"),
    "messages": (
        "shared.commands.messages",
        "show the messages to citizens, and the gateway that sends them",
    ),
    "check": ("shared.commands.check", "verify the file and the chain of facts"),
    "backup": (
        "shared.commands.backup",
        "make a verified backup on the second medium, and list what is there",
    ),
    "restore": ("shared.commands.restore", "put backup and journal in the place of a damaged file"),
    "drill": ("shared.commands.drill", "restore for trial, and compare with the hall's file"),
    "advise": ("shared.commands.advise", "say which window to open, close or move, and what it is worth"),
    "figures": ("shared.commands.figures", "show how well the promised waits held, also as a picture"),
    "simulate": ("shared.commands.simulate", "play a hall in fast motion, and ask what if"),
    "simulate-device": ("hardware.simulate", "run a simulated device that speaks its real protocol"),
    "voice": ("hardware.voice.__main__", "build or check a voice pack"),
    "doctor": ("hardware.doctor.__main__", "test this machine's devices and say what to do"),
    "demo": ("shared.demo.__main__", "run a day at the sample hall"),
    "load": ("shared.bench.big_hall", "play a big hall, and count what is late, lost or doubled"),
    "bench": ("shared.bench.__main__", "measure, beside the machine's own limit"),
}
"""Command -> (module with `main(argv) -> int`, what it does)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (2 when there is no such command)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())  # noqa: T201
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"hall: there is no command {name!r}\n\n{usage()}", file=sys.stderr)  # noqa: T201
        return 2
    code: int = import_module(COMMANDS[name][0]).main(rest)
    return code


def usage() -> str:
    """All commands, a line each."""
    lines = [f"  {name:<16} {meaning}" for name, (_, meaning) in COMMANDS.items()]
    return "\n".join(["usage: hall COMMAND [OPTIONS]     (hall COMMAND --help tells more)", "", *lines])


if __name__ == "__main__":
    sys.exit(main())
