"""Durable tickets through HTTP: 64 clients against a bare server, one client against the disk."""

import json
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from shared.figures.table import Figure, middle
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.services import taking, viewing
from shared.store.queries import sql
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal, running_hub

MANY = 64


def measure(folder: Path, rounds: int, seconds: float) -> list[Figure]:
    """Both figures, in alternating rounds."""
    with (
        running_hub(folder / "hub") as hub,
        _bare(folder / "bare") as port,
        rehearsal(folder / "disk") as disk,
    ):
        token = hub.enrol("citizen-kiosk")
        hub_port = int(hub.url.rpartition(":")[2])
        many: list[float] = []
        bare: list[float] = []
        one: list[float] = []
        one_bare: list[float] = []
        disk_only: list[float] = []
        for _ in range(rounds):
            many.append(_rate(hub_port, token, MANY, seconds))
            bare.append(_rate(port, "none", MANY, seconds))
            one.append(_rate(hub_port, token, 1, seconds))
            one_bare.append(_rate(port, "none", 1, seconds))
            disk_only.append(_disk_rate(disk, seconds))
    return [
        _figure(f"durable tickets/s through HTTP, {MANY} clients", many, "bare asyncio server", bare, 0.70),
        _figure("durable tickets/s through HTTP, 1 client", one, "one transaction a commit", disk_only, 0.80),
        _figure("the same, beside a bare server's 1 client", one, "bare asyncio server", one_bare, 0.70),
    ]


def _figure(name: str, ours: list[float], what: str, limit: list[float], target: float) -> Figure:
    ratio = middle([a / b for a, b in zip(ours, limit, strict=True)])
    return Figure(
        name,
        f"{middle(ours):,.0f}/s, {ratio:.0%} of the limit (median of {len(ours)} rounds, "
        f"{min(a / b for a, b in zip(ours, limit, strict=True)):.0%} at worst)",
        f"{middle(limit):,.0f}/s ({what}, same writer, same transaction)",
        f"at least {target:.0%}",
        ratio >= target,
    )


def _rate(port: int, token: str, clients: int, seconds: float) -> float:
    command = [
        sys.executable,
        "-m",
        "shared.bench.load",
        "127.0.0.1",
        str(port),
        token,
        str(clients),
        str(seconds),
    ]
    done = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return float(done["taken"] / done["seconds"])


@contextmanager
def _bare(folder: Path) -> Iterator[int]:
    with rehearsal(folder):
        pass
    command = [sys.executable, "-m", "shared.bench.bare", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline() if process.stdout else 0)
        finally:
            process.kill()


def _disk_rate(hall: Rehearsal, seconds: float) -> float:
    """The same transaction, its answer kept, one commit each, no network."""
    take = taker(hall)
    done, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        hall.run(take)
        done += 1
    return done / (time.monotonic() - began)


def taker(hall: Rehearsal) -> Callable[[Transaction], None]:
    """Take a number and keep its answer, as the writer does."""
    keep = sql("keep_answer")
    request = m.TakeTicket(channel="kiosk", lane="A")

    def take(tx: Transaction) -> None:
        row = get_ticket(tx.connection, taking.take_ticket(tx, hall.plan, hall.estimator, request))
        view = viewing.ticket_as_taken(row)
        answer = msgspec.json.encode(m.TakenTicket(ticket=view, url=viewing.phone_path(row)))
        request_id = uuid.UUID(new_request_id()).bytes
        tx.execute(keep, (request_id, bytes(16), tx.millis, 201, answer))

    return take
