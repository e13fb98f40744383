"""A citizen books, moves and gives up at the kiosk: by touch, on a real hub, with real device lines."""

import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from kiosk.booking_slip import WORDS
from kiosk.testing import KioskInHand, descend, strings_of
from shared.protocol import booking as b
from shared.protocol.messages import Identity, Nothing, Reason
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, id_number, put_slots

NAME = "欧阳建国"
_serials = count(500)
_NINE = MONDAY_MORNING.replace(hour=9, minute=0)
_PLENTY = 40


def day(ahead: int) -> datetime:
    return _NINE + timedelta(days=ahead)


@pytest.fixture(scope="module", autouse=True)
def slots(shop: KioskInHand) -> None:
    """Lane A has places tomorrow and in three days, and none in two; lane C has none at all."""
    for ahead in (1, 2, 3):
        put_slots(shop.hub.house, "A", day(ahead), places=[_PLENTY, _PLENTY])
    fill(shop, day(2))


def fill(kiosk: KioskInHand, starts: datetime) -> None:
    """All places of that day are taken."""
    with closing(connect(kiosk.hub.house.database)) as connection:
        connection.execute("UPDATE slots SET taken = offered WHERE day = ?", (starts.date().isoformat(),))


def taken_places(kiosk: KioskInHand, starts: datetime) -> int:
    with closing(connect(kiosk.hub.house.database, read_only=True)) as connection:
        query = "SELECT sum(taken) FROM slots WHERE day = ?"
        return int(connection.execute(query, (starts.date().isoformat(),)).fetchone()[0])


@pytest.fixture
def person() -> str:
    """The ID number of somebody whom no other test knows."""
    return id_number("19700101", next(_serials))


def lay(kiosk: KioskInHand, number: str) -> None:
    assert kiosk.reader is not None
    kiosk.reader.command("put", NAME, number)


def lift(kiosk: KioskInHand) -> None:
    assert kiosk.reader is not None
    kiosk.reader.command("lift")
    kiosk.rest(0.5)


def to_days(kiosk: KioskInHand, matter: str = "yyzz-bg") -> None:
    kiosk.tap("book")
    kiosk.tap("book-new")
    kiosk.search.setProperty("query", "登记" if matter == "bdc-sc" else "执照")
    kiosk.tap(f"matter-{matter}")
    kiosk.tap("continue")


def to_hold(kiosk: KioskInHand, number: str, ahead: int = 1) -> None:
    to_days(kiosk)
    kiosk.tap(f"day-{day(ahead).date()}")
    kiosk.tap("time-09:00")
    kiosk.until(lambda: kiosk.seen("type-number"))
    lay(kiosk, number)
    kiosk.tap("continue")
    kiosk.until(lambda: kiosk.text("hold-confirm") == "确认预约", "no place was held")


def to_mine(kiosk: KioskInHand, number: str) -> None:
    kiosk.tap("book")
    kiosk.tap("book-mine")
    kiosk.rest(0.3)
    lay(kiosk, number)
    kiosk.until(lambda: kiosk.step() == "book_mine", "the bookings were not found")


def bookings(kiosk: KioskInHand, number: str) -> list[b.Booking]:
    """The live bookings of a person, as the hub has them."""
    client = kiosk.stage.bridge.client
    whose = b.Whose(identity=Identity(number=number, name=NAME, source="card"))
    return client.ask(b.Bookings, "find_bookings", whose).bookings


def book(kiosk: KioskInHand, number: str, ahead: int = 1) -> b.Booking:
    """A booking made elsewhere."""
    client = kiosk.stage.bridge.client
    times = client.ask(b.BookingTimes, "booking_times", matter="yyzz-bg", day=day(ahead).date())
    identity = Identity(number=number, name=NAME, source="card")
    reserve = b.Reserve(slot=times.slots[0].id, matter="yyzz-bg", identity=identity)
    held = client.ask(b.Booking, "reserve", reserve)
    return client.ask(b.Booking, "confirm_booking", Nothing(), token=held.token)


def still_for(kiosk: KioskInHand, seconds: float) -> None:
    """As if nobody had touched the screen for so long."""
    stillness = kiosk.stillness
    stillness._touched = stillness._monotonic() - seconds
    stillness.tick()


