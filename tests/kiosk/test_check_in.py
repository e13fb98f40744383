"""Checking in at the kiosk: by the code's picture, by the card, by the typed code; and every no."""

from contextlib import closing
from datetime import datetime, timedelta
from itertools import count

import pytest

from hardware.device import DeviceState
from hardware.scanner.events import REPEAT_TIME
from kiosk.testing import KioskInHand, descend
from shared.protocol import booking as b
from shared.protocol.messages import Identity, Nothing
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, id_number, put_slots

NAME = "欧阳建国"
_serials = count(700)
SOON = MONDAY_MORNING + timedelta(minutes=40)
TOMORROW = MONDAY_MORNING + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def slots(shop: KioskInHand) -> None:
    for starts in (SOON, TOMORROW):
        put_slots(shop.hub.house, "A", starts, places=[60])


@pytest.fixture
def person() -> Identity:
    """Somebody whom no other test knows."""
    return Identity(number=id_number("19700101", next(_serials)), name=NAME, source="card")


def book(kiosk: KioskInHand, person: Identity, starts: datetime = SOON) -> b.Booking:
    """A booking made elsewhere."""
    client = kiosk.stage.bridge.client
    times = client.ask(b.BookingTimes, "booking_times", matter="yyzz-bg", day=starts.date())
    slot = next(slot for slot in times.slots if slot.start == starts)
    held = client.ask(b.Booking, "reserve", b.Reserve(slot=slot.id, matter="yyzz-bg", identity=person))
    return client.ask(b.Booking, "confirm_booking", Nothing(), token=held.token)


def begin_at(kiosk: KioskInHand, made: b.Booking, minutes_from_now: int) -> None:
    """Let the booking's time be so far from now; its short code and the card stay good."""
    starts = round((kiosk.stage.bridge.now() + timedelta(minutes=minutes_from_now)).timestamp()) * 1000
    with closing(connect(kiosk.hub.house.database)) as connection:
        query = "INSERT INTO slots (lane, day, start, minutes, offered, places, taken) VALUES (?,?,?,5,1,1,1)"
        slot = connection.execute(query, ("A", made.day.isoformat(), starts + next(_serials))).lastrowid
        connection.execute("UPDATE bookings SET slot = ? WHERE id = ?", (slot, made.id))


def scan(kiosk: KioskInHand, code: str) -> None:
    assert kiosk.scanner is not None
    kiosk.until(lambda: kiosk.model.devices.scanner_state is DeviceState.READY, "no scanner")
    kiosk.scanner.command("scan", code)


def type_code(kiosk: KioskInHand, code: str) -> None:
    kiosk.tap("check-in")
    kiosk.tap("type-code")
    for letter in code.replace("-", "").lower():
        kiosk.tap(f"code-{letter}")
    kiosk.tap("code-confirm")


def lay(kiosk: KioskInHand, person: Identity) -> None:
    assert kiosk.reader is not None
    kiosk.tap("check-in")
    kiosk.rest(0.3)
    kiosk.reader.command("put", NAME, person.number)


def page(kiosk: KioskInHand, made: b.Booking) -> str:
    return f"{kiosk.hub.url}/b/{made.token}"


def test_a_code_scanned_at_home_gives_the_number_and_its_slip(kiosk: KioskInHand, person: Identity) -> None:
    made = book(kiosk, person)
    scan(kiosk, page(kiosk, made))
    number = kiosk.number()
    [ticket] = kiosk.new_tickets()
    assert (ticket.number, ticket.booked_for, ticket.matter) == (number, made.start, made.matter)
    kiosk.until(lambda: kiosk.model.guide.visit.slip == "printed", "no slip came")
    assert number in kiosk.slips()[0]
    assert f"约在 {SOON:%H:%M}" in kiosk.text("arrival")


def test_the_card_alone_checks_in(kiosk: KioskInHand, person: Identity) -> None:
    book(kiosk, person)
    lay(kiosk, person)
    kiosk.number()
    assert "取回身份证" in "".join(texts(kiosk))
    assert kiosk.model.guide.visit.citizen is None


@pytest.mark.parametrize(
    ("minutes", "said"), [(30, "到时间优先叫号"), (-5, "已按时签到"), (-40, "已迟到，按签到时间排队")]
)
def test_early_on_time_and_late_are_said(
    kiosk: KioskInHand, person: Identity, minutes: int, said: str
) -> None:
    made = book(kiosk, person)
    begin_at(kiosk, made, minutes)
    type_code(kiosk, made.code)
    kiosk.number()
    assert said in kiosk.text("arrival")


