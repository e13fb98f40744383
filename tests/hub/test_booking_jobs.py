"""What the real hub does for bookings by itself, and that two credentials of strangers get one answer."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, running_hub, small_hall

MATTER = "yyzz-bg"
TOMORROW = MONDAY_MORNING.date() + timedelta(days=1)
HOURS = ("Mon-Fri 09:00-12:00 13:00-17:00",)
PATIENCE = 60.0
"""Seconds that only end a hang."""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    """Its clock runs a minute in a second."""
    start = ("--start", MONDAY_MORNING.isoformat(), "--rehearse", "60")
    with running_hub(tmp_path / "hall", small_hall(hours=HOURS), *start) as hub:
        yield hub


def until(found: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.1)


def card(serial: int) -> m.Identity:
    return m.Identity(number=id_number(serial=serial), name="王小明")


def reserve(kiosk: HubClient, slot: int, serial: int) -> b.Booking:
    return kiosk.ask(b.Booking, "reserve", b.Reserve(slot=slot, matter=MATTER, identity=card(serial)))


def days(kiosk: HubClient) -> list[date]:
    found = kiosk.ask(b.BookingCalendar, "booking_calendar", matter=MATTER)
    return [day.day for day in found.days]


def offered(hub: RunningHub, day: date) -> int:
    shown = hub.operator.ask(b.BookedDay, "booked_day", day=day.isoformat())
    return sum(slot.offered for slot in shown.slots if slot.lane == "A")


def test_sixty_days_open_by_themselves_once_a_manager_says_so(hub: RunningHub) -> None:
    kiosk = hub.client("citizen-kiosk")
    assert days(kiosk) == []
    terms = hub.operator.ask(b.PlaceTerms, "set_place_terms", b.SetPlaceTerms(automatic=True))
    assert (terms.automatic, terms.minutes, terms.share) == (True, 15, 35)
    last = MONDAY_MORNING.date() + timedelta(days=58)
    until(lambda: last in days(kiosk))
    assert all(day.weekday() < 5 for day in days(kiosk))
    assert date(2027, 1, 1) not in days(kiosk), "New Year's Day"
    day = hub.operator.ask(b.BookedDay, "booked_day", day=TOMORROW.isoformat())
    assert not day.by_rota, "no rota is published: it says so"


def test_another_share_is_followed_and_nobody_has_to_ask(hub: RunningHub) -> None:
    hub.operator.call("set_place_terms", b.SetPlaceTerms(automatic=True))
    until(lambda: offered(hub, TOMORROW) > 0)
    before = offered(hub, TOMORROW)
    hub.operator.call("change_rules", m.ChangeRules(appointment_share=70))
    until(lambda: offered(hub, TOMORROW) > 1.8 * before)


def test_a_hold_lapses_and_its_place_goes_to_who_waits(hub: RunningHub) -> None:
    kiosk = hub.client("citizen-kiosk")
    first = MONDAY_MORNING.replace(hour=10) + timedelta(days=1)
    (slot,) = put_slots(hub.house, "A", first, places=[1])
    held = reserve(kiosk, slot, 1)
    kiosk.call("wait_for_place", b.WaitForPlace(day=TOMORROW, matter=MATTER, identity=card(2)))

    def offer() -> list[b.Booking]:
        return kiosk.ask(b.Bookings, "find_bookings", b.Whose(identity=card(2))).bookings

    until(lambda: bool(offer()))
    assert offer()[0].is_offer
    (mine,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=held.code)).bookings
    assert mine.state == "lapsed"
    confirmed = kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=offer()[0].token)
    assert confirmed.state == "confirmed"


def test_unknown_codes_all_get_the_same_answer(hub: RunningHub) -> None:
    kiosk = hub.client("citizen-kiosk")
    first = MONDAY_MORNING.replace(hour=10) + timedelta(days=1)
    real = reserve(kiosk, put_slots(hub.house, "A", first, places=[1])[0], 1)
    strangers = ("0" * 32, real.token[:-1] + ("0" if real.token[-1] != "0" else "1"), "junk", "ZZZZZ-ZZZZZ")
    answers = set()
    for code in strangers:
        for name, arguments in (("find_bookings", {}), ("cancel_booking", {"token": code})):
            body = b.Whose(code=code) if not arguments else m.Nothing()
            with pytest.raises(HubRefused) as refused:
                kiosk.call(name, body, **arguments)
            answers.add((refused.value.code, refused.value.zh, refused.value.en))
    assert len(answers) == 1
    assert next(iter(answers))[0] == "unknown_booking"