def found(kiosk: KioskInHand, marks: tuple[str, ...]) -> list[str]:
    things = [kiosk.model, *kiosk.model.children(), *descend(kiosk.window.contentItem())]
    texts = [text for thing in things for text in strings_of(thing)]
    return [text for text in texts if any(mark in str(text) for mark in marks)]


def test_a_place_is_booked_and_its_paper_has_both_codes(kiosk: KioskInHand, person: str) -> None:
    to_hold(kiosk, person)
    assert kiosk.text("booked-when").endswith("09:00")
    assert kiosk.text("holder") == "预约人：欧*"
    assert "营业执照" in kiosk.text("hold-materials")
    assert [one.state for one in bookings(kiosk, person)] == ["reserved"]
    kiosk.tap("hold-confirm")
    kiosk.until(lambda: "请在下方出票口" in kiosk.text("booked-paper"), "the paper was not confirmed")
    [made] = bookings(kiosk, person)
    [paper] = kiosk.slips()
    assert made.state == "confirmed"
    assert made.code in paper
    assert "09:00" in paper
    assert "营业执照、身份证" in paper
    assert paper.index(WORDS["code"][0]) < paper.index(WORDS["code"][1])


def test_without_paper_the_screen_shows_the_code_and_a_qr_that_phones_read(
    kiosk: KioskInHand, person: str, tmp_path: Path
) -> None:
    assert kiosk.printer is not None
    kiosk.printer.command("paper out")
    to_hold(kiosk, person)
    kiosk.until(lambda: not kiosk.model.devices.printer.can_print)
    kiosk.tap("hold-confirm")
    kiosk.until(lambda: kiosk.text("booked-code"))
    kiosk.rest(0.4)
    [made] = bookings(kiosk, person)
    picture = tmp_path / "screen.png"
    assert kiosk.window.grabWindow().save(str(picture))
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == f"{kiosk.hub.url}/b/{made.token}"
    assert kiosk.text("booked-code") == made.code
    assert "没有打印凭证" in kiosk.text("booked-paper")
    assert kiosk.slips() == []


def test_whoever_walks_away_gives_the_place_back_and_leaves_nothing(kiosk: KioskInHand, person: str) -> None:
    before = taken_places(kiosk, day(1))
    to_hold(kiosk, person)
    assert taken_places(kiosk, day(1)) == before + 1
    marks = ("欧*", person, NAME, person[-4:])
    assert found(kiosk, marks), "the control: the marks are there before the wipe"
    still_for(kiosk, 46)
    kiosk.until(lambda: kiosk.step() == "home")
    kiosk.until(lambda: taken_places(kiosk, day(1)) == before, "the place was not given back")
    kiosk.rest(0.3)
    assert not found(kiosk, marks)


def test_a_double_tap_books_once_and_what_is_booked_stays(kiosk: KioskInHand, person: str) -> None:
    to_hold(kiosk, person)
    kiosk.tap("hold-confirm", times=3)
    kiosk.tap("finish")
    kiosk.rest(0.5)
    assert [one.state for one in bookings(kiosk, person)] == ["confirmed"]
    assert len(kiosk.slips()) == 1


def test_full_days_have_a_waiting_list(kiosk: KioskInHand, person: str) -> None:
    to_days(kiosk)
    kiosk.until(lambda: kiosk.seen(f"day-{day(2).date()}"))
    kiosk.tap(f"day-{day(2).date()}")
    kiosk.until(lambda: kiosk.seen("type-number"))
    lay(kiosk, person)
    kiosk.tap("continue")
    kiosk.until(lambda: "候补" in kiosk.text("wish-note"))
    with closing(connect(kiosk.hub.house.database, read_only=True)) as connection:
        [state] = connection.execute("SELECT state FROM wishes ORDER BY id DESC LIMIT 1").fetchone()
    assert state == "waiting"


def test_a_lane_without_places_says_so_and_leads_back(kiosk: KioskInHand) -> None:
    to_days(kiosk, "bdc-sc")
    kiosk.until(lambda: "没有可预约" in kiosk.text("empty-sentence"))
    kiosk.tap("empty-again")
    kiosk.until(lambda: kiosk.step() == "home")


def test_a_lane_that_is_closed_now_can_be_booked(kiosk: KioskInHand) -> None:
    kiosk.hub.operator.call("close_lane", Reason(reason="系统维护"), letter="B")
    mirror = kiosk.stage.bridge.mirror
    assert mirror is not None
    kiosk.until(lambda: not kiosk.stage.bridge.mirror.lanes["B"].open)  # type: ignore[union-attr]
    kiosk.tap("lane-B")
    kiosk.tap("book-instead")
    kiosk.until(lambda: kiosk.step() == "search")


