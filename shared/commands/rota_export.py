"""The files that `hall rota export` writes."""

import argparse
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from shared.domain.rota import Rota
from shared.figures.series import Form
from shared.rota.calendar import rota_calendar
from shared.rota.picture import picture_count, rota_picture
from shared.rota.sheet import rota_sheet

_TITLE = "大厅排班"


def export(rota: Rota, options: argparse.Namespace, made: datetime) -> list[Path]:
    """Write what was asked for; returns the files. Raises OSError, KeyError for a clerk who is not there."""
    written = []
    for path, content in _files(rota, options, made):
        path.write_bytes(content)
        written.append(path)
    return written


def _files(rota: Rota, options: argparse.Namespace, made: datetime) -> Iterator[tuple[Path, bytes]]:
    if options.xlsx:
        yield options.xlsx, rota_sheet(rota, _TITLE, made)
    if options.ics:
        yield options.ics, rota_calendar(rota, _TITLE, made, options.clerk)
    if options.calendars:
        options.calendars.mkdir(parents=True, exist_ok=True)
        for clerk in rota.plan.clerks:
            name = f"{clerk.number}.ics"
            yield options.calendars / name, rota_calendar(rota, _TITLE, made, clerk.number)
    if options.picture:
        yield from _pictures(rota, options.picture)


def _pictures(rota: Rota, path: Path) -> Iterator[tuple[Path, bytes]]:
    """One file, or several with a number each."""
    if path.suffix not in (".svg", ".png"):
        raise ValueError(f"{path}: a picture's name ends in .svg or .png")
    form: Form = "png" if path.suffix == ".png" else "svg"
    count = picture_count(rota)
    for sheet in range(count):
        name = path if count == 1 else path.with_stem(f"{path.stem}-{sheet + 1}")
        yield name, rota_picture(rota, _TITLE, form, sheet)
