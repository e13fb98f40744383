"""P9: disk full or I/O error: no corruption, a clear refusal, calling goes on where it can.

The hall's own writer runs while the n-th write or sync fails, once, a few times or from then on. Whatever it
answered is true afterwards: a number that was given is there, one that was refused is not, though the log may
hold all of a commit whose sync failed. The kernel may have dropped what a failed sync was to write: the disks
that a power cut leaves then are rebuilt and judged as well (tests.proofs.power). The real hub runs on a disk
that is filled up and freed.

The control answers as if the commit had not failed.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.testing import RunningHub, rehearsal
from tests.proofs.hubs import start_program
from tests.proofs.issuer import GROUPS
from tests.proofs.outcome import Outcome
from tests.proofs.p01_kills import ISSUER, ORDERS, TAKE, copied, lost
from tests.proofs.power import Disk, put, states
from tests.proofs.small_disk import NEEDS_ROOT, fill, small_disk
from tests.proofs.tracing import Faults, faults, recorded
from tests.proofs.verdict import REFUSED, UNKNOWN, broken, told

ONCE, FEW, FOR_EVER = "", "..3", "+"


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails, how, and for how long."""

    call: str
    error: str
    lasts: str = ONCE
    mode: str = "careful"

    def __str__(self) -> str:
        return f"{self.call} {self.error}{self.lasts} ({self.mode})"


FAULTS = (
    Fault("pwrite64", "ENOSPC"),
    Fault("pwrite64", "ENOSPC", FOR_EVER),
    Fault("pwrite64", "EIO", FEW, "brief"),
    Fault("fsync", "EIO"),
    Fault("fsync", "EIO", ONCE, "brief"),
    Fault("fsync", "EIO", FEW),
    Fault("fsync", "EIO", FOR_EVER),
    Fault("fsync", "EIO", FOR_EVER, "brief"),
    Fault("ftruncate", "EIO"),
    Fault("openat", "EIO"),  # the file itself: SQLite then opens it for reading, and all is refused
    Fault("unlink", "EIO"),
)


@dataclass(slots=True)
class Failing:
    """How many faults struck, how many orders were refused for good or left open, and what was wrong."""

    tried: int = 0
    refused: int = 0
    unknown: int = 0
    wrong: list[str] = field(default_factory=list)


def fail(folder: Path, fault: Fault, step: int = 1) -> Failing:
    """Let every `step`-th call of a kind fail, in a run of its own each."""
    found = Failing()
    with rehearsal(folder / "fresh"):
        pass
    with faults(ISSUER, f"error={fault.error}", [fault.call], fault.lasts) as failing:
        for n in range(1, calls_of_a_run()[fault.call] + 1, step):
            with copied(folder / "fresh", folder / "failed"):
                said = list(_judged(folder / "failed", failing, fault, n, found))
            found.wrong += [f"{fault} at {n}: {each}" for each in said]
    return found


@cache
def calls_of_a_run() -> Mapping[str, int]:
    """How many calls of each kind a run makes in its hall; every run makes the same."""
    with TemporaryDirectory(prefix="p9-") as made:
        folder = Path(made)
        with rehearsal(folder / "hall"):
            pass
        calls = recorded(folder / "calls", ISSUER, str(folder / "hall"), "1", str(ORDERS))
        return Counter(call.kind for call in calls if folder in call.path.parents)


def _judged(hall: Path, failing: Faults, fault: Fault, n: int, found: Failing) -> Iterator[str]:
    run = failing.strike(fault.call, n, str(hall), "1", str(ORDERS), fault.mode)
    answers = told(run.output)
    found.tried += 1
    texts = [answer.text for answer in answers.values() if answer.status != 201]
    found.refused += texts.count(REFUSED)
    found.unknown += texts.count(UNKNOWN)
    if answers and run.status != 0:
        yield f"it ended with {run.status} after {len(answers)} answers"
    if strange := set(texts) - {REFUSED} - ({UNKNOWN} if fault.error == "EIO" else set()):
        yield f"it answered {strange}"
    if fault.lasts == ONCE and fault.call != "openat" and len(texts) > max(GROUPS):
        yield f"one failure, and {len(texts)} orders were refused"
    yield from broken(hall, answers, ORDERS)


def fail_and_cut(folder: Path, n: int, torn: int, step: int = 1) -> Failing:
    """Let the `n`-th sync fail, and cut the power after every `step`-th call."""
    found = Failing()
    with rehearsal(folder / "hall"):
        pass
    disk = Disk.of(folder / "hall")
    inject = f"fsync:error=EIO:when={n}"
    calls = recorded(folder / "calls", ISSUER, str(folder / "hall"), "1", str(ORDERS), inject=inject)
    failed = next(at for at, call in enumerate(calls) if call.kind == "fsync" and call.result < 0)
    for name, output, files in states(disk, calls, torn, step, after=failed):
        found.tried += 1
        put(files, folder / "seen")
        said = list(broken(folder / "seen", told(output), ORDERS))
        shutil.rmtree(folder / "seen")
        found.wrong += [f"sync {n} failed, {name}: {each}" for each in said]
    return found


