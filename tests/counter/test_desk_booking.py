"""Booking for a caller at the desk: by hand and by keyboard, refused, moved, given up, and forgotten."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject

from counter.booking import Caller, Once
from counter.testing import CounterInHand
from counter.viewmodels.book import BookModel
from shared.client.api import HubClient
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.qt.robot_driver import RobotDriver, RobotError
from shared.testing import MONDAY_MORNING, PIN, RunningHub, id_number, put_slots

NewDesk = Callable[..., CounterInHand]
MATTER = "yyzz-bg"
TOMORROW = MONDAY_MORNING.replace(hour=9, minute=0) + timedelta(days=1)
NEXT_DAY = TOMORROW + timedelta(days=1)


def day_key(moment: datetime) -> str:
    return moment.date().isoformat()


def part(book: BookModel, name: str) -> Any:
    """form, places or mine."""
    return getattr(book, name)


def said(model: QObject, name: str) -> str:
    return str(model.property(name))


@pytest.fixture
def desk(new_desk: NewDesk, hub: RunningHub) -> CounterInHand:
    """At a window, a full day after one with two times."""
    put_slots(hub.house, "A", TOMORROW, places=[2, 2])
    (slot,) = put_slots(hub.house, "A", NEXT_DAY, places=[1])
    book_at_kiosk(hub.client("citizen-kiosk"), slot, serial=90)
    desk = new_desk().open(1)
    desk.counter.book.begin()
    return desk


def book_at_kiosk(kiosk: HubClient, slot: int, serial: int) -> b.Booking:
    who = m.Identity(number=id_number(serial=serial), name="李")
    held = kiosk.ask(b.Booking, "reserve", b.Reserve(slot=slot, matter=MATTER, identity=who))
    return kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=held.token)


def choose_matter(desk: CounterInHand) -> None:
    form, places = part(desk.counter.book, "form"), part(desk.counter.book, "places")
    form.search("zz")
    desk.until(lambda: form.property("matters").rows)
    form.chooseMatter(form.property("matters").rows[0].key)
    desk.until(lambda: places.property("times").rows)


def fill(desk: CounterInHand, serial: int = 1, phone: str = "13807301234") -> None:
    choose_matter(desk)
    part(desk.counter.book, "form").type(id_number(serial=serial), "王小明", phone)
    places = part(desk.counter.book, "places")
    places.chooseTime(places.property("times").rows[0].key)


def send(desk: CounterInHand) -> None:
    book = desk.counter.book
    book.go()
    desk.until(lambda: not book.property("busy"))


def find(desk: CounterInHand, typed: str) -> QObject:
    book = desk.counter.book
    book.show("find")
    mine: QObject = part(book, "mine")
    part(book, "mine").type(typed)
    send(desk)
    return mine


def of_person(hub: RunningHub, serial: int = 1) -> list[b.Booking]:
    who = m.Identity(number=id_number(serial=serial))
    return hub.client("citizen-kiosk").ask(b.Bookings, "find_bookings", b.Whose(identity=who)).bookings


def test_a_caller_is_booked_in_one_go(desk: CounterInHand, hub: RunningHub) -> None:
    book = desk.counter.book
    fill(desk)
    assert said(part(book, "places"), "dayKey") == day_key(TOMORROW), "the earliest is shown at once"
    send(desk)
    (made,) = of_person(hub)
    assert (made.state, made.start, made.matter) == ("confirmed", TOMORROW, MATTER)
    assert said(book, "doneDay") == f"{TOMORROW.month}月{TOMORROW.day}日 周二"
    assert (said(book, "doneTime"), said(book, "donePlace")) == ("09:00", "一楼 · A 综合")
    assert said(book, "doneCode").split() == made.code.split("-")
    send(desk)
    assert not book.property("isDone")
    assert said(part(book, "form"), "matterName") == ""


def test_what_is_missing_is_said_before_the_hub_is_asked(desk: CounterInHand, hub: RunningHub) -> None:
    fill(desk)
    for number, name, phone, told in (
        (id_number()[:-1] + "0", "王小明", "", "身份证号码不正确，请核对。"),
        (id_number(), " ", "", "请填写姓名"),
        (id_number(), "王小明", "1380730", "请填写 11 位手机号码。"),
    ):
        part(desk.counter.book, "form").type(number, name, phone)
        assert said(desk.counter.book, "problem") == "", "an old no is not meant for what is typed now"
        send(desk)
        assert said(desk.counter.book, "problem") == told
    assert of_person(hub) == []


def test_the_number_is_checked_while_it_is_typed(desk: CounterInHand) -> None:
    form = part(desk.counter.book, "form")
    for typed, state in (("", ""), ("430602", "typing"), (id_number(), "good")):
        form.type(typed, "", "")
        assert said(form, "numberState") == state
    right = id_number()
    form.type(f"{right[:6]} {right[6:14]} {right[14:]}", "", "")
    assert said(form, "numberState") == "good"
    form.type(right[:-1] + ("1" if right[-1] != "1" else "2"), "", "")
    assert said(form, "numberState") == "wrong"


def test_a_refusal_keeps_the_form_and_shows_what_is_free_now(desk: CounterInHand, hub: RunningHub) -> None:
    book, places = desk.counter.book, part(desk.counter.book, "places")
    fill(desk)
    first = int(said(places, "timeKey"))
    kiosk = hub.client("citizen-kiosk")
    for serial in (50, 51):
        book_at_kiosk(kiosk, first, serial)
    send(desk)
    assert "约满" in said(book, "problem")
    assert not book.property("isDone")
    assert said(part(book, "form"), "matterName") == "营业执照变更"
    assert said(part(book, "form"), "numberState") == "good"
    desk.until(lambda: len(places.property("times").rows) == 1, "the time that went is still offered")
    assert said(places, "timeKey") == ""
    places.chooseTime(places.property("times").rows[0].key)
    send(desk)
    assert said(book, "doneTime") == "09:15", "what was typed is enough for another try"


def test_found_by_id_number_and_moved(desk: CounterInHand, hub: RunningHub) -> None:
    fill(desk)
    send(desk)
    code = said(desk.counter.book, "doneCode")
    find(desk, id_number())
    mine, places = part(desk.counter.book, "mine"), part(desk.counter.book, "places")
    (row,) = mine.property("rows").rows
    assert (row.standing, row.mayMove, row.mayConfirm) == ("预约成功", True, False)
    mine.move(row.key)
    desk.until(lambda: len(places.property("times").rows) == 2)
    assert [row.isFull for row in places.property("days").rows] == [False], "one cannot move to a full day"
    send(desk)
    assert said(desk.counter.book, "problem") == "请选择日期和时间"
    places.chooseTime(places.property("times").rows[1].key)
    send(desk)
    assert said(desk.counter.book, "doneCode") == code, "the code that was read out stays"
    assert [one.start for one in of_person(hub)] == [TOMORROW + timedelta(minutes=15)]


def test_found_by_code_and_given_up_only_when_asked_twice(desk: CounterInHand, hub: RunningHub) -> None:
    fill(desk)
    send(desk)
    find(desk, said(desk.counter.book, "doneCode").lower())
    mine = part(desk.counter.book, "mine")
    (row,) = mine.property("rows").rows
    mine.cancel(row.key)
    assert "09:00" in said(mine, "question")
    mine.leave()
    assert len(of_person(hub)) == 1
    mine.cancel(row.key)
    send(desk)
    assert said(desk.counter.book, "doneTitle") == "已取消预约"
    assert of_person(hub) == []


def test_a_reservation_is_confirmed_for_who_calls(desk: CounterInHand, hub: RunningHub) -> None:
    kiosk = hub.client("citizen-kiosk")
    times = kiosk.ask(b.BookingTimes, "booking_times", matter=MATTER, day=day_key(TOMORROW))
    who = m.Identity(number=id_number(serial=7))
    kiosk.call("reserve", b.Reserve(slot=times.slots[0].id, matter=MATTER, identity=who))
    mine = find(desk, id_number(serial=7))
    (row,) = mine.property("rows").rows
    assert row.standing == "待确认"
    part(desk.counter.book, "mine").confirm(row.key)
    desk.until(lambda: desk.counter.book.property("isDone"))
    assert [one.state for one in of_person(hub, 7)] == ["confirmed"]


def test_nothing_to_find_is_said(desk: CounterInHand) -> None:
    for typed, told in (
        ("", "请输入身份证号或预约码"),
        (id_number()[:-1] + "0", "身份证号码不正确，请核对。"),
    ):
        find(desk, typed)
        assert said(desk.counter.book, "problem") == told
    find(desk, "00000-00000")
    assert desk.counter.book.property("problem"), "junk is no code"
    assert said(find(desk, id_number(serial=33)), "told") == "没有有效的预约"


def test_a_full_day_offers_its_waiting_list(desk: CounterInHand) -> None:
    book = desk.counter.book
    fill(desk)
    assert said(book, "verb") == "预约"
    part(book, "places").chooseDay(day_key(NEXT_DAY))
    assert said(book, "verb") == "登记候补"
    send(desk)
    assert said(book, "doneTitle") == "已登记候补"
    assert "第 1 位" in said(book, "doneNote")
    send(desk)
    fill(desk)
    part(book, "places").chooseDay(day_key(NEXT_DAY))
    send(desk)
    assert book.property("problem")
    assert not book.property("isDone")


def personal(book: BookModel) -> list[object]:
    """Everything on the panel that tells of a person."""
    form, mine, places = (part(book, "form"), part(book, "mine"), part(book, "places"))
    return [
        *(said(book, f"done{part}") for part in ("Title", "Day", "Time", "Place", "Code", "Note")),
        said(form, "matterName"), said(form, "numberTold"), said(mine, "question"), said(book, "problem"),
        *mine.property("rows").rows, *places.property("days").rows, *places.property("times").rows,
    ]  # fmt: skip


def test_nothing_personal_is_left_after_closing(desk: CounterInHand) -> None:
    book = desk.counter.book
    fill(desk)
    send(desk)
    assert any(personal(book))
    book.end()
    assert not any(personal(book))
    find(desk, id_number())
    assert any(personal(book))
    book.end()
    assert not any(personal(book))
    book.begin()
    send(desk)
    assert said(book, "problem") == "请先选定事项", "the caller's fields are empty again"


def test_an_answer_after_closing_is_nobodys(desk: CounterInHand, hub: RunningHub) -> None:
    book = desk.counter.book
    fill(desk)
    book.go()
    book.end()
    desk.until(lambda: [one.state for one in of_person(hub)] == ["confirmed"])
    desk.until(lambda: not book.property("busy"))
    assert not any(personal(book))


def test_after_a_silence_everything_is_forgotten(desk: CounterInHand) -> None:
    book = BookModel(desk.counter.seat, desk.counter.seat, silence_seconds=0.3)
    book.begin()
    part(book, "form").type(id_number(), "王小明", "")
    assert any(personal(book))
    desk.until(lambda: not any(personal(book)))


def test_without_the_hub_it_says_so_and_keeps_the_form(desk: CounterInHand, hub: RunningHub) -> None:
    fill(desk)
    hub.process.terminate()
    hub.process.wait(10)
    send(desk)
    assert "连接中断" in said(desk.counter.book, "problem")
    assert said(part(desk.counter.book, "form"), "numberState") == "good"


def test_one_wish_has_one_request_id() -> None:
    once = Once()
    first = once.id_of("a")
    assert once.id_of("a") == first
    assert once.id_of("b") != first
    second = once.id_of("b")
    once.over()
    assert once.id_of("b") != second


def test_a_caller_is_not_in_a_log() -> None:
    assert repr(Caller(id_number(), "王小明", "13807301234")) == "Caller()"


@pytest.fixture
def robot(hub: RunningHub, tmp_path: Path) -> Iterator[RobotDriver]:
    put_slots(hub.house, "A", TOMORROW, places=[2, 2])
    offer = m.OfferDevice(role="counter", name="窗口", window=2)
    code = hub.operator.ask(m.DeviceOffer, "offer_device", offer).code
    state = str(tmp_path / "s")
    arguments = ("--hub", hub.url, "--enrol", code, "--state", state, "--size", "1180x700")
    with RobotDriver("counter", *arguments) as driver:
        driver.wait("sign-in", "enabled", is_=True)
        for text in ("1001", PIN):
            driver.type(text)
            driver.key("Return")
        driver.wait("windows", "activeFocus", is_=True)
        driver.wait("open-window", "enabled", is_=True)
        driver.key("Return")
        yield driver
        assert driver.warnings == []


def open_panel(robot: RobotDriver) -> None:
    """A press is dropped while the window is still being opened: then press again."""
    robot.wait("book", "enabled", is_=True)
    for patience in (1.0, 2.0, 8.0):
        robot.key("Shift+F5")
        with suppress(RobotError):
            robot.wait("book-matter", "text", is_="", timeout=patience)
            return
    raise AssertionError("the panel does not open")


def type_caller(robot: RobotDriver) -> None:
    robot.type("zz")
    robot.key("Return")
    robot.wait("book-matter", "text", is_="营业执照变更")
    for text in (id_number(), "王小明", "13807301234"):
        robot.type(text)
        robot.key("Return")


def test_by_the_keyboard_alone(robot: RobotDriver, hub: RunningHub) -> None:
    open_panel(robot)
    type_caller(robot)
    robot.wait("book-times", "count", is_=2)
    robot.key("Return")
    robot.key("Right")
    for _ in range(2):
        robot.key("Return")
    robot.wait("done-code", "visible", is_=True)
    (made,) = of_person(hub)
    assert made.start == TOMORROW + timedelta(minutes=15)
    code = robot.get("done-code", "text")
    robot.key("Return")
    assert robot.get("done-code", "text") == code, "an Enter too many wipes nothing away"
    robot.key("Escape")
    robot.gone("dialog")
    robot.key("Shift+F5")
    robot.wait("book-matter", "text", is_="")
    for name in ("book-number", "book-name", "book-phone"):
        assert robot.get(name, "text") == ""


def test_asked_before_a_booking_is_given_up(robot: RobotDriver, hub: RunningHub) -> None:
    open_panel(robot)
    type_caller(robot)
    robot.click("dialog-ok")
    robot.wait("book-problem", "text", is_="请选择日期和时间")
    assert robot.get("book-number", "text") == id_number()
    robot.click(f"day-{day_key(TOMORROW)}")
    robot.wait("book-times", "count", is_=2)
    robot.key("Return")
    robot.click("dialog-ok")
    robot.wait("done-code", "visible", is_=True)
    robot.click("book-find")
    robot.type(id_number())
    robot.key("Return")
    robot.click("cancel-0")
    robot.wait("book-keep", "activeFocus", is_=True)
    robot.key("Return")
    robot.wait("book-keep", "visible", is_=False)
    assert len(of_person(hub)) == 1
    robot.click("cancel-0")
    robot.click("dialog-ok")
    robot.wait("done-title", "text", is_="已取消预约")
    assert of_person(hub) == []
