"""A simulated second-generation card reader, written from the published tables and not from our codec.

A card is put on and lifted by control lines. Find answers 9F while an unread card lies there, 80 when there
is none and, until it is lifted, for one that has been read. Not modelled: the radio field (a card is there or
not), two cards at once, the photo (1,024 bytes with the right head, no picture), the secure channel.
"""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.simulation.control import BadCommand, Commands
from hardware.simulation.lines import FaultyLine

_START = b"\xaa\xaa\xaa\x96\x69"

# Bytes after the preamble, straight from the table of commands.
_FIND = bytes.fromhex("000320 01 22")
_SELECT = bytes.fromhex("0003200221")
_READ = bytes.fromhex("0003300132")
_READ_FINGERPRINT = bytes.fromhex("0003301023")
_STATUS = bytes.fromhex("000311FFED")
_ADDRESS = bytes.fromhex("0003300330")
_NUMBER = bytes.fromhex("000312FFEE")
_RESET = bytes.fromhex("000310FFEC")
_COMMANDS = (_FIND, _SELECT, _READ, _READ_FINGERPRINT, _ADDRESS, _STATUS, _NUMBER, _RESET)

_FOUND = bytes.fromhex("00080000 9F 00000000 97")
_NO_CARD = bytes.fromhex("0004000080 84")
_SELECTED = bytes.fromhex("000C000090 0000000000000000 9C")

_PHOTO = b"WLf\x00\x7e\x00".ljust(1024, b"\x00")

# Field widths in bytes by kind of card; the kind letter stands at 248.
_WIDTHS: Mapping[str, tuple[tuple[str, int], ...]] = {
    " ": (
        ("name", 30), ("sex", 2), ("nation", 4), ("birth", 16), ("address", 70),
        ("number", 36), ("issuer", 30), ("from", 16), ("to", 16),
    ),
    "J": (
        ("name", 30), ("sex", 2), ("nation", 4), ("birth", 16), ("address", 70),
        ("number", 36), ("issuer", 30), ("from", 16), ("to", 16), ("pass", 18), ("issues", 4),
    ),
    "I": (
        ("english", 120), ("sex", 2), ("number", 30), ("nation", 6), ("name", 30),
        ("from", 16), ("to", 16), ("birth", 16), ("version", 4), ("issuer", 8),
    ),
    "Y": (
        ("name", 30), ("sex", 2), ("renewals", 4), ("birth", 16), ("english", 70), ("number", 36),
        ("reserved", 30), ("from", 16), ("to", 16), ("english2", 22), ("nation", 6),
    ),
}  # fmt: skip


@dataclass
class SimulatedReader:
    """The module and the card on it."""

    line: FaultyLine
    text: bytes | None = None  # text block of the card lying there
    was_read: bool = False
    is_selected: bool = False
    failures: dict[str, list[int]] = field(default_factory=dict)  # step -> codes to answer next
    lift_after: str = ""
    lose: str = ""  # step whose reply does not come
    pull_at: tuple[str, int] | None = None  # step, and bytes of its reply that still come
    address: str = ""  # written after the card was issued
    fingerprint: int = 0  # bytes
    speed: int = 0  # parameter of the last speed command
    _pending: bytearray = field(default_factory=bytearray)

    def receive(self, data: bytes) -> None:
        """Answer every whole command; anything else is ignored, as a module does."""
        self._pending += data
        while True:
            start = self._pending.find(_START)
            if start < 0:
                del self._pending[:-4]
                return
            del self._pending[:start]
            if len(self._pending) < 10:
                return
            command = bytes(self._pending[5:10])
            is_known = command in _COMMANDS or _is_speed(command)
            del self._pending[: 10 if is_known else 1]
            if is_known:
                self.line.reply(_START + self._answer(command))

    def put(self, text: bytes) -> None:
        self.text, self.was_read, self.is_selected = text, False, False

    def lift(self) -> None:
        self.text, self.was_read, self.is_selected = None, False, False

    def _answer(self, command: bytes) -> bytes:
        step = {_FIND: "find", _SELECT: "select", _READ: "read", _READ_FINGERPRINT: "read"}.get(command, "")
        codes = self.failures.get(step)
        if self.pull_at is not None and self.pull_at[0] == step:
            self.line.faults.unplug_at, self.pull_at = self.pull_at[1], None
        answer = _error(codes.pop(0)) if codes else self._do(command)
        if step and step == self.lose:
            self.lose, self.line.faults.cut = "", 0
        if step and step == self.lift_after:
            self.lift_after = ""
            self.lift()
        return answer

    def _do(self, command: bytes) -> bytes:
        if command == _FIND:
            self.is_selected = False
            return _NO_CARD if self.text is None or self.was_read else _FOUND
        if command == _SELECT:
            self.is_selected = self.text is not None and not self.was_read
            return _SELECTED if self.is_selected else _error(0x81)
        if command in (_READ, _READ_FINGERPRINT):
            return self._read(with_fingerprint=command == _READ_FINGERPRINT)
        if command == _ADDRESS:
            return _reply(0x90, self.address.ljust(35).encode("utf-16-le")) if self.address else _error(0x91)
        if _is_speed(command):
            self.speed = command[3]
        if command == _NUMBER:
            return _reply(0x90, bytes.fromhex("05000100D8A234010100000000000000"))
        return _reply(0x90, b"")

    def _read(self, *, with_fingerprint: bool) -> bytes:
        if self.text is None or not self.is_selected:
            return _error(0x41)
        self.was_read = True
        lengths, prints = b"\x01\x00\x04\x00", b""
        if with_fingerprint:
            lengths += self.fingerprint.to_bytes(2, "big")
            prints = b"C" * self.fingerprint
        return _reply(0x90, lengths + self.text + _PHOTO + prints)


