"""The hub goes away: the kiosk gives lent numbers, says so, and the hub takes them in when it is back."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest

from hardware.simulators import simulated_device
from kiosk.testing import KioskInHand, kiosk_at
from shared.client.errors import HubRefused
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, application: object) -> Iterator[RunningHub]:
    """A hub of its own: it is killed."""
    with running_hub(tmp_path_factory.mktemp("hall")) as running:
        yield running


@pytest.fixture(scope="module")
def shop(hub: RunningHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskInHand]:
    folder = tmp_path_factory.mktemp("kiosk")
    with ExitStack() as stack:
        printer = stack.enter_context(
            simulated_device("printer", "--speed", "0", "--output", str(folder / "paper"))
        )
        yield stack.enter_context(kiosk_at(hub, folder, printer=printer))


def lose_hub(kiosk: KioskInHand) -> None:
    kiosk.until(lambda: kiosk.lending.can_give("A"), "nothing was lent")
    kiosk.hub.kill()
    kiosk.until(lambda: not kiosk.stage.bridge.online, "the loss was not noticed")


def take(kiosk: KioskInHand) -> str:
    kiosk.tap("lane-A")
    kiosk.tap("continue-without-card")
    kiosk.tap("take")
    return kiosk.number()


def test_numbers_go_on_without_the_hub_and_are_brought_in(kiosk: KioskInHand) -> None:
    first = take(kiosk)
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
    kiosk.model.guide.wipe()
    lose_hub(kiosk)
    assert "仍可离线取号" in kiosk.text("stale")
    number = take(kiosk)
    assert (first, number) == ("A001", "A501")
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
    assert kiosk.text("offline-mark") == "离线取号：等候人数以现场叫号为准"
    assert kiosk.seen("qr") is None
    slip = kiosk.slips()[-1]
    assert number in slip
    assert "离线取号" in slip
    assert "前面" not in slip, "nobody knows who is ahead"
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.lending.standby.spool.pending() == [], "it was not brought in")
    assert [ticket.number for ticket in kiosk.new_tickets()] == [first, number]
    assert kiosk.fate_of_slip(number) == "slip.printed"


def test_the_screen_follows_the_clock(kiosk: KioskInHand) -> None:
    """The lent numbers end, for one: nobody touches the screen, and no hub tells."""
    lose_hub(kiosk)
    kiosk.until(lambda: "仍可离线取号" in kiosk.text("stale"))
    standby, later = kiosk.lending.standby, timedelta(days=9)
    kiosk.lending.standby = replace(standby, clock=lambda: standby.clock() + later)
    try:
        kiosk.until(lambda: "暂时不能取号" in kiosk.text("stale"), "it still promises numbers")
        kiosk.lending.standby = standby
        kiosk.until(lambda: "仍可离线取号" in kiosk.text("stale"), "it gives none again")
    finally:
        kiosk.lending.standby = standby
        kiosk.hub.restart()
    kiosk.until(lambda: kiosk.stage.bridge.online)


def test_a_number_whose_answer_is_lost_is_given_once(kiosk: KioskInHand) -> None:
    """The hub dies with the request in its hands: the lent number counts, the other is given up."""
    kiosk.until(lambda: kiosk.lending.can_give("A"))
    kiosk.tap("lane-A")
    kiosk.tap("continue-without-card")
    kiosk.until(lambda: kiosk.confirm.property("canTake"))
    kiosk.hub.kill()
    kiosk.tap("take")
    number = kiosk.number()
    assert number > "A500"
    [entry] = kiosk.lending.standby.spool.pending()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed")
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.lending.standby.spool.pending() == [], "it was not brought in")
    assert [ticket.number for ticket in kiosk.new_tickets()] == [number]
    with pytest.raises(HubRefused, match="request_id_reused"):
        kiosk.stage.bridge.client.call(
            "take_ticket", m.TakeTicket(channel="kiosk", lane="A"), request_id=entry.instead_of
        )


def test_a_slip_that_never_came_is_voided_without_the_hub(kiosk: KioskInHand) -> None:
    assert kiosk.printer is not None
    lose_hub(kiosk)
    kiosk.printer.command("out-at 400")
    number = take(kiosk)
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "unconfirmed")
    kiosk.tap("give-up")
    kiosk.until(lambda: kiosk.lending.standby.spool.pending()[-1].slip == "voided")
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.lending.standby.spool.pending() == [], "it was not brought in")
    assert number not in [ticket.number for ticket in kiosk.new_tickets()]
    assert kiosk.fate_of_slip(number) == "slip.voided"
