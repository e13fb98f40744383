"""The simulated printer's reading of ESC/POS, from the published command table.

`step` takes one command or one character off the front of the receive buffer. What it does to the paper it
does itself; what the printer must do (answer, cut, open the drawer) it returns.
"""

from dataclasses import dataclass, field
from typing import Final

from hardware.printer.paper import Paper


@dataclass(frozen=True, slots=True)
class Step:
    """What one command took off the buffer, and what the printer must do about it.

    `act`: "" nothing, "cut", "proof" (GS r), "report" (GS a), "drawer", "unknown".
    """

    taken: int
    act: str = ""
    value: int = 0


# Commands with a fixed number of parameter bytes that change nothing we draw.
_IGNORED: Final = {
    b"\x1bt": 1, b"\x1bR": 1, b"\x1bM": 1, b"\x1b-": 1, b"\x1bG": 1, b"\x1b{": 1, b"\x1bV": 1, b"\x1b=": 1,
    b"\x1bc": 2, b"\x1bU": 1, b"\x1cC": 1, b"\x1c-": 1, b"\x1dL": 2, b"\x1dW": 2, b"\x1dB": 1, b"\x1dP": 2,
    b"\x10\x04": 1, b"\x10\x05": 1, b"\x10\x14": 8,
}  # fmt: skip


@dataclass
class Interpreter:
    """Reads commands for one paper. The QR symbol being prepared is kept between its commands."""

    paper: Paper
    _qr: dict[str, bytes] = field(default_factory=dict)

    def step(self, data: bytes) -> Step | None:
        """The next command in `data`, or None while its last byte has not come."""
        if data[0] in (0x1B, 0x1D, 0x1C, 0x10):
            return self._command(data)
        return self._character(data)

    def _character(self, data: bytes) -> Step | None:
        first = data[0]
        if first == 0x0A:
            self.paper.line_feed()
        elif 0x20 <= first < 0x7F:
            self.paper.put(chr(first), is_wide=False)
        elif first >= 0x81 and self.paper.mode.chinese:
            return self._chinese(data)
        elif first >= 0x80:
            self.paper.put("?", is_wide=False)
        return Step(1)

    def _chinese(self, data: bytes) -> Step | None:
        if len(data) < 2:
            return None
        self.paper.put(data[:2].decode("gbk", "replace")[0], is_wide=True)
        return Step(2)

    def _command(self, data: bytes) -> Step | None:
        if len(data) < 2:
            return None
        name = data[:2]
        if name in _IGNORED:
            return _when(data, 2 + _IGNORED[name])
        if name in (b"\x1b@", b"\x1b2", b"\x1c&", b"\x1c."):
            self._switch(name)
            return Step(2)
        if name in _ONE_BYTE:
            return self._one_byte(name, data)
        match name:
            case b"\x1cS":
                return self._chinese_spacing(data)
            case b"\x1dV":
                return self._cut(data)
            case b"\x1dv":
                return self._raster(data)
            case b"\x1d(":
                return self._two_dimensional(data)
            case b"\x1bp":
                return _when(data, 5, "drawer")
        return Step(2, "unknown", int.from_bytes(name, "big"))

    def _switch(self, name: bytes) -> None:
        match name:
            case b"\x1b@":
                self.paper.reset()
            case b"\x1b2":
                self.paper.mode.line_spacing = 30
            case _:
                self.paper.mode.chinese = name == b"\x1c&"

    def _one_byte(self, name: bytes, data: bytes) -> Step | None:
        if len(data) < 3:
            return None
        value = data[2]
        if name in (b"\x1dr", b"\x1da"):
            return Step(3, "proof" if name == b"\x1dr" else "report", value)
        self._set(name, value)
        return Step(3)

    def _set(self, name: bytes, value: int) -> None:
        paper, mode = self.paper, self.paper.mode
        match name:
            case b"\x1ba":
                mode.align = value % 48 % 3
            case b"\x1bE":
                mode.bold = bool(value & 1)
            case b"\x1b ":
                mode.spacing = value
            case b"\x1b3":
                mode.line_spacing = value
            case b"\x1bJ":
                paper.feed(value)
            case b"\x1bd":
                paper.feed(value * mode.line_spacing)
            case b"\x1d!":
                mode.scale = ((value >> 4 & 7) + 1, (value & 7) + 1)
            case b"\x1db":
                mode.smooth = bool(value & 1)
            case b"\x1b!":
                mode.bold, mode.scale = bool(value & 8), (1 + (value >> 5 & 1), 1 + (value >> 4 & 1))

    def _chinese_spacing(self, data: bytes) -> Step | None:
        if len(data) < 4:
            return None
        self.paper.mode.chinese_spacing = (data[2], data[3])
        return Step(4)

    def _cut(self, data: bytes) -> Step | None:
        """GS V m cuts here; GS V 65 n and GS V 66 n feed to the cutter first."""
        if len(data) < 3:
            return None
        if data[2] not in (65, 66):
            return Step(3, "cut", 0)
        return None if len(data) < 4 else Step(4, "cut", 1 + data[3])

    def _raster(self, data: bytes) -> Step | None:
        if len(data) < 8:
            return None
        width, height = (int.from_bytes(data[at : at + 2], "little") for at in (4, 6))
        end = 8 + width * height
        if len(data) < end:
            return None
        self.paper.raster(width, height, data[8:end])
        return Step(end)

    def _two_dimensional(self, data: bytes) -> Step | None:
        """GS ( k pL pH cn fn ...: QR symbols are cn 49."""
        if len(data) < 5:
            return None
        end = 5 + int.from_bytes(data[3:5], "little")
        if len(data) < end:
            return None
        if data[2:3] == b"k" and data[5:6] == b"1":
            self._qr_function(data[6], data[7:end])
        return Step(end)

    def _qr_function(self, function: int, values: bytes) -> None:
        match function:
            case 67:
                self._qr["module"] = values
            case 69:
                self._qr["level"] = values
            case 80:
                self._qr["content"] = values[1:]
            case 81:
                module, level = self._qr.get("module", b"\x03"), self._qr.get("level", b"0")
                self.paper.qr(self._qr.get("content", b""), module[0], level[0])


_ONE_BYTE: Final = frozenset(
    {
        b"\x1ba",
        b"\x1bE",
        b"\x1b ",
        b"\x1b3",
        b"\x1bJ",
        b"\x1bd",
        b"\x1d!",
        b"\x1db",
        b"\x1b!",
        b"\x1dr",
        b"\x1da",
    }
)


def _when(data: bytes, size: int, act: str = "") -> Step | None:
    return Step(size, act) if len(data) >= size else None
