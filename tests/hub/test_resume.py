"""A hub killed under load: every follower goes on where it was; no announcement twice, none missed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shared.client.api import HubRefused
from shared.client.errors import HubUnreachable
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub
from tests.proofs.followers import caught_up, listening, stored_calls, until

PER_ROLE, KILLS = 7, 3


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


def test_no_announcement_twice_and_none_missed(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub, listening(hub, PER_ROLE) as listeners:
        with busy(hub):
            for _ in range(KILLS):
                heard = len(stored_calls(hub))
                until(lambda heard=heard: len(stored_calls(hub)) >= heard + 10)  # type: ignore[misc]
                hub.kill()
                hub.restart()
            heard = len(stored_calls(hub))
            until(lambda: len(stored_calls(hub)) >= heard + 10)
        head, calls = caught_up(hub, listeners), stored_calls(hub)
        assert [wrong for each in listeners for wrong in each.wrong(head, calls)] == []
        assert all(each.lost >= KILLS for each in listeners), "each was really cut off each time"
