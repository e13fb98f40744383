"""The simulated end of a HID line: whole reports on a pty, as the kernel would hand them over.

Written from the description of the framing and not from our own: 64 bytes a report, the first counts.
"""

from collections.abc import Callable

from hardware.simulation.lines import Line

_SIZE = 64


class ReportLine:
    """Puts what is sent into reports on another line, and takes what comes out of them."""

    def __init__(self, line: Line) -> None:
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self._line = line
        self._pending = b""
        line.on_bytes = self._take

    @property
    def address(self) -> str:
        return self._line.address.replace("serial:", "hid:")

    async def plug(self) -> None:
        self._pending = b""
        await self._line.plug()

    def unplug(self) -> None:
        self._line.unplug()

    def send(self, data: bytes) -> None:
        while data:
            part, data = data[: _SIZE - 1], data[_SIZE - 1 :]
            self._line.send((bytes([len(part)]) + part).ljust(_SIZE, b"\0"))

    def pause(self, paused: bool) -> None:
        self._line.pause(paused)

    def _take(self, data: bytes) -> None:
        """What a host writes has the number of the report in front."""
        self._pending += data
        while len(self._pending) > _SIZE:
            report, self._pending = self._pending[1 : _SIZE + 1], self._pending[_SIZE + 1 :]
            self.on_bytes(report[1 : 1 + report[0]])