def _is_speed(command: bytes) -> bool:
    return command[:3] == b"\x00\x03\x60" and command[3] <= 4 and command[4] == 0x63 ^ command[3]


def _reply(code: int, data: bytes) -> bytes:
    counted = (len(data) + 4).to_bytes(2, "big") + bytes([0, 0, code]) + data
    check = 0
    for byte in counted:
        check ^= byte
    return counted + bytes([check])


def _error(code: int) -> bytes:
    return _reply(code, b"")


def text_block(said: Mapping[str, str], kind: str = " ") -> bytes:
    """The 256 bytes of a card that says `said`."""
    block = "".join(said.get(name, "")[: width // 2].ljust(width // 2) for name, width in _WIDTHS[kind])
    return (block.ljust(124) + kind).ljust(128).encode("utf-16-le")


def card_of(name: str, number: str, **said: str) -> bytes:
    """The text block of a card; birth and sex follow from an 18-character number unless they are given."""
    kind = said.pop("kind", " ")
    if kind not in _WIDTHS:
        raise BadCommand(f"kind is one of {', '.join(sorted(_WIDTHS))}")
    defaults = {"nation": "01", "issuer": "岳阳市公安局（示例）", "from": "20200101", "to": "20400101"}
    if len(number) == 18:
        defaults |= {"birth": number[6:14], "sex": "1" if int(number[16]) % 2 else "2"}
    return text_block({"name": name, "number": number, **defaults, **said}, kind)


class ReaderControl:
    """`put NAME NUMBER [field=text ...]`, `lift`, `fail find|select|read CODE [times]`, `lift-after STEP`,
    `pull-at STEP BYTES`, `address [TEXT]`, `fingerprint BYTES`."""

    def __init__(self, reader: SimulatedReader, commands: Commands) -> None:
        self._reader = reader
        commands.add("put", self._put)
        commands.add("lift", self._lift)
        commands.add("fail", self._fail)
        commands.add("lift-after", self._lift_after)
        commands.add("lose", self._lose)
        commands.add("pull-at", self._pull_at)
        commands.add("address", self._address)
        commands.add("fingerprint", self._fingerprint)
        commands.add("status", self._status)

    async def _put(self, words: list[str]) -> None:
        name, number, *rest = words
        said = dict(word.split("=", 1) for word in rest)
        self._reader.put(card_of(name, number, **said))

    async def _lift(self, words: list[str]) -> None:
        del words
        self._reader.lift()

    async def _fail(self, words: list[str]) -> None:
        step, code, *times = words
        self._reader.failures[step] = [int(code, 16)] * (int(times[0]) if times else 1)

    async def _lift_after(self, words: list[str]) -> None:
        self._reader.lift_after = words[0]

    async def _lose(self, words: list[str]) -> None:
        self._reader.lose = words[0]

    async def _pull_at(self, words: list[str]) -> None:
        self._reader.pull_at = words[0], int(words[1])

    async def _address(self, words: list[str]) -> None:
        self._reader.address = words[0] if words else ""

    async def _fingerprint(self, words: list[str]) -> None:
        self._reader.fingerprint = int(words[0])

    async def _status(self, words: list[str]) -> Mapping[str, object]:
        del words
        return {
            "speed": self._reader.speed,
            "card": self._reader.text is not None,
            "read": self._reader.was_read,
        }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The reader has no options of its own."""
    del parser


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Put a reader at the end of `line`; returns the spec template of its driver."""
    del options
    reader = SimulatedReader(line)
    line.line.on_bytes = reader.receive
    ReaderControl(reader, commands)
    return "sam:{address}"
