"""A full disk: what can be shown is shown, what cannot be kept is refused, and it is said; space cures it."""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.client.api import HubRefused
from shared.protocol import messages as m
from shared.testing import RunningHub, rehearsal
from tests.proofs.hubs import start_program

SIZE_MB = 32


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "hall", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take every byte that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def test_a_full_disk_is_said_and_space_cures_it(small_disk: Path) -> None:
    with rehearsal(small_disk / "hall") as hall:
        house, start = hall.house, hall.now.isoformat()
    program, given = ("shared.hub",), ("--start", start, "--port", "0")
    process, url = start_program(
        house.folder, program, given, NOTIFY_SOCKET=str(small_disk / "nobody"), WATCHDOG_USEC="200000"
    )
    hub = RunningHub(house, url, process, ())
    try:
        kiosk, body = hub.client("citizen-kiosk"), m.TakeTicket(channel="kiosk", lane="A")
        first = kiosk.ask(m.TakenTicket, "take_ticket", body).ticket
        ballast = fill(small_disk)
        refused = refused_within(lambda: kiosk.call("take_ticket", body), 2_000)
        assert refused is not None, "a full disk took two thousand numbers"
        assert refused.code == "store_unavailable"
        threading.Event().wait(1)  # several self-checks: none of them may call a full disk fine
        health = hub.operator.ask(m.Health, "health")
        assert (health.status, health.store) == ("degraded", "failing")
        assert kiosk.ask(m.Ticket, "ticket", id=first.id).number == first.number, "it still shows the hall"
        ballast.unlink()
        again = kiosk.ask(m.TakenTicket, "take_ticket", body).ticket
        assert again.number > first.number
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