def test_who_checked_in_before_can_print_the_number_again(kiosk: KioskInHand, person: Identity) -> None:
    made = book(kiosk, person)
    scan(kiosk, page(kiosk, made))
    number = kiosk.number()
    kiosk.tap("finish")
    kiosk.rest(REPEAT_TIME + 0.2)
    scan(kiosk, page(kiosk, made))
    kiosk.until(lambda: "已签到" in kiosk.text("check-in-note"))
    kiosk.tap("way-ticket")
    kiosk.rest(0.3)
    assert kiosk.reader is not None
    kiosk.reader.command("put", NAME, person.number)
    kiosk.until(lambda: kiosk.seen(f"print-again-{number}"))
    assert len(kiosk.new_tickets()) == 1


def test_another_days_booking_names_its_day_and_can_be_changed(kiosk: KioskInHand, person: Identity) -> None:
    made = book(kiosk, person, TOMORROW)
    scan(kiosk, page(kiosk, made))
    kiosk.until(lambda: "11月24日" in kiosk.text("check-in-note"))
    kiosk.tap("way-mine")
    kiosk.until(lambda: kiosk.seen(f"change-{made.id}"))
    assert kiosk.new_tickets() == []


def test_the_paper_from_before_a_change_says_the_new_time(kiosk: KioskInHand, person: Identity) -> None:
    made = book(kiosk, person, TOMORROW)
    client = kiosk.stage.bridge.client
    times = client.ask(b.BookingTimes, "booking_times", matter="yyzz-bg", day=SOON.date())
    slot = next(slot for slot in times.slots if slot.start == SOON)
    client.call("change_booking", b.ChangeBooking(slot=slot.id), token=made.token)
    scan(kiosk, page(kiosk, made))
    kiosk.until(lambda: f"{SOON:%H:%M}" in kiosk.text("check-in-note"))


def test_a_card_without_a_booking_leads_to_a_number(kiosk: KioskInHand, person: Identity) -> None:
    lay(kiosk, person)
    kiosk.until(lambda: "可以直接取号" in kiosk.text("check-in-note"))
    kiosk.tap("way-home")
    kiosk.until(lambda: kiosk.step() == "home")


def test_a_wrong_code_can_be_typed_again(kiosk: KioskInHand) -> None:
    type_code(kiosk, "0123456789")
    kiosk.until(lambda: "没有找到" in kiosk.text("check-in-note"))
    kiosk.tap("way-code")
    kiosk.until(lambda: kiosk.text("typed-code") == "_____ - _____")
    kiosk.tap("code-8")
    kiosk.tap("code-k")
    assert kiosk.text("typed-code") == "8K___ - _____"
    kiosk.tap("code-erase")
    assert kiosk.text("typed-code") == "8____ - _____"


def test_the_pad_has_no_letter_that_a_code_cannot_hold(kiosk: KioskInHand) -> None:
    kiosk.tap("check-in")
    kiosk.tap("type-code")
    kiosk.until(lambda: kiosk.seen("code-z"))
    assert [letter for letter in "ilou" if kiosk.seen(f"code-{letter}")] == []
    key = kiosk.seen("code-7")
    assert key is not None
    assert min(key.width(), key.height()) >= 120


def test_a_lost_hub_is_told_and_the_retry_makes_one_ticket(kiosk: KioskInHand, person: Identity) -> None:
    made = book(kiosk, person)
    kiosk.tap("check-in")
    kiosk.tap("type-code")
    for letter in made.code.replace("-", "").lower():
        kiosk.tap(f"code-{letter}")
    kiosk.hub.kill()
    kiosk.tap("code-confirm")
    kiosk.until(lambda: "联系不上" in kiosk.text("check-in-note"))
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.stage.bridge.online)
    kiosk.tap("way-retry")
    kiosk.number()
    assert len(kiosk.new_tickets()) == 1


def test_a_forged_code_is_told_gently(kiosk: KioskInHand) -> None:
    scan(kiosk, f"{kiosk.hub.url}/b/" + "0" * 32)
    kiosk.until(lambda: "没有找到这个预约" in kiosk.text("check-in-note"))


def texts(kiosk: KioskInHand) -> list[str]:
    items = [item for item in descend(kiosk.window.contentItem()) if item.isVisible()]
    return [text for item in items if isinstance(text := item.property("text"), str)]
