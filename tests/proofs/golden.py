"""The golden halls and API documents of past releases (tests/data/golden)."""

import json
import lzma
import tarfile
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
HALLS = ("0001", "0003", "0007", "0011", "0013")
"""By the newest step of their schema."""
NEWEST = HALLS[-1]
BEFORE_THE_PROMISE = "0001"
"""Its clients are not promised anything: a field of a ticket was renamed before a hall ran."""


def unpack(name: str, folder: Path) -> None:
    """Put a release's hall into `folder`: its file and its key."""
    with tarfile.open(GOLDEN / f"{name}.tar.xz") as archive:
        folder.mkdir(parents=True, exist_ok=True)
        for member in archive:  # Debian 12's Python knows no filter for extractall
            file = archive.extractfile(member)
            if file is None:
                continue
            path = folder / Path(member.name).name
            path.write_bytes(file.read())
            path.chmod(member.mode & 0o777)


def document_of(name: str) -> Any:
    """A release's API document."""
    with lzma.open(GOLDEN / f"openapi-{name}.json.xz", "rt", encoding="utf-8") as file:
        return json.load(file)
