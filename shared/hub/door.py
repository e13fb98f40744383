"""Where connections come in: one port for TLS and for plain HTTP, told apart by their first byte.

A TLS connection begins with a handshake record (byte 22, RFC 8446); no HTTP method begins so. What may be
asked in clear is decided later (shared.hub.plain). Here strangers are kept from taking all the room: each
address has so many connections and so many new ones a second, and who says nothing is sent away.
"""

import asyncio
import logging
import socket
import ssl
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.hub.guard import Rates
from shared.hub.peer import is_loopback

log = logging.getLogger(__name__)

_HANDSHAKE = b"\x16"
_GOODBYE_SECONDS = 1.0
_AT_A_TIME, _PAUSE_SECONDS = 256, 0.5
REQUEST_SECONDS = 20.0
"""For a whole request, from its first byte to its last."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much there is. A whole hall's phones may come from one address: their Wi-Fi's."""

    per_address: int = 1000
    new_at_once: int = 600
    new_per_second: float = 60.0
    in_all: int = 6000
    silent_seconds: float = 10.0
    """Until the first byte, and again for the TLS handshake."""
    spares_loopback: bool = True
    """This machine's own programs are not counted."""


class Door:
    """Takes the connections of a listening socket and gives each its protocol, until closed.

    `make` is told what to call once the connection has ended.
    """

    def __init__(
        self,
        listening: socket.socket,
        context: ssl.SSLContext,
        make: Callable[[Callable[[], None]], asyncio.Protocol],
        room: Room,
    ) -> None:
        listening.setblocking(False)
        self._listening = listening
        self._context = context
        self._make = make
        self._room = room
        self._inside: Counter[str] = Counter()
        self._rates = Rates(room.new_at_once, room.new_per_second)
        self._entering: set[asyncio.Task[None]] = set()
        self._is_open = False

    def open(self) -> None:
        """Begin to take connections."""
        self._is_open = True
        self._listen()

    async def close(self) -> None:
        """Take no more; whoever is inside stays."""
        self._is_open = False
        asyncio.get_running_loop().remove_reader(self._listening)
        entering = list(self._entering)
        for task in entering:
            task.cancel()
        await asyncio.gather(*entering, return_exceptions=True)

    def _listen(self) -> None:
        if self._is_open:
            asyncio.get_running_loop().add_reader(self._listening, self._take)

    def _take(self) -> None:
        """Take many at a time: who floods the port must not fill the kernel's queue before the others."""
        for _ in range(_AT_A_TIME):
            try:
                line, address = self._listening.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:  # out of files: some will be given back
                log.exception("a connection could not be taken")
                loop = asyncio.get_running_loop()
                loop.remove_reader(self._listening)
                loop.call_later(_PAUSE_SECONDS, self._listen)
                return
            self._meet(line, address[0])

    def _meet(self, line: socket.socket, host: str) -> None:
        if not self._has_room(host):
            line.close()
            return
        line.setblocking(False)
        self._inside[host] += 1
        task = asyncio.get_running_loop().create_task(self._enter(line, _Once(self._leave, host)))
        self._entering.add(task)
        task.add_done_callback(self._entering.discard)

    def _has_room(self, host: str) -> bool:
        if self._room.spares_loopback and is_loopback(host):
            return True
        return (
            self._inside[host] < self._room.per_address
            and self._inside.total() < self._room.in_all
            and not self._rates.wait(host, time.monotonic())
        )

    def _leave(self, host: str) -> None:
        self._inside[host] -= 1
        if not self._inside[host]:
            del self._inside[host]

    async def _enter(self, line: socket.socket, left: "_Once") -> None:
        loop = asyncio.get_running_loop()
        try:
            is_tls = await self._first_byte(line) == _HANDSHAKE
            await loop.connect_accepted_socket(
                lambda: self._make(left),
                line,
                ssl=self._context if is_tls else None,
                ssl_handshake_timeout=self._room.silent_seconds if is_tls else None,
                ssl_shutdown_timeout=_GOODBYE_SECONDS if is_tls else None,
            )
        except (OSError, TimeoutError):  # silent, gone, or no handshake: nobody to tell
            line.close()
            left()
        except asyncio.CancelledError:
            line.close()
            left()
            raise

    async def _first_byte(self, line: socket.socket) -> bytes:
        """Look at it; it stays to be read. Raises OSError when none comes."""
        loop = asyncio.get_running_loop()
        with suppress(BlockingIOError):
            return line.recv(1, socket.MSG_PEEK)
        ready = asyncio.Event()
        loop.add_reader(line, ready.set)
        try:
            async with asyncio.timeout(self._room.silent_seconds):
                await ready.wait()
        finally:
            loop.remove_reader(line)
        return line.recv(1, socket.MSG_PEEK)


class _Once:
    """Calls back the first time only: a failed handshake and a lost connection are told apart nowhere."""

    def __init__(self, call: Callable[[str], None], host: str) -> None:
        self._call: Callable[[str], None] | None = call
        self._host = host

    def __call__(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call(self._host)


class Visitor(HttpToolsProtocol):
    """uvicorn's protocol, for a caller whose request must be whole in time and whose end is told."""

    left: Callable[[], None] = staticmethod(lambda: None)
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Its first request begins."""
        super().connection_made(transport)
        self._expect()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._expect()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._expect_nothing()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._expect_nothing()
        self.left()
        super().connection_lost(exc)

    def _expect(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _expect_nothing(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        self.transport.abort()
