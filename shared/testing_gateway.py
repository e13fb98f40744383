"""For tests: a gateway on loopback that does as told: it answers, asks for patience, is silent, breaks off.

It checks signatures by the published rule and not by our code.
"""

import base64
import hashlib
import hmac
import json
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SECRET = bytes(range(7, 39))
WRITTEN = "whsec_" + base64.b64encode(SECRET).decode()
FRESH_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Do:
    """What to do with a request: a status and headers, after a pause; `cut` of "before", "status", "body"."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it came."""

    at: float
    headers: dict[str, str]
    body: dict[str, Any]
    is_signed: bool


class GatewayDouble:
    """Does the steps for a recipient, then those of `script`, then `usual`; keeps what it got."""

    def __init__(self) -> None:
        self.script: list[Do] = []
        self.steps_for: dict[str, list[Do]] = {}
        self.usual = Do()
        self.got: list[Got] = []
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self.address = ""

    def next(self, got: Got) -> Do:
        """What to do with a request."""
        with self._lock:
            self.got.append(got)
            steps = self.steps_for.get(got.body["to"] or "") or self.script
            return steps.pop(0) if steps else self.usual

    @contextmanager
    def counted(self) -> Iterator[None]:
        """One more at once, for as long as the block runs."""
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        yield
        with self._lock:
            self._now -= 1

    def names(self) -> list[str]:
        """The ids of what came, in order."""
        return [got.body["id"] for got in self.got]

    def to(self, phone: str) -> list[Got]:
        """What came for one recipient."""
        return [got for got in self.got if got.body["to"] == phone]

    def forget(self) -> None:
        """Begin anew: every message is taken."""
        with self._lock:
            self.script, self.usual, self.got, self.most_at_once = [], Do(), [], 0
            self.steps_for.clear()

    def wait(self, count: int, seconds: float = 20) -> list[Got]:
        """The requests, once there are so many."""
        until(lambda: len(self.got) >= count, seconds)
        return self.got


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until it is so; a test that waits in vain fails."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError("it did not happen")
        time.sleep(0.02)


def is_signed(headers: dict[str, str], raw: bytes, secret: bytes = SECRET) -> bool:
    """The rule of the Standard Webhooks specification, written out."""
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    right = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    is_fresh = abs(time.time() - int(headers["webhook-timestamp"])) < FRESH_SECONDS
    return is_fresh and hmac.compare_digest(f"v1,{right}", headers["webhook-signature"])


@contextmanager
def gateway_double(certificate: tuple[Path, Path] | None = None) -> Iterator[GatewayDouble]:
    """A gateway that serves until the block ends; over TLS with a certificate and its key."""
    double = GatewayDouble()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            with double.counted():
                raw = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                do = double.next(Got(time.monotonic(), headers, json.loads(raw), is_signed(headers, raw)))
                time.sleep(do.pause)
                self.answer(do)

        def answer(self, do: Do) -> None:
            self.close_connection = True
            if do.cut == "before":
                return
            if do.cut == "status":
                self.wfile.write(b"HTTP/1.1 20")
                return
            self.send_response(do.status)
            for name, value in do.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "100" if do.cut == "body" else "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A client that leaves early is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    double.address = f"{scheme}://127.0.0.1:{server.server_address[1]}/send?key=of-the-gateway"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def self_signed(folder: Path, name: str = "127.0.0.1") -> tuple[Path, Path]:
    """A certificate for an address, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
         "2", "-subj", "/CN=gateway", "-addext", f"subjectAltName=IP:{name}", "-keyout", str(key), "-out",
         str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key


def configure(
    folder: Path, address: str, *, timeout: float = 1.0, per_minute: int = 6000, **more: str
) -> None:
    """Write the hall's `messages.toml` and its secret."""
    folder.mkdir(exist_ok=True, parents=True)
    secret = folder / "gateway.secret"
    secret.touch(mode=0o600)
    secret.write_text(WRITTEN + "\n")
    lines = [f'url = "{address}"', 'secret_file = "gateway.secret"', f"timeout_seconds = {timeout}"]
    lines += [f"per_minute = {per_minute}", *(f'{name} = "{value}"' for name, value in more.items())]
    fresh = folder / "messages.new"
    fresh.write_text("\n".join(lines) + "\n")
    fresh.rename(folder / "messages.toml")
