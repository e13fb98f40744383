"""Lent numbers over the wire, and the answer that was lost when the line was cut."""

from datetime import timedelta
from uuid import UUID

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import leases as n
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.testing import RunningHub

TAKE = m.TakeTicket(channel="kiosk", lane="A")


@pytest.fixture
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


def lease(kiosk: HubClient) -> n.LeasedNumbers:
    return kiosk.ask(n.LeasedNumbers, "lease_blocks", n.LeaseNumbers(held=[]))


def block_of(leased: n.LeasedNumbers, lane: str) -> n.Block:
    return next(block for block in leased.blocks if (block.lane, block.day) == (lane, leased.day))


def given(number: int, leased: n.LeasedNumbers, instead_of: str | None = None) -> n.ReconcileNumber:
    doubt = None if instead_of is None else UUID(instead_of)
    return n.ReconcileNumber(number=number, taken_at=leased.now, slip="printed", instead_of=doubt)


def test_leased_numbers_say_when_they_may_be_given(kiosk: HubClient) -> None:
    leased = lease(kiosk)
    days = sorted({lane.day for lane in leased.lanes})
    assert days == [leased.day + timedelta(days=n) for n in range(4)]
    assert {block.day for block in leased.blocks} == set(days)
    assert all(lane.open for lane in leased.lanes)


def test_a_number_whose_answer_was_lost_is_given_up(kiosk: HubClient) -> None:
    """The hub gave one online, the kiosk never heard of it and gave another: only the printed one counts."""
    leased = lease(kiosk)
    block, lost = block_of(leased, "A"), new_request_id()
    unheard = kiosk.ask(m.TakenTicket, "take_ticket", TAKE, request_id=lost).ticket
    body = given(block.first, leased, lost)
    joined = kiosk.ask(m.Ticket, "reconcile_number", body, id=block.lease)
    assert joined.number == f"A{block.first}"
    states = [kiosk.ask(m.Ticket, "ticket", id=one.id).state for one in (unheard, joined)]
    assert states == ["cancelled", "waiting"]


def test_a_request_still_on_its_way_is_not_carried_out(kiosk: HubClient) -> None:
    leased = lease(kiosk)
    block, late = block_of(leased, "A"), new_request_id()
    kiosk.ask(m.Ticket, "reconcile_number", given(block.first, leased, late), id=block.lease)
    waiting = kiosk.ask(m.Lanes, "lanes").lanes[0].waiting
    with pytest.raises(HubRefused, match="request_id_reused"):
        kiosk.call("take_ticket", TAKE, request_id=late)
    assert kiosk.ask(m.Lanes, "lanes").lanes[0].waiting == waiting


def test_a_request_that_was_refused_stays_so(kiosk: HubClient) -> None:
    leased = lease(kiosk)
    block, refused = block_of(leased, "A"), new_request_id()
    with pytest.raises(HubRefused, match="unknown_lane"):
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="Z"), request_id=refused)
    joined = kiosk.ask(m.Ticket, "reconcile_number", given(block.first, leased, refused), id=block.lease)
    assert joined.state == "waiting"


def test_a_repeat_gets_the_first_answer(kiosk: HubClient) -> None:
    leased = lease(kiosk)
    block, entry = block_of(leased, "B"), new_request_id()
    body = given(block.first, leased)
    first = kiosk.ask(m.Ticket, "reconcile_number", body, request_id=entry, id=block.lease)
    assert kiosk.ask(m.Ticket, "reconcile_number", body, request_id=entry, id=block.lease) == first
    with pytest.raises(HubRefused, match="number_given"):
        kiosk.call("reconcile_number", body, id=block.lease)


def test_another_kiosks_number_is_refused(hub: RunningHub, kiosk: HubClient) -> None:
    leased = lease(kiosk)
    block = block_of(leased, "A")
    with pytest.raises(HubRefused, match="unknown_lease"):
        hub.client("citizen-kiosk").call("reconcile_number", given(block.first, leased), id=block.lease)
