"""A weekend from its opening to its figures: hours, rota, bookings from all sides, an illness, the Saturday.

Everything is the real thing: one hub, the managers' pages and the phone pages in a browser, a gateway on
loopback, a kiosk's and a desk's credentials; only the clock is set.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.client.api import HubClient, HubRefused
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.protocol import rota as r
from shared.services.hall import load_plan
from shared.services.rota import on_duty
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, PIN, RunningHub, id_number, running_hub, small_hall
from shared.testing_gateway import GatewayDouble, configure, gateway_double, until

MATTER = "yyzz-bg"
MONDAY = MONDAY_MORNING.date()
SATURDAY, SUNDAY = MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)
HOURS = ("Mon-Fri 09:00-12:00 13:00-17:00", "Sat 14:00-16:00 weekend booked")
PHONE, OFFICE = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def gateway() -> Iterator[GatewayDouble]:
    with gateway_double() as double:
        yield double


@pytest.fixture
def hall(tmp_path: Path, gateway: GatewayDouble) -> Iterator[RunningHub]:
    configure(tmp_path / "hall", gateway.address)
    with running_hub(tmp_path / "hall", small_hall(hours=HOURS, windows=2, clerks=4)) as hub:
        yield hub


@pytest.fixture
def office(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    """A manager's browser, signed in."""
    context = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.goto(f"{hall.url}/manage/bookings")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    yield page
    context.close()


def card(serial: int) -> m.Identity:
    return m.Identity(number=id_number(serial=serial), name="王小明")


def opens_the_morning(office: Page, hall: RunningHub) -> None:
    """By the managers' page: Saturday morning for appointments, in place of the afternoon."""
    office.goto(f"{hall.url}/manage/hours/A")
    office.fill("textarea", "\n".join((*HOURS[:1], "Sat 09:00-11:00 weekend booked")))
    office.get_by_role("button", name="预览").click()
    office.locator("form[action$=change] button").click()
    office.goto(f"{hall.url}/manage/hours")
    expect(office.locator("main")).to_contain_text("09:00-11:00")


def fills_the_rota(office: Page, hall: RunningHub) -> None:
    """By the managers' page, from a search to its publishing."""
    office.goto(f"{hall.url}/manage/rota")
    office.fill("[name=first]", MONDAY.isoformat())
    office.get_by_role("button", name="生成", exact=True).click()
    publish = office.get_by_role("button", name="发布排班")
    for _ in range(60):
        if publish.count():
            break
        office.wait_for_timeout(1000)
        office.goto(f"{hall.url}/manage/rota?show=draft")
    publish.click()
    expect(office.locator(".summary")).to_contain_text("现行排班")


def opens_places(office: Page, hall: RunningHub) -> int:
    """By the managers' page: from now on places follow from the rota; how many Saturday has."""
    office.goto(f"{hall.url}/manage/bookings?day={SATURDAY}")
    office.check("[name=automatic]")
    office.locator("form[action$=terms] button").click()
    until(lambda: len(slots(hall)) > 0)
    office.goto(f"{hall.url}/manage/bookings?day={SATURDAY}")
    expect(office.locator(".summary")).to_contain_text("名额按排班计算")
    return sum(slot.offered for slot in slots(hall))


def slots(hall: RunningHub) -> list[b.SlotNow]:
    day = hall.operator.ask(b.BookedDay, "booked_day", day=SATURDAY.isoformat())
    return [slot for slot in day.slots if slot.lane == "A"]


def books_by_phone(phone: Page, hall: RunningHub, gateway: GatewayDouble) -> str:
    phone.goto(f"{hall.url}/book/{MATTER}")
    phone.locator(f"td a[href*='/{SATURDAY}?']").click()
    phone.locator(".times a").first.click()
    phone.get_by_label("身份证号码").fill(id_number(serial=500))
    phone.get_by_label("姓名").fill("李小红")
    phone.get_by_label("手机号码").fill("13900004321")
    phone.get_by_role("button", name="获取短信验证码").click()
    until(lambda: any(got.body["kind"] == "proof" for got in gateway.got))
    code = next(got for got in gateway.got if got.body["kind"] == "proof").body["fields"]["code"]
    phone.get_by_label("短信验证码").fill(code)
    phone.get_by_role("button", name="下一步").click()
    phone.get_by_role("button", name="确认预约").click()
    expect(phone.locator(".state")).to_have_text("预约成功")
    return phone.locator(".typed").inner_text()


