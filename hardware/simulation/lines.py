"""The simulated end of a device's line: a pty, a TCP port or a pipe, with scripted faults.

Not modelled: modem lines, parity errors, a bus with several devices, two hosts at once on TCP (a new
connection replaces the one before).
"""

import asyncio
import os
import socket
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

if sys.platform != "win32":
    import fcntl
    import termios
    import tty

_CHUNK = 4096
_PIPE_SIZE = 1 << 20
_RECEIVE_BUFFER = 4096  # bytes the kernel may hold for us, so that a printer that stops reading is felt


class Line(Protocol):
    """Where the host connects. `on_bytes` is called with what it sends."""

    on_bytes: Callable[[bytes], None]

    @property
    def address(self) -> str: ...

    async def plug(self) -> None: ...

    def unplug(self) -> None: ...

    def send(self, data: bytes) -> None: ...

    def pause(self, paused: bool) -> None: ...


class PtyLine:
    """A pseudo terminal; `link` is a stable path to it, as udev gives a serial adapter."""

    def __init__(self, link: Path | None = None) -> None:
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._path = ""

    @property
    def address(self) -> str:
        return f"serial://{self._link or self._path}"

    async def plug(self) -> None:
        if self._ends is not None:
            return
        # The far end stays open here too, or the near one would fail whenever no host has it open.
        near, far = self._ends = os.openpty()
        tty.setraw(far)
        os.set_blocking(near, False)
        self._path = os.ttyname(far)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._path)
        asyncio.get_running_loop().add_reader(near, self._readable)

    def unplug(self) -> None:
        if self._ends is None:
            return
        asyncio.get_running_loop().remove_reader(self._ends[0])
        for end in self._ends:
            os.close(end)
        self._ends = None
        if self._link is not None:
            self._link.unlink(missing_ok=True)

    def send(self, data: bytes) -> None:
        """A serial line without flow control: what nobody reads is lost."""
        if self._ends is not None:
            with suppress(BlockingIOError):
                os.write(self._ends[0], data)

    def pause(self, paused: bool) -> None:
        if self._ends is None:
            return
        loop = asyncio.get_running_loop()
        if paused:
            loop.remove_reader(self._ends[0])
        else:
            loop.add_reader(self._ends[0], self._readable)

    def _readable(self) -> None:
        if self._ends is not None:
            with suppress(BlockingIOError, OSError):
                self.on_bytes(os.read(self._ends[0], _CHUNK))


class PipeLine:
    """A named pipe into which a camera's program writes; the host only reads."""

    def __init__(self, path: Path) -> None:
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self._path = path
        self._end: int | None = None

    @property
    def address(self) -> str:
        return str(self._path)

    async def plug(self) -> None:
        if self._end is not None:
            return
        with suppress(FileExistsError):
            os.mkfifo(self._path)
        # Opened for reading too, or it could not be opened before the host does.
        self._end = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        fcntl.fcntl(self._end, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)

    def unplug(self) -> None:
        if self._end is not None:
            os.close(self._end)
            self._end = None
            self._path.unlink(missing_ok=True)

    def send(self, data: bytes) -> None:
        """A picture that finds no room is dropped whole, as a camera does."""
        if self._end is not None:
            held = fcntl.ioctl(self._end, termios.FIONREAD, b"\0" * 4)
            if int.from_bytes(held, sys.byteorder) + len(data) <= _PIPE_SIZE // 2:
                os.write(self._end, data)

    def pause(self, paused: bool) -> None:
        """Nothing is ever read."""


class TcpLine:
    """A TCP port; port 0 takes a free one and keeps it when plugged again."""

    def __init__(self, host: str, port: int) -> None:
        self.on_bytes: Callable[[bytes], None] = lambda _: None
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        self._transport: asyncio.Transport | None = None
        self._paused = False

    @property
    def address(self) -> str:
        return f"socket://{self._host}:{self._port}"

    async def plug(self) -> None:
        if self._server is not None:
            return
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
        listener.bind((self._host, self._port))
        self._port = listener.getsockname()[1]
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self), sock=listener
        )

    def unplug(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        self.hang_up()

    def hang_up(self) -> None:
        if self._transport is not None:
            self._transport.abort()
            self._transport = None

    def send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def pause(self, paused: bool) -> None:
        self._paused = paused
        if self._transport is not None:
            if paused:
                self._transport.pause_reading()
            else:
                self._transport.resume_reading()

    def took(self, transport: asyncio.Transport) -> None:
        self.hang_up()
        self._transport = transport
        self.pause(self._paused)

    def lost(self, transport: asyncio.Transport) -> None:
        if self._transport is transport:
            self._transport = None


class _Connection(asyncio.Protocol):
    def __init__(self, line: TcpLine) -> None:
        self._line = line
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # create_server makes nothing else
        self._transport = transport
        self._line.took(transport)

    def data_received(self, data: bytes) -> None:
        self._line.on_bytes(data)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._transport is not None:
            self._line.lost(self._transport)


@dataclass
class Faults:
    """What is wrong with the replies. One-shot faults hit the next reply only."""

    silent: bool = False
    delay: float = 0.0  # seconds before every reply
    cut: int | None = None  # one shot: bytes of the reply that still come
    flip: int | None = None  # one shot: bit of the reply that turns, counted from its start
    junk: bytes = b""  # one shot: comes before the reply
    unplug_at: int | None = None  # one shot: bytes of the reply that come before the plug is pulled


class FaultyLine:
    """Sends replies in order, at the speed of the line, with the faults that were scripted."""

    def __init__(self, line: Line, baud: int | None = None) -> None:
        self.line = line
        self.faults = Faults()
        self._baud = baud
        self._replies: deque[bytes] = deque()
        self._sender: asyncio.Task[None] | None = None

    def reply(self, data: bytes) -> None:
        """Send `data` after whatever is still being sent."""
        self._replies.append(data)
        if self._sender is None or self._sender.done():
            self._sender = asyncio.get_running_loop().create_task(self._send_all())

    async def _send_all(self) -> None:
        while self._replies:
            data = self._replies.popleft()
            await asyncio.sleep(self.faults.delay)
            if not self.faults.silent:
                await self._send(data)

    async def _send(self, data: bytes) -> None:
        faults, pulled = self.faults, self.faults.unplug_at
        data = _spoil(data, faults)
        faults.cut, faults.flip, faults.junk, faults.unplug_at = None, None, b"", None
        if self._baud:
            await asyncio.sleep(len(data) * 10 / self._baud)
        self.line.send(data if pulled is None else data[:pulled])
        if pulled is not None:
            await asyncio.sleep(0.01)  # let the bytes out before the plug
            self.line.unplug()


def _spoil(data: bytes, faults: Faults) -> bytes:
    spoilt = bytearray(data)
    if faults.flip is not None and spoilt:
        byte, bit = divmod(faults.flip % (8 * len(spoilt)), 8)
        spoilt[byte] ^= 0x80 >> bit
    return faults.junk + bytes(spoilt[: faults.cut])
