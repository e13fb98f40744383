"""However often and whenever a request arrives, it is one ticket; a hub that knows none again is caught."""

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.client.api import HubClient, HubUnreachable
from shared.domain.moments import from_millis
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.services.retention import ANSWERS_KEPT, IDS_KEPT
from shared.store.queries import sql
from shared.store.sqlite import connect
from tests.proofs.forked_hub import HUB, ForkedHub
from tests.proofs.forking import Forks
from tests.proofs.meddler import Fault, Meddler, meddling
from tests.proofs.p04_once import FORGETFUL, TAKE, once

DAY = timedelta(days=1)


def test_some_histories() -> None:
    once(4, 20)


@pytest.mark.parametrize("mode", ["keyed", "forgetful"])
def test_a_hub_that_knows_no_request_again_is_caught(mode: str) -> None:
    """The control, with and without the key that still stands in its way."""
    with pytest.raises(AssertionError, match=r"was answered|requests made"):
        once(3, 20, FORGETFUL, mode)


# -- one at a time ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with Forks(HUB, log=tmp_path_factory.mktemp("forks") / "log") as forking:
        yield forking


@pytest.fixture
def hub(tmp_path: Path, forks: Forks) -> Iterator[ForkedHub]:
    hub = ForkedHub(tmp_path / "hall", forks)
    yield hub
    hub.kill()


@pytest.fixture
def line(hub: ForkedHub) -> Iterator[Meddler]:
    with meddling(hub.url) as meddler:
        yield meddler


@pytest.fixture
def kiosk(hub: ForkedHub, line: Meddler) -> Iterator[HubClient]:
    with closing(hub.client(url=line.url)) as client:
        yield client


def tickets(hub: ForkedHub) -> int:
    with closing(connect(hub.house.database, read_only=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM tickets").fetchone()[0]
    return count


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DEAF, Fault.TWICE, Fault.TOGETHER, Fault.LATE])
def test_one_fault_and_one_ticket(hub: ForkedHub, line: Meddler, kiosk: HubClient, fault: Fault) -> None:
    line.script.append(fault)
    request_id = new_request_id()
    taken = kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=request_id)
    line.let_go()
    answers = line.answers[request_id]
    assert len(answers) == (1 if fault is Fault.LOST else 2)
    assert {json.loads(body)["ticket"]["number"] for _, body in answers} == {taken.ticket.number}
    assert tickets(hub) == 1


def test_a_request_that_nobody_waits_for_any_more(hub: ForkedHub, line: Meddler, kiosk: HubClient) -> None:
    line.script += [Fault.LATE] * 3
    with pytest.raises(HubUnreachable) as caught:
        kiosk.call("take_ticket", TAKE)
    assert caught.value.is_unknown
    line.let_go()
    assert tickets(hub) == 1, "the three attempts were one request"


def pass_days(hub: ForkedHub, kiosk: HubClient, days: timedelta) -> None:
    """Let time pass over a hub that is away, in leaps that it believes: the day moves on, and a night's
    forgetting is done.
    """
    end = hub.moment + days
    while hub.moment < end:
        hub.kill()
        hub.moment = min(end, hub.moment + 30 * DAY)
        hub.start()
        for _ in range(300):
            if kiosk.ask(m.Health, "health").day == hub.moment.date() and forgot_at(hub) >= hub.moment:
                break
            threading.Event().wait(0.1)


def forgot_at(hub: ForkedHub) -> datetime:
    with closing(connect(hub.house.database, read_only=True)) as connection:
        return from_millis(connection.execute(sql("upkeep_good_at"), ("purge",)).fetchone()[0])


@pytest.mark.parametrize(
    ("slept", "status"),
    [(ANSWERS_KEPT - DAY, 201), (ANSWERS_KEPT + 2 * DAY, 409), (IDS_KEPT - DAY, 409)],
    ids=["within the week", "after the holidays", "after a season"],
)
def test_a_request_that_arrives_again_much_later(
    hub: ForkedHub, line: Meddler, kiosk: HubClient, slept: timedelta, status: int
) -> None:
    """A machine that slept with a request on its way sends it when it wakes."""
    request_id = new_request_id()
    kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=request_id)
    pass_days(hub, kiosk, slept)
    line.again(request_id)
    first, again = line.answers[request_id]
    assert (first[0], again[0]) == (201, status)
    assert (again == first) == (status == 201)
    assert tickets(hub) == 1, "nobody stands there for a second one"
