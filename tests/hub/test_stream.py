"""The event stream: every fact once, in order, from any seq; a heartbeat; staff see more."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.testing import RunningHub


@contextmanager
def following(
    hub: RunningHub, credential: str, after: int | None, **headers: str
) -> Iterator[Iterator[tuple[str, dict[str, Any]]]]:
    """Events as (type, data), read with a reader of this test's own."""
    query = {} if after is None else {"after": after}
    sent = {"Authorization": f"Bearer {credential}", **headers}
    with httpx.stream("GET", f"{hub.url}/api/v1/events", params=query, headers=sent, timeout=10) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield _events(response.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = ""
    for line in lines:
        if line.startswith("event: "):
            kind = line[7:]
        elif line.startswith("data: "):
            yield kind, json.loads(line[6:])


def facts_until(events: Iterator[tuple[str, dict[str, Any]]], last: int) -> list[dict[str, Any]]:
    found = []
    for kind, data in events:
        if kind == "fact":
            found.append(data)
            if data["seq"] >= last:
                break
    return found


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


@pytest.fixture(scope="module")
def display(hub: RunningHub) -> str:
    return hub.enrol("display")


def take(kiosk: HubClient, times: int) -> int:
    for _ in range(times):
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    seq: int = kiosk.call("queue").seq
    return seq


def test_any_seq_resumes_without_gap_or_repeat(hub: RunningHub, kiosk: HubClient, display: str) -> None:
    head = take(kiosk, 600)
    for after in (0, 1, head // 2, head - 1):
        with following(hub, display, after) as events:
            assert [fact["seq"] for fact in facts_until(events, head)] == list(range(after + 1, head + 1))
    with following(hub, display, None, **{"Last-Event-ID": str(head - 3)}) as events:
        assert [fact["seq"] for fact in facts_until(events, head)] == [head - 2, head - 1, head]


def test_catching_up_while_more_happens_misses_nothing(
    hub: RunningHub, kiosk: HubClient, display: str
) -> None:
    with following(hub, display, 0) as events:
        head = take(kiosk, 200)
        assert [fact["seq"] for fact in facts_until(events, head)] == list(range(1, head + 1))


def test_a_beat_tells_the_hubs_clock(hub: RunningHub, display: str) -> None:
    with following(hub, display, None) as events:
        began = time.monotonic()
        beats: list[dict[str, Any]] = []
        for kind, data in events:
            if kind == "beat":
                beats.append(data)
            if len(beats) == 2:
                break
        assert time.monotonic() - began < 8
        assert beats[0]["now"].startswith("2026-11-23T09:3"), "the rehearsal's clock, not the machine's"
        assert beats[1]["now"] > beats[0]["now"]


def test_notes_and_reasons_are_for_staff(hub: RunningHub, kiosk: HubClient, display: str) -> None:
    clerk = hub.clerk("1004", window=3)
    token = hub.house.operator_token.read_text("ascii").strip()
    before = take(kiosk, 1)
    clerk.call("pause_window", m.Reason(reason="接孩子"), no=3)
    head = clerk.call("queue").seq
    seen = {}
    for who, credential in (("display", display), ("staff", token)):
        with following(hub, credential, before) as events:
            seen[who] = facts_until(events, head)[-1]["data"]
    assert seen["staff"]["reason"] == "接孩子"
    assert "reason" not in seen["display"]
    assert seen["display"]["state"] == "paused"


def test_a_revoked_device_hears_nothing_more(hub: RunningHub, kiosk: HubClient) -> None:
    token = hub.enrol("display")
    newest = max(device.id for device in hub.operator.call("devices").devices)
    with following(hub, token, None) as events:
        next(kind for kind, _ in events if kind == "beat")
        hub.operator.call("revoke_device", m.Nothing(), id=newest)
        take(kiosk, 3)
        assert [data["name"] for kind, data in events if kind == "fact"] == []
