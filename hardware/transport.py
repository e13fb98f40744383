"""Byte lines to devices: serial ports, ptys and TCP, with deadlines and one kind of fault.

    serial:///dev/ttyUSB0?baud=9600   serial://COM3   a serial port or pty, 8N1
    socket://host:port                a TCP serial server, through pyserial
    tcp://host:port                   a network device
    hid:///dev/hidraw0                a USB device that speaks in HID reports; see hardware.hid
    file:///path                      bytes appended to a file; reads nothing
    usb:///dev/usb/lp0                a USB printer (`hardware.usb`)
    cups://queue                      a print queue (`hardware.cups`)

No modem line is ever required, so a pty works wherever a port does. Whatever pyserial, a socket or termios
raises becomes one exception of `hardware.faults`, with its cause.
"""

import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol, Self
from urllib.parse import urlsplit

import serial

from hardware.faults import DeviceCannotOpen, DeviceError, DeviceFailed, DeviceTimedOut, DeviceUnavailable

if sys.platform == "win32":
    _TERMINAL_ERRORS: tuple[type[Exception], ...] = ()
else:
    import termios

    _TERMINAL_ERRORS = (termios.error,)

_LINE_ERRORS = (serial.SerialException, OSError, *_TERMINAL_ERRORS)
_SLICE = 0.05  # seconds a serial read may sleep before the deadline is looked at again
_CHUNK = 4096
_DROP_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock by which something must be over."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        return cls(time.monotonic() + seconds)

    @property
    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - time.monotonic())

    @property
    def is_over(self) -> bool:
        return self.remaining == 0.0

    def at_most(self, seconds: float) -> "Deadline":
        """The earlier of this deadline and `seconds` from now."""
        return Deadline(min(self.at, time.monotonic() + seconds))


class Transport(Protocol):
    """An open line. Every method raises `DeviceFailed` when the device is unplugged."""

    @property
    def can_read(self) -> bool:
        """False for a line that only takes bytes (a file)."""

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Hand over all of `data`, or raise `DeviceTimedOut`."""

    def read(self, deadline: Deadline) -> bytes:
        """The bytes that have come, as soon as there are any; empty when the deadline passes."""

    def flush_input(self) -> None:
        """Throw away what has come and was not read."""

    def close(self) -> None:
        """Close the line; closing twice is no fault."""


def open_transport(url: str, *, baud: int = 115200, within: float = 2.0) -> Transport:
    """Open the line named by `url` (see the module) in at most `within` seconds.

    Raises `DeviceUnavailable` for a name we do not know, `DeviceCannotOpen` when the line cannot be opened.
    """
    parts = urlsplit(url)
    with _opening(url):
        match parts.scheme:
            case "serial":
                return SerialTransport(f"{parts.netloc}{parts.path}", baud=baud)
            case "socket":
                return SerialTransport(url, baud=baud)
            case "tcp":
                if parts.hostname is None or parts.port is None:
                    raise DeviceUnavailable(f"{url}: a network device needs host and port")
                return TcpTransport(parts.hostname, parts.port, within=within)
            case "file":
                return FileTransport(Path(parts.path))
            case "hid" | "hid+plain":
                from hardware.hid import HidTransport

                return HidTransport(parts.path, parts.scheme)
            case "usb":
                from hardware.usb import UsbTransport

                return UsbTransport(parts.path)
            case "cups":
                from hardware.cups import CupsTransport

                return CupsTransport(url, within=within)
    raise DeviceUnavailable(f"{url}: no such kind of line: {parts.scheme or 'none given'}")


@contextmanager
def _opening(url: str) -> Iterator[None]:
    try:
        yield
    except DeviceError:
        raise
    except _LINE_ERRORS as error:
        raise DeviceCannotOpen(f"{url}: {error}") from error
    except ValueError as error:  # pyserial and urlsplit on a port or speed that makes no sense
        raise DeviceUnavailable(f"{url}: {error}") from error


@contextmanager
def using(name: str) -> Iterator[None]:
    """Foreign errors inside become ours; `name` says of which line."""
    try:
        yield
    except DeviceError:
        raise
    except (serial.SerialTimeoutException, TimeoutError) as error:
        raise DeviceTimedOut(f"{name}: bytes not taken in time") from error
    except _LINE_ERRORS as error:
        raise DeviceFailed(f"{name}: {error}") from error
    except (TypeError, AttributeError) as error:  # pyserial on a port that vanished under its hands
        raise DeviceFailed(f"{name}: the port is gone") from error


class SerialTransport:
    """A serial port, a pty or `socket://`, through pyserial."""

    can_read = True

    def __init__(self, port: str, *, baud: int) -> None:
        self._name = port
        self._port = serial.serial_for_url(port, baudrate=baud, timeout=_SLICE, write_timeout=2.0)

    def write(self, data: bytes, deadline: Deadline) -> None:
        with using(self._name):
            self._port.write_timeout = max(deadline.remaining, 0.001)
            self._port.write(data)

    def read(self, deadline: Deadline) -> bytes:
        with using(self._name):
            while True:
                if data := self._port.read(1):
                    return bytes(data + self._port.read(self._port.in_waiting))
                if deadline.is_over:
                    return b""

    def flush_input(self) -> None:
        with using(self._name):
            self._port.reset_input_buffer()

    def close(self) -> None:
        with using(self._name):
            self._port.close()


class TcpTransport:
    """A plain TCP connection, as network printers use on port 9100."""

    can_read = True

    def __init__(self, host: str, port: int, *, within: float) -> None:
        self._name = f"{host}:{port}"
        self._socket = socket.create_connection((host, port), timeout=within)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes, deadline: Deadline) -> None:
        with using(self._name):
            self._socket.settimeout(max(deadline.remaining, 0.001))
            try:
                self._socket.sendall(data)
            except TimeoutError:
                # What the system still holds must not follow later, when nobody expects it: drop it on close.
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _DROP_ON_CLOSE)
                raise

    def read(self, deadline: Deadline) -> bytes:
        with using(self._name):
            self._socket.settimeout(max(deadline.remaining, 0.001))
            try:
                data = self._socket.recv(_CHUNK)
            except TimeoutError:
                return b""
            if not data:
                raise DeviceFailed(f"{self._name}: the device closed the connection")
            return data

    def flush_input(self) -> None:
        deadline = Deadline.after(_SLICE)  # a device may babble faster than we can throw away
        while self.read(Deadline.after(0)) and not deadline.is_over:
            pass

    def close(self) -> None:
        self._socket.close()


class FileTransport:
    """A file that keeps what would have been printed; there is nobody to answer."""

    can_read = False

    def __init__(self, path: Path) -> None:
        self._name = str(path)
        self._file: IO[bytes] = path.open("ab")

    def write(self, data: bytes, deadline: Deadline) -> None:
        del deadline  # a local file takes bytes at once
        with using(self._name):
            self._file.write(data)
            self._file.flush()

    def read(self, deadline: Deadline) -> bytes:
        del deadline
        return b""

    def flush_input(self) -> None:
        """Nothing ever comes."""

    def close(self) -> None:
        self._file.close()
