"""How the two ends of a call find and follow one another: JSON lines over one TCP connection a call.

Who is called says `hello` with the name of its end; who calls answers `call` with an offer. Then `answer`,
`busy`, `decline`, `hold` and `bye` go either way, and a `beat` every second from both, so that an end that
dies without a goodbye is noticed. A line is at most 64 kB; anything else than this ends the connection.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

LONGEST: Final = 64 * 1024
BEAT: Final = 1.0
"""Seconds between two beats."""
SILENT_AFTER: Final = 3.5
"""Seconds without a line after which the other end is gone."""

KINDS = frozenset({"hello", "call", "answer", "busy", "decline", "yield", "hold", "bye", "beat"})


class BadLine(ValueError):
    """A line that is no message of ours."""


class Gone(ConnectionError):
    """The other end closed, broke or fell silent without a goodbye."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line: its kind, and what goes with it. `sdp` is a session description (RFC 8866)."""

    kind: str
    id: str = ""
    sender: str = ""
    sdp: str = ""
    on: bool = False


class Channel(Protocol):
    """A connection of one call; the hub can take the place of the TCP connection."""

    @property
    def host(self) -> str:
        """The address of the other end."""

    async def send(self, message: Message) -> None:
        """Raises `Gone`."""

    async def receive(self) -> Message:
        """The next message that is not a beat. Raises `Gone` or `BadLine`."""

    def close(self) -> None: ...


class TcpChannel:
    """A `Channel` on an open TCP connection. Beats from construction until `close`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.host = str(writer.get_extra_info("peername", ("",))[0])
        self._beating = asyncio.get_running_loop().create_task(self._beat())

    async def send(self, message: Message) -> None:
        try:
            self._writer.write(encode(message))
            await self._writer.drain()
        except OSError as error:
            raise Gone(str(error)) from error

    async def receive(self) -> Message:
        while True:
            message = await self._next()
            if message.kind != "beat":
                return message

    def close(self) -> None:
        self._beating.cancel()
        self._writer.close()

    async def _next(self) -> Message:
        try:
            async with asyncio.timeout(SILENT_AFTER):
                line = await self._reader.readuntil(b"\n")
        except asyncio.LimitOverrunError as error:
            raise BadLine("a line is too long") from error
        except (asyncio.IncompleteReadError, OSError) as error:  # a time-out is an OSError
            raise Gone(str(error)) from error
        return decode(line)

    async def _beat(self) -> None:
        with suppress(Gone):
            while True:
                await self.send(Message("beat"))
                await asyncio.sleep(BEAT)


async def connect(host: str, port: int, within: float) -> TcpChannel:
    """Reach the end that listens at `host:port`. Raises `Gone`."""
    try:
        async with asyncio.timeout(within):
            reader, writer = await asyncio.open_connection(host, port, limit=LONGEST)
    except OSError as error:
        raise Gone(str(error)) from error
    return TcpChannel(reader, writer)


def encode(message: Message) -> bytes:
    """One line; what is empty is left out."""
    said = {
        "kind": message.kind,
        "id": message.id,
        "sender": message.sender,
        "sdp": message.sdp,
        "on": message.on,
    }
    return json.dumps({key: value for key, value in said.items() if value}).encode() + b"\n"


def decode(line: bytes) -> Message:
    """The message of one line. Raises `BadLine`."""
    try:
        said: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("no JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str) or said["kind"] not in KINDS:
        raise BadLine("no message of ours")
    texts = {key: said.get(key, "") for key in ("id", "sender", "sdp")}
    if not all(isinstance(text, str) for text in texts.values()) or not isinstance(
        said.get("on", False), bool
    ):
        raise BadLine("a part has the wrong type")
    return Message(said["kind"], on=said.get("on", False), **texts)
