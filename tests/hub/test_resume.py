"""A hub killed under load: every follower goes on where it was; no announcement twice, none missed."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from shared.client.api import HubRefused
from shared.client.errors import HubUnreachable
from shared.client.follow import Follower, Heard, Lost, News, Snapshot
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.store.sqlite import connect
from shared.testing import RunningHub, running_hub

FOLLOWERS, KILLS = 20, 3
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Listener:
    """One screen: the facts it was told, and how often it was cut off and began anew."""

    first: int | None = None
    facts: list[FactEvent] = field(default_factory=list)
    lost: int = 0
    anew: int = 0

    def hear(self, news: News) -> None:
        match news:
            case Snapshot(board=board, is_first=True):
                self.first = board.seq if self.first is None else self.first
                self.anew += 1
            case Heard(events=events):
                self.facts += [event for event in events if isinstance(event, FactEvent)]
            case Lost():
                self.lost += 1


@contextmanager
def listening(hub: RunningHub) -> Iterator[list[Listener]]:
    """So many followers, each with a connection of its own."""
    credential, listeners = hub.enrol("display"), [Listener() for _ in range(FOLLOWERS)]
    followers = [
        Follower(hub.with_credential(credential), with_queue=False, on_event=each.hear) for each in listeners
    ]
    try:
        for follower in followers:
            follower.start()
        until(lambda: all(each.first is not None for each in listeners))
        yield listeners
    finally:
        for follower in followers:
            follower.stop()


@contextmanager
def busy(hub: RunningHub) -> Iterator[None]:
    """Somebody takes numbers and calls them, whether the hub is there or not."""
    kiosk, clerk, stop = hub.client("citizen-kiosk"), hub.clerk(window=1), threading.Event()

    def work() -> None:
        while not stop.is_set():
            with suppress(HubUnreachable, HubRefused):
                for ticket in clerk.ask(m.Queue, "queue").tickets:  # also one whose call was not answered
                    if ticket.state == "called":
                        clerk.call("miss_ticket", m.Nothing(), id=ticket.id)
                kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
                clerk.call("call_next", m.CallNext(), no=1)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def until(reached: Callable[[], bool]) -> None:
    """Wait; TimeoutError only ends a hang."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        if time.monotonic() > deadline:
            raise TimeoutError("the followers never got there")
        time.sleep(0.01)


def stored_calls(hub: RunningHub) -> list[int]:
    connection = connect(hub.house.database, read_only=True)
    try:
        rows = connection.execute("SELECT seq FROM facts WHERE name = 'ticket.called' ORDER BY seq")
        return [seq for (seq,) in rows]
    finally:
        connection.close()


def calls_of(listener: Listener) -> list[int]:
    return [fact.seq for fact in listener.facts if fact.name == "ticket.called"]


def test_no_announcement_twice_and_none_missed(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub, listening(hub) as listeners:
        with busy(hub):
            for _ in range(KILLS):
                heard = len(stored_calls(hub))
                until(lambda heard=heard: len(stored_calls(hub)) >= heard + 10)  # type: ignore[misc]
                hub.kill()
                hub.restart()
            heard = len(stored_calls(hub))
            until(lambda: len(stored_calls(hub)) >= heard + 10)
        calls, head = stored_calls(hub), hub.operator.ask(m.Health, "health").seq
        until(lambda: all(bool(each.facts) and each.facts[-1].seq >= head for each in listeners))
        for each in listeners:
            assert each.first is not None
            assert [fact.seq for fact in each.facts] == list(range(each.first + 1, head + 1))
            assert calls_of(each) == calls
            assert each.lost >= KILLS, "it was really cut off each time"
            assert each.anew == 1, "and never began anew: it would have announced nothing of what it missed"
