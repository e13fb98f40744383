"""SQL by name. The statements stand in queries*.sql, each under a name with what it does."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_HEAD = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def _blocks() -> dict[str, str]:
    found: dict[str, str] = {}
    for text in _texts():
        parts = _HEAD.split(text)[1:]
        for name, body in zip(parts[::2], parts[1::2], strict=True):
            if found.setdefault(name, body.strip()) != body.strip():
                raise ValueError(f"two statements are called {name}")
    return found


def _texts() -> Iterator[str]:
    for file in files("shared.store").iterdir():
        if file.name.startswith("queries") and file.name.endswith(".sql"):
            yield file.read_text("utf-8")


def sql(name: str) -> str:
    """The statement called `name`; KeyError at import when there is none."""
    return _blocks()[name]


def names() -> frozenset[str]:
    """All names of the files."""
    return frozenset(_blocks())
