"""The managers' page of backups: none, well, and a disk that is gone; every page says so in its bar."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.commands.backup import main as backup
from shared.protocol import messages as m
from shared.testing import PIN, RunningHub, running_hub


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    """A hall without a second medium."""
    with running_hub(tmp_path / "hall") as hub:
        yield hub


def office(hall: RunningHub, browser: Browser, width: int = 1440) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.goto(f"{hall.url}/manage/backup")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    page.goto(f"{hall.url}/manage/backup")
    return page


def until(page: Page, holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < limit, page.locator("main").inner_text()
        time.sleep(0.5)
        page.reload()


def says(page: Page, text: str) -> Callable[[], bool]:
    return lambda: text in page.locator(".summary").inner_text()


def test_a_hall_without_a_second_medium_is_told_so_on_every_page(hall: RunningHub, browser: Browser) -> None:
    page = office(hall, browser)
    expect(page.locator(".summary.wanting")).to_contain_text("没有备份")
    expect(page.locator(".summary")).to_contain_text("hall backup --use")
    page.goto(f"{hall.url}/manage/rules")
    expect(page.locator("nav .alarm")).to_have_count(1)
    page.goto(f"{hall.url}/manage/backup?lang=en")
    expect(page.locator(".summary")).to_contain_text("No backup: a broken disk takes everything")
    page.context.close()


def test_backups_are_listed_and_a_disk_that_is_gone_is_red(
    hall: RunningHub, browser: Browser, tmp_path: Path
) -> None:
    hall.stop()
    medium = tmp_path / ("a-disk-with-a-name-of-many-words-" * 4)  # and without a blank
    medium.mkdir()
    assert backup(["--data", str(hall.house.folder), "--use", str(medium)]) == 0
    hall.restart()
    page = office(hall, browser, 360)
    until(page, says(page, "备份正常"))
    expect(page.locator("nav .alarm")).to_have_count(0)
    expect(page.locator(".summary.fine")).to_contain_text("最近一次好的备份：2026-11-23 09:30")
    expect(page.locator("pre")).to_have_text(f"hall restore --from {medium} --data {hall.house.folder}")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 360, "nothing is wider than a telephone"
    medium.rename(tmp_path / "away")
    until(page, says(page, "备份盘用不了；叫号照常"))
    expect(page.locator("nav .alarm")).to_have_count(1)
    expect(page.locator(".summary")).to_contain_text("最近一次好的备份：2026-11-23 09:30")
    page.context.close()


def test_a_stranger_sees_nothing_of_it(hall: RunningHub, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{hall.url}/manage/backup")
    expect(page.locator(".summary")).to_have_count(0)
    expect(page.locator("[name=code]")).to_have_count(1)
    page.context.close()
