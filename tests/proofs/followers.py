"""Clients that only listen, many at once: kiosks, counters and displays that resume after every cut."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from shared.client.api import HubClient
from shared.client.follow import Follower, Heard, Lost, News, Snapshot
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.store.sqlite import connect
from shared.testing import RunningHub

PATIENCE_SECONDS = 60.0
_WITH_QUEUE: Mapping[m.Role, bool] = {"citizen-kiosk": False, "counter": True, "display": False}


@dataclass(slots=True)
class Listener:
    """One client: the facts it was told, and how often it was cut off and began anew."""

    role: m.Role
    first: int | None = None
    facts: list[FactEvent] = field(default_factory=list)
    lost: int = 0
    anew: int = 0

    def hear(self, news: News) -> None:
        match news:
            case Snapshot(board=board, queue=queue, is_first=True):
                seq = board.seq if queue is None else min(board.seq, queue.seq)
                self.first = seq if self.first is None else self.first
                self.anew += 1
            case Heard(events=events):
                self.facts += [event for event in events if isinstance(event, FactEvent)]
            case Lost():
                self.lost += 1

    def calls(self) -> list[int]:
        """Facts that are calls."""
        return [fact.seq for fact in self.facts if fact.name == "ticket.called"]

    def wrong(self, head: int, calls: Sequence[int]) -> Iterator[str]:
        """Whether it heard every fact up to `head` exactly once and in order, without ever beginning anew."""
        who = f"a {self.role}"
        if self.first is None:
            yield f"{who} never heard the hub"
            return
        if [fact.seq for fact in self.facts] != list(range(self.first + 1, head + 1)):
            yield f"{who} did not hear each fact from {self.first + 1} to {head} once and in order"
        if self.calls() != [seq for seq in calls if seq > self.first]:
            yield f"{who} did not hear each call once"
        if self.anew != 1:
            yield f"{who} began anew {self.anew - 1} times: it would have announced nothing of what it missed"


@contextmanager
def listening(hub: RunningHub, per_role: int) -> Iterator[list[Listener]]:
    """So many followers of each kind, each with a connection of its own."""
    listeners, followers = list[Listener](), list[Follower]()
    for role, with_queue in _WITH_QUEUE.items():
        credential = hub.enrol(role)
        for _ in range(per_role):
            listeners.append(Listener(role))
            client = HubClient(hub.url, credential)
            hub.clients.append(client)
            followers.append(Follower(client, with_queue=with_queue, on_event=listeners[-1].hear))
    try:
        for follower in followers:
            follower.start()
        until(lambda: all(each.first is not None for each in listeners))
        yield listeners
    finally:
        for follower in followers:
            follower.stop()


def until(reached: Callable[[], bool], patience: float = PATIENCE_SECONDS) -> None:
    """Wait; TimeoutError only ends a hang."""
    deadline = time.monotonic() + patience
    while not reached():
        if time.monotonic() > deadline:
            raise TimeoutError("it never came to that")
        time.sleep(0.01)


def stored_calls(hub: RunningHub) -> list[int]:
    """The calls in the hub's file."""
    with closing(connect(hub.house.database, read_only=True)) as connection:
        rows = connection.execute("SELECT seq FROM facts WHERE name = 'ticket.called' ORDER BY seq")
        return [seq for (seq,) in rows]


def caught_up(hub: RunningHub, listeners: Sequence[Listener]) -> int:
    """Wait until everybody has heard all there is; gives the newest fact."""
    head = hub.operator.ask(m.Health, "health").seq
    until(lambda: all(bool(each.facts) and each.facts[-1].seq >= head for each in listeners))
    return head
