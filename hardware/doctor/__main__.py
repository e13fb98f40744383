"""`hall doctor`: test the devices of this machine and say in words what is wrong and what to do.

    hall doctor printer=escpos:tcp://192.168.1.50:9100 reader=sam:serial:///dev/ttyS0

Without devices it lists what is plugged in and tests those that this machine's app is started with.
Exit code: 0 all fine, 1 something needs a person, 2 a mistake in the command.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from hardware.doctor.checks import Visit, examine, known_kinds
from hardware.doctor.finding import Finding
from hardware.doctor.machine import candidates, check_disk, check_font, check_hub
from hardware.doctor.person import Nobody, technician
from hardware.doctor.report import in_words, offered, summary
from hardware.doctor.settings import APPS, configured, state_folder

_ALIASES = {"reader": "idcard", "socialcard": "idcard"}
"""A social-security reader is an identity-card reader of another driver (pcsc)."""


def main(argv: Sequence[str] | None = None) -> int:
    """See the module."""
    options = _parser().parse_args(argv)
    found = [] if options.devices else candidates()
    devices = options.devices or configured(known_kinds())
    if not options.json and not options.devices:
        _say(offered(found))
    visit = Visit(technician() if options.interactive else Nobody(), options.wait, not options.no_print)
    findings: list[Finding] = []
    for kind, spec in devices:
        findings.append(examine(kind, spec, visit))
        if not options.json:
            _say(in_words(findings[-1]))
    machine = _machine(options)
    findings += machine
    if options.json:
        plugged = [{"kind": one.kind, "spec": one.spec, "about": one.about} for one in found]
        _say(json.dumps({"findings": [f.as_json() for f in findings], "found": plugged}, ensure_ascii=False))
    else:
        _say("\n".join([*map(in_words, machine), summary(findings)]))
    return 0 if all(finding.is_fine for finding in findings) else 1


def _machine(options: argparse.Namespace) -> list[Finding]:
    """The machine itself: always when no device was named, else only when the app's folder was."""
    if options.state is not None:
        states = [options.state]
    elif options.devices:
        return []
    else:
        states = [folder for folder in map(state_folder, APPS) if folder.exists()]
    hubs = [finding for state in states for finding in check_hub(state)]
    return [*hubs, check_disk(states[0] if states else Path.home()), check_font()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hall doctor", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("devices", nargs="*", type=_device, metavar="KIND=SPEC", help="a device to test")
    parser.add_argument(
        "--interactive", action="store_true", help="with a technician: cards, codes, keys, y/n"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--no-print", action="store_true", help="ask the printer, but print no test slip")
    parser.add_argument("--wait", type=float, default=5.0, metavar="SECONDS", help="for a scan (%(default)g)")
    parser.add_argument(
        "--state", type=Path, metavar="DIR", help="the app's folder: test hub and credential too"
    )
    return parser


def _device(text: str) -> tuple[str, str]:
    kind, equals, spec = text.partition("=")
    kind = _ALIASES.get(kind, kind)
    if not equals or not spec:
        raise argparse.ArgumentTypeError(
            f"a device is KIND=SPEC, as printer=escpos:tcp://host:9100, not {text!r}"
        )
    if kind not in known_kinds():
        raise argparse.ArgumentTypeError(f"kinds are {', '.join(sorted(known_kinds()))}, not {kind!r}")
    return kind, spec


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
