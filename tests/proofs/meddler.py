"""A line that loses, doubles, delays and reorders requests: a proxy that takes one HTTP request at a time."""

import contextlib
import re
import socket
import threading
import uuid
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum, auto
from urllib.parse import urlsplit

Answer = tuple[int, bytes]
"""Status and body."""


class Fault(StrEnum):
    """What becomes of a request."""

    PASS = auto()
    LOST = auto()
    """It does not arrive; the connection breaks."""
    DEAF = auto()
    """It arrives; the connection breaks before the answer."""
    TWICE = auto()
    """It arrives twice, and the second answer comes back."""
    TOGETHER = auto()
    """It arrives twice in the same moment."""
    LATE = auto()
    """The connection breaks, and it arrives when `let_go` is called."""
    OVERTAKEN = auto()
    """It arrives after the next one was answered."""


_HEAD = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_ID = re.compile(rb"idempotency-key: *([0-9a-f-]{36})", re.IGNORECASE)
_LONGEST_WAIT = 2.0


class Meddler:
    """Stands at `url` before the hub. What it does with the next requests is in `script`; then it passes on.

    `answers` are all that the hub gave, by request id, whether or not they came back.
    """

    def __init__(self, hub: str) -> None:
        parts = urlsplit(hub)
        self._hub = (parts.hostname or "", parts.port or 0)
        self.script: deque[Fault] = deque()
        self.answers: defaultdict[str, list[Answer]] = defaultdict(list)
        self.late: list[bytes] = []
        self.seen: dict[str, bytes] = {}
        self._passed = threading.Event()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def let_go(self) -> None:
        """Let everything arrive that was kept back, the newest first."""
        while self.late:
            self.deliver(self.late.pop())

    def again(self, request_id: str) -> None:
        """Let a request that was seen before arrive once more."""
        self.deliver(self.seen[request_id])

    def deliver(self, request: bytes) -> bytes:
        """Hand a request to the hub, on a connection of its own; the whole answer. OSError without one."""
        with socket.create_connection(self._hub, timeout=10) as hub:
            hub.sendall(request)
            answer = _message(hub)
        if not answer:
            raise ConnectionResetError("no answer")
        head, _, body = answer.partition(b"\r\n\r\n")
        if (found := _ID.search(request)) is not None:
            with self._lock:
                self.answers[str(uuid.UUID(found[1].decode()))].append((int(head.split(b" ")[1]), body))
        return answer

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            while request := _message(client):
                if (answer := self._meddle(request)) is None:
                    return
                client.sendall(answer)

    def _meddle(self, request: bytes) -> bytes | None:
        with self._lock:
            fault = self.script.popleft() if self.script else Fault.PASS
            if (found := _ID.search(request)) is not None:
                self.seen[found[1].decode()] = request
        match fault:
            case Fault.LOST:
                return None
            case Fault.LATE:
                self.late.append(request)
                return None
            case Fault.DEAF:
                self.deliver(request)
                return None
            case Fault.TWICE:
                self.deliver(request)
            case Fault.TOGETHER:
                other = threading.Thread(target=self.deliver, args=(request,))
                other.start()
                answer = self.deliver(request)
                other.join()
                return answer
            case Fault.OVERTAKEN:
                self._passed.clear()
                self._passed.wait(_LONGEST_WAIT)
        answer = self.deliver(request)
        self._passed.set()
        return answer


def _message(channel: socket.socket) -> bytes:
    """One HTTP message with its body; empty when the other side is gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := channel.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    found = _HEAD.search(head)
    length = int(found[1]) if found else 0
    while len(body) < length:
        if not (more := channel.recv(65536)):
            return b""
        body += more
    return head + b"\r\n\r\n" + body


@contextmanager
def meddling(hub: str) -> Iterator[Meddler]:
    """One that is taken down in the end."""
    meddler = Meddler(hub)
    try:
        yield meddler
    finally:
        meddler.close()
