"""The managers' page of the hub itself: green only when all was looked at, and a full disk at every head."""

import re
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared.hub.condition import LITTLE_ROOM
from shared.hub.manage_frame import SECTIONS
from shared.testing import RunningHub, running_hub
from tests.web.test_manage import OFFICE, PHONE, enter, report, shot

PATIENCE_MS = 45_000
"""A few self-checks."""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hall") as running:
        yield running


@pytest.fixture
def page(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    yield enter(hall, context)
    context.close()


@contextmanager
def no_room(hub: RunningHub) -> Iterator[None]:
    """As on a full disk: no file of the hub may grow."""
    before = resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, before)


def test_it_is_green_only_when_all_was_looked_at(hall: RunningHub, page: Page) -> None:
    page.click("text=系统状态")
    expect(page.locator(".summary")).to_contain_text("有项目还没有检查")
    expect(page.locator(".unit.unknown", has_text="设备")).to_contain_text("还没有登记")
    report(hall, hall.enrol("citizen-kiosk", "一号取号机"), printer="ready")
    expect(page.locator(".unit", has_text="自检")).to_contain_text("秒前通过")
    expect(page.locator(".unit", has_text="时钟")).to_contain_text("演练用的时钟")
    has_room = shutil.disk_usage(hall.house.folder).free >= LITTLE_ROOM
    expect(page.locator(".summary")).to_contain_text("主机一切正常" if has_room else "硬盘")
    shot(page, "state")
    page.click("text=English")
    expect(page.locator(".unit.fine", has_text="Self-check")).to_contain_text("Passed")
    said = page.locator("body").inner_text().replace("中文", "").replace("王主任", "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shot(page, "state-phone")


def test_a_full_disk_stands_at_every_head_until_there_is_room(hall: RunningHub, page: Page) -> None:
    alarm = page.locator("#alarm .broken", has_text="主机存不进数据")
    expect(alarm).to_have_count(0)
    with no_room(hall):
        expect(alarm).to_be_visible(timeout=PATIENCE_MS)
        shot(page, "alarm")
        for _, path in SECTIONS:
            page.goto(f"{hall.url}{path}")
            expect(alarm).to_be_visible()
        page.click("#alarm a")
        expect(page.locator(".summary")).to_contain_text("主机有故障")
        expect(page.locator(".unit.broken", has_text="保存数据")).to_contain_text("暂时不能叫号")
        shot(page, "state-broken")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        shot(page, "state-broken-phone")
    expect(alarm).to_have_count(0, timeout=PATIENCE_MS)  # nobody wrote: the hub's own check found room


def test_the_way_in_says_why_nobody_gets_in(hall: RunningHub, page: Page) -> None:
    page.click("text=退出登录")
    with no_room(hall):
        expect(page.locator("h2")).to_have_text("管理员登录")
        page.fill("[name=clerk]", "9001")
        page.fill("[name=pin]", "246810")
        page.click("button.main")
        # A write that failed may leave its commit in the log: nobody can say (outcome_unknown).
        expect(page.locator(".problem")).to_contain_text("系统无法确认刚才的操作是否已保存")
        expect(page.locator("#alarm .broken", has_text="主机存不进数据")).to_be_visible()
