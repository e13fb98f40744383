"""A simulated serial scanner: it sends what it is told to scan, as the makers' manuals describe.

Not modelled: the light, the beep, setting it up by scanning its manual.
"""

import argparse

from hardware.simulation.control import BadCommand, Commands
from hardware.simulation.lines import FaultyLine

_WRAPPERS = {
    "cr": (b"", b"\x0d"),
    "lf": (b"", b"\x0a"),
    "crlf": (b"", b"\x0d\x0a"),
    "stx": (b"\x02", b"\x03"),
    "none": (b"", b""),
}


class SimulatedScanner:
    """`scan TEXT`, `suffix cr|lf|crlf|stx|none`, `encoding NAME`, `raw HEX`."""

    def __init__(self, line: FaultyLine, commands: Commands, suffix: str, encoding: str) -> None:
        self._line = line
        self._suffix = suffix
        self._encoding = encoding
        commands.add("scan", self._scan)
        commands.add("suffix", self._set_suffix)
        commands.add("encoding", self._set_encoding)
        commands.add("raw", self._raw)

    async def _scan(self, words: list[str]) -> None:
        before, after = _WRAPPERS[self._suffix]
        self._line.reply(before + words[0].encode(self._encoding) + after)

    async def _set_suffix(self, words: list[str]) -> None:
        if words[0] not in _WRAPPERS:
            raise BadCommand(f"suffix is one of {', '.join(_WRAPPERS)}")
        self._suffix = words[0]

    async def _set_encoding(self, words: list[str]) -> None:
        "".encode(words[0])
        self._encoding = words[0]

    async def _raw(self, words: list[str]) -> None:
        self._line.reply(bytes.fromhex(words[0]))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--suffix", choices=sorted(_WRAPPERS), default="cr")
    parser.add_argument("--encoding", default="utf-8", help="of the text it sends (%(default)s)")


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Put a scanner at the end of `line`; returns the spec template of its driver."""
    SimulatedScanner(line, commands, options.suffix, options.encoding)
    return "line:{address}"
