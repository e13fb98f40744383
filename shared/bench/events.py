"""A call pressed, and when the last of many subscribers has it; the hub's memory with all of them."""

import asyncio
import random
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit, setrlimit

import uvloop

from shared.domain.pin import HUB_NAME
from shared.figures.table import Figure, middle, quantile
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub

SUBSCRIBERS = 500
TICKETS_A_SECOND = 8
_TARGET_MS = 60.0
_MOST_MB = 150
_IDS = re.compile(rb"id: (\d+)\n")


class Audience:
    """Subscribers in an event loop of their own; notes when the last of them has heard each event."""

    def __init__(
        self, host: str, port: int, head: bytes, count: int, context: ssl.SSLContext | None = None
    ) -> None:
        self._address = (host, port)
        self._context = context
        self._head = head
        self._count = count
        self.heard: dict[bytes, list[float]] = {}
        self._inside = 0
        self.ready = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Connect all and listen."""
        self._thread.start()
        if not self.ready.wait(60):
            raise RuntimeError("the audience did not get in")

    def close(self) -> None:
        """Leave."""
        self._stop.set()
        self._thread.join(10)

    def last_of(self, mark: bytes, timeout: float = 5.0) -> float:
        """When the last subscriber heard the event whose line begins with `mark`."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            times = self.heard.get(mark, [])
            if len(times) == self._count:
                return max(times)
            time.sleep(0.001)
        raise RuntimeError(f"{len(self.heard.get(mark, []))} of {self._count} heard {mark!r}")

    def _run(self) -> None:
        uvloop.run(self._gather())

    async def _gather(self) -> None:
        loop = asyncio.get_running_loop()
        seats = [
            await loop.create_connection(
                lambda: Seat(self._head, self._hear, self._enter),
                *self._address,
                ssl=self._context,
                server_hostname=None if self._context is None else HUB_NAME,
            )
            for _ in range(self._count)
        ]
        while not self._stop.is_set():
            await asyncio.sleep(0.05)
        for transport, _ in seats:
            transport.abort()

    def _enter(self) -> None:
        self._inside += 1
        if self._inside == self._count:
            self.ready.set()

    def _hear(self, seq: bytes) -> None:
        self.heard.setdefault(seq, []).append(time.monotonic())


class Seat(asyncio.Protocol):
    """One subscriber: asks, then picks the ids out of whatever comes."""

    def __init__(self, head: bytes, hear: Callable[[bytes], None], enter: Callable[[], None]) -> None:
        self._head = head
        self._hear = hear
        self._enter = enter

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        transport.write(self._head)  # type: ignore[attr-defined]  # a TCP transport writes

    def data_received(self, data: bytes) -> None:
        """Note each event's id at the moment its bytes are here."""
        if data.startswith(b"HTTP/1.1 200"):
            self._enter()
        for seq in _IDS.findall(data):
            self._hear(seq)


def measure(folder: Path, calls: int) -> list[Figure]:
    """The fan-out under a trickle of tickets, beside a bare server's; and the memory."""
    enough_files()
    with running_hub(folder / "events") as hub:
        port = int(hub.url.rpartition(":")[2])
        head = (
            f"GET /api/v1/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {hub.enrol('display')}\r\n\r\n"
        )
        audience = Audience("127.0.0.1", port, head.encode(), SUBSCRIBERS)
        audience.start()
        with _trickle(hub):
            ours = calls_heard(hub, audience, calls)
        memory = resident_mb(hub.process.pid)
        audience.close()
    bare = bare_fan_out(calls, SUBSCRIBERS)
    p99, limit = quantile(ours, 0.99) * 1000, quantile(bare, 0.99) * 1000
    return [
        Figure(
            f"call pressed -> event at the last of {SUBSCRIBERS} subscribers, {TICKETS_A_SECOND} tickets/s",
            f"p99 {p99:.0f} ms, median {middle(ours) * 1000:.0f} ms over {len(ours)} calls",
            f"p99 {limit:.0f} ms, median {middle(bare) * 1000:.0f} ms (bare fan-out of as many bytes)",
            f"p99 under {_TARGET_MS:.0f} ms",
            p99 < _TARGET_MS,
        ),
        Figure(
            f"hub memory with {SUBSCRIBERS} subscribers", f"{memory:.0f} MB", "", f"under {_MOST_MB} MB",
            memory < _MOST_MB,
        ),
    ]  # fmt: skip


def enough_files() -> None:
    """Let this program, and the hub that it starts, have a connection for each subscriber."""
    soft, hard = getrlimit(RLIMIT_NOFILE)
    setrlimit(RLIMIT_NOFILE, (min(max(soft, 4096), hard), hard))


def calls_heard(hub: RunningHub, audience: Audience, times: int, window: int = 1) -> list[float]:
    """Seconds from pressing so many calls at a window until the last of the audience has each."""
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk(f"100{window}", window=window)
    for _ in range(times):
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    seconds, pause = [], random.Random(1)  # noqa: S311 - spreads the presses
    for _ in range(times):
        time.sleep(pause.uniform(0.1, 0.2))
        pressed = time.monotonic()
        ticket = clerk.call("call_next", m.CallNext(), no=window)
        seq = next(c.seq for c in hub.operator.call("board").calls if c.number == ticket.number)
        seconds.append(audience.last_of(str(seq).encode()) - pressed)
        clerk.call("miss_ticket", m.Nothing(), id=ticket.id)
    return seconds


@contextmanager
def _trickle(hub: RunningHub) -> Iterator[None]:
    kiosk, stop = hub.client("citizen-kiosk"), threading.Event()

    def take() -> None:
        while not stop.wait(1 / TICKETS_A_SECOND):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="B"))

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def bare_fan_out(times: int, subscribers: int) -> list[float]:
    """Seconds until the last of as many connections has as many bytes, from a loop that does nothing else."""
    started: list[tuple[int, asyncio.AbstractEventLoop, list[asyncio.StreamWriter]]] = []
    ready = threading.Event()

    async def serve() -> None:
        writers: list[asyncio.StreamWriter] = []

        async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            writers.append(writer)

        server = await asyncio.start_server(join, "127.0.0.1", 0, backlog=subscribers)
        started.append((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), writers))
        ready.set()
        await server.serve_forever()

    threading.Thread(target=lambda: uvloop.run(serve()), daemon=True).start()
    ready.wait(10)
    port, loop, writers = started[0]
    audience = Audience("127.0.0.1", port, b"GET / HTTP/1.1\r\n\r\n", subscribers)
    audience.start()
    seconds = []
    for n in range(times):
        message = b"id: %d\nevent: fact\ndata: %s\n\n" % (n, b"x" * 260)
        began = time.monotonic()
        loop.call_soon_threadsafe(_write_all, writers, message)
        seconds.append(audience.last_of(str(n).encode()) - began)
    audience.close()
    return seconds


def _write_all(writers: list[asyncio.StreamWriter], message: bytes) -> None:
    for writer in writers:
        writer.write(message)


def resident_mb(pid: int) -> float:
    """Memory of a process that is in RAM (VmRSS), in MB."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} tells no memory")
