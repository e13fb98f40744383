"""Calls to a real hub, and what a client makes of one that is silent, gone, or no hub at all."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from shared.client.api import (
    ATTEMPTS,
    HubClient,
    HubMisunderstood,
    HubRefused,
    HubUnreachable,
    new_request_id,
)
from shared.protocol import messages as m
from shared.testing import RunningHub

TAKE = m.TakeTicket(channel="kiosk", lane="A")


def test_a_command_and_its_repeat(hub: RunningHub) -> None:
    kiosk, request_id = hub.client("citizen-kiosk"), new_request_id()
    first = kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=request_id)
    again = kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=request_id)
    other = kiosk.ask(m.TakenTicket, "take_ticket", TAKE)
    assert (first.ticket.number, again.ticket.number, other.ticket.number) == ("A001", "A001", "A002")


def test_path_query_and_an_empty_answer(hub: RunningHub) -> None:
    clerk = hub.clerk("1001", window=1)
    assert clerk.call("call_next", m.CallNext(), no=1) is None
    assert [matter.id for matter in clerk.ask(m.Matters, "matters", q="执照").matters] == ["yyzz-bg"]
    with pytest.raises(TypeError, match="board takes no colour"):
        clerk.call("board", colour="red")
    with pytest.raises(KeyError):
        clerk.call("call_next", m.CallNext())


def test_a_refusal_keeps_its_code_words_and_fields(hub: RunningHub) -> None:
    with pytest.raises(HubRefused) as caught:
        hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="Q"))
    assert (caught.value.code, caught.value.status) == ("unknown_lane", 404)
    assert caught.value.zh == "没有队列 Q。"
    assert caught.value.fields == {"lane": "Q"}
    with pytest.raises(HubRefused, match="unauthenticated"):
        hub.with_credential(None).call("board")


def test_a_lost_answer_is_asked_for_again_with_the_same_id(hub: RunningHub) -> None:
    token = hub.enrol("citizen-kiosk")
    with between(hub.url, swallow_answers=2) as (url, seen):
        client = HubClient(url, token, timeout=1.0)
        taken = client.ask(m.TakenTicket, "take_ticket", TAKE)
        client.close()
    assert taken.ticket.number == "A001"
    assert len(seen) == ATTEMPTS
    assert (
        len({header for request in seen for header in request if header.startswith("idempotency-key")}) == 1
    )
    assert hub.with_credential(token).ask(m.Board, "board").lanes[0].waiting == 1


def test_answers_lost_for_good_are_unknown_and_a_closed_door_is_not(hub: RunningHub) -> None:
    token = hub.enrol("citizen-kiosk")
    with between(hub.url, swallow_answers=99) as (url, _):
        client = HubClient(url, token, timeout=1.0)
        with pytest.raises(HubUnreachable) as caught:
            client.call("take_ticket", TAKE)
        assert caught.value.is_unknown
        with pytest.raises(HubUnreachable) as caught:
            client.call("board")
        assert not caught.value.is_unknown
        client.close()
    with pytest.raises(HubUnreachable) as caught:
        HubClient(f"http://127.0.0.1:{free_port()}", token).call("take_ticket", TAKE)
    assert not caught.value.is_unknown


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 4\r\n\r\noops",
        b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n<html/>",
    ],
)
def test_what_is_no_hub_is_said_to_be_none(answer: bytes) -> None:
    with server(lambda connection: answer_with(connection, answer)) as url:
        client = HubClient(url)
        with pytest.raises(HubMisunderstood):
            client.call("board")
        client.close()


@pytest.mark.parametrize(("wait", "asked"), [(b"1", 2), (b"60", 1)])
def test_who_is_told_to_wait_waits_and_asks_again(wait: bytes, asked: int) -> None:
    """A short while; for a longer one whoever asked is told."""
    body = b'{"code": "too_many_requests", "status": 429, "title": "", "zh": "", "en": "", "fields": {}}'
    head = b"HTTP/1.1 429 X\r\nretry-after: %s\r\nconnection: close\r\ncontent-length: %d\r\n\r\n"
    answers = iter([head % (wait, len(body)) + body, b"HTTP/1.1 204 X\r\nconnection: close\r\n\r\n"])
    with server(lambda connection: answer_with(connection, next(answers))) as url:
        client = HubClient(url)
        if asked == 1:
            with pytest.raises(HubRefused, match="too_many_requests"):
                client.call("board")
        else:
            assert client.call("board") is None
        client.close()
    assert len(list(answers)) == 2 - asked


def test_close_ends_waiting_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.client.api.PAUSES_SECONDS", (30.0, 30.0))
    client = HubClient(f"http://127.0.0.1:{free_port()}")
    closing = threading.Timer(0.1, client.close)
    closing.start()
    before = time.monotonic()
    with pytest.raises(HubUnreachable):
        client.call("health")
    assert time.monotonic() - before < 5
    closing.join()


@contextmanager
def server(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A TCP server on loopback that gives each connection to `serve` in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    threads: list[threading.Thread] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for thread in [accepting, *threads]:
            thread.join(5)


@contextmanager
def between(hub_url: str, *, swallow_answers: int) -> Iterator[tuple[str, list[list[str]]]]:
    """A relay that lets every request through and loses the first answers; gives each request's lines."""
    host, _, port = hub_url.removeprefix("http://").partition(":")
    seen: list[list[str]] = []

    def relay(connection: socket.socket) -> None:
        with connection, socket.create_connection((host, int(port))) as hub:
            request = receive(connection)
            seen.append(request.decode().lower().split("\r\n"))
            hub.sendall(request)
            answer = receive(hub)
            if len(seen) > swallow_answers:
                connection.sendall(answer)

    with server(relay) as url:
        yield url, seen


def receive(connection: socket.socket) -> bytes:
    """One whole HTTP message with a content-length, or with no body."""
    message = b""
    while (piece := connection.recv(65536)) and not is_whole(message := message + piece):
        pass
    return message


def is_whole(message: bytes) -> bool:
    head, end, body = message.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    return bool(end) and len(body) >= (int(length[1]) if length else 0)


def answer_with(connection: socket.socket, answer: bytes) -> None:
    with connection:
        receive(connection)
        connection.sendall(answer)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
