"""Driver for LED bars. They never answer, so their state is never known."""

from collections.abc import Sequence
from typing import Protocol, Self

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceFailed, DeviceUnavailable
from hardware.ledbar.protocol import Board, encode
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, Transport, open_transport

_WRITE = 1.0
_AGAIN = 5.0  # seconds until what a bar shows is sent again: it may have lost power in between


class LedBar(Device, Protocol):
    """A bar that shows one number; `poll` returns `StateChanged`."""

    def show(self, number: int | None) -> None:
        """Show `number` (1 to `highest`), or nothing. ValueError for a number that has no room."""


class LineLedBar:
    """`sum4:serial:///dev/ttyUSB0?address=5`, `head7:serial:///dev/ttyUSB1?color=0`.

    Options: `baud` (9600), `address` (1), `color` (0), `info` (1), `digits` of the bar (3).
    """

    poll_interval = _AGAIN

    def __init__(self, protocol: str, url: str, board: Board, *, baud: int = 9600, digits: int = 3) -> None:
        self.highest = 10**digits - 1
        self._protocol = protocol
        self._url = url
        self._board = board
        self._baud = baud
        self._number: int | None = None
        self._line: Transport | None = None

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"baud", "address", "color", "info", "digits"}))
        board = Board(_byte(spec, "address", 1), _byte(spec, "color", 0), _byte(spec, "info", 1))
        digits = int(spec.number("digits", 3))
        if not 1 <= digits <= 4:
            raise DeviceUnavailable(f"digits={digits}: expected 1 to 4")
        return cls(spec.driver, spec.url, board, baud=int(spec.number("baud", 9600)), digits=digits)

    def open(self) -> None:
        self._line = open_transport(self._url, baud=self._baud)
        self._send()

    def poll(self) -> Sequence[StateChanged]:
        self._send()
        return [StateChanged(DeviceState.UNKNOWN, "a bar gives no answer")]

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def show(self, number: int | None) -> None:
        """See `LedBar.show`."""
        if number is not None and not 1 <= number <= self.highest:
            raise ValueError(f"{number} has no room on a bar that shows up to {self.highest}")
        self._number = number
        self._send()

    def _send(self) -> None:
        if self._line is None:
            raise DeviceFailed(f"{self._url}: not open")
        self._line.write(encode(self._protocol, self._board, self._number or 0), Deadline.after(_WRITE))


def _byte(spec: DeviceSpec, name: str, default: int) -> int:
    value = int(spec.number(name, default))
    if not 0 <= value <= 255:
        raise DeviceUnavailable(f"{name}={value}: expected 0 to 255")
    return value
