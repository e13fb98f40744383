"""A slip held before the scanner: on a serial line, or one that types. And what is no slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hardware.device import DeviceState
from kiosk.testing import KioskInHand, strings_of
from shared.client.api import HubClient
from shared.protocol import messages as m

_JUNK = "https://weixin.qq.com/r/abcdef"


@pytest.fixture(scope="module")
def clerk(shop: KioskInHand) -> HubClient:
    return shop.hub.clerk("1001", window=1)


def take(kiosk: KioskInHand) -> m.TakenTicket:
    taken = kiosk.hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    assert isinstance(taken, m.TakenTicket)
    return taken


def scan(kiosk: KioskInHand, text: str) -> None:
    assert kiosk.scanner is not None
    kiosk.until(lambda: kiosk.model.devices.scanner_state is DeviceState.READY, "no scanner")
    kiosk.scanner.command("scan", text)


def type_fast(kiosk: KioskInHand, text: str) -> None:
    """As a scanner types: at once, and Return."""
    for character in text:
        QTest.keyClick(kiosk.window, character)  # type: ignore[call-overload]  # the stubs lack a character
    QTest.keyClick(kiosk.window, Qt.Key.Key_Return)


def shows(kiosk: KioskInHand, taken: m.TakenTicket) -> None:
    kiosk.until(lambda: kiosk.text("code-number") == taken.ticket.number, "the ticket is not shown")


def test_a_scanned_slip_shows_how_it_stands(kiosk: KioskInHand) -> None:
    first, second = take(kiosk), take(kiosk)
    scan(kiosk, second.url)
    shows(kiosk, second)
    assert kiosk.text("code-ahead").startswith("前面")
    scan(kiosk, first.url)
    shows(kiosk, first)
    kiosk.tap("code-ended")
    assert kiosk.step() == "home"


def test_a_wedge_burst_shows_it_too(kiosk: KioskInHand) -> None:
    taken = take(kiosk)
    type_fast(kiosk, taken.url)
    shows(kiosk, taken)


def test_a_wedge_burst_leaks_no_letter_into_a_field_and_costs_no_visit(kiosk: KioskInHand) -> None:
    kiosk.tap("search")
    kiosk.until(lambda: kiosk.seen("query"))
    for character in "bd":
        QTest.keyClick(kiosk.window, character)  # type: ignore[call-overload]  # the stubs lack a character
        kiosk.rest(0.15)
    kiosk.until(lambda: kiosk.text("query") == "bd", "what a person types must arrive")
    type_fast(kiosk, take(kiosk).url)
    kiosk.until(lambda: "办完这一步" in kiosk.text("scan-note"))
    kiosk.rest(0.2)
    assert (kiosk.text("query"), kiosk.step()) == ("bd", "search")
    QTest.keyClick(kiosk.window, Qt.Key.Key_Backspace)
    kiosk.until(lambda: kiosk.text("query") == "b")


def test_a_burst_of_four_kilobytes_is_swallowed(kiosk: KioskInHand) -> None:
    kiosk.tap("search")
    kiosk.until(lambda: kiosk.seen("query"))
    type_fast(kiosk, "x" * 4096)
    kiosk.rest(0.2)
    assert kiosk.text("query") == ""


def test_junk_is_refused_gently_and_the_sentence_goes_by_itself(kiosk: KioskInHand) -> None:
    scan(kiosk, _JUNK)
    kiosk.until(lambda: "没有查到" in kiosk.text("scan-note"))
    assert kiosk.step() == "home"
    kiosk.until(lambda: kiosk.seen("scan-note") is None, "the sentence stayed")


def test_a_scan_in_the_middle_of_a_visit_costs_nothing(kiosk: KioskInHand) -> None:
    taken = take(kiosk)
    kiosk.tap("lane-A")
    kiosk.until(lambda: kiosk.seen("continue-without-card"))
    scan(kiosk, taken.url)
    kiosk.until(lambda: "办完这一步" in kiosk.text("scan-note"))
    kiosk.tap("continue-without-card")
    assert kiosk.step() == "confirm"


def test_a_call_shows_while_one_looks_and_a_missed_number_comes_back_once(
    kiosk: KioskInHand, clerk: HubClient
) -> None:
    taken = take(kiosk)
    scan(kiosk, taken.url)
    shows(kiosk, taken)
    clerk.call("call_ticket", m.CallTicket(reason="试"), id=taken.ticket.id)
    kiosk.until(lambda: "请到 1 号窗口" in kiosk.text("code-advice"), "the call was not shown")
    clerk.call("miss_ticket", m.Nothing(), id=taken.ticket.id)
    kiosk.tap("code-return")
    kiosk.until(lambda: kiosk.text("code-ahead"), "it did not come back")
    clerk.call("call_ticket", m.CallTicket(reason="试"), id=taken.ticket.id)
    clerk.call("miss_ticket", m.Nothing(), id=taken.ticket.id)
    kiosk.until(lambda: "重新取号" in kiosk.text("code-advice"))
    assert kiosk.seen("code-return") is None


def test_a_scanned_slip_is_printed_again(kiosk: KioskInHand) -> None:
    taken = take(kiosk)
    scan(kiosk, taken.url)
    kiosk.tap("code-print")
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed", "no slip came")
    [slip] = kiosk.slips()
    assert "补打" in slip
    assert taken.ticket.number in slip


def test_the_wipe_leaves_nothing_of_a_scanned_ticket(kiosk: KioskInHand) -> None:
    taken = take(kiosk)
    scan(kiosk, taken.url)
    shows(kiosk, taken)
    kiosk.model.guide.wipe()
    assert kiosk.seen("code-number") is None
    left = list(strings_of(kiosk.model.code))  # type: ignore[arg-type]  # a Property to mypy
    assert not any(taken.ticket.number in text for text in left)
