"""Leaving a telephone on the phone page: asked only where something is sent, told once, and taken back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub
from shared.testing_gateway import GatewayDouble, configure, gateway_double, until


@pytest.fixture(scope="module")
def gateway() -> Iterator[GatewayDouble]:
    with gateway_double() as double:
        yield double


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, gateway: GatewayDouble) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("remind") / "hall"
    configure(folder, gateway.address)
    with running_hub(folder) as hub:
        kiosk = hub.client("citizen-kiosk")
        for _ in range(4):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        yield hub


def take(hall: RunningHub) -> m.TakenTicket:
    taken: m.TakenTicket = hall.client("citizen-kiosk").call(
        "take_ticket", m.TakeTicket(channel="kiosk", lane="A")
    )
    return taken


def leave(page: Page, phone: str) -> None:
    page.fill("[name=phone]", phone)
    page.click("button.main")


def test_a_number_is_left_and_told_once(hall: RunningHub, gateway: GatewayDouble, page: Page) -> None:
    taken = take(hall)
    page.goto(taken.url)
    page.get_by_role("link", name="快到我时短信提醒").click()
    leave(page, "138 0000 1234")
    expect(page.locator("#state")).to_contain_text("前面剩 3 人时将短信提醒 138****1234")
    assert "13800001234" not in page.content()
    assert gateway.got == [], "four are ahead"
    clerk = hall.clerk("1001", window=1)
    clerk.call("call_next", m.CallNext(), no=1)
    (got,) = gateway.wait(1)
    assert (got.body["to"], got.body["kind"]) == ("13800001234", "three_ahead")
    assert got.body["fields"]["number"] == taken.ticket.number
    page.reload()
    expect(page.locator("#state")).to_contain_text("快到您了")
    expect(page.get_by_role("link", name="提醒")).to_have_count(0)


def test_a_number_is_taken_back(hall: RunningHub, gateway: GatewayDouble, page: Page) -> None:
    told = len(gateway.got)
    for _ in range(3):
        take(hall)
    page.goto(take(hall).url)
    page.get_by_role("link", name="快到我时短信提醒").click()
    leave(page, "13900001234")
    page.get_by_role("link", name="修改或取消提醒").click()
    page.get_by_role("button", name="不用提醒").click()
    expect(page.locator("#state")).not_to_contain_text("139****1234")
    assert len(gateway.got) == told
    assert "contact.withdrawn" in facts(hall)


def facts(hall: RunningHub) -> list[str]:
    import sqlite3

    with sqlite3.connect(hall.house.database) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM facts WHERE name GLOB 'contact.*'")]


def test_what_is_no_number_is_told(hall: RunningHub, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page.goto(f"{take(hall).url}/remind")
    leave(page, "12345")
    expect(page.locator(".problem")).to_contain_text("11 位手机号码")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_without_a_gateway_nobody_is_asked(tmp_path_factory: pytest.TempPathFactory, page: Page) -> None:
    with running_hub(tmp_path_factory.mktemp("silent") / "hall") as hub:
        taken = take(hub)
        page.goto(taken.url)
        expect(page.locator("#state")).to_contain_text(taken.ticket.number)
        expect(page.get_by_role("link", name="快到我时短信提醒")).to_have_count(0)
        page.goto(f"{taken.url}/remind")
        leave(page, "13800001234")
        expect(page.locator("#state")).not_to_contain_text("138****")
        until(lambda: hub.operator.call("outbox_now").counts["waiting"] == 0)
