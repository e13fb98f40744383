"""Pinning: a device speaks with the hub that its authority vouches for, and with nobody else."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from shared.client.api import HubClient
from shared.client.errors import HubForeign, HubRefused, HubUnreachable
from shared.client.follow import Follower, Heard, News, Snapshot
from shared.client.trust import fetch_authority
from shared.domain.pin import fingerprint_of
from shared.protocol import messages as m
from shared.store.authority import Authority, create_authority, load_authority
from shared.testing import RunningHub
from shared.testing_gateway import until


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Another hall's authority."""
    path = tmp_path_factory.mktemp("stranger") / "authority.key"
    create_authority(path)
    return load_authority(path)


@contextmanager
def served(pem: bytes, folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """Somebody with a certificate: the address, and what was said to them after the handshake."""
    (folder / "served.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "served.pem")
    heard: list[bytes] = []
    answer = b'{"code": "internal", "status": 500, "title": "", "zh": "", "en": "", "fields": {}}'

    def serve(listening: socket.socket) -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(line, server_side=True) as secured:
                    heard.append(secured.recv(65536))
                    secured.sendall(b"HTTP/1.1 500 X\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
            except OSError:
                continue

    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, args=(listening,))
    thread.start()
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}", heard
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def assert_answered(url: str, authority: Authority, credential: str | None) -> None:
    """The connection is believed in: what comes back is the answer of `served`."""
    client = HubClient(url, credential, authority=authority.pem)
    with closing(client), pytest.raises(HubRefused, match="internal"):
        client.call("health")


def assert_shunned(client: HubClient, why: str) -> None:
    """Nothing is asked of who is there."""
    with pytest.raises(HubUnreachable, match=why):
        client.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))


def test_a_pinned_device_takes_numbers_and_follows(hub: RunningHub) -> None:
    kiosk = hub.pinned(hub.enrol("citizen-kiosk"))
    news: list[News] = []
    follower = Follower(kiosk, with_queue=False, on_event=news.append)
    follower.start()
    try:
        until(lambda: any(isinstance(each, Snapshot) for each in news))
        taken = kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        until(lambda: any(isinstance(each, Heard) for each in news))
    finally:
        follower.stop(5)
    assert taken.url.startswith("http://127.0.0.1:"), "phones know no authority"


def test_a_stream_over_tls_is_cut_from_another_thread(hub: RunningHub) -> None:
    display, ended = hub.pinned(hub.enrol("display")), threading.Event()
    with display.events(0) as stream:

        def read() -> None:
            with suppress(httpx.TransportError):  # it may end either way
                for _ in stream:
                    pass
            ended.set()

        thread = threading.Thread(target=read)
        thread.start()
        stream.cut()
        assert ended.wait(10)
        thread.join(10)


def test_the_authority_is_known_by_its_fingerprint(hub: RunningHub, stranger: Authority) -> None:
    pem = fetch_authority(hub.secure_url, hub.authority.fingerprint)
    with closing(HubClient(hub.secure_url, authority=pem)) as client:
        assert client.ask(m.Health, "health").status == "ok"
    with pytest.raises(HubForeign, match="not this hall's hub"):
        fetch_authority(hub.secure_url, stranger.fingerprint)


def test_a_stranger_hears_nothing(hub: RunningHub, stranger: Authority, tmp_path: Path) -> None:
    secret = "a-token-of-the-hall"
    pem = stranger.issue([], ["127.0.0.1"], datetime.now(UTC))
    with (
        served(pem, tmp_path) as (url, heard),
        closing(HubClient(url, secret, authority=hub.authority.pem)) as client,
    ):
        assert_shunned(client, "not this hall's hub")
        with pytest.raises(HubUnreachable), client.events(0):
            pass
    assert secret.encode() not in b"".join(heard)
    with served(pem, tmp_path) as (url, heard):
        assert_answered(url, stranger, secret)
    assert secret.encode() in b"".join(heard), "the control: who is trusted is told"


def test_a_certificate_of_the_hall_for_another_name_is_none(
    hub: RunningHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The authority vouches for hubs: only who has the hubs' name is one."""
    monkeypatch.setattr("shared.store.authority.HUB_NAME", "printer.service-hall.internal")
    pem = hub.authority.issue([], ["127.0.0.1"], datetime.now(UTC))
    with served(pem, tmp_path) as (url, _), closing(HubClient(url, authority=hub.authority.pem)) as client:
        assert_shunned(client, "ostname mismatch")


@pytest.mark.parametrize("year", [2012, 2090])
def test_a_wrong_clock_keeps_nobody_out(hub: RunningHub, tmp_path: Path, year: int) -> None:
    """Of the device or of the hub: as seen from the other the certificate is too old, or too young."""
    pem = hub.authority.issue([], ["127.0.0.1"], datetime(year, 1, 1, tzinfo=UTC))
    with served(pem, tmp_path) as (url, _):
        assert_answered(url, hub.authority, None)


@pytest.mark.parametrize(
    ("url", "is_pinned"),
    [("http://10.0.0.5:8750", False), ("http://10.0.0.5:8750", True), ("https://10.0.0.5:8750", False)],
)
def test_nothing_is_sent_where_nobody_can_be_known(hub: RunningHub, url: str, is_pinned: bool) -> None:
    with pytest.raises(ValueError, match="cannot be known"):
        HubClient(url, "token", authority=hub.authority.pem if is_pinned else None)


def test_endless_answers_are_given_up(tmp_path: Path, stranger: Authority) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    (tmp_path / "endless.pem").write_bytes(stranger.issue([], ["127.0.0.1"], datetime.now(UTC)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "endless.pem")

    def serve() -> None:
        line, _ = listening.accept()
        try:
            with context.wrap_socket(line, server_side=True) as secured:
                secured.recv(65536)
                secured.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    secured.sendall(b"x" * 4096)
        except OSError:
            pass

    thread = threading.Thread(target=serve)
    thread.start()
    with pytest.raises(HubForeign):
        fetch_authority(f"https://127.0.0.1:{listening.getsockname()[1]}", fingerprint_of(b"x"))
    thread.join(10)
    listening.close()
