"""The control of repeats: a hub that does not know a request again.

MODE says what still stands in the way of a second ticket: `keyed` the primary key of the kept answers,
`forgetful` nothing.
"""

from collections.abc import Sequence

from shared.hub import __main__ as hub
from shared.store.writer import Writer


def main(mode: str, argv: Sequence[str]) -> int:
    """Run it."""
    setattr(Writer, "_known_reply", _nothing)  # noqa: B010
    if mode == "forgetful":
        setattr(Writer, "_keep", _nothing)  # noqa: B010
    return hub.main(argv)


def _nothing(*_: object) -> None:
    return None
