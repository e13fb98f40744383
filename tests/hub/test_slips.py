"""What the hub keeps of slips, and when a kiosk may take a number back."""

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.store.sqlite import connect
from shared.testing import RunningHub


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.with_credential(hub.enrol("citizen-kiosk"))


def take(kiosk: HubClient) -> m.TakenTicket:
    return kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A"))


def record(kiosk: HubClient, taken: m.TakenTicket, outcome: m.SlipEvent) -> None:
    kiosk.call("record_slip", m.RecordSlip(outcome=outcome), id=taken.ticket.id)


def void(kiosk: HubClient, taken: m.TakenTicket, *, request_id: str | None = None) -> m.Ticket:
    body = m.VoidTicket(why="no_slip")
    return kiosk.ask(m.Ticket, "void_ticket", body, request_id=request_id, id=taken.ticket.id)


def facts_of(hub: RunningHub, number: str) -> list[str]:
    connection = connect(hub.house.database, read_only=True)
    try:
        rows = connection.execute(
            "SELECT name FROM facts WHERE data LIKE ? ORDER BY seq", (f'%"{number}"%',)
        ).fetchall()
    finally:
        connection.close()
    return [str(name) for (name,) in rows]


def test_a_number_whose_slip_never_came_is_given_up_with_its_fact(hub: RunningHub, kiosk: HubClient) -> None:
    taken = take(kiosk)
    record(kiosk, taken, "unconfirmed")
    assert void(kiosk, taken).state == "cancelled"
    facts = facts_of(hub, taken.ticket.number)
    assert facts == ["ticket.taken", "slip.unconfirmed", "slip.voided", "ticket.cancelled"]


def test_a_repeated_voiding_has_the_first_answer(hub: RunningHub, kiosk: HubClient) -> None:
    taken, request_id = take(kiosk), new_request_id()
    assert void(kiosk, taken, request_id=request_id) == void(kiosk, taken, request_id=request_id)
    assert facts_of(hub, taken.ticket.number).count("slip.voided") == 1


@pytest.mark.parametrize("outcome", ["printed", "reprinted", "received", "shown"])
def test_a_slip_in_hand_is_never_voided(kiosk: HubClient, outcome: m.SlipEvent) -> None:
    taken = take(kiosk)
    record(kiosk, taken, "unconfirmed")
    record(kiosk, taken, outcome)
    with pytest.raises(HubRefused) as refused:
        void(kiosk, taken)
    assert refused.value.code == "slip_in_hand"


def test_another_kiosk_voids_nothing_here(hub: RunningHub, kiosk: HubClient) -> None:
    taken = take(kiosk)
    stranger = hub.with_credential(hub.enrol("citizen-kiosk"))
    with pytest.raises(HubRefused) as refused:
        void(stranger, taken)
    assert refused.value.code == "taken_elsewhere"
    void(kiosk, taken)


def test_a_number_that_was_called_is_the_windows_affair(hub: RunningHub, kiosk: HubClient) -> None:
    taken = take(kiosk)
    clerk = hub.clerk("1001", window=1)
    clerk.call("call_ticket", m.CallTicket(reason="试"), id=taken.ticket.id)
    with pytest.raises(HubRefused) as refused:
        void(kiosk, taken)
    assert refused.value.code == "illegal_move"
