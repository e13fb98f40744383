"""The managers' page of messages: it says plainly when nothing is sent, and what failed can be dealt with."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import messages as m
from shared.protocol import outbox as o
from shared.testing import PIN, RunningHub, running_hub
from shared.testing_gateway import Do, GatewayDouble, configure, gateway_double, until

SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayDouble]:
    with gateway_double() as double:
        yield double


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, gateway: GatewayDouble) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("messages") / "hall"
    configure(folder, gateway.address)
    with running_hub(folder) as hub:
        yield hub


def enter(hub: RunningHub, page: Page) -> None:
    page.goto(f"{hub.url}/manage/messages")
    expect(page.locator("body")).not_to_contain_text("发送失败")
    offer = hub.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    page.goto(f"{hub.url}/manage/messages")


@pytest.fixture(scope="module")
def office(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[0], locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    enter(hall, page)
    yield page
    context.close()


def fail(hall: RunningHub, gateway: GatewayDouble, phone: str) -> None:
    """A message that the gateway refuses."""
    gateway.script = [Do(422)]
    kiosk = hall.client("citizen-kiosk")
    ticket = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
    before = len(hall.operator.call("outbox_now").dead)
    kiosk.call("leave_contact", o.LeaveContact(phone=phone, purposes=["turn"]), id=ticket.id)
    until(lambda: len(hall.operator.call("outbox_now").dead) > before)


def test_without_a_gateway_it_says_that_nothing_is_sent(tmp_path: Path, page: Page) -> None:
    with running_hub(tmp_path / "hall") as hub:
        enter(hub, page)
        expect(page.locator(".summary")).to_contain_text("不发送任何消息")
        expect(page.locator("form[action$='/test']")).to_have_count(0)
        page.goto(f"{hub.url}/manage/messages?lang=en")
        expect(page.locator(".summary")).to_contain_text("nothing is sent")


def test_a_failed_message_is_sent_again(hall: RunningHub, gateway: GatewayDouble, office: Page) -> None:
    fail(hall, gateway, "13800001234")
    office.goto(f"{hall.url}/manage/messages")
    row = office.locator(".rows .broken")
    expect(row).to_contain_text("138****1234")
    expect(row).to_contain_text("网关答复 422")
    assert "13800001234" not in office.content()
    row.get_by_role("button", name="重发").click()
    until(lambda: hall.operator.call("outbox_now").counts["sent"] == 1)
    office.reload()
    expect(office.locator(".rows .broken")).to_have_count(0)
    expect(office.locator(".rows .fine")).to_contain_text("已发送")


def test_a_failed_message_is_dropped_and_a_second_press_says_so(
    hall: RunningHub, gateway: GatewayDouble, office: Page
) -> None:
    fail(hall, gateway, "13900001234")
    office.goto(f"{hall.url}/manage/messages")
    number = hall.operator.call("outbox_now").dead[0].id
    hall.operator.call("drop_message", m.Nothing(), id=number)
    office.get_by_role("button", name="放弃").click()
    expect(office.locator(".problem")).to_contain_text("已经不在失败清单里")


def test_the_trial_says_what_came_of_it(hall: RunningHub, gateway: GatewayDouble, office: Page) -> None:
    gateway.script = [Do(), Do(500)]
    office.goto(f"{hall.url}/manage/messages")
    office.get_by_role("button", name="发送测试消息").click()
    expect(office.locator(".done")).to_contain_text("网关已接收测试消息")
    office.get_by_role("button", name="发送测试消息").click()
    expect(office.locator(".problem")).to_contain_text("网关答复 500")


def test_a_form_from_elsewhere_or_from_a_stranger_does_nothing(
    hall: RunningHub, gateway: GatewayDouble, office: Page
) -> None:
    fail(hall, gateway, "13700001234")
    number = hall.operator.call("outbox_now").dead[0].id
    cookies = {cookie["name"]: cookie["value"] for cookie in office.context.cookies()}
    for given in ({}, cookies):
        answer = httpx.post(f"{hall.url}/manage/messages/drop", data={"message": str(number)}, cookies=given)
        assert answer.status_code == 403
    assert [one.id for one in hall.operator.call("outbox_now").dead] == [number]
    hall.operator.call("drop_message", m.Nothing(), id=number)


def test_it_fits_an_office_screen_and_a_phone(hall: RunningHub, office: Page) -> None:
    for size in SIZES:
        office.set_viewport_size(size)  # type: ignore[arg-type]
        for language in ("zh", "en"):
            office.goto(f"{hall.url}/manage/messages?lang={language}")
            office.locator("details summary").click()
            assert office.evaluate("document.documentElement.scrollWidth <= innerWidth")
    office.goto(f"{hall.url}/manage/messages?lang=zh")
