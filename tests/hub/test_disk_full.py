"""A full disk: what can be shown is shown, what cannot be kept is refused, and it is said; space cures it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from shared.client.api import HubRefused
from shared.domain.refusals import REFUSALS
from shared.protocol import messages as m
from shared.testing import RunningHub, rehearsal
from tests.proofs.hubs import start_program
from tests.proofs.small_disk import NEEDS_ROOT, fill, small_disk


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    with small_disk(tmp_path / "disk") as is_there:
        if not is_there:
            pytest.skip(NEEDS_ROOT)
        yield tmp_path / "disk"


def test_a_full_disk_is_said_and_space_cures_it(disk: Path) -> None:
    with rehearsal(disk / "hall") as hall:
        house, start = hall.house, hall.now.isoformat()
    program, given = ("shared.hub",), ("--start", start, "--port", "0")
    process, url = start_program(
        house.folder, program, given, NOTIFY_SOCKET=str(disk / "nobody"), WATCHDOG_USEC="200000"
    )
    hub = RunningHub(house, url, process, ())
    try:
        kiosk, body = hub.client("citizen-kiosk"), m.TakeTicket(channel="kiosk", lane="A")
        taken = kiosk.ask(m.TakenTicket, "take_ticket", body)
        first, page = taken.ticket, hub.url + urlsplit(taken.url).path
        ballast = fill(disk)
        refused = refused_within(lambda: kiosk.call("take_ticket", body), 2_000)
        assert refused is not None, "a full disk took two thousand numbers"
        assert refused.code == "store_unavailable"
        threading.Event().wait(1)  # several self-checks: none of them may call a full disk fine
        health = hub.operator.ask(m.Health, "health")
        assert (health.status, health.store) == ("degraded", "failing")
        assert kiosk.ask(m.Ticket, "ticket", id=first.id).number == first.number, "it still shows the hall"
        told = httpx.post(f"{page}/cancel?lang=zh")
        assert (told.status_code, REFUSALS["store_unavailable"].zh in told.text) == (503, True)
        assert kiosk.ask(m.Ticket, "ticket", id=first.id).state == "waiting", "and nobody is told otherwise"
        ballast.unlink()
        again = kiosk.ask(m.TakenTicket, "take_ticket", body).ticket
        assert again.number > first.number
        assert httpx.post(f"{page}/cancel?lang=zh", follow_redirects=True).status_code == 200
        assert kiosk.ask(m.Ticket, "ticket", id=first.id).state == "cancelled"
        assert hub.operator.ask(m.Health, "health").status == "ok"
    finally:
        for client in hub.clients:
            client.close()
        hub.kill()


def refused_within(ask: Callable[[], object], times: int) -> HubRefused | None:
    """How it was refused at last: the log has room for some commits."""
    for _ in range(times):
        try:
            ask()
        except HubRefused as refused:
            return refused
    return None
