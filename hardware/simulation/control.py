"""The control channel of a simulator: one command a line, one JSON object as its answer.

Lines come on standard input (answered on standard output) and on a TCP port (answered there).
"""

import asyncio
import json
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TextIO

from hardware.simulation.lines import FaultyLine

Handler = Callable[[list[str]], Awaitable[Mapping[str, object] | None]]


class BadCommand(ValueError):
    """A control line nobody understands; the message says why."""


class Commands:
    """The commands of one simulator: name -> handler of the words behind it."""

    def __init__(self, line: FaultyLine) -> None:
        self._line = line
        self._handlers: dict[str, Handler] = {
            "silent": self._silent,
            "talk": self._talk,
            "delay": self._delay,
            "cut": self._cut,
            "flip": self._flip,
            "junk": self._junk,
            "unplug": self._unplug,
            "unplug-at": self._unplug_at,
            "plug": self._plug,
        }

    def add(self, name: str, handler: Handler) -> None:
        if name in self._handlers:
            raise ValueError(f"two commands are called {name}")
        self._handlers[name] = handler

    async def run(self, text: str) -> dict[str, object]:
        """Carry out one control line."""
        try:
            words = shlex.split(text)
            if not words or words[0] not in self._handlers:
                raise BadCommand(f"commands: {', '.join(sorted(self._handlers))}")
            said = await self._handlers[words[0]](words[1:])
        except (ValueError, IndexError) as error:
            return {"ok": False, "error": str(error)}
        return {"ok": True, **(said or {})}

    async def _silent(self, words: list[str]) -> None:
        _expect(words, 0)
        self._line.faults.silent = True

    async def _talk(self, words: list[str]) -> None:
        _expect(words, 0)
        self._line.faults.silent = False

    async def _delay(self, words: list[str]) -> None:
        """Milliseconds."""
        self._line.faults.delay = int(words[0]) / 1000

    async def _cut(self, words: list[str]) -> None:
        self._line.faults.cut = int(words[0])

    async def _flip(self, words: list[str]) -> None:
        self._line.faults.flip = int(words[0])

    async def _junk(self, words: list[str]) -> None:
        self._line.faults.junk = bytes.fromhex(words[0])

    async def _unplug(self, words: list[str]) -> None:
        _expect(words, 0)
        self._line.line.unplug()

    async def _unplug_at(self, words: list[str]) -> None:
        self._line.faults.unplug_at = int(words[0])

    async def _plug(self, words: list[str]) -> Mapping[str, object]:
        _expect(words, 0)
        await self._line.line.plug()
        return {"address": self._line.line.address}


def _expect(words: list[str], count: int) -> None:
    if len(words) != count:
        raise BadCommand(f"expected {count} words, not {len(words)}")


async def serve_control(commands: Commands, host: str, port: int) -> str:
    """Listen for control connections; returns `host:port`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async for line in reader:
            answer = await commands.run(line.decode())
            writer.write(_json_line(answer).encode())
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, host, port)
    found_host, found_port = server.sockets[0].getsockname()[:2]
    return f"{found_host}:{found_port}"


async def follow_input(commands: Commands, stdin: TextIO) -> None:
    """Carry out the lines of `stdin` until it closes."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stdin)
    async for line in reader:
        if line.strip():
            say(await commands.run(line.decode()))


def say(what: Mapping[str, Any]) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(_json_line(what))
    sys.stdout.flush()


def _json_line(what: Mapping[str, Any]) -> str:
    return json.dumps(what, ensure_ascii=False) + "\n"
