"""Every new number ends as one of three: its slip came out, was printed again, marked, or was voided."""

import pytest

from hardware.printer.document import Cut, Document
from hardware.printer.driver import PrintResult
from hardware.simulators import simulated_device
from kiosk import issuing
from kiosk.equipment import Equipment
from kiosk.testing import KioskInHand
from kiosk.visit import Order, Trouble
from shared.domain.ordering import Priority
from shared.protocol.request_id import new_request_id


def take_with_fault(kiosk: KioskInHand, fault: str = "out-at 400") -> str:
    """A number whose slip has no proof; the printer is well again."""
    assert kiosk.printer is not None
    kiosk.tap("lane-A")
    kiosk.tap("continue-without-card")
    kiosk.until(lambda: kiosk.text("take") == "取号" and kiosk.confirm.property("canTake"))
    kiosk.printer.command(fault)
    kiosk.tap("take")
    number = kiosk.number()
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "unconfirmed", "the slip is not in doubt")
    return number


def mend(kiosk: KioskInHand) -> None:
    assert kiosk.printer is not None
    kiosk.printer.command("paper in")
    kiosk.until(kiosk.can_print_again)


def state_of(kiosk: KioskInHand) -> str:
    """Where the one new number stands; empty when it is no longer live."""
    states = [str(ticket.state) for ticket in kiosk.new_tickets()]
    assert len(states) <= 1
    return states[0] if states else ""


def test_the_citizen_has_the_slip_though_the_printer_gave_no_proof(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    assert kiosk.seen("finish") is None
    kiosk.tap("have-slip")
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.received")
    kiosk.tap("finish")
    kiosk.rest(0.5)
    assert state_of(kiosk) == "waiting"


def test_a_slip_that_did_not_come_is_printed_again_with_the_mark(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    mend(kiosk)
    kiosk.tap("print-copy")
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.reprinted")
    whole = [slip for slip in kiosk.slips() if number in slip and "过号" in slip]
    assert len(whole) == 1
    assert "补打" in whole[0]
    assert state_of(kiosk) == "waiting"


def test_an_unwanted_number_is_given_up(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    kiosk.tap("give-up")
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.voided")
    assert state_of(kiosk) == ""
    assert not kiosk.can_print_again()


def test_without_paper_the_number_may_stay_on_a_phone(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    kiosk.tap("use-screen")
    kiosk.until(lambda: kiosk.seen("qr"))
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.shown")
    assert state_of(kiosk) == "waiting"


def test_who_walks_away_from_the_question_leaves_no_number_behind(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    kiosk.model.guide.wipe()
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.voided")
    assert state_of(kiosk) == ""


def test_who_leaves_while_it_prints_leaves_no_number_behind(kiosk: KioskInHand) -> None:
    assert kiosk.printer is not None
    kiosk.tap("lane-A")
    kiosk.tap("continue-without-card")
    kiosk.until(lambda: kiosk.text("take") == "取号" and kiosk.confirm.property("canTake"))
    kiosk.printer.command("silent-at 300")
    kiosk.tap("take")
    number = kiosk.number()
    kiosk.model.guide.wipe()
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.voided")
    kiosk.printer.command("talk")
    assert state_of(kiosk) == ""


def test_the_fate_of_a_slip_reaches_a_hub_that_was_away(kiosk: KioskInHand) -> None:
    number = take_with_fault(kiosk)
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.unconfirmed")
    kiosk.hub.kill()
    kiosk.tap("have-slip")
    kiosk.rest(0.5)
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.fate_of_slip(number) == "slip.received")
    kiosk.until(lambda: kiosk.stage.bridge.online)


def test_a_number_without_an_answer_is_found_and_given_up_when_its_citizen_left(kiosk: KioskInHand) -> None:
    """As if the hub's answer had been lost: it gave a number, and the kiosk does not know."""
    order = Order("A", None, None, Priority.NONE, new_request_id())
    equipment = kiosk.model.devices.equipment
    assert isinstance(
        issuing.take(kiosk.stage.bridge.client, equipment, order, on_screen=True), issuing.Taken
    )
    [ticket] = kiosk.new_tickets()
    kiosk.confirm._answer(order, issuing.NotTaken(Trouble.UNKNOWN))
    kiosk.until(lambda: kiosk.fate_of_slip(ticket.number) == "slip.voided")
    assert state_of(kiosk) == ""


@pytest.mark.parametrize("begun", [False, True])
def test_a_print_that_never_began_was_not_printed(begun: bool) -> None:
    """A dead printer never holds its caller: the wait ends, and a slip still in the queue is taken back."""
    with simulated_device("printer") as device:
        equipment = Equipment(device.spec, "none", lambda _: None)
        equipment.start()
        assert equipment._printer is not None
        assert equipment.ask_printer().is_sure
        device.command("silent")
        equipment.print_time = 0.3
        try:
            if not begun:  # something else keeps the printer's thread
                equipment._printer.submit(lambda printer: printer.status())
            outcome = equipment.print(lambda _columns: Document((Cut(),)))
        finally:
            equipment.stop()
        assert outcome.result is (PrintResult.UNCONFIRMED if begun else PrintResult.NOT_PRINTED)
