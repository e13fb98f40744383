"""An upgrade that was killed goes on; what older clients send and expect still holds; both can be caught."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from shared.store.migrations import STEPS
from shared.testing import PIN, RunningHub, running_hub
from tests.proofs.compatible import broken_promises
from tests.proofs.golden import BEFORE_THE_PROMISE, HALLS, NEWEST, document_of
from tests.proofs.older_client import MisunderstoodError, OlderClient
from tests.proofs.p15_upgrade import today, upgrading
from tests.proofs.tracing import NEEDS_STRACE, can_trace

traced = pytest.mark.skipif(not can_trace(), reason=NEEDS_STRACE)
PROMISED = [name for name in HALLS if name != BEFORE_THE_PROMISE]


@traced
def test_an_upgrade_that_was_killed_goes_on(tmp_path: Path) -> None:
    with upgrading(tmp_path, "0001") as upgrade:
        upgrade.sweep(43)
    assert upgrade.tried > 8
    assert upgrade.wrong == []


@traced
def test_a_step_that_commits_in_its_middle_is_caught(tmp_path: Path) -> None:
    """The control."""
    with upgrading(tmp_path, "0011", "careless") as upgrade:
        upgrade.sweep(19)
    assert any("does not go on" in each for each in upgrade.wrong)


@pytest.mark.parametrize("name", HALLS)
def test_a_release_has_its_golden_hall_and_upgrades(name: str, tmp_path: Path) -> None:
    with upgrading(tmp_path, name) as upgrade:
        assert len(upgrade.expected["tickets"]) == 7
        assert len(upgrade.expected["_sqlite_migrations"]) == len(STEPS)


# -- what clients of a release send and expect -----------------------------------------------------------


@pytest.mark.parametrize("name", PROMISED)
def test_clients_of_a_release_go_on(name: str) -> None:
    assert list(broken_promises(document_of(name), today())) == []


def test_the_field_that_was_renamed_once_is_found() -> None:
    """The control that history left."""
    broken = list(broken_promises(document_of(BEFORE_THE_PROMISE), today()))
    assert "GET /api/v1/tickets/{id} answers.precedence: may be missing, and is needed" in broken


def no_route(new: Any) -> None:
    del new["paths"]["/api/v1/board"]


def no_field(new: Any) -> None:
    del new["components"]["schemas"]["Ticket"]["properties"]["ahead"]


def no_certain_field(new: Any) -> None:
    new["components"]["schemas"]["Ticket"]["required"].remove("number")


def another_type(new: Any) -> None:
    new["components"]["schemas"]["Ticket"]["properties"]["id"] = {"type": "string"}


def more_states(new: Any) -> None:
    new["components"]["schemas"]["State"]["enum"].append("lost")


def needs_more(new: Any) -> None:
    new["components"]["schemas"]["TakeTicket"]["required"].append("lane")


def takes_less(new: Any) -> None:
    new["components"]["schemas"]["TakeTicket"]["properties"]["channel"]["enum"].remove("desk")


def knows_less(new: Any) -> None:
    del new["components"]["schemas"]["TakeTicket"]["properties"]["priority"]


def shorter(new: Any) -> None:
    new["components"]["schemas"]["Identity"]["properties"]["name"]["maxLength"] = 10


def another_status(new: Any) -> None:
    responses = new["paths"]["/api/v1/tickets"]["post"]["responses"]
    responses["200"] = responses.pop("201")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (no_route, "GET /api/v1/board: is gone"),
        (no_field, "GET /api/v1/tickets/{id} answers.ahead: is never there any more"),
        (no_certain_field, "GET /api/v1/tickets/{id} answers.number: may be missing, and is needed"),
        (another_type, "GET /api/v1/tickets/{id} answers.id: string is no integer"),
        (more_states, "GET /api/v1/tickets/{id} answers.state: "),
        (needs_more, "POST /api/v1/tickets sends.lane: may be missing, and is needed"),
        (takes_less, "POST /api/v1/tickets sends.channel: "),
        (knows_less, "POST /api/v1/tickets sends.priority: is not known any more"),
        (shorter, "POST /api/v1/tickets sends.identity: "),
        (another_status, "POST /api/v1/tickets: answers 201 no more"),
    ],
)
def test_each_way_to_break_a_client_is_found(change: Callable[[Any], None], said: str) -> None:
    """The controls."""
    new = deepcopy(today())
    change(new)
    assert any(each.startswith(said) for each in broken_promises(today(), new))


def test_what_only_adds_breaks_nothing() -> None:
    new = deepcopy(today())
    schemas = new["components"]["schemas"]
    schemas["Ticket"]["properties"]["colour"] = {"type": "string"}
    schemas["Ticket"]["required"].append("colour")
    schemas["TakeTicket"]["properties"]["colour"] = {"type": "string"}
    schemas["TakeTicket"]["properties"]["channel"]["enum"].append("post")
    new["paths"]["/api/v1/colours"] = {}
    assert list(broken_promises(today(), new)) == []


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running_hub(tmp_path_factory.mktemp("older") / "hall") as running:
        yield running


@pytest.mark.parametrize("name", [PROMISED[0], NEWEST])
def test_a_visit_with_machines_of_a_release(hub: RunningHub, name: str) -> None:
    """With what it knew: from the enrolment to the last word."""
    stranger = OlderClient(document_of(name), hub.url)
    operator = stranger.with_credential(hub.house.operator_token.read_text("ascii").strip())
    kiosk, counter = (_enrolled(stranger, operator, role) for role in ("citizen-kiosk", "counter"))
    signed_in = counter.post("/api/v1/sessions", {"clerk": "1001", "pin": PIN})
    clerk = counter.with_credential(signed_in["token"])
    clerk.post("/api/v1/windows/{no}/open", no=1)
    taken = kiosk.post("/api/v1/tickets", {"channel": "kiosk", "lane": "A"})["ticket"]
    called = clerk.post("/api/v1/windows/{no}/call-next", no=1)
    assert called["number"] == taken["number"]
    clerk.post("/api/v1/tickets/{id}/start", id=called["id"])
    for path in ("/api/v1/board", "/api/v1/queue", "/api/v1/lanes", "/api/v1/windows", "/api/v1/health"):
        clerk.get(path)
    assert clerk.post("/api/v1/tickets/{id}/finish", id=called["id"])["state"] == "done"
    clerk.post("/api/v1/windows/{no}/close", no=1)


def _enrolled(stranger: OlderClient, operator: OlderClient, role: str) -> OlderClient:
    offer = operator.post("/api/v1/devices/offers", {"role": role, "name": "旧机器"})
    return stranger.with_credential(stranger.post("/api/v1/devices", {"code": offer["code"]})["token"])


def test_a_machine_of_the_first_release_is_not_understood(hub: RunningHub) -> None:
    """The control."""
    client = OlderClient(document_of(BEFORE_THE_PROMISE), hub.url)
    operator = client.with_credential(hub.house.operator_token.read_text("ascii").strip())
    kiosk = _enrolled(client, operator, "citizen-kiosk")
    with pytest.raises(MisunderstoodError, match="'precedence' is a required property"):
        kiosk.post("/api/v1/tickets", {"channel": "kiosk", "lane": "A"})
