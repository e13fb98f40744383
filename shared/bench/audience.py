"""Subscribers of the event stream that keep account: what each of them heard, when, and what it missed.

python -m shared.bench.audience HOST PORT TOKEN COUNT AFTER OUTPUT

Says `ready` once all are in. A line with a seq on its input ends it: it waits until everybody has heard that
fact, or too long, and writes an `Account` to OUTPUT.
"""

import asyncio
import re
import sys
import time
from array import array
from pathlib import Path

import msgspec
import uvloop

_IDS = re.compile(rb"^id: (\d+)$", re.MULTILINE)
_PATIENCE_SECONDS = 30.0


class Account(msgspec.Struct):
    """What so many subscribers heard. `heard` gives for each fact when each of them had it (monotonic s)."""

    lost: int
    doubled: int
    cut: int
    """Streams that ended by themselves."""
    heard: dict[int, list[float]]


class Ledger:
    """Of all seats: when each fact arrived, one moment a seat."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.heard: dict[int, array[float]] = {}
        self.seats: list[Seat] = []

    def hear(self, seq: int) -> None:
        """Note that one more seat has it, now."""
        self.heard.setdefault(seq, array("d")).append(time.monotonic())

    def account(self, last: int) -> Account:
        """The sum over all seats, with `last` the newest fact there is."""
        return Account(
            lost=sum(seat.lost + last - seat.last for seat in self.seats),
            doubled=sum(seat.doubled for seat in self.seats),
            cut=sum(seat.is_cut for seat in self.seats),
            heard={seq: list(moments) for seq, moments in self.heard.items()},
        )


class Seat(asyncio.Protocol):
    """One subscriber. Facts have consecutive numbers: a smaller one is a double, a jump is a loss."""

    def __init__(self, head: bytes, ledger: Ledger) -> None:
        self._head = head
        self._ledger = ledger
        self._rest = b""
        self.last = ledger.after
        self.lost = self.doubled = 0
        self.is_in = self.is_cut = False
        ledger.seats.append(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        transport.write(self._head)  # type: ignore[attr-defined]  # a TCP transport writes

    def data_received(self, data: bytes) -> None:
        """Take in whole lines; what is left of one waits for its end."""
        lines, end, self._rest = (self._rest + data).rpartition(b"\n")
        self.is_in = self.is_in or lines.startswith(b"HTTP/1.1 200")
        for found in _IDS.findall(lines + end):
            self._take(int(found))

    def connection_lost(self, exc: Exception | None) -> None:
        """The hub went away, or this program does."""
        del exc
        self.is_cut = True

    def _take(self, seq: int) -> None:
        if seq <= self.last:
            self.doubled += 1
            return
        self.lost += seq - self.last - 1
        self.last = seq
        self._ledger.hear(seq)


async def _run(host: str, port: int, token: str, count: int, after: int, output: Path) -> None:
    head = (
        f"GET /api/v1/events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
        f"Last-Event-ID: {after}\r\n\r\n"
    ).encode()
    ledger, loop = Ledger(after), asyncio.get_running_loop()
    transports = [
        (await loop.create_connection(lambda: Seat(head, ledger), host, port))[0] for _ in range(count)
    ]
    while not all(seat.is_in or seat.is_cut for seat in ledger.seats):
        await asyncio.sleep(0.01)
    print("ready", flush=True)  # noqa: T201
    asked = await loop.run_in_executor(None, sys.stdin.readline)
    last, deadline = int(asked or after), time.monotonic() + _PATIENCE_SECONDS
    while any(seat.last < last and not seat.is_cut for seat in ledger.seats) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    output.write_bytes(msgspec.json.encode(ledger.account(last)))
    for transport in transports:
        transport.abort()


if __name__ == "__main__":
    _, host_, port_, token_, count_, after_, output_ = sys.argv
    uvloop.run(_run(host_, int(port_), token_, int(count_), int(after_), Path(output_)))
