"""The citizen's page on a 360 px phone: live, calm, called in amber, cancelled with a question."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from shared.client.api import HubClient
from shared.domain.ordering import Priority
from shared.protocol import messages as m
from shared.testing import RunningHub, id_number, running_hub


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


def take(kiosk: HubClient, **more: Any) -> m.TakenTicket:
    taken: m.TakenTicket = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", **more))
    return taken


def test_the_page_follows_the_ticket_and_shows_the_call_within_a_second(
    hub: RunningHub,
    kiosk: HubClient,
    page: Page,
) -> None:
    first = take(kiosk, lane="A")
    mine = take(kiosk, matter="yyzz-bg", identity=m.Identity(number=id_number(), name="张三"))
    clerk = hub.clerk("1001", window=1)
    page.goto(mine.url)
    expect(page.locator(".number")).to_have_text(mine.ticket.number)
    expect(page.locator(".facts b")).to_have_text("1")
    expect(page.locator("main")).to_contain_text("营业执照变更")
    expect(page.locator("main")).to_contain_text("今天受理，承诺 3 个工作日，最晚 11月26日 周四 办结")
    clerk.call("call_next", m.CallNext(), no=1)
    expect(page.locator("main")).to_contain_text("下一位就是您")
    clerk.call("miss_ticket", m.Nothing(), id=first.ticket.id)
    page.evaluate("navigator.vibrate = (...pattern) => { window.vibrated = pattern; return true; }")
    began = time.monotonic()
    clerk.call("call_next", m.CallNext(), no=1)
    page.wait_for_selector("body.called", timeout=1000)
    assert time.monotonic() - began < 1.0
    expect(page.locator(".state")).to_contain_text("请到 1 号窗口")
    assert page.evaluate("window.vibrated") is not None
    clerk.call("start_ticket", m.Nothing(), id=mine.ticket.id)
    expect(page.locator("body")).not_to_have_class(re.compile("called"))
    clerk.call("finish_ticket", m.Nothing(), id=mine.ticket.id)
    expect(page.locator(".state")).to_contain_text("已办结")


def test_it_fits_a_small_phone_and_is_light(hub: RunningHub, kiosk: HubClient, page: Page) -> None:
    taken = take(kiosk, matter="bdc-sc")
    page.goto(taken.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert len(httpx.get(taken.url).content) < 30_000
    narrow = page.locator("a, button").evaluate_all(
        "nodes => nodes.filter(n => n.offsetHeight && n.offsetHeight < 44).map(n => n.textContent)"
    )
    assert narrow == [], "every target can be hit by a thumb"


def test_cancelling_asks_first(kiosk: HubClient, page: Page) -> None:
    taken = take(kiosk, lane="B")
    page.goto(taken.url)
    page.click("#cancel")
    expect(page.locator(".question")).to_contain_text(f"确定取消 {taken.ticket.number} 吗")
    page.click(".main")
    expect(page.locator(".state")).to_contain_text("等候中")
    page.click("#cancel")
    page.click(".danger")
    expect(page.locator(".state")).to_contain_text("已取消")
    assert kiosk.call("ticket", id=taken.ticket.id).state == "cancelled"


def test_english_is_complete(kiosk: HubClient, page: Page) -> None:
    taken = take(kiosk, matter="yyzz-bg")
    page.goto(taken.url)
    page.click(".language")
    expect(page.locator(".state")).to_contain_text("Waiting")
    said = page.locator("body").inner_text().replace("中文", "")
    without_materials = re.sub(r"Please have ready\s.*", "", said)
    assert re.findall(r"[\u4e00-\u9fff]+", without_materials) == []


def test_it_works_without_script(kiosk: HubClient, browser: Browser) -> None:
    taken = take(kiosk, lane="A")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(taken.url)
    expect(page.locator(".number")).to_have_text(taken.ticket.number)
    expect(page.locator("noscript").first).to_be_visible()
    context.close()


@pytest.fixture
def own_hub(tmp_path: Path) -> Iterator[RunningHub]:
    """A hub that may be killed: started again, its clock begins anew."""
    with running_hub(tmp_path / "hall") as running:
        yield running


def test_a_lost_hub_is_said(own_hub: RunningHub, browser: Browser) -> None:
    hub, taken = own_hub, take(own_hub.client("citizen-kiosk"), lane="A")
    page = browser.new_page(locale="zh-CN")
    page.goto(taken.url)
    page.wait_for_timeout(500)
    hub.kill()
    try:
        page.wait_for_selector("body.stale", timeout=9000)
        expect(page.locator(".updated")).to_contain_text("连接中断，数据更新于 09:3")
    finally:
        hub.restart()
    page.wait_for_selector("body:not(.stale)", timeout=15000)
    page.close()


@pytest.mark.parametrize(
    "token", ["1-AAAAAAAAAAAAAAAAAAAAAA", "999999-AAAAAAAAAAAAAAAAAAAAAA", "x", "1", "1-%3Cb%3E"]
)
def test_a_guessed_address_shows_nothing(hub: RunningHub, kiosk: HubClient, token: str) -> None:
    take(kiosk, lane="A")
    answers = [httpx.get(f"{hub.url}/t/{token}{end}") for end in ("", "/events", "/cancel")]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert "没有找到这张号票" in answers[0].text
    assert httpx.post(f"{hub.url}/t/{token}/cancel").status_code == 404


def test_a_name_is_only_text(kiosk: HubClient, page: Page) -> None:
    name = '<img src=x onerror="document.title=1">'
    identity = m.Identity(number=id_number(serial=9), name=name)
    taken = take(kiosk, lane="A", identity=identity)
    page.goto(taken.url)
    assert page.locator("img").count() == 0


def test_why_is_told_while_somebody_reads_it(hub: RunningHub, kiosk: HubClient, page: Page) -> None:
    first = take(kiosk, lane="B")
    mine = take(kiosk, lane="B")
    elderly = take(kiosk, lane="B", priority=Priority.ELDERLY)
    page.goto(mine.url)
    why = page.locator("#why")
    expect(why.locator("ol")).to_be_hidden()
    why.locator("summary").click()
    expect(why.locator("ol li").first).to_have_text(
        f"{elderly.ticket.number} 先于您：65 岁以上老年人，按公示提前 20 分钟"
    )
    expect(why.locator("ol li").last).to_contain_text(f"{first.ticket.number} 先于您：取号更早")
    clerk = hub.clerk("1002", window=2)
    clerk.call("call_ticket", m.CallTicket(reason="赶火车"), id=elderly.ticket.id)
    expect(why.locator("ol li")).to_have_count(1, timeout=8000)
    expect(why).to_contain_text("您等候时先被叫到的")
    assert "赶火车" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    clerk.call("miss_ticket", m.Nothing(), id=elderly.ticket.id)
    clerk.call("call_ticket", m.CallTicket(reason="赶火车"), id=mine.ticket.id)
    page.wait_for_selector("body.called")
    expect(why).to_be_hidden()
    clerk.call("miss_ticket", m.Nothing(), id=mine.ticket.id)
    clerk.call("close_window", m.Nothing(), no=2)


def test_why_needs_no_script_and_stays_light(kiosk: HubClient, browser: Browser) -> None:
    for _ in range(30):
        mine = take(kiosk, lane="C")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(mine.url + "?lang=en")
    page.locator("#why summary").click()
    expect(page.locator("#why ol li")).to_have_count(12)
    expect(page.locator("#why .soft").first).to_have_text(re.compile("and 1[78] more"))
    assert re.findall(r"[\u4e00-\u9fff]+", page.locator("#why").inner_text()) == []
    assert len(httpx.get(mine.url).content) < 30_000
    context.close()
