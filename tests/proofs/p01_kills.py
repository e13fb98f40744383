"""P1: an acknowledged ticket is never lost and no number is used twice, wherever the hub is killed.

The hall's own writer is killed before every call by which it changes a file or answers, and the real hub at
random moments under load. After each kill the file is sound, has every ticket that anybody was told of, and
the same order asked for again gets the same number (tests.proofs.verdict).

The control answers before it commits.
"""

import random
import shutil
import threading
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from shared.client.api import HubClient, HubRefused, HubUnreachable
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.store.audit import audit
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import rehearsal
from tests.proofs.forked_hub import HUB, ForkedHub
from tests.proofs.forking import Forks
from tests.proofs.outcome import Outcome
from tests.proofs.tracing import CALLS, Faults, faults
from tests.proofs.verdict import broken, told

ISSUER = "tests.proofs.issuer"
ORDERS = 24
"""Of one run: enough for two checkpoints, after which the log begins anew."""
TAKE = m.TakeTicket(channel="kiosk", lane="A")


@dataclass(slots=True)
class Killing:
    """A hall that is copied for every run, so that each begins alike."""

    folder: Path
    faults: Faults
    mode: str
    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def sweep(self, call: str, step: int = 1) -> None:
        """Kill at every `step`-th call of a kind, until a run ends by itself."""
        n = 1
        while self.at(call, n):
            n += step

    def at(self, call: str, n: int) -> bool:
        """Kill at one call and judge; False when no run comes so far."""
        hall = self.folder / "killed"
        with copied(self.folder / "fresh", hall):
            run = self.faults.strike(call, n, str(hall), "1", str(ORDERS), self.mode)
            if not run.was_killed:
                if run.status != 0:
                    self.wrong.append(f"a run failed by itself: {run}")
                return False
            self.tried += 1
            said = f"killed at {call} {n} ({self.mode}): "
            self.wrong += [said + each for each in broken(hall, told(run.output), ORDERS)]
        return True


@contextmanager
def copied(fresh: Path, hall: Path) -> Iterator[None]:
    """A copy of a hall for one run."""
    shutil.copytree(fresh, hall)
    try:
        yield
    finally:
        shutil.rmtree(hall)


@contextmanager
def killing(folder: Path, mode: str = "careful") -> Iterator[Killing]:
    """A fresh hall whose issuer will be killed."""
    with rehearsal(folder / "fresh"):
        pass
    with faults(ISSUER, "signal=KILL") as killer:
        yield Killing(folder, killer, mode)


# -- the real hub ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Citizen:
    """Takes numbers one after another, and asks again with the same request id until there is an answer."""

    client: HubClient
    stop: threading.Event
    got: dict[str, m.TakenTicket] = field(default_factory=dict)
    refused: str = ""
    """Why they went away: nobody is to be refused."""

    def take(self) -> None:
        """Until told to stop."""
        try:
            while not self.stop.is_set():
                self._take_one(new_request_id())
        except HubRefused as refused:
            self.refused = str(refused)

    def _take_one(self, request_id: str) -> None:
        while request_id not in self.got and not self.stop.is_set():
            with suppress(HubUnreachable):
                self.got[request_id] = self.client.call("take_ticket", TAKE, request_id=request_id)


@dataclass(slots=True)
class Crowd:
    """Citizens at kiosks."""

    citizens: Sequence[Citizen]

    @property
    def got(self) -> dict[str, m.TakenTicket]:
        """All that was answered up to now."""
        return {key: taken for citizen in self.citizens for key, taken in list(citizen.got.items())}


@contextmanager
def taking(hub: ForkedHub, people: int) -> Iterator[Crowd]:
    """Taking numbers for as long as the block runs."""
    stop = threading.Event()
    citizens = [Citizen(hub.client(), stop) for _ in range(people)]
    threads = [threading.Thread(target=citizen.take) for citizen in citizens]
    for thread in threads:
        thread.start()
    try:
        yield Crowd(citizens)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for citizen in citizens:
            citizen.client.close()


def kill_hub(folder: Path, kills: int, seed: int, people: int = 6) -> tuple[int, list[str]]:
    """Kill the hub so often at random moments under load: the tickets given, and what is wrong."""
    chance, wrong = random.Random(seed), list[str]()
    with Forks(HUB, log=folder.with_suffix(".log")) as forks:
        hub = ForkedHub(folder, forks)
        with taking(hub, people) as crowd:
            for n in range(1, kills + 1):
                threading.Event().wait(chance.uniform(0.0, 0.3))
                hub.kill()
                wrong += [f"seed {seed}, kill {n}: {each}" for each in lost(folder, crowd.got)]
                hub.start()
                wrong += [f"seed {seed}, kill {n}: {each}" for each in other_answers(crowd)]
        hub.kill()
    wrong += [f"seed {seed}: {each.refused}" for each in crowd.citizens if each.refused]
    return len(crowd.got), wrong + list(lost(folder, crowd.got))


def lost(folder: Path, got: Mapping[str, m.TakenTicket]) -> Iterator[str]:
    """What is wrong with a hall whose hub was killed. Judges a copy: the hub is to find what it left."""
    seen = folder.with_suffix(".seen")
    with copied(folder, seen), closing(connect(House(seen).database)) as connection:
        yield from audit(connection, load_keys(House(seen).key)).wrong
        answers = dict(connection.execute("SELECT id, answer FROM requests WHERE status = 201").fetchall())
        query = "SELECT id, format('%s%03d', series, number) FROM tickets"
        tickets = dict(connection.execute(query).fetchall())
    for request_id, taken in got.items():
        if tickets.get(taken.ticket.id) != taken.ticket.number:
            yield f"ticket {taken.ticket.id} was {taken.ticket.number}, now {tickets.get(taken.ticket.id)}"
        if msgspec.json.encode(taken) != answers.get(uuid.UUID(request_id).bytes):
            yield f"the answer to {request_id} ({taken.ticket.number}) was not kept"
    for number, count in Counter(tickets.values()).items():
        if count > 1:
            yield f"{number} was given {count} times"


def other_answers(crowd: Crowd) -> Iterator[str]:
    """Ask again for the newest thing that each was told."""
    for citizen in crowd.citizens:
        for request_id, taken in list(citizen.got.items())[-1:]:
            again = citizen.client.call("take_ticket", TAKE, request_id=request_id)
            if again != taken:
                yield f"{request_id} was answered {taken.ticket.number}, then {again.ticket.number}"


def prove() -> Outcome:
    """Every call of the issuer, 200 kills of the hub, and the control at every third call."""
    with TemporaryDirectory(prefix="p1-") as made:
        folder = Path(made)
        tried, wrong = 0, list[str]()
        with killing(folder / "careful") as careful:
            for call in CALLS:
                careful.sweep(call)
        for seed in range(10):
            wrong += kill_hub(folder / f"hub-{seed}", 20, seed)[1]
            tried += 20
        with killing(folder / "hasty", "hasty") as hasty:
            hasty.sweep("pwrite64", 3)
    caught = any("was answered" in each for each in hasty.wrong)
    return Outcome("P1", careful.tried + tried, [*careful.wrong, *wrong], caught)
