"""How long it takes to choose the next of 2,000 waiting, in memory and through the store."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from shared.bench.flatness import fill
from shared.domain.lines import Line
from shared.domain.ordering import Place
from shared.domain.rules import MINUTE
from shared.domain.windows import Desk, Takes, When
from shared.figures.table import Figure, middle
from shared.protocol.messages import TakeTicket
from shared.services import taking
from shared.store.line import head_of_lane, head_sent_to, waiting_in
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal

WAITING = 2000
_LANES = "ABC"
_DESK = Desk(1, ("A",), ("B", "C"), Takes(When.LONGER_THAN, 3))
_TARGET_MS = 2.0


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """One choice among three lanes, one of which is the window's own."""
    rounds = 50 if quick else 500
    in_memory = _line_in_memory()
    bare = _middle_ms(lambda: min((n * 7919) % WAITING for n in range(WAITING)), rounds)
    with rehearsal(folder / "ordering") as hall:
        hall.connection.execute("PRAGMA synchronous = OFF")
        fill(hall, 20_000 if quick else 200_000)
        _take_all(hall)
        stored = _middle_ms(lambda: _choose_in_store(hall), rounds)
    return [
        _figure("in memory", _middle_ms(in_memory, rounds), bare),
        _figure("through the store", stored, bare),
    ]


def _figure(where: str, took: float, bare: float) -> Figure:
    return Figure(
        f"choosing the next of {WAITING:,} waiting, {where}",
        f"{took * 1000:.0f} us (median)",
        f"{bare * 1000:.0f} us to look once at {WAITING:,} numbers",
        f"under {_TARGET_MS:.0f} ms",
        took < _TARGET_MS,
    )


def _line_in_memory() -> Callable[[], object]:
    lines = {lane: Line() for lane in _LANES}
    for n in range(WAITING):
        lines[_LANES[n % 3]].add(n, Place(n * 977 % (60 * MINUTE), None, n, _LANES[n % 3]))
    now = 60 * MINUTE
    return lambda: _DESK.first(lambda lane: lines[lane].head(now), lambda lane: len(lines[lane]))


def _take_all(hall: Rehearsal) -> None:
    bodies = [TakeTicket(channel="kiosk", lane=lane) for lane in _LANES]
    for n in range(WAITING):
        hall.run(partial(_take, hall, bodies[n % 3]))


def _take(hall: Rehearsal, body: TakeTicket, tx: Transaction) -> int:
    return taking.take_ticket(tx, hall.plan, hall.estimator, body)


def _choose_in_store(hall: Rehearsal) -> object:
    connection, now = hall.connection, round(hall.now.timestamp() * 1000)
    return _DESK.first(
        lambda lane: head_of_lane(connection, lane, _DESK.no, now),
        lambda lane: waiting_in(connection, lane),
        head_sent_to(connection, _DESK.no, now),
    )


def _middle_ms(work: Callable[[], object], rounds: int) -> float:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return middle(took)
