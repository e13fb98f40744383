"""What TLS costs: a new connection, a kept one, and a call at all subscribers, each beside plain HTTP."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from shared.bench.events import SUBSCRIBERS, Audience, calls_heard, enough_files, resident_mb
from shared.client.trust import pinned
from shared.domain.pin import HUB_NAME
from shared.figures.table import Figure, middle, quantile
from shared.testing import RunningHub, running_hub

_NEW_MS, _KEPT_MS, _HEARD_MS, _MOST_MB = 20.0, 5.0, 60.0, 200.0


def measure(folder: Path, times: int) -> list[Figure]:
    """The three, and the hub's memory with every subscriber on TLS."""
    enough_files()
    with running_hub(folder / "wire") as hub:
        context = pinned(hub.authority.pem)
        new = [_seconds(partial(_new, hub, how), times) for how in (context, None)]
        kept = [_kept(hub, how, times) for how in (context, None)]
        heard = [_heard(hub, context, times, 1), _heard(hub, None, times, 2)]
    return [
        _figure("a new connection and its first answer, over TLS", new, _NEW_MS),
        _figure("an answer on a connection that was kept, over TLS", kept, _KEPT_MS),
        _figure(
            f"call pressed -> event at the last of {SUBSCRIBERS} subscribers on TLS",
            [seconds for seconds, _ in heard],
            _HEARD_MS,
        ),
        Figure(
            f"hub memory with {SUBSCRIBERS} subscribers on TLS",
            f"{heard[0][1]:.0f} MB",
            f"{heard[1][1]:.0f} MB (in clear, after it)",
            f"under {_MOST_MB:.0f} MB",
            heard[0][1] < _MOST_MB,
        ),
    ]


def _figure(name: str, found: list[list[float]], target_ms: float) -> Figure:
    secured, clear = found
    return Figure(
        name,
        _milliseconds(secured),
        f"{_milliseconds(clear)} (in clear)",
        f"p99 under {target_ms:.0f} ms",
        quantile(secured, 0.99) * 1000 < target_ms,
    )


def _milliseconds(seconds: list[float]) -> str:
    return f"p99 {quantile(seconds, 0.99) * 1000:.1f} ms, median {middle(seconds) * 1000:.2f} ms"


def _seconds(ask: Callable[[], None], times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        found.append(time.perf_counter() - began)
    return found


@contextmanager
def _line(hub: RunningHub, context: ssl.SSLContext | None) -> Iterator[HTTPConnection]:
    line = HTTPConnection("127.0.0.1", int(hub.url.rpartition(":")[2]))
    plain = socket.create_connection(("127.0.0.1", line.port))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sock = plain if context is None else context.wrap_socket(plain, server_hostname=HUB_NAME)
    try:
        yield line
    finally:
        line.close()


def _ask(line: HTTPConnection) -> None:
    line.request("GET", "/api/v1/health")
    answer = line.getresponse()
    if answer.status != 200 or not answer.read():
        raise RuntimeError("the hub did not answer")


def _new(hub: RunningHub, context: ssl.SSLContext | None) -> None:
    with _line(hub, context) as line:
        _ask(line)


def _kept(hub: RunningHub, context: ssl.SSLContext | None, times: int) -> list[float]:
    with _line(hub, context) as line:
        return _seconds(partial(_ask, line), times)


def _heard(
    hub: RunningHub, context: ssl.SSLContext | None, times: int, window: int
) -> tuple[list[float], float]:
    port = int(hub.url.rpartition(":")[2])
    head = f"GET /api/v1/events HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {hub.enrol('display')}\r\n\r\n"
    audience = Audience("127.0.0.1", port, head.encode(), SUBSCRIBERS, context)
    audience.start()
    try:
        return calls_heard(hub, audience, times, window), resident_mb(hub.process.pid)
    finally:
        audience.close()
