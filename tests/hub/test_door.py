"""The door: strangers cannot take all the room, and who says nothing or too slowly is sent away."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shared.hub import door as door_module
from shared.hub.door import Door, Room
from shared.hub.guard import Rates
from shared.hub.tls import Certificates
from shared.store.house import House
from shared.testing import RunningHub

ROOM = Room(spares_loopback=False, silent_seconds=0.3)
PATIENCE = 10.0


class Echo(asyncio.Protocol):
    """Says what it hears."""

    def __init__(self, left: Callable[[], None]) -> None:
        self._left = left

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._transport.write(data)  # type: ignore[attr-defined]  # a TCP transport writes

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        self._left()


@contextlib.asynccontextmanager
async def opened(folder: Path, room: Room) -> AsyncIterator[int]:
    """A door on the loopback; gives its port."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    made = Door(listening, Certificates(House(folder), "127.0.0.1").context, Echo, room)
    made.open()
    try:
        yield listening.getsockname()[1]
    finally:
        await made.close()
        listening.close()


async def speak(port: int, context: ssl.SSLContext | None = None) -> asyncio.StreamWriter:
    """Come in; raises OSError when sent away."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context)
    writer.write(b"?")
    try:
        heard = await asyncio.wait_for(reader.read(1), PATIENCE)
    except OSError:
        writer.close()
        raise
    if heard != b"?":
        writer.close()
        raise ConnectionRefusedError
    return writer


async def is_sent_away(port: int, said: bytes = b"") -> bool:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(said)
        return await asyncio.wait_for(reader.read(1), PATIENCE) == b""
    except ConnectionError:
        return True
    finally:
        writer.close()


def unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_it_takes_both_kinds(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path, ROOM) as port:
            for context in (None, unverified()):
                (await speak(port, context)).close()

    asyncio.run(play())


@pytest.mark.parametrize("said", [b"", b"\x16", b"\x16\x03\x01\x02\x00\x01"])
def test_the_silent_are_sent_away(tmp_path: Path, said: bytes) -> None:
    """Before the first byte, and in the middle of a handshake."""

    async def play() -> None:
        async with opened(tmp_path, ROOM) as port:
            assert await is_sent_away(port, said)
            (await speak(port)).close()

    asyncio.run(play())


def test_an_address_has_so_many_connections(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path, replace(ROOM, per_address=3)) as port:
            inside = [await speak(port) for _ in range(3)]
            assert await is_sent_away(port)
            inside[0].close()
            for _ in range(100):
                with contextlib.suppress(OSError):
                    inside.append(await speak(port))
                    break
                await asyncio.sleep(0.05)
            assert len(inside) == 4, "who leaves makes room"
            for each in inside:
                each.close()

    asyncio.run(play())


def test_two_thousand_idle_connections_leave_room_for_the_hall(tmp_path: Path) -> None:
    """The control: without a bound per address they would all be inside."""

    async def play(room: Room) -> int:
        async with opened(tmp_path, room) as port:
            lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(300)]
            away = await asyncio.gather(*(_is_closed(reader) for reader, _ in lines))
            for _, writer in lines:
                writer.close()
            return sum(away)

    patient = replace(ROOM, silent_seconds=30.0)
    assert asyncio.run(play(replace(patient, per_address=100))) == 200
    (tmp_path / "authority.key").unlink()
    assert asyncio.run(play(patient)) == 0


async def _is_closed(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(1), 1.5) == b""
    except (TimeoutError, OSError) as error:
        return isinstance(error, ConnectionError)


def test_an_address_has_so_many_new_connections(tmp_path: Path) -> None:
    async def play() -> None:
        async with opened(tmp_path, replace(ROOM, new_at_once=5, new_per_second=0.001)) as port:
            for _ in range(5):
                (await speak(port)).close()
            assert await is_sent_away(port)

    asyncio.run(play())


def test_a_request_that_comes_byte_by_byte_is_given_up(
    monkeypatch: pytest.MonkeyPatch, hub: RunningHub
) -> None:
    """By the hub itself: one whole request in time is answered on the same port meanwhile."""
    assert door_module.REQUEST_SECONDS <= 30
    line = socket.create_connection(("127.0.0.1", int(hub.url.rpartition(":")[2])), timeout=60)
    with line:
        line.sendall(b"GET /book HT")
        for letter in b"TP/1.1\r\nHost: x\r\nX: " + b"y" * 200:
            try:
                line.sendall(bytes([letter]))
                line.settimeout(0.5)
                if line.recv(1) == b"":
                    break
            except TimeoutError:
                assert hub.operator.call("health").status == "ok"
            except OSError:
                break
        else:
            raise AssertionError("it went on for ever")


def test_rates_refill_and_forget() -> None:
    rates = Rates(at_once=2, per_second=0.5, most=2)
    assert [rates.wait("a", 0.0) for _ in range(3)] == [0, 0, 2]
    assert rates.is_spent("a", 1.9)
    assert rates.wait("a", 2.0) == 0
    assert rates.wait("a", 2.0) == 2
    assert [rates.wait(who, 2.0) for who in "bc"] == [0, 0]
    assert rates.wait("a", 2.0) == 0, "of many, who has not come for longest is forgotten"
