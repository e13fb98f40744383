"""Where the bar stands on the screen, kept between two days."""

import logging
from pathlib import Path

import msgspec

log = logging.getLogger(__name__)

FILE = "bar.json"


class BarPlace(msgspec.Struct, frozen=True):
    """The top left corner, in pixels of the whole desktop."""

    x: int
    y: int


class Area(msgspec.Struct, frozen=True):
    """A screen, or a window on it, in pixels of the whole desktop."""

    x: int
    y: int
    width: int
    height: int


def load_place(folder: Path) -> BarPlace | None:
    """The place kept in `folder`; None when there is none, or nothing usable."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=BarPlace)
    except (OSError, msgspec.DecodeError):
        return None


def save_place(folder: Path, place: BarPlace) -> None:
    """Keep the place; a disk that takes nothing must not disturb the clerk."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / FILE).write_bytes(msgspec.json.encode(place))
    except OSError as error:
        log.warning("the bar's place could not be kept: %s", error)


def within(place: BarPlace | None, width: int, height: int, screen: Area) -> BarPlace:
    """`place` moved so that a bar of this size lies on the screen; top middle when there is none."""
    if place is None:
        return BarPlace(screen.x + max(0, (screen.width - width) // 2), screen.y)
    return BarPlace(
        max(screen.x, min(place.x, screen.x + screen.width - width)),
        max(screen.y, min(place.y, screen.y + screen.height - height)),
    )
