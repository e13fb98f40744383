"""The devices that this machine's app is started with.

They stand in one place only: `HALL_OPTIONS` of the service's environment file (shared/docs/systemd), so the
doctor reads them there and keeps no second list.
"""

import os
import shlex
from itertools import pairwise
from pathlib import Path

APPS = ("kiosk", "counter", "display")
_KINDS = {"reader": "idcard"}


def environment_file(app: str) -> Path:
    """`~/.config/service-hall/kiosk.env` (XDG base directory specification)."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "service-hall" / f"{app}.env"


def state_folder(app: str) -> Path:
    """Where the app keeps its credential, unless its options say otherwise."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "service-hall" / app


def devices_of(options: str, kinds: frozenset[str]) -> list[tuple[str, str]]:
    """The devices named in an app's options: [("printer", "escpos:tcp://..."), ...]; `none` is left out."""
    words = [part for word in shlex.split(options) for part in word.split("=", 1 if word[:2] == "--" else 0)]
    found = []
    for option, value in pairwise(words):
        kind = _KINDS.get(option.removeprefix("--"), option.removeprefix("--"))
        if option.startswith("--") and kind in kinds and ":" in value and value != "none":
            found.append((kind, value))
    return found


def configured(kinds: frozenset[str]) -> list[tuple[str, str]]:
    """The devices of every app that is set up on this machine."""
    found: list[tuple[str, str]] = []
    for app in APPS:
        try:
            lines = environment_file(app).read_text("utf-8").splitlines()
        except OSError:
            continue
        for line in lines:
            name, _, value = line.partition("=")
            if name.strip() == "HALL_OPTIONS":
                found += devices_of(value.strip().strip("\"'"), kinds)
    return found
