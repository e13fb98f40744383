"""The managers' page of advice: for managers only, what would help now, and what came of earlier advice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, PIN, RunningHub, running_hub

OFFICE = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hall whose clock runs a hundred times as fast, with one window for a long line."""
    fast = ("--start", MONDAY_MORNING.isoformat(), "--rehearse", "100")
    with running_hub(tmp_path_factory.mktemp("advice") / "hall", None, *fast) as hub:
        hub.clerk("1001", window=1)
        kiosk = hub.client("citizen-kiosk")
        for _ in range(25):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        yield hub


@pytest.fixture(scope="module")
def page(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{hall.url}/manage/advice")
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    expect(page.locator("body")).not_to_contain_text("窗口建议")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    yield page
    context.close()


def test_the_best_action_stands_first_with_its_gain(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/advice")
    suggestion = page.locator(".suggestion").first
    until(page, suggestion.is_visible)
    expect(suggestion).to_contain_text("建议开放 2 号窗口")
    expect(suggestion).to_contain_text("今后一小时")
    expect(suggestion).to_contain_text("大家合计少等")
    expect(page.locator(".summary")).to_contain_text("调整窗口可以缩短等候")
    page.goto(f"{hall.url}/manage/advice?lang=en")
    expect(page.locator(".suggestion").first).to_contain_text("Open window 2")
    page.goto(f"{hall.url}/manage/advice?lang=zh")


def test_an_hour_later_it_says_what_came_of_it(hall: RunningHub, page: Page, tmp_path: Path) -> None:
    page.goto(f"{hall.url}/manage/advice")
    judged = page.locator(".advice table tr", has_text="未采纳")
    until(page, lambda: judged.count() > 0, tries=160)
    expect(judged.last).to_contain_text("最长等候")
    page.screenshot(path=tmp_path / "advice.png", full_page=True)


def until(page: Page, is_so: Callable[[], bool], tries: int = 80) -> None:
    """Load the page again until it is so; the hub looks every few seconds."""
    for _ in range(tries):
        if is_so():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
