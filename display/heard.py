"""The newest fact a screen has taken in, kept over a restart of the screen."""

import json
import logging
from pathlib import Path

_log = logging.getLogger(__name__)


class Heard:
    """A small file beside the screen's credential. Losing it costs nothing but the memory.

    It is written before a call is spoken, so a screen that dies while speaking does not repeat itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> int | None:
        """The remembered fact number, or None when there is none that can be read."""
        try:
            seen = json.loads(self._path.read_text("utf-8"))["seen"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            _log.warning("starting without memory: %s cannot be read (%s)", self._path, error)
            return None
        return seen if isinstance(seen, int) and seen >= 0 else None

    def keep(self, seen: int) -> None:
        """Remember `seen`. A full or read-only disk is logged; the screen goes on."""
        draft = self._path.with_suffix(".new")
        try:
            draft.write_text(json.dumps({"seen": seen}), "utf-8")
            draft.replace(self._path)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._path, error)
