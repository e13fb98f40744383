"""Simulated pads on one bus, written from the table of the bus that was seen.

Not modelled: collisions, the voltage of the bus, a pad's own display and voice.
"""

import argparse
from collections.abc import Mapping

from hardware.simulation.control import BadCommand, Commands
from hardware.simulation.lines import FaultyLine

# function, data
_KEYS = {
    "next": "0C", "recall": "0D", "rate": "0B", "confirm": "0F", "give-up": "0F06", "hold": "0F00",
    "back": "0F03", "pause": "12", "transfer": "13",
}  # fmt: skip


def _frame(body: bytes) -> bytes:
    size = len(body)
    return bytes([0xFF, 0x68, size, size, 0x68, *body, sum(body) & 0xFF, 0x16])


class SimulatedBus:
    """`press ADDRESS KEY`, `rate ADDRESS BUTTON`, `send HEX`, `status`: what was said to the pads."""

    def __init__(self, line: FaultyLine, commands: Commands) -> None:
        self._line = line
        self._heard: list[str] = []
        self._pending = b""
        commands.add("press", self._press)
        commands.add("rate", self._rate)
        commands.add("send", self._send)
        commands.add("status", self._status)

    def receive(self, data: bytes) -> None:
        """Every pad hears all; a frame without data is nine bytes long."""
        self._pending += data
        while len(self._pending) >= 9:
            frame, self._pending = self._pending[:9], self._pending[9:]
            self._heard.append(frame.hex())

    async def _press(self, words: list[str]) -> None:
        address, key = words
        if key not in _KEYS:
            raise BadCommand(f"keys: {', '.join(_KEYS)}")
        self._line.reply(_frame(bytes([int(address)]) + bytes.fromhex(_KEYS[key])))

    async def _rate(self, words: list[str]) -> None:
        address, button = words
        self._line.reply(_frame(bytes([int(address), 0x11, int(button)])))

    async def _send(self, words: list[str]) -> None:
        self._line.reply(bytes.fromhex(words[0]))

    async def _status(self, words: list[str]) -> Mapping[str, object]:
        del words
        return {"heard": self._heard}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The bus has no options of its own."""
    del parser


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Put pads at the end of `line`; returns the spec template of their driver."""
    del options
    line.line.on_bytes = SimulatedBus(line, commands).receive
    return "ff68:{address}"
