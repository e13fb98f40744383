"""The newest fact a screen has dealt with, kept over a restart of the screen."""

import json
import logging
from pathlib import Path

_log = logging.getLogger(__name__)


class Heard:
    """A small file beside the screen's credential. Losing it costs nothing but the memory.

    Every call up to the number in it was announced, or is none of this screen's business. It is written
    before a call is spoken, so a screen that dies while speaking does not repeat itself, and what still
    waited for its turn is announced by the next start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: int | None = None

    def load(self) -> int | None:
        """The remembered fact number, or None when there is none that can be read."""
        try:
            seen = json.loads(self._path.read_text("utf-8"))["seen"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("starting without memory: %s cannot be read (%s)", self._path, error)
            return None
        self._kept = seen if isinstance(seen, int) and seen >= 0 else None
        return self._kept

    def keep(self, seen: int) -> None:
        """Remember `seen`. A full or read-only disk is logged; the screen goes on."""
        if seen == self._kept:
            return
        draft = self._path.with_suffix(".new")
        try:
            draft.write_text(json.dumps({"seen": seen}), "utf-8")
            draft.replace(self._path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._path, error)
        self._kept = seen
