"""Simulated LED bars, written from the two examples that were seen: `status` tells what each shows."""

import argparse
from collections.abc import Mapping

from hardware.simulation.control import Commands
from hardware.simulation.lines import FaultyLine


class SimulatedBars:
    """All bars on one line. A frame with a wrong sum is not shown, and one byte is skipped."""

    def __init__(self, protocol: str, commands: Commands) -> None:
        self._protocol = protocol
        self._shown: dict[int, int] = {}
        self._refused = 0
        self._pending = bytearray()
        commands.add("status", self._status)

    def receive(self, data: bytes) -> None:
        self._pending += data
        size = 4 if self._protocol == "sum4" else 7
        while len(self._pending) >= size:
            if self._take(bytes(self._pending[:size])):
                del self._pending[:size]
            else:
                self._refused += 1
                del self._pending[:1]

    def _take(self, frame: bytes) -> bool:
        if self._protocol == "sum4":
            board, high, low, check = frame
            is_right = (board + high + low) & 0xFF == check
        else:
            head, board, low, high, info, check, tail = frame
            is_right = (head, tail) == (0x3A, 0x0A) and (head + board + low + high + info) & 0xFF == check
        if is_right:
            self._shown[board] = high * 256 + low
        return is_right

    async def _status(self, words: list[str]) -> Mapping[str, object]:
        del words
        return {
            "shown": {str(board): number for board, number in self._shown.items()},
            "refused": self._refused,
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--protocol", choices=("sum4", "head7"), default="sum4")


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Put bars at the end of `line`; returns the spec template of their driver."""
    line.line.on_bytes = SimulatedBars(options.protocol, commands).receive
    return f"{options.protocol}:" + "{address}"
