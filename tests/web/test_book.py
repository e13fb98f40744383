"""Booking on a phone, in a browser against the real hub and a gateway that gets the text messages."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from shared.client.api import HubClient
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, running_hub
from shared.testing_gateway import GatewayDouble, configure, gateway_double, until

MATTER = "yyzz-bg"
TOMORROW = MONDAY_MORNING.date() + timedelta(days=1)


def at(hour: int, minute: int = 0, days: int = 1) -> datetime:
    day = MONDAY_MORNING.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HALL_ZONE)


@pytest.fixture
def gateway() -> Iterator[GatewayDouble]:
    with gateway_double() as double:
        yield double


@pytest.fixture
def hall(tmp_path: Path, gateway: GatewayDouble) -> Iterator[RunningHub]:
    configure(tmp_path / "hall", gateway.address)
    with running_hub(tmp_path / "hall") as hub:
        put_slots(hub.house, "A", at(9), places=[1, 3, 3])
        put_slots(hub.house, "A", at(14), places=[3])
        put_slots(hub.house, "A", at(9, days=3), places=[1])
        yield hub


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Refusals are answers here, so that a browser's note of a 403 is no error."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    yield context.new_page()
    context.close()


def code_of(gateway: GatewayDouble, n: int = 0) -> str:
    until(lambda: len([got for got in gateway.got if got.body["kind"] == "proof"]) > n)
    return str([got for got in gateway.got if got.body["kind"] == "proof"][n].body["fields"]["code"])


def choose(phone: Page, hall: RunningHub, time: str = "09:15") -> None:
    phone.goto(f"{hall.url}/book")
    phone.get_by_text("综合").click()
    phone.get_by_role("link", name="营业执照变更").click()
    phone.get_by_role("link", name=re.compile(rf"^{TOMORROW.day} ?余")).click()
    phone.get_by_role("link", name=re.compile(f"^{time}")).click()


def tell_who(phone: Page, serial: int = 1) -> None:
    phone.get_by_label("身份证号码").fill(id_number(serial=serial))
    phone.get_by_label("姓名").fill("王小明")
    phone.get_by_label("手机号码").fill("138 0000 1234")
    phone.get_by_role("button", name="获取短信验证码").click()


def book(phone: Page, hall: RunningHub, gateway: GatewayDouble, time: str = "09:15") -> None:
    choose(phone, hall, time)
    tell_who(phone)
    phone.get_by_label("短信验证码").fill(code_of(gateway))
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="确认预约").click()
    expect(phone.locator(".state")).to_have_text("预约成功")


def test_a_visit_is_booked_and_its_code_checks_in(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    book(phone, hall, gateway)
    expect(phone.locator(".when")).to_contain_text("11月24日 周二")
    expect(phone.locator(".when")).to_contain_text("09:15")
    expect(phone.locator(".qr svg")).to_be_visible()
    typed = phone.locator(".typed").inner_text()
    kiosk = hall.client("citizen-kiosk")
    (found,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=typed)).bookings
    assert (found.state, found.holder[:1]) == ("confirmed", "王")
    (same,) = kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=phone.url)).bookings
    assert same.id == found.id
    until(lambda: any(got.body["kind"] == "booked" for got in gateway.got))
    assert id_number() not in phone.content()
    assert "13800001234" not in phone.content()


def test_a_wrong_code_keeps_what_was_typed_and_five_of_them_end_it(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    choose(phone, hall)
    tell_who(phone)
    right = code_of(gateway)
    for _ in range(5):
        phone.get_by_label("短信验证码").fill("000000" if right != "000000" else "111111")
        phone.get_by_role("button", name="下一步").click()
        expect(phone.locator(".fault")).to_contain_text("验证码不对")
        expect(phone.get_by_label("姓名")).to_have_value("王小明")
    phone.get_by_label("短信验证码").fill(right)
    phone.get_by_role("button", name="下一步").click()
    expect(phone.locator(".fault")).to_contain_text("验证码不对")
    phone.get_by_role("button", name="重新获取验证码").click()
    phone.get_by_label("短信验证码").fill(code_of(gateway, 1))
    phone.get_by_role("button", name="下一步").click()
    expect(phone.locator(".state")).to_have_text("待确认")


def test_mistakes_stand_beside_their_field(hall: RunningHub, phone: Page) -> None:
    choose(phone, hall)
    phone.get_by_label("身份证号码").fill("430602198001010011")
    phone.get_by_label("手机号码").fill("12345")
    phone.get_by_role("button", name="获取短信验证码").click()
    expect(phone.locator(".fault")).to_have_count(3)
    expect(phone.get_by_label("身份证号码")).to_have_value("430602198001010011")


def test_a_booking_is_changed_in_one_step_and_the_old_address_says_so(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    book(phone, hall, gateway)
    old = phone.url
    phone.get_by_role("link", name="改期").click()
    phone.get_by_role("link", name=re.compile(rf"^{TOMORROW.day} ?余")).click()
    phone.get_by_role("button", name=re.compile("^14:00")).click()
    expect(phone.locator(".when")).to_contain_text("14:00")
    phone.goto(old)
    expect(phone.locator("main")).to_contain_text("这是改期前的凭证，预约现在是 11月24日 周二 14:00")


def test_a_booking_is_given_up_after_a_question(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    book(phone, hall, gateway)
    phone.get_by_role("link", name="取消预约").click()
    phone.get_by_role("link", name="不取消").click()
    phone.get_by_role("link", name="取消预约").click()
    phone.get_by_role("button", name="确定取消").click()
    expect(phone.locator(".state")).to_have_text("已取消")


def fill_day(hall: RunningHub, kiosk: HubClient, days: int) -> b.Booking:
    day = (MONDAY_MORNING.date() + timedelta(days=days)).isoformat()
    (slot,) = kiosk.ask(b.BookingTimes, "booking_times", matter=MATTER, day=day).slots
    card = m.Identity(number=id_number(serial=50))
    held = kiosk.ask(b.Booking, "reserve", b.Reserve(slot=slot.id, matter=MATTER, identity=card))
    return kiosk.ask(b.Booking, "confirm_booking", m.Nothing(), token=held.token)


def test_a_full_day_has_a_waiting_list_and_the_offer_is_found_by_its_code(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    kiosk = hall.client("citizen-kiosk")
    booked = fill_day(hall, kiosk, 3)
    phone.goto(f"{hall.url}/book/{MATTER}")
    phone.get_by_role("link", name=re.compile("候补")).click()
    tell_who(phone)
    phone.get_by_label("短信验证码").fill(code_of(gateway))
    phone.get_by_role("button", name="加入候补").click()
    expect(phone.locator(".question")).to_contain_text("您排在第 1 位")
    kiosk.call("cancel_booking", m.Nothing(), token=booked.token)
    until(lambda: any(got.body["kind"] == "offered" for got in gateway.got))
    offer = next(got for got in gateway.got if got.body["kind"] == "offered")
    phone.goto(f"{hall.url}/b")
    phone.get_by_label("预约码").fill(offer.body["fields"]["code"])
    phone.get_by_label("身份证号码后四位").fill(id_number()[-4:])
    phone.get_by_role("button", name="查找").click()
    expect(phone.locator(".notice")).to_contain_text("候补有位")
    phone.get_by_role("button", name="确认预约").click()
    expect(phone.locator(".state")).to_have_text("预约成功")


def test_wrong_codes_are_all_told_the_same_and_then_no_more(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    book(phone, hall, gateway)
    right = phone.locator(".typed").inner_text()
    said = set()
    for code, last in [(right, "0000"), ("8K3TQ-0M4XE", id_number()[-4:]), ("junk", ""), *[("x", "y")] * 7]:
        phone.goto(f"{hall.url}/b")
        phone.get_by_label("预约码").fill(code)
        phone.get_by_label("身份证号码后四位").fill(last)
        phone.get_by_role("button", name="查找").click()
        said.add(phone.locator(".problem").inner_text())
        expect(phone.get_by_label("预约码")).to_have_value(code)
    assert said == {"没有找到这个预约，请核对预约码。"}
    phone.goto(f"{hall.url}/b")
    phone.get_by_label("预约码").fill(right)
    phone.get_by_label("身份证号码后四位").fill(id_number()[-4:])
    phone.get_by_role("button", name="查找").click()
    expect(phone.locator(".problem")).to_contain_text("操作太频繁")


def test_a_form_from_elsewhere_changes_nothing(hall: RunningHub, gateway: GatewayDouble, phone: Page) -> None:
    book(phone, hall, gateway)
    answer = phone.request.post(f"{phone.url.partition('?')[0]}/cancel", form={"csrf": "0" * 32})
    assert answer.status == 403
    phone.reload()
    expect(phone.locator(".state")).to_have_text("预约成功")


def test_the_calendar_file_is_of_the_booking(hall: RunningHub, gateway: GatewayDouble, phone: Page) -> None:
    book(phone, hall, gateway)
    file = phone.request.get(f"{phone.url.partition('?')[0]}/calendar.ics").body()
    (event,) = icalendar.Calendar.from_ical(file).events
    assert event.start == at(9, 15)
    assert event.summary == "小厅 营业执照变更"


def test_a_visit_is_booked_changed_and_given_up_without_script(
    hall: RunningHub, gateway: GatewayDouble, browser: Browser
) -> None:
    size, script = ViewportSize(width=390, height=844), False
    context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=script)
    phone = context.new_page()
    choose(phone, hall)
    tell_who(phone)
    phone.get_by_label("短信验证码").fill(code_of(gateway))
    phone.get_by_role("button", name="下一步").click()
    expect(phone.locator(".left")).to_contain_text(re.compile(r"[45]:\d\d"))
    phone.get_by_role("button", name="确认预约").click()
    expect(phone.locator(".qr svg")).to_be_visible()
    phone.get_by_role("link", name="改期").click()
    phone.get_by_role("link", name=re.compile(rf"^{TOMORROW.day} ?余")).click()
    phone.get_by_role("button", name=re.compile("^14:00")).click()
    phone.get_by_role("link", name="取消预约").click()
    phone.get_by_role("button", name="确定取消").click()
    expect(phone.locator(".state")).to_have_text("已取消")
    context.close()


def test_a_held_place_counts_down_and_is_over_by_itself(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    choose(phone, hall)
    tell_who(phone)
    phone.get_by_label("短信验证码").fill(code_of(gateway))
    phone.get_by_role("button", name="下一步").click()
    left = phone.locator("[data-left]")
    first = left.inner_text()
    expect(left).not_to_have_text(first)
    with closing(sqlite3.connect(hall.house.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE bookings SET hold_until = hold_until - 296000 WHERE state = 'reserved'")
    phone.reload()
    expect(phone.locator(".state")).to_have_text("未及时确认，位置已让出", timeout=20_000)
    expect(phone.get_by_role("link", name="重新预约")).to_be_visible()


def test_a_double_tap_confirms_once(hall: RunningHub, gateway: GatewayDouble, phone: Page) -> None:
    choose(phone, hall)
    tell_who(phone)
    phone.get_by_label("短信验证码").fill(code_of(gateway))
    phone.get_by_role("button", name="下一步").dblclick()
    phone.get_by_role("button", name="确认预约").dblclick()
    expect(phone.locator(".state")).to_have_text("预约成功")
    with closing(sqlite3.connect(hall.house.database, timeout=10)) as connection:
        assert connection.execute("SELECT state, count(*) FROM bookings").fetchall() == [("confirmed", 1)]


def test_it_works_without_script_and_in_english(
    hall: RunningHub, gateway: GatewayDouble, phone: Page
) -> None:
    phone.goto(f"{hall.url}/book/{MATTER}?lang=en")
    assert phone.locator("script").count() == 0
    expect(phone.locator("h2")).to_have_text("Which day?")
    expect(phone.locator("main")).to_contain_text("Open now; you can also just come.")
    phone.get_by_role("link", name=re.compile(rf"^{TOMORROW.day} ?10$")).click()
    expect(phone.locator("main")).to_contain_text("Change a business licence")


def test_without_a_gateway_it_says_where_to_book(tmp_path: Path, phone: Page) -> None:
    with running_hub(tmp_path / "bare") as hub:
        put_slots(hub.house, "A", at(9), places=[1])
        for path in ("", f"/{MATTER}", f"/{MATTER}/{TOMORROW}", f"/{MATTER}/slot/1"):
            phone.goto(f"{hub.url}/book{path}")
            expect(phone.locator(".notice")).to_contain_text("24 小时自助区、服务台，或拨打 12345")
            assert phone.locator("input[name=number], main a[href*='/slot/']").count() == 0
        phone.goto(f"{hub.url}/book/{MATTER}/{TOMORROW}")
        expect(phone.locator(".times p")).to_contain_text("09:00")


@pytest.mark.parametrize(
    "path", ["/book/none", "/book/yyzz-bg/someday", "/b/" + "0" * 32, "/b/x", "/book/yyzz-bg/slot/9"]
)
def test_what_is_not_there_says_so(hall: RunningHub, phone: Page, path: str) -> None:
    answer = phone.goto(hall.url + path)
    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("h2")).to_have_text("没有找到")
