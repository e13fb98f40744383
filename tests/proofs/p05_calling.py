"""P5: two clerks never hold one ticket, and none is skipped.

Clerks at their windows take numbers for citizens, call, start and finish as fast as the hub answers, now and
then hold one or click one that others click too, while the hub is killed and started again. Whoever does not
get an answer asks again with the same request id. Afterwards the facts are replayed (tests.proofs.calls) and
compared with what every clerk was told.

The controls are hubs that choose before they hold the lock (tests.proofs.careless_calling).
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.client.api import HubClient, HubRefused
from shared.client.errors import HubUnreachable
from shared.config import HallConfig
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.testing import RunningHub, small_hall
from tests.proofs.calls import replayed
from tests.proofs.hubs import PRODUCT, hub_of
from tests.proofs.outcome import Outcome

CAREFUL = (PRODUCT,)
CARELESS = "tests.proofs.careless_calling"
Refusal = tuple[str, str]
"""Of which route, and its code."""
LOST_RACE: frozenset[Refusal] = frozenset(
    {("call_ticket", "held_elsewhere"), ("call_ticket", "illegal_move")}
)
"""A ticket that another clerk has, or has finished."""
PATIENCE = 300
"""Attempts of 0.1 s and more at a hub that is away, before a clerk gives the proof up."""


@dataclass(slots=True)
class Clerk:
    """One clerk at one window, who also hands out the numbers; keeps everything that was acknowledged."""

    no: int
    desk: HubClient
    kiosk: HubClient
    seen: list[int]
    """The latest ticket anybody took: what several clerks may click at once."""
    calls: int
    chance: random.Random
    taken: list[int] = field(default_factory=list)
    got: list[int] = field(default_factory=list)
    now: int | None = None
    refused: Counter[Refusal] = field(default_factory=Counter)
    resent: int = 0

    def work(self) -> None:
        """Make `calls` calls, then call until nobody waits."""
        for _ in range(self.calls):
            self.take()
            if self.chance.random() < 1 / 16:
                self.click(self.seen[0])
            else:
                self.next()
        for _ in range(10 * self.calls):
            if not self.next():
                return

    def take(self) -> None:
        """Hand out a number."""
        body = m.TakeTicket(channel="kiosk", lane=self.chance.choice("AB"))
        self.taken.append(self.ask(self.kiosk, "take_ticket", body).ticket.id)
        self.seen[0] = self.taken[-1]

    def next(self) -> bool:
        """Call whose turn it is, and begin; False when nobody waits."""
        try:
            called = self.ask(self.desk, "call_next", m.CallNext(finish_current=True), no=self.no)
        except HubRefused as refused:
            self.refused["call_next", refused.code] += 1
            return True
        self.now = None
        if called is None:
            return False
        self.serve(called.id)
        return True

    def click(self, ticket: int) -> None:
        """Call one by hand, as others may in the same moment."""
        if self.now is not None:
            self.try_to("finish_ticket", m.Nothing(), self.now)
            self.now = None
        if self.try_to("call_ticket", m.CallTicket(reason="急"), ticket):
            self.serve(ticket)

    def serve(self, ticket: int) -> None:
        """Begin; now and then interrupt the service and go on with it."""
        self.now = ticket
        self.got.append(ticket)
        self.try_to("start_ticket", m.Nothing(), ticket)
        if self.chance.random() < 1 / 32:
            self.try_to("hold_ticket", m.Nothing(), ticket)
            self.try_to("resume_ticket", m.Nothing(), ticket)

    def try_to(self, route: str, body: m.Request, ticket: int) -> bool:
        """Whether the hub let it be done."""
        try:
            self.ask(self.desk, route, body, id=ticket)
        except HubRefused as refused:
            self.refused[route, refused.code] += 1
            return False
        return True

    def ask(self, client: HubClient, route: str, body: m.Request, **params: object) -> Any:
        """Ask until there is an answer, always with the same request id."""
        request_id = new_request_id()
        for _ in range(PATIENCE):
            try:
                return client.call(route, body, request_id=request_id, **params)
            except HubUnreachable:
                self.resent += 1
                threading.Event().wait(0.1)
        raise TimeoutError(f"window {self.no}: no answer to {route}")


@dataclass(frozen=True, slots=True)
class Day:
    """What a crowd of clerks did, and what is wrong with it."""

    calls: int
    refused: Counter[Refusal]
    resent: int
    wrong: Sequence[str]

    @property
    def not_to_be_refused(self) -> list[str]:
        """What a careful hub never refuses."""
        return [f"{count} x {refusal}" for refusal, count in self.refused.items() if refusal not in LOST_RACE]


def crowd(hub: RunningHub, clerks: int, calls: int, seed: int) -> list[Clerk]:
    """So many clerks at open windows, each with a counter and a kiosk of their own."""
    seen = [0]
    return [
        Clerk(
            no, hub.clerk(f"10{no:02d}", window=no), hub.client("citizen-kiosk"), seen, calls,
            random.Random(seed * 1000 + no),
        )
        for no in range(1, clerks + 1)
    ]  # fmt: skip


def hall(windows: int) -> HallConfig:
    return small_hall(windows=windows, clerks=windows)


def lanes_of(windows: int) -> Mapping[int, Sequence[str]]:
    """Which lanes each window of the small hall calls."""
    return {window.no: window.lanes for window in hall(windows).windows}


def day(
    folder: Path, clerks: int, calls: int, kills: int = 0, program: Sequence[str] = CAREFUL, seed: int = 1
) -> Day:
    """Let the crowd work while the hub is killed `kills` times, evenly over the calls; then judge."""
    with hub_of(folder, program, hall(clerks)) as hub:
        people = crowd(hub, clerks, calls, seed)
        with ThreadPoolExecutor(clerks) as pool:
            at_work = [pool.submit(clerk.work) for clerk in people]
            for n in range(1, kills + 1):
                _await(lambda n=n: _made(people) >= n * clerks * calls // (kills + 1), at_work)  # type: ignore[misc]
                hub.kill()
                hub.restart()
            for each in at_work:
                each.result()
        return _judged(hub.house.database, people, f"seed {seed}")


def _made(people: Sequence[Clerk]) -> int:
    return sum(len(clerk.taken) for clerk in people)


def _await(reached: Callable[[], bool], at_work: Sequence[Any]) -> None:
    while not reached() and not all(each.done() for each in at_work):
        threading.Event().wait(0.005)


def _judged(database: Path, people: Sequence[Clerk], told: str) -> Day:
    line, wrong = replayed(database, lanes_of(len(people)))
    told_of = {clerk.no: clerk.got for clerk in people}
    wrong += _skipped(line.called, [ticket for clerk in people for ticket in clerk.taken])
    wrong += _unlike(told_of, line.by_window)
    refused: Counter[Refusal] = sum((clerk.refused for clerk in people), Counter())
    calls = sum(map(len, told_of.values())) + refused.total()
    return Day(calls, refused, sum(clerk.resent for clerk in people), [f"{told}: {each}" for each in wrong])


def _skipped(called: Counter[int], taken: Sequence[int]) -> Iterator[str]:
    """Every ticket that somebody was given is there once and was called once, and there are no others."""
    for ticket, count in Counter(taken).items():
        if count != 1:
            yield f"ticket {ticket} was given to {count} people"
        if called[ticket] != 1:
            yield f"ticket {ticket} was called {called[ticket]} times"
    for ticket in called.keys() - set(taken):
        yield f"ticket {ticket} was called, but nobody was given it"


def _unlike(told_of: Mapping[int, Sequence[int]], by_window: Mapping[int, Sequence[int]]) -> Iterator[str]:
    """Each clerk was told of exactly the calls, in the order, that the facts give their window."""
    for no, told in told_of.items():
        if list(told) != list(by_window.get(no, [])):
            yield f"window {no} was told of other calls than its facts tell"


def careless(mode: str, folder: Path) -> Day:
    """The same with a hub that chooses before it holds the lock."""
    return day(folder, 4, 10, program=(CARELESS, mode))


def prove() -> Outcome:
    """32 clerks, 2,000 calls each, two hub restarts."""
    with TemporaryDirectory(prefix="p5-") as made:
        folder = Path(made)
        tried = day(folder / "careful", 32, 2000, kills=2)
        guarded = careless("guarded", folder / "guarded")
        caught = careless("unconditional", folder / "unconditional").wrong
    return Outcome("P5", tried.calls, [*tried.wrong, *tried.not_to_be_refused, *guarded.wrong], bool(caught))
