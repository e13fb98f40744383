"""Which key does what: F1-F12, alone or with one of Ctrl, Shift, Alt, from a small file a hall can edit.

    # keys.toml in the counter's state folder
    [keys]
    next = "F12"
    cancel = ""        # no key

What the file does not name keeps its default. A mistake is told and the default stays, so that a clerk is
never left without keys.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FILE = "keys.toml"

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "next": "F12",
        "recall": "F11",
        "start": "F10",
        "finish": "F9",
        "invite": "Shift+F9",
        "miss": "F8",
        "transfer": "F7",
        "hold": "F6",
        "held": "Shift+F6",
        "missed": "F5",
        "pause": "F4",
        "close-window": "Shift+F4",
        "show-name": "F3",
        "pick": "F2",
        "why": "Shift+F2",
        "book": "Shift+F5",
        "cancel": "Shift+F8",
        "shape": "F1",
        "sign-out": "",
    }
)
"""Action -> key. `held` and `missed` open their lists; `pause` also resumes."""

_CHORD = re.compile(r"(?:(ctrl|shift|alt)\+)?f([1-9]|1[0-2])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing in the file that was not taken over; `what` is a sentence's name, `where` fills it."""

    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys in use, and what was wrong with the file."""

    by_action: Mapping[str, str]
    mistakes: tuple[Mistake, ...] = ()


def load_keys(folder: Path) -> Keys:
    """The keys of this counter; the defaults when there is no file."""
    try:
        text = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return Keys(DEFAULTS)
    except (OSError, UnicodeDecodeError):
        return Keys(DEFAULTS, (Mistake("unreadable"),))
    return parse_keys(text)


def parse_keys(text: str) -> Keys:
    """The keys as a file's text says; never raises."""
    try:
        table = tomllib.loads(text).get("keys", {})
    except tomllib.TOMLDecodeError as error:
        return Keys(DEFAULTS, (Mistake("no-toml", str(error)),))
    if not isinstance(table, dict):
        return Keys(DEFAULTS, (Mistake("no-table"),))
    wanted: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for action, value in table.items():
        chord = _chord(value)
        if action not in DEFAULTS:
            mistakes.append(Mistake("unknown-action", action))
        elif chord is None:
            mistakes.append(Mistake("no-key", f"{action} = {value}"))
        else:
            wanted[action] = chord
    return _settle(wanted, mistakes)


def _settle(wanted: Mapping[str, str], mistakes: list[Mistake]) -> Keys:
    """Merge with the defaults. A key named twice goes to none of those who want it; a key taken from an
    action that the file does not name leaves that action without one."""
    chords = [chord for chord in wanted.values() if chord]
    doubled = {chord for chord in chords if chords.count(chord) > 1}
    mistakes += [Mistake("doubled", chord) for chord in sorted(doubled)]
    kept = {action: chord for action, chord in wanted.items() if chord not in doubled}
    taken = {chord for chord in kept.values() if chord}
    rest = {action: "" if chord in taken else chord for action, chord in DEFAULTS.items()}
    return Keys(MappingProxyType(rest | kept), tuple(mistakes))


def _chord(value: object) -> str | None:
    """`f12` and `SHIFT+F6` as Qt writes them; "" for none; None for what is no such key."""
    if value == "":
        return ""
    found = _CHORD.fullmatch(value.replace(" ", "")) if isinstance(value, str) else None
    if found is None:
        return None
    modifier = f"{found[1].capitalize()}+" if found[1] else ""
    return f"{modifier}F{found[2]}"