def test_a_second_booking_of_the_same_leads_to_the_first(kiosk: KioskInHand, person: str) -> None:
    first = book(kiosk, person)
    to_days(kiosk)
    kiosk.tap(f"day-{day(3).date()}")
    kiosk.tap("time-09:00")
    kiosk.until(lambda: kiosk.seen("type-number"))
    lay(kiosk, person)
    kiosk.tap("continue")
    kiosk.until(lambda: "已预约这个事项" in kiosk.text("hold-note"))
    kiosk.tap("hold-mine")
    kiosk.until(lambda: kiosk.seen(f"change-{first.id}"))


def test_a_booking_moves_in_one_step(kiosk: KioskInHand, person: str) -> None:
    first = book(kiosk, person)
    to_mine(kiosk, person)
    kiosk.tap(f"change-{first.id}")
    kiosk.until(lambda: kiosk.seen(f"day-{day(3).date()}"))
    assert kiosk.seen(f"day-{day(2).date()}") is None, "a full day is no place to move to"
    kiosk.tap(f"day-{day(3).date()}")
    kiosk.tap("time-09:15")
    kiosk.until(lambda: "09:00" in kiosk.text("hold-before"))
    assert bookings(kiosk, person) == [first], "nothing moves before it is confirmed"
    kiosk.tap("hold-confirm")
    kiosk.until(lambda: kiosk.step() == "booked")
    [moved] = bookings(kiosk, person)
    assert (moved.id, moved.code, moved.day) == (first.id, first.code, day(3).date())
    assert moved.token != first.token


def test_giving_up_is_asked_twice(kiosk: KioskInHand, person: str) -> None:
    first = book(kiosk, person)
    to_mine(kiosk, person)
    kiosk.tap(f"give-up-{first.id}")
    kiosk.tap("keep-booking")
    assert bookings(kiosk, person) == [first]
    kiosk.tap(f"give-up-{first.id}")
    kiosk.tap("cancel-booking")
    kiosk.until(lambda: "已取消" in kiosk.text("mine-note"))
    assert bookings(kiosk, person) == []
    assert kiosk.seen("mine-home")


def test_a_lost_hub_is_told_and_the_retry_books_once(kiosk: KioskInHand, person: str) -> None:
    to_hold(kiosk, person)
    kiosk.hub.kill()
    kiosk.tap("hold-confirm")
    kiosk.until(lambda: "联系不上" in kiosk.text("hold-note"))
    kiosk.hub.restart()
    kiosk.until(lambda: kiosk.stage.bridge.online)
    kiosk.tap("hold-confirm")
    kiosk.until(lambda: kiosk.step() == "booked")
    assert [one.state for one in bookings(kiosk, person)] == ["confirmed"]


def test_a_slot_that_fills_up_leads_to_another_without_a_second_card(kiosk: KioskInHand, person: str) -> None:
    put_slots(kiosk.hub.house, "A", day(4), places=[1])
    to_days(kiosk)
    kiosk.tap(f"day-{day(4).date()}")
    kiosk.until(lambda: kiosk.seen("time-09:00"))
    book(kiosk, id_number("19600101", next(_serials)), ahead=4)
    kiosk.tap("time-09:00")
    kiosk.until(lambda: kiosk.seen("type-number"))
    lay(kiosk, person)
    kiosk.tap("continue")
    kiosk.until(lambda: "约满" in kiosk.text("hold-note"))
    lift(kiosk)
    kiosk.tap("choose-again")
    kiosk.tap(f"day-{day(3).date()}")
    kiosk.tap("time-09:00")
    kiosk.until(lambda: kiosk.text("hold-confirm") == "确认预约")


def test_the_way_is_in_english_too(kiosk: KioskInHand) -> None:
    kiosk.tap("language")
    kiosk.tap("book")
    kiosk.until(lambda: kiosk.text("book-new") == "Book a time")
    kiosk.tap("home")
    kiosk.tap("check-in")
    kiosk.until(lambda: kiosk.text("type-code").startswith("Type the booking code"))
    kiosk.model.guide.wipe()
    kiosk.until(lambda: kiosk.text("book") == "预约办理")
