"""The control lines of the simulated printer."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hardware.simulation.control import BadCommand, Commands, Handler

if TYPE_CHECKING:
    from hardware.printer.simulator import SimulatedPrinter


class PrinterControl:
    """`paper out|in [MM]|low`, `cover open|close`, `cutter jam|ok`, `hang`, `restart`,
    `out-at K`, `silent-at K`, `close-at K`, `hang-at K`, `jam-at K` (K more bytes worked off), `slips`.
    """

    def __init__(self, printer: "SimulatedPrinter", commands: Commands) -> None:
        self._printer = printer
        self._roll = printer.sensors.roll
        for name in ("paper", "cover", "cutter", "hang", "restart", "slips"):
            commands.add(name, getattr(self, f"_{name}"))
        for name, fire in self._triggers().items():
            commands.add(name, self._at(fire))

    def _triggers(self) -> dict[str, Callable[[], None]]:
        printer = self._printer
        return {
            "out-at": lambda: self._set_roll(0),
            "silent-at": lambda: setattr(printer.line.faults, "silent", True),
            "close-at": printer.line.line.unplug,
            "hang-at": lambda: setattr(printer, "is_hung", True),
            "jam-at": self._jam,
        }

    def _at(self, fire: Callable[[], None]) -> Handler:
        async def handle(words: list[str]) -> None:
            self._printer.triggers[int(words[0])] = fire

        return handle

    def _set_roll(self, length: float) -> None:
        self._printer.sensors.roll = length
        self._printer.changed()

    def _jam(self) -> None:
        self._printer.sensors.is_jammed = True
        self._printer.changed()

    async def _paper(self, words: list[str]) -> None:
        match words:
            case ["out"]:
                self._set_roll(0)
            case ["low"]:
                self._set_roll(self._printer.sensors.near_end)
            case ["in", *length]:
                self._printer.load(float(length[0]) if length else self._roll)
            case _:
                raise BadCommand("paper out|low|in [MM]")

    async def _cover(self, words: list[str]) -> None:
        self._printer.sensors.cover_open = _either(words, "open", "close")
        self._printer.changed()

    async def _cutter(self, words: list[str]) -> None:
        self._printer.sensors.is_jammed = _either(words, "jam", "ok")
        self._printer.changed()

    async def _hang(self, words: list[str]) -> None:
        del words
        self._printer.is_hung = True

    async def _restart(self, words: list[str]) -> None:
        del words
        self._printer.is_hung = False
        self._printer.line.faults.silent = False
        self._printer.forget()

    async def _slips(self, words: list[str]) -> Mapping[str, object]:
        """What was printed so far, and what should never be."""
        del words
        printer = self._printer
        return {
            "slips": [slip.text for slip in printer.slips],
            "unknown": printer.unknown,
            "drawer_kicks": printer.drawer_kicks,
            "worked_off": printer.worked_off,
            "roll": printer.sensors.roll,
        }


def _either(words: list[str], yes: str, no: str) -> bool:
    if len(words) != 1 or words[0] not in (yes, no):
        raise BadCommand(f"{yes} or {no}")
    return words[0] == yes
