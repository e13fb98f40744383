"""A simulated social-security card, put into the virtual reader of vsmartcard (vpcd).

vpcd listens; a card connects to it. Each message has a length of two bytes, high one first; a message of one
byte is an order (0 power off, 1 power on, 2 reset, 4 tell the ATR), any other a command by ISO/IEC 7816-4.
Putting the card in is connecting, taking it out is hanging up. Written from those tables and not from our
driver. Not modelled: PIN, keys, other files, the certificate.
"""

import argparse

from hardware.simulation.control import BadCommand, Commands
from hardware.simulation.lines import FaultyLine

_ATR = bytes.fromhex("3B6D00005344584853431234567890ABCD")[:17]
_NAME = bytes.fromhex("7378312E73682E" + "C9E7BBE1B1A3D5CF")
_FIELDS = {"number": 0x08, "name": 0x09, "sex": 0x0A, "nation": 0x0B, "birth": 0x0D}


class SimulatedCard:
    """`put NAME NUMBER [field=text ...]`, `lift`, `application yes|no`, `wrap yes|no`, `length exact|any`,
    `mute yes|no`, `fail RECORD CODE`."""

    def __init__(self, line: FaultyLine, commands: Commands) -> None:
        self._line = line
        self._pending = b""
        self._records: dict[int, bytes] = {}
        self._file = ""
        self._has_application = self._is_wrapped = True
        self._is_exact = self._is_mute = False
        self._failing: dict[int, int] = {}
        self._lift_at: int | None = None
        for name, handler in {
            "put": self._put,
            "lift": self._lift,
            "set": self._set,
            "fail": self._fail,
            "lift-at": self._set_lift_at,
        }.items():
            commands.add(name, handler)

    def receive(self, data: bytes) -> None:
        self._pending += data
        while len(self._pending) >= 2:
            size = int.from_bytes(self._pending[:2], "big")
            if len(self._pending) < 2 + size:
                return
            message, self._pending = self._pending[2 : 2 + size], self._pending[2 + size :]
            self._obey(message)

    def _obey(self, message: bytes) -> None:
        if len(message) > 1:
            self._say(self._answer(message))
        elif message == b"\x04":
            self._say(b"\x00" if self._is_mute else _ATR)
        else:
            self._file = ""  # powered off, on, or reset

    def _say(self, message: bytes) -> None:
        self._line.reply(len(message).to_bytes(2, "big") + message)

    def _answer(self, command: bytes) -> bytes:
        order, first = command[1], command[2]
        if order == 0xA4 and command[5:] == _NAME:
            self._file = "application" if self._has_application else ""
            return b"\x90\x00" if self._file else b"\x6a\x82"
        if order == 0xA4 and command[5:] == b"\xef\x06" and self._file:
            self._file = "holder"
            return b"\x90\x00"
        if order == 0xB2 and self._file == "holder":
            return self._read(first, command[4])
        return b"\x6a\x82" if order == 0xA4 else b"\x6d\x00"

    def _read(self, record: int, wanted: int) -> bytes:
        if record == self._lift_at:
            self._lift_at = None
            self._line.line.unplug()
        if record in self._failing:
            return self._failing[record].to_bytes(2, "big")
        value = self._records.get(record)
        if value is None:
            return b"\x6a\x83"
        data = bytes([record, len(value)]) + value if self._is_wrapped else value
        if self._is_exact and wanted != len(data):
            return bytes([0x6C, len(data)])
        return data + b"\x90\x00"

    async def _put(self, words: list[str]) -> None:
        name, number, *rest = words
        said = {"sex": "1" if int(number[16]) % 2 else "2", "nation": "01", "birth": number[6:14]}
        said |= {"name": name, "number": number} | dict(word.split("=", 1) for word in rest)
        self._records = {_FIELDS[field]: text.encode("gbk") for field, text in said.items()}
        self._failing = {}
        self._pending = b""  # what was cut off when the last card was taken out
        await self._line.line.plug()

    async def _lift(self, words: list[str]) -> None:
        del words
        self._line.line.unplug()

    async def _set(self, words: list[str]) -> None:
        what, value = words[0], words[1] == "yes"
        match what:
            case "application":
                self._has_application = value
            case "wrapped":
                self._is_wrapped = value
            case "exact":
                self._is_exact = value
            case "mute":
                self._is_mute = value
            case _:
                raise BadCommand("set application|wrapped|exact|mute yes|no")

    async def _fail(self, words: list[str]) -> None:
        self._failing = {int(words[0], 16): int(words[1], 16)}

    async def _set_lift_at(self, words: list[str]) -> None:
        self._lift_at = int(words[0], 16)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(line="call", port=0x8C7B)


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Make a card that can be put into the virtual reader; returns the spec of its driver."""
    del options
    line.line.on_bytes = SimulatedCard(line, commands).receive
    return "pcsc:/?reader=Virtual"