def books_until_full(clients: list[HubClient]) -> list[b.Booking]:
    """A kiosk and a desk in turn, until Saturday has no place."""
    booked: list[b.Booking] = []
    while True:
        client = clients[len(booked) % 2]
        free = client.ask(b.BookingTimes, "booking_times", matter=MATTER, day=SATURDAY.isoformat()).slots
        if not free:
            return booked
        who = card(len(booked) + 1)
        wanted = b.Reserve(slot=free[0].id, matter=MATTER, identity=who, phone=f"138{len(booked):08d}")
        held = client.ask(b.Booking, "reserve", wanted)
        booked.append(client.ask(b.Booking, "confirm_booking", m.Nothing(), token=held.token))


def falls_ill(hall: RunningHub) -> None:
    """Whoever is on duty on Saturday, by the published rota."""
    with closing(connect(hall.house.database, read_only=True)) as connection:
        (duty, *_) = on_duty(connection, load_plan(connection), SATURDAY, SATURDAY)
    ill = r.TakeLeave(clerk=duty.clerk, first=SATURDAY, last=SATURDAY, sick=True)
    assert hall.operator.ask(r.LeaveTold, "take_leave", ill).shortages, "it is said what is short"


def on_saturday(hall: RunningHub, hour: int, minute: int) -> None:
    """The hub's clock is set: it is stopped, and started on Saturday at this time."""
    hall.kill()
    hall.arguments = ("--start", _at(hour, minute).isoformat())
    hall.restart()


def checks_in(kiosk: HubClient, booking: b.Booking) -> m.Ticket:
    return kiosk.ask(m.TakenTicket, "check_in", b.Whose(code=booking.code)).ticket


def test_a_weekend(hall: RunningHub, gateway: GatewayDouble, office: Page, browser: Browser) -> None:
    opens_the_morning(office, hall)
    fills_the_rota(office, hall)
    places = opens_places(office, hall)
    assert places > 3

    phone = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()  # type: ignore[arg-type]
    typed = books_by_phone(phone, hall, gateway)
    kiosk, desk = hall.client("citizen-kiosk"), hall.clerk("1001")
    booked = books_until_full([kiosk, desk])
    assert len(booked) + 1 == places, "every place, and not one more"
    one_more = b.Reserve(slot=slots(hall)[0].id, matter=MATTER, identity=card(900))
    with pytest.raises(HubRefused, match="slot_full"):
        kiosk.call("reserve", one_more)

    falls_ill(hall)
    until(lambda: sum(slot.offered for slot in slots(hall)) < places)
    office.goto(f"{hall.url}/manage/bookings?day={SATURDAY}")
    expect(office.locator(".over")).to_contain_text("超出能力")
    office.get_by_role("button", name="请他们改期").click()
    expect(office.locator(".over")).to_contain_text("已请改期")
    until(lambda: any(got.body["kind"] == "withdrawn" for got in gateway.got))
    day = hall.operator.ask(b.BookedDay, "booked_day", day=SATURDAY.isoformat())
    assert len([row for row in day.bookings if row.state == "confirmed"]) == places, "nobody was dropped"

    punctual, late, missing, *_, early = sorted(booked, key=lambda row: row.start)
    on_saturday(hall, 8, 55)
    assert checks_in(kiosk, punctual).due_at == punctual.start
    on_saturday(hall, 9, 30)
    assert late.start + timedelta(minutes=15) <= _at(9, 30)
    assert checks_in(kiosk, late).due_at is None, "too late for its time: by the check-in"
    assert checks_in(kiosk, early).due_at == early.start
    assert kiosk.ask(b.Bookings, "find_bookings", b.Whose(code=typed)).bookings[0].state == "confirmed"

    hall.operator.call("roll_day", m.RollDay(day=SUNDAY))
    after = hall.operator.ask(b.BookedDay, "booked_day", day=SATURDAY.isoformat())
    states = {row.id: row.state for row in after.bookings}
    assert [states[row.id] for row in (punctual, early)] == ["checked_in"] * 2
    assert states[missing.id] == "missed"
    office.goto(f"{hall.url}/manage/bookings?day={SATURDAY}")
    expect(office.locator("main")).to_contain_text("已签到")
    expect(office.locator("main")).to_contain_text("未到")
    with closing(connect(hall.house.database, read_only=True)) as connection:
        assert not audit(connection, load_keys(hall.house.key)).wrong


def _at(hour: int, minute: int) -> datetime:
    return datetime(SATURDAY.year, SATURDAY.month, SATURDAY.day, hour, minute, tzinfo=HALL_ZONE)
