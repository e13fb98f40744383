"""Driver for scanners on a serial line, a USB serial port or a TCP serial server."""

import logging
import time
from collections.abc import Sequence
from typing import Protocol, Self

from hardware.device import Device, DeviceState, StateChanged
from hardware.faults import DeviceFailed
from hardware.scanner.events import OnceFilter, Scanned
from hardware.scanner.framing import QUIET, CodeParser
from hardware.spec import DeviceSpec
from hardware.transport import Deadline, Transport, open_transport

_log = logging.getLogger(__name__)
_LISTEN = 0.2  # seconds one poll waits for the first byte
_ONE_CODE = 1.0  # seconds one poll may spend on bytes that never end

ScannerEvent = Scanned | StateChanged


class Scanner(Device, Protocol):
    """A scanner of codes; `poll` returns `ScannerEvent`s."""

    def poll(self) -> Sequence[ScannerEvent]: ...


class LineScanner:
    """`line:serial:///dev/ttyACM0?baud=9600`, `line:socket://host:port`.

    A scanner says nothing until it scans, so READY means no more than that its line is open.
    """

    poll_interval = 0.0

    def __init__(self, url: str, *, baud: int = 9600) -> None:
        self._url = url
        self._baud = baud
        self._line: Transport | None = None
        self._parser = CodeParser()
        self._once = OnceFilter(time.monotonic)
        self._is_new = True

    @classmethod
    def from_spec(cls, spec: DeviceSpec) -> Self:
        spec.reject_unknown(frozenset({"baud"}))
        return cls(spec.url, baud=int(spec.number("baud", 9600)))

    def open(self) -> None:
        self._line = open_transport(self._url, baud=self._baud)
        self._parser.clear()
        self._is_new = True

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def poll(self) -> Sequence[ScannerEvent]:
        """The codes that came, after at most about a second."""
        events: list[ScannerEvent] = [StateChanged(DeviceState.READY, "line open")] if self._is_new else []
        self._is_new = False
        dropped = self._parser.dropped
        events += [Scanned(text) for text in self._listen() if self._once.passes(text)]
        if self._parser.dropped > dropped:
            _log.info("%s: something was scanned that is no text", self._url)
        return events

    def _listen(self) -> list[str]:
        line = self._line
        if line is None:
            raise DeviceFailed(f"{self._url}: not open")
        longest = Deadline.after(_ONE_CODE)
        texts = self._parser.feed(line.read(Deadline.after(_LISTEN)))
        while self._parser.is_waiting and not longest.is_over:
            data = line.read(Deadline.after(QUIET))
            texts += self._parser.feed(data) if data else self._parser.end()
        return texts