# -- the real hub on a disk that fills up ----------------------------------------------------------------


@dataclass(slots=True)
class Filled:
    """What people saw of a hub whose disk was filled and freed several times."""

    given: dict[str, m.TakenTicket] = field(default_factory=dict)
    called: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def fill_up(disk: Path, rounds: int) -> Filled:
    """Take numbers and call on a full disk until the hub refuses, look around, make room, go on."""
    filled = Filled()
    with rehearsal(disk / "hall") as hall:
        house, start = hall.house, hall.now.isoformat()
    process, url = start_program(house.folder, ("shared.hub",), ("--start", start, "--port", "0"))
    hub = RunningHub(house, url, process, ())
    try:
        kiosk, desk = hub.client("citizen-kiosk"), hub.clerk(window=1)
        for n in range(1, rounds + 1):
            filled.wrong += [f"round {n}: {each}" for each in _round(disk, hub, kiosk, desk, filled)]
    finally:
        for client in hub.clients:
            client.close()
        hub.kill()
    filled.wrong += lost(house.folder, filled.given)
    return filled


def _round(disk: Path, hub: RunningHub, kiosk: HubClient, desk: HubClient, filled: Filled) -> Iterator[str]:
    for _ in range(5):
        _take(kiosk, filled)
    ballast = fill(disk)
    before = filled.refused.total()
    for _ in range(2_000):
        _serve_one(kiosk, desk, filled)
        if filled.refused.total() >= before + 6:
            break
    else:
        yield "a full disk took two thousand numbers"
    if strange := set(filled.refused) - {"store_unavailable"}:
        yield f"it refused with {strange}"
    health = hub.operator.ask(m.Health, "health")
    if (health.status, health.store) != ("degraded", "failing"):
        yield f"a full disk is called {health.status}, {health.store}"
    yield from _dark(desk, filled)
    ballast.unlink()
    count = len(filled.given)
    _serve_one(kiosk, desk, filled)
    if len(filled.given) != count + 1:
        yield "with room again it goes on refusing"
    if (health := hub.operator.ask(m.Health, "health")).status != "ok":
        yield f"with room again it is called {health.status}"


def _serve_one(kiosk: HubClient, desk: HubClient, filled: Filled) -> None:
    """One citizen takes a number, and the clerk goes on to the next."""
    _take(kiosk, filled)
    try:
        called = desk.call("call_next", m.CallNext(finish_current=True), no=1)
        if called is not None:
            desk.call("start_ticket", m.Nothing(), id=called.id)
            filled.called += 1
    except HubRefused as refused:
        filled.refused[refused.code] += 1


def _take(kiosk: HubClient, filled: Filled) -> None:
    request_id = new_request_id()
    try:
        filled.given[request_id] = kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=request_id)
    except HubRefused as refused:
        filled.refused[refused.code] += 1


def _dark(desk: HubClient, filled: Filled) -> Iterator[str]:
    """What cannot be seen while nothing can be saved."""
    board = desk.ask(m.Board, "board")
    newest = list(filled.given.values())[-1].ticket
    if desk.ask(m.Ticket, "ticket", id=newest.id).number != newest.number:
        yield f"{newest.number} is not shown"
    if desk.ask(m.Queue, "queue").seq != board.seq:
        yield "board and queue show different moments"
    with desk.events(board.seq) as stream:
        if next(iter(stream), None) is None:
            yield "the stream is silent"


def prove() -> Outcome:
    """Every call in every way, every sync of which the kernel lets go, three fillings, and the control."""
    with TemporaryDirectory(prefix="p9-") as made:
        folder = Path(made)
        tried = [fail(folder / f"fault-{n}", fault) for n, fault in enumerate(FAULTS)]
        tried += [fail_and_cut(folder / f"sync-{n}", n, 1, 5) for n in range(1, calls_of_a_run()["fsync"])]
        with small_disk(folder / "disk") as is_there:
            if is_there:
                filled = fill_up(folder / "disk", 3)
                tried.append(Failing(tried=sum(filled.refused.values()), wrong=filled.wrong))
            else:
                print(f"P9: no disk was filled: {NEEDS_ROOT}", file=sys.stderr)  # noqa: T201
        control = fail(folder / "control", replace(FAULTS[0], mode="deaf"), 7)
    wrong = [each for one in tried for each in one.wrong]
    caught = any("was answered A" in each for each in control.wrong)
    return Outcome("P9", sum(one.tried for one in tried), wrong, caught)
