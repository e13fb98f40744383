"""Killed in the middle, the hub has lost nothing it acknowledged, given no number twice, and goes on."""

import random
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from shared.client.api import HubClient, HubRefused
from shared.client.errors import HubUnreachable
from shared.commands.check import main as check
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.store.sqlite import connect
from shared.testing import RunningHub, running_hub


class Crowd:
    """Citizens who take numbers until told to stop; each keeps what was acknowledged, by request id."""

    def __init__(self, hub: RunningHub, credential: str, people: int) -> None:
        self.acknowledged: dict[str, m.TakenTicket] = {}
        self.unknown: set[str] = set()
        self._stop = threading.Event()
        self._clients = [HubClient(hub.url, credential, timeout=0.5) for _ in range(people)]
        self._threads = [threading.Thread(target=self._take, args=(client,)) for client in self._clients]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for client in self._clients:
            client.close()

    def _take(self, client: HubClient) -> None:
        while not self._stop.is_set():
            request_id = new_request_id()
            try:
                body = m.TakeTicket(channel="kiosk", lane=random.choice("ABC"))
                self.acknowledged[request_id] = client.call("take_ticket", body, request_id=request_id)
            except HubUnreachable:
                self.unknown.add(request_id)


def test_kill_nine_loses_nothing_acknowledged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_hub(tmp_path / "hall") as hub:
        credential = hub.enrol("citizen-kiosk")
        with Crowd(hub, credential, 4) as crowd:
            for _ in range(4):
                time.sleep(random.uniform(0.2, 0.6))
                hub.kill()
                hub.restart()
            time.sleep(0.5)
        stored = tickets_in(hub.house.database)
        taken = [answer.ticket for answer in crowd.acknowledged.values()]
        assert len(taken) > 50, "the crowd was really served"
        assert {ticket.id: ticket.number for ticket in taken}.items() <= stored.items()
        assert Counter(stored.values()).most_common(1)[0][1] == 1, "no number twice"
        client = hub.with_credential(credential)
        for request_id, answer in list(crowd.acknowledged.items())[:20]:
            body = m.TakeTicket(channel="kiosk", lane=answer.ticket.number[0])
            assert client.call("take_ticket", body, request_id=request_id) == answer
        assert tickets_in(hub.house.database) == stored, "the repeats took nothing"
        hub.kill()
        assert check(["--data", str(hub.house.folder)]) == 0, capsys.readouterr().out
        hub.restart()


def test_two_clerks_never_hold_one_ticket(tmp_path: Path) -> None:
    """Eight clerks hammer call-next; every call is answered, none twice, none is skipped."""
    from shared.testing import small_hall

    with running_hub(tmp_path / "hall", small_hall(windows=8, clerks=8)) as hub:
        kiosk = hub.client("citizen-kiosk")
        expected = [
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.id for _ in range(240)
        ]
        clerks = [hub.clerk(f"10{no:02d}", window=no) for no in range(1, 9)]
        called: list[int] = []
        threads = [threading.Thread(target=serve, args=(clerks[no - 1], no, called)) for no in range(1, 9)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(called) == expected


def serve(clerk: HubClient, no: int, called: list[int]) -> None:
    while (ticket := clerk.call("call_next", m.CallNext(finish_current=True), no=no)) is not None:
        called.append(ticket.id)
        clerk.call("start_ticket", m.Nothing(), id=ticket.id)


def test_all_click_the_same_ticket_and_one_has_it(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        kiosk = hub.client("citizen-kiosk")
        clerks = [hub.clerk(f"10{no:02d}", window=no) for no in (1, 2, 3)]
        wanted = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.id
        outcomes: list[str] = []

        def click(clerk: HubClient) -> None:
            try:
                clerk.call("call_ticket", m.CallTicket(reason="急"), id=wanted)
                outcomes.append("won")
            except HubRefused as refused:
                outcomes.append(refused.code)

        threads = [threading.Thread(target=click, args=(clerk,)) for clerk in clerks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["held_elsewhere", "held_elsewhere", "won"]


def tickets_in(database: Path) -> dict[int, str]:
    connection = connect(database, read_only=True)
    try:
        rows = connection.execute("SELECT id, series, number FROM tickets").fetchall()
    finally:
        connection.close()
    return {number: f"{series}{count:03d}" for number, series, count in rows}
