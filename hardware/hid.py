"""A USB device that speaks in HID reports, as Linux shows it: `hid:///dev/hidraw0`.

Reports have one size. What is written begins with the report's number (0 where a device has only one kind)
and is filled up with zeros; what is read comes without it. How makers put a stream of bytes into reports
differs, and none publishes it, so it is a table:

    hid        the first byte of a report counts the bytes of the stream behind it
    hid+plain  nothing counts; the zeros behind the last byte of a message are part of the stream
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from hardware.transport import Deadline
from hardware.usb import UsbTransport


@dataclass(frozen=True, slots=True)
class Framing:
    """One maker's reports: their size in bytes without the number, and whether a count stands in front."""

    size: int
    has_count: bool
    number: int = 0

    @property
    def room(self) -> int:
        """Bytes of the stream that one report carries."""
        return self.size - 1 if self.has_count else self.size


FRAMINGS: Mapping[str, Framing] = MappingProxyType(
    {"hid": Framing(64, has_count=True), "hid+plain": Framing(64, has_count=False)}
)


def to_reports(data: bytes, framing: Framing) -> list[bytes]:
    """The reports that carry `data`, each with its number in front."""
    parts = [data[at : at + framing.room] for at in range(0, len(data), framing.room)]
    counts = [bytes([len(part)]) if framing.has_count else b"" for part in parts]
    return [
        bytes([framing.number]) + (count + part).ljust(framing.size, b"\0")
        for count, part in zip(counts, parts, strict=True)
    ]


@dataclass
class ReportReader:
    """Takes the stream out of reports. One whose count cannot be is dropped."""

    framing: Framing
    dropped: int = 0  # for the technician
    _pending: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> bytes:
        """The stream in the reports that `data` completes."""
        self._pending += data
        stream = b""
        while len(self._pending) >= self.framing.size:
            report = bytes(self._pending[: self.framing.size])
            del self._pending[: self.framing.size]
            stream += self._content(report)
        return stream

    def clear(self) -> None:
        self._pending.clear()

    def _content(self, report: bytes) -> bytes:
        if not self.framing.has_count:
            return report
        if report[0] > self.framing.room:
            self.dropped += 1
            return b""
        return report[1 : 1 + report[0]]


class HidTransport:
    """A `Transport` over a hidraw device; the kernel hands over whole reports."""

    can_read = True

    def __init__(self, path: str, framing: str) -> None:
        self._framing = FRAMINGS[framing]
        self._device = UsbTransport(path)
        self._reports = ReportReader(self._framing)

    def write(self, data: bytes, deadline: Deadline) -> None:
        for report in to_reports(data, self._framing):
            self._device.write(report, deadline)

    def read(self, deadline: Deadline) -> bytes:
        while data := self._device.read(deadline):
            if stream := self._reports.feed(data):
                return stream
        return b""

    def flush_input(self) -> None:
        self._device.flush_input()
        self._reports.clear()

    def close(self) -> None:
        self._device.close()
