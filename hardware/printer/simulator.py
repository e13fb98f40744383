"""A simulated ESC/POS slip printer: sensors, buffer, speed and cutter around the paper of `paper`.

Written from the command table and not from our driver. Commands wait in a buffer and are worked off at the
speed of the paper; DLE EOT, DLE ENQ 2 (empties the buffers after an error) and DLE DC4 8 (empties them, and
says so) are obeyed at once, whatever the buffer holds. Offline (no paper, cover open,
cutter jammed) nothing is worked off; when the cause is gone the rest of the slip comes out. Every cut
writes `slip-NNNN.png` and `.txt`. Not modelled: heat, the paper-feed key, two hosts, that DLE DC4 8 is
deaf inside the data of an image.
"""

import argparse
import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from hardware.printer.commands import Interpreter, Step
from hardware.printer.paper import CUTTER_DISTANCE, Paper, Slip
from hardware.printer.simulator_control import PrinterControl
from hardware.simulation.control import Commands
from hardware.simulation.lines import FaultyLine

_DOTS = {"58": 384, "80": 576}
_PAPER_DOTS = {384: 464, 576: 640}  # the whole width of the paper, 58 and 80 mm
_DOTS_PER_MM = 8
_REAL_TIME = re.compile(rb"\x10\x04[\x01-\x04]|\x10\x05\x02|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
_CLEARED = b"\x37\x25\x00"
_LONGEST = 10  # bytes of a real-time command


@dataclass
class Sensors:
    """What the printer feels, and the bytes in which it says so."""

    roll: float  # mm of paper left
    near_end: float  # mm at which the near-end sensor speaks
    cover_open: bool = False
    is_jammed: bool = False

    @property
    def is_out(self) -> bool:
        return self.roll <= 0

    @property
    def is_low(self) -> bool:
        return self.roll <= self.near_end

    @property
    def is_offline(self) -> bool:
        return self.is_out or self.cover_open or self.is_jammed

    def eot(self, number: int) -> int:
        """The answer to DLE EOT `number`."""
        bits = {
            1: self.is_offline << 3,
            2: self.cover_open << 2 | self.is_out << 5 | self.is_jammed << 6,
            3: self.is_jammed << 3,
            4: self.is_low * 0x0C | self.is_out * 0x60,
        }
        return 0x12 | bits[number]

    def asb(self) -> bytes:
        """The automatic status record."""
        general = 0x10 | self.is_offline << 3 | self.cover_open << 5
        return bytes([general, self.is_jammed << 3, self.paper(), 0])

    def paper(self) -> int:
        """The answer to GS r 1."""
        return self.is_low * 0x03 | self.is_out * 0x0C


@dataclass
class SimulatedPrinter:
    """The machine. `triggers` fire when so many more bytes have been worked off."""

    line: FaultyLine
    paper: Paper
    sensors: Sensors
    speed: float  # mm/s; 0 for no waiting
    capacity: int  # bytes of the receive buffer
    answers: str  # eot, eot4, asb, none
    output: Path | None
    clears: bool = True  # knows DLE DC4 8
    is_hung: bool = False
    slips: list[Slip] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    drawer_kicks: int = 0
    triggers: dict[int, Callable[[], None]] = field(default_factory=dict)
    worked_off: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _tail: bytes = b""
    _reports: bool = False
    _reported: bytes = b""
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._interpreter = Interpreter(self.paper)
        self._worker = asyncio.get_running_loop().create_task(self._work())

    # -- bytes in and out -------------------------------------------------------------------------------

    def receive(self, data: bytes) -> None:
        if self.is_hung:
            return
        known, self._tail = self._tail, (self._tail + data)[1 - _LONGEST :]
        self._buffer += self._obey_at_once(known, data)
        self.line.line.pause(len(self._buffer) > self.capacity)
        self._wake.set()

    def _obey_at_once(self, known: bytes, data: bytes) -> bytes:
        """The real-time commands that end in `data`; returns what of it goes into the buffer.

        They are found in the stream as it comes, also inside other data, as a printer does.
        """
        stream, begin = known + data, len(known)
        for found in _REAL_TIME.finditer(stream):
            if found.end() <= len(known):
                continue
            if self._is_emptied_by(found[0]):
                self._buffer.clear()
                begin = found.end()
        return b"" if _REAL_TIME.fullmatch(data) else stream[begin:]

    def _is_emptied_by(self, command: bytes) -> bool:
        match command[1]:
            case 0x04:
                if command[2] in {"eot": (1, 2, 3, 4), "eot4": (4,)}.get(self.answers, ()):
                    self.line.reply(bytes([self.sensors.eot(command[2])]))
                return False
            case 0x05:
                return self.sensors.is_jammed and self._drop_line()
            case _:
                if self.clears:
                    self.line.reply(_CLEARED)
                return self.clears and self._drop_line()

    def _drop_line(self) -> bool:
        self.paper.drop_line()
        return True

    def changed(self) -> None:
        """A sensor has moved: report it where reports are on, and go on working."""
        record = self.sensors.asb()
        if self._reports and record != self._reported:
            self._report()
        self._wake.set()

    def _report(self) -> None:
        self._reported = self.sensors.asb()
        self.line.reply(self._reported)

    # -- working off the buffer -------------------------------------------------------------------------

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while not (self.is_hung or self.sensors.is_offline) and await self._work_step():
                pass

    async def _work_step(self) -> bool:
        """Work off one command; False when there is none whole."""
        before_trigger = min(self.triggers, default=None)
        visible = bytes(self._buffer if before_trigger is None else self._buffer[:before_trigger])
        before = self.paper.y
        step = self._interpreter.step(visible) if visible else None
        if step is None:
            if before_trigger is not None and len(self._buffer) >= before_trigger:
                self.triggers.pop(before_trigger)()
                return True
            return False
        await self._done(step, before)
        return True

    async def _done(self, step: Step, before: int) -> None:
        del self._buffer[: step.taken]
        self.worked_off += step.taken
        self.triggers = {at - step.taken: fire for at, fire in self.triggers.items()}
        match step.act:
            case "cut":
                before = self._cut(step, before)
            case "proof":
                self._prove()
            case "report":
                self._turn_reports(step.value)
            case "drawer":
                self.drawer_kicks += 1
            case "unknown":
                self.unknown.append(f"{step.value:04X}")
        await self._move(self.paper.y - before)
        if len(self._buffer) <= self.capacity:
            self.line.line.pause(False)

    def _cut(self, step: Step, before: int) -> int:
        """Cut; returns where the head stood before, seen from the new edge."""
        if step.value:
            self.paper.feed(CUTTER_DISTANCE + step.value - 1)
        y = self.paper.y
        self._keep(self.paper.cut())
        return before - (y - self.paper.y)

    def _prove(self) -> None:
        if self.answers != "none":
            self.line.reply(bytes([self.sensors.paper()]))

    def _turn_reports(self, which: int) -> None:
        self._reports = bool(which) and self.answers == "asb"
        if self._reports:
            self._report()

    async def _move(self, dots: int) -> None:
        """Paper takes time, and some of the roll."""
        if dots <= 0:
            return
        length = dots / _DOTS_PER_MM
        if self.speed:
            await asyncio.sleep(length / self.speed)
        self.sensors.roll -= length
        self.changed()

    def _keep(self, slip: Slip) -> None:
        self.slips.append(slip)
        if self.output is not None:
            path = self.output / f"slip-{len(self.slips):04}"
            _on_paper(slip).save(path.with_suffix(".png"))
            path.with_suffix(".txt").write_text(slip.text, encoding="utf-8")

    def load(self, roll: float) -> None:
        """A new roll; what the old one carried is torn off and kept as a slip of its own."""
        if not self.paper.is_blank:
            self._keep(self.paper.tear())
        self.sensors.roll = roll
        self.changed()

    def forget(self) -> None:
        """Power off and on: the buffer is gone, and so is what the script still had in store."""
        self._buffer.clear()
        self.triggers.clear()
        self.paper.reset()


def _on_paper(slip: Slip) -> Image.Image:
    """The slip with the margins the head does not reach."""
    sheet = Image.new("1", (_PAPER_DOTS[slip.image.width], slip.image.height), 1)
    sheet.paste(slip.image, ((sheet.width - slip.image.width) // 2, 0))
    return sheet


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the printer."""
    parser.add_argument("--output", type=Path, help="folder for slip-NNNN.png and .txt")
    parser.add_argument("--paper", choices=sorted(_DOTS), default="80", help="paper width in mm")
    parser.add_argument("--roll", type=float, default=50_000, help="paper on the roll in mm")
    parser.add_argument("--near-end", type=float, default=2_000, help="mm at which near-end is told")
    parser.add_argument("--speed", type=float, default=150, help="paper speed in mm/s; 0 does not wait")
    parser.add_argument("--buffer", type=int, default=65_536, help="receive buffer in bytes")
    parser.add_argument("--clears", choices=("yes", "no"), default="yes", help="knows DLE DC4 8")
    parser.add_argument("--answers", choices=("eot", "eot4", "asb", "none"), default="eot")


def build(line: FaultyLine, commands: Commands, options: argparse.Namespace) -> str:
    """Put a printer at the end of `line`; returns the spec template of its driver."""
    if options.output is not None:
        options.output.mkdir(parents=True, exist_ok=True)
    printer = SimulatedPrinter(
        line=line,
        paper=Paper(_DOTS[options.paper]),
        sensors=Sensors(options.roll, options.near_end),
        speed=options.speed,
        capacity=options.buffer,
        answers=options.answers,
        output=options.output,
        clears=options.clears == "yes",
    )
    line.line.on_bytes = printer.receive
    PrinterControl(printer, commands)
    return f"escpos:{{address}}?paper={options.paper}&status={options.answers}"
