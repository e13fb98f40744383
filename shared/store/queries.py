"""SQL by name. The statements stand in queries.sql, each under a name with what it does."""

import re
from functools import cache
from importlib.resources import files

_HEAD = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def _blocks() -> dict[str, str]:
    text = files("shared.store").joinpath("queries.sql").read_text("utf-8")
    parts = _HEAD.split(text)[1:]
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def sql(name: str) -> str:
    """The statement called `name`; KeyError at import when there is none."""
    return _blocks()[name]


def names() -> frozenset[str]:
    """All names of the file."""
    return frozenset(_blocks())
