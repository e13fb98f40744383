"""Reading `hall.toml`. Widths are columns of a 58 mm slip (32) or of the narrowest screen that shows them."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, get_args
from urllib.parse import urlsplit

from shared.config.checks import check_hall
from shared.config.gateway import GatewayConfig, read_gateway
from shared.config.problems import ConfigErrors, Problem
from shared.config.table import Table
from shared.config.toml import TomlError, parse, with_lines
from shared.config.values import (
    DAY_CHANGE,
    Audience,
    ClerkConfig,
    ClerkRole,
    HallConfig,
    LaneConfig,
    MatterConfig,
    NoticeConfig,
    WindowConfig,
    WindowKind,
)
from shared.domain.hours import WeekHours, parse_hours
from shared.domain.rules import Rules, rules_from
from shared.domain.windows import Takes, takes_from

LANGUAGES = ("zh", "en")
_SAMPLES = Path(__file__).parent.parent / "samples"
_LETTER = re.compile("[A-Z]")
_MATTER_ID = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_CLERK_NUMBER = re.compile("[0-9A-Za-z]{1,12}")
_PIN = re.compile("[0-9]{4,12}")
_RUNS = "01234567890123456789"
T = TypeVar("T")


def sample_path(name: str) -> Path:
    """The file of a sample hall that ships with the program. Raises LookupError with the names there are."""
    names = sorted(path.stem for path in _SAMPLES.glob("*.toml"))
    if name not in names:
        raise LookupError(f"there is no sample hall {name!r}; there is {', '.join(names)}")
    return _SAMPLES / f"{name}.toml"


def load_hall(path: Path) -> HallConfig:
    """Read a hall. Raises ConfigErrors with every mistake of the file, OSError when it cannot be read."""
    try:
        text, values = parse(path.read_bytes())
    except TomlError as error:
        raise ConfigErrors(path, (error.problem,)) from error
    problems: list[Problem] = []
    hall = _hall(Table(values, "", problems))
    problems += check_hall(hall)
    if problems:
        raise ConfigErrors(path, with_lines(text, problems))
    return hall


def _hall(table: Table) -> HallConfig:
    hall = HallConfig(
        name=table.text("name", 40),
        name_en=table.text("name_en", 64),
        sample=table.flag("sample", default=False),
        public_url=_public_url(table),
        day_change=table.clock_time("day_change", DAY_CHANGE),
        languages=_languages(table),
        lanes=_each(table, "lanes", _lane),
        windows=_each(table, "windows", _window),
        matters=_each(table, "matters", _matter, required=False),
        clerks=_each(table, "clerks", _clerk),
        notices=_each(table, "notices", _notice, required=False),
        rules=_rules(table),
        messages=_gateway(table),
    )
    table.close()
    return hall


def _each(table: Table, key: str, read: Callable[[Table], T], *, required: bool = True) -> tuple[T, ...]:
    found = []
    for entry in table.tables(key, required=required):
        found.append(read(entry))
        entry.close()
    return tuple(found)


def _lane(table: Table) -> LaneConfig:
    return LaneConfig(
        letter=_shaped(table, "letter", _LETTER, "one capital letter from A to Z"),
        name=table.text("name", 16),
        name_en=table.text("name_en", 28),
        place=table.text("place", 32),
        place_en=table.text("place_en", 48),
        hours=_hours(table),
        minutes_per_person=table.number("minutes_per_person", 0.1, 240, default=6.0),
        on_kiosk=table.flag("on_kiosk", default=True),
    )


def _window(table: Table) -> WindowConfig:
    return WindowConfig(
        no=table.whole("no", 1, 999),
        name=table.text("name", 20),
        kind=table.choice("kind", get_args(WindowKind)),
        place=table.text("place", 32),
        lanes=table.texts("lanes", 1, least=1),
        also=table.texts("also", 1),
        also_when=_also_when(table),
        hours=_hours(table) if "hours" in table else None,
    )


def _also_when(table: Table) -> Takes:
    """When the window takes the lanes of `also`."""
    text = table.text("also_when", 20, default=str(Takes()))
    try:
        return takes_from(text)
    except ValueError as error:
        table.note("also_when", str(error), 'Write "always", "own_empty" or "longer_than 5"')
        return Takes()


def _rules(table: Table) -> Rules:
    """The figures of the posted order; those that are left out are as they ship."""
    found = table.plain("rules")
    try:
        return rules_from(Rules().as_data() | found | _credits(found))
    except ValueError as error:
        table.note("rules", str(error), "Take the figures of the sample hall as a pattern")
        return Rules()


def _gateway(table: Table) -> GatewayConfig | None:
    """Where messages to citizens go; None when the section is left out."""
    part = table.part("messages")
    return None if part is None else read_gateway(part)


def _credits(found: Mapping[str, object]) -> dict[str, object]:
    """All credits, those of the file before those that ship."""
    told, shipped = found.get("credits", {}), Rules().as_data()["credits"]
    if not isinstance(told, Mapping) or not isinstance(shipped, Mapping):
        raise ValueError("credits is not a table of minutes")
    return {"credits": {**shipped, **told}}


def _matter(table: Table) -> MatterConfig:
    return MatterConfig(
        id=_shaped(table, "id", _MATTER_ID, "small letters, digits and hyphens", most=60),
        name=table.text("name", 44),
        name_en=table.text("name_en", 80),
        lane=table.text("lane", 1),
        department=table.text("department", 40),
        materials=table.texts("materials", 48),
        promise_days=table.optional_whole("promise_days", 0, 365),
        minutes=table.whole("minutes", 1, 240, default=10),
        bundle=table.flag("bundle", default=False),
        audience=table.choice("audience", get_args(Audience), default="both"),
        note=table.text("note", 120, default=""),
        aliases=table.texts("aliases", 32),
    )


def _clerk(table: Table) -> ClerkConfig:
    return ClerkConfig(
        number=_shaped(table, "number", _CLERK_NUMBER, "1 to 12 letters and digits", most=12),
        name=table.text("name", 20),
        role=table.choice("role", get_args(ClerkRole), default="clerk"),
        pin=_pin(table),
    )


def _notice(table: Table) -> NoticeConfig:
    return NoticeConfig(zh=table.text("zh", 120), en=table.text("en", 240, default=""))


def _shaped(table: Table, key: str, shape: re.Pattern[str], form: str, most: int = 60) -> str:
    """A text of one form; empty after a mistake, so that the checks across tables pass over it."""
    value = table.text(key, most)
    if not value or shape.fullmatch(value):
        return value
    table.note(key, f'"{value}" does not fit', f"Write {form}")
    return ""


def _hours(table: Table) -> WeekHours:
    """Opening hours; each line is tried alone first, so that one mistake does not hide another."""
    lines = table.texts("hours", 120, least=1)
    right = 'Write lines such as "Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00 weekend booked"'
    bad = False
    for at, line in enumerate(lines):
        try:
            parse_hours([line])
        except ValueError as error:
            table.note(f"hours[{at}]", str(error), right)
            bad = True
    if bad or not all(lines):
        return WeekHours(((),) * 7)
    try:
        hours = parse_hours(lines)
    except ValueError as error:
        table.note("hours", str(error), "Let no two spans of one day overlap")
        return WeekHours(((),) * 7)
    if lines and not any(hours.week):
        table.note("hours", "no weekday is ever open", right)
    return hours


def _pin(table: Table) -> str:
    """A PIN. What was written is never repeated, wherever the message may end up."""
    pin = table.secret("pin")
    if not pin:
        return pin
    if not _PIN.fullmatch(pin):
        table.note("pin", "it does not have 4 to 12 digits", "Write 4 to 12 digits")
    elif len(set(pin)) == 1 or pin in _RUNS or pin in _RUNS[::-1]:
        table.note(
            "pin", "it is too easily guessed", "Take digits that are not all the same and not in a row"
        )
    return pin


def _public_url(table: Table) -> str | None:
    """Where phones reach the hub, without a slash at its end; None when the hub finds its own address."""
    value = table.text("public_url", 200, default="").rstrip("/")
    if not value:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.query or parts.fragment or parts.username:
        table.note("public_url", f'"{value}" is no address', 'Write one such as "http://192.168.1.10:8080"')
    return value


def _languages(table: Table) -> tuple[str, ...]:
    """The languages of spoken calls, in order."""
    if "languages" not in table:
        return LANGUAGES
    spoken = table.texts("languages", 8, least=1)
    for at, language in enumerate(spoken):
        if language and language not in LANGUAGES:
            table.note(f"languages[{at}]", f'"{language}" is not spoken here', 'Write "zh" or "en"')
    return spoken
