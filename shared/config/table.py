"""Typed reading of one TOML table. A mistake is noted with its place and the reading goes on.

After a mistake a harmless stand-in is returned (empty text, 0, the first choice): `load_hall` hands nothing
out once a single mistake was noted.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import TypeVar

from shared.config.problems import Problem

T = TypeVar("T")

_MISSING = object()
_SHOWN = 40
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")


def columns(text: str) -> int:
    """Width in half-width columns: a Chinese character takes two, as on paper and, nearly, on screens."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


class Table:
    """The keys of one table, each asked for once; `close` tells those nobody asked for."""

    def __init__(self, values: dict[str, object], place: str, problems: list[Problem]) -> None:
        self._values = values
        self._place = place
        self._problems = problems
        self._known: dict[str, None] = {}

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def place(self, key: str = "") -> str:
        """Where a key of this table stands: `lanes[2].letter`."""
        return ".".join(part for part in (self._place, key) if part) or "the file"

    def note(self, key: str, wrong: str, right: str) -> None:
        """Note a mistake at a key, or at the table itself when `key` is empty."""
        self._problems.append(Problem(self.place(key), wrong, right))

    def text(self, key: str, most: int, *, default: str | None = None) -> str:
        """One line of text, at most `most` columns wide (see `columns`), without blanks around it."""
        value = self._take(key, default, f'{key} = "..."')
        return self._line(key, value, most, empty=default is not None) if value is not _MISSING else ""

    def plain(self, key: str) -> dict[str, object]:
        """A small table read whole by its own kind; empty when it is left out."""
        self._known[key] = None
        value = self._values.get(key, {})
        if not isinstance(value, dict):
            self.note(key, f"{_shown(value)} is not a table", f"Write [{key}] and its figures below it")
            return {}
        return value

    def part(self, key: str) -> "Table | None":
        """The table of a section `[key]`; None when it is left out."""
        values = self.plain(key)
        return Table(values, self.place(key), self._problems) if key in self else None

    def secret(self, key: str) -> str:
        """Text that no message repeats."""
        value = self._take(key, None, f'{key} = "..."')
        if isinstance(value, str) or value is _MISSING:
            return value if isinstance(value, str) else ""
        self.note(key, "it is not a text", f'Put it in quotes: {key} = "..."')
        return ""

    def texts(self, key: str, most: int, *, least: int = 0) -> tuple[str, ...]:
        """A list of lines, no two alike; required when `least` is not 0."""
        value = self._take(key, () if least == 0 else None, f'{key} = ["...", "..."]')
        if value is _MISSING:
            return ()
        if not isinstance(value, list | tuple):
            self.note(key, f"{_shown(value)} is not a list", f'Write {key} = ["..."]')
            return ()
        if len(value) < least:
            self.note(key, "the list is empty", f'Write {key} = ["..."]')
        found = tuple(self._line(f"{key}[{at}]", item, most) for at, item in enumerate(value))
        for at, item in enumerate(found):
            if item and item in found[:at]:
                self.note(f"{key}[{at}]", f"{_shown(item)} is there twice", "Remove one of the two")
        return found

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self._take(key, default, f"{key} = {low}")
        if value is _MISSING:
            return 0
        return int(self._number(key, value, low, high, whole=True))

    def optional_whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number from `low` to `high`, or None when the key is not there."""
        if key in self:
            return self.whole(key, low, high)
        self._known[key] = None
        return None

    def number(self, key: str, low: float, high: float, *, default: float) -> float:
        """A number from `low` to `high`."""
        return self._number(key, self._take(key, default, ""), low, high, whole=False)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default, "")
        if isinstance(value, bool):
            return value
        self.note(key, f"{_shown(value)} is neither true nor false", f"Write {key} = true, without quotes")
        return default

    def choice(self, key: str, options: Sequence[T], *, default: T | None = None) -> T:
        """One of a few words."""
        value = self._take(key, default, f"{key} = {_one_of(options)}")
        for option in options:
            if option == value:
                return option
        if value is not _MISSING:
            self.note(key, f"{_shown(value)} is not known here", f"Write {_one_of(options)}")
        return options[0]

    def clock_time(self, key: str, default: time) -> time:
        """A time of day, `"03:00"` or TOML's own 03:00:00."""
        value = self._take(key, default, "")
        found = value if isinstance(value, time) else None
        if isinstance(value, str) and _CLOCK.fullmatch(value):
            found = time.fromisoformat(value)
        if found is None:
            self.note(key, f"{_shown(value)} is no time of day", f'Write {key} = "03:00"')
        return default if found is None else found

    def day(self, key: str) -> date | None:
        """A date, TOML's own 2027-01-01 or the same as a text; None after a mistake."""
        value = self._take(key, None, f"{key} = 2027-01-01")
        return None if value is _MISSING else self._day(key, value, f"{key} = 2027-01-01")

    def days(self, key: str) -> tuple[date, ...]:
        """A list of dates; none when it is left out. A mistake is noted and the date left out."""
        right = f"{key} = [2027-01-01]"
        value = self._take(key, (), right)
        if not isinstance(value, list | tuple):
            self.note(key, f"{_shown(value)} is not a list", f"Write {right}")
            return ()
        found = (self._day(f"{key}[{at}]", item, right) for at, item in enumerate(value))
        return tuple(day for day in found if day is not None)

    def _day(self, key: str, value: object, right: str) -> date | None:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str):
            with suppress(ValueError):
                return date.fromisoformat(value)
        self.note(key, f"{_shown(value)} is no date", f"Write {right}")
        return None

    def tables(self, key: str, *, required: bool) -> list["Table"]:
        """The tables of a list, `[[key]]` in the file."""
        value = self._take(key, None if required else (), f"one or more [[{key}]]")
        if value is _MISSING:
            return []
        if not isinstance(value, list | tuple) or not all(isinstance(item, dict) for item in value):
            self.note(
                key, "it is not a list of tables", f"Begin each one with [[{key}]], two brackets each side"
            )
            return []
        if required and not value:
            self.note(key, "the list is empty", f"Begin each one with [[{key}]]")
        return [Table(item, f"{self.place(key)}[{at}]", self._problems) for at, item in enumerate(value)]

    def close(self) -> None:
        """Note every key that was not asked for, with the known one it resembles."""
        for key in self._values:
            if key not in self._known:
                like = get_close_matches(key, self._known, 1, 0.6)
                right = f"Did you mean {like[0]}" if like else f"Known here: {', '.join(self._known)}"
                self.note(key, "this key is not known", right)

    def _take(self, key: str, default: object, example: str) -> object:
        self._known[key] = None
        value = self._values.get(key, _MISSING)
        if value is _MISSING and default is None:
            self.note(key, "it is missing", f"Write {example}")
        return default if value is _MISSING and default is not None else value

    def _line(self, key: str, value: object, most: int, *, empty: bool = False) -> str:
        if not isinstance(value, str):
            self.note(key, f"{_shown(value)} is not a text", "Put it in quotes")
            return ""
        text = value.strip()
        if not text and not empty:
            self.note(key, "it is empty", "Write a text between the quotes")
        if not text.isprintable():
            self.note(key, "it holds a line break or another invisible character", "Write one plain line")
        if columns(text) > most:
            self.note(
                key,
                f"{_shown(text)} is {columns(text)} columns wide, and {most} fit",
                f"Shorten it to {most // 2} Chinese characters or {most} letters",
            )
        return text

    def _number(self, key: str, value: object, low: float, high: float, *, whole: bool) -> float:
        kind = "whole number" if whole else "number"
        right = f"Write a {kind} from {low} to {high}, without quotes"
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            self.note(key, f"{_shown(value)} is not a {kind}", right)
            return 0
        if not low <= value <= high:  # false for nan as well
            self.note(key, f"{value} is out of range", right)
            return 0
        return value


def _shown(value: object) -> str:
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _one_of(options: Iterable[object]) -> str:
    return " or ".join(f'"{option}"' for option in options)
