"""The managers' page of promised waits: table, alarm, pictures; for managers only, honest when it cannot."""

import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared.domain.moments import HALL_ZONE, to_millis
from shared.figures.drawn import WEEKS
from shared.protocol import messages as m
from shared.store.queries import sql
from shared.store.sqlite import connect
from shared.testing import PIN, RunningHub, running_hub

OFFICE = {"width": 1280, "height": 800}
WIDE = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
MONDAY = date(2026, 11, 23)
MINUTE = 60_000


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hall of one empty file, whose waits a test writes."""
    folder: Path = tmp_path_factory.mktemp("waits") / "hall"
    with running_hub(folder) as running:
        yield running


@pytest.fixture(scope="module")
def page(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    """A manager's browser, signed in."""
    context = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    yield enter(hall, context)
    context.close()


@pytest.fixture(autouse=True)
def errors(page: Page) -> Iterator[None]:
    """Anything that the page logs as an error fails the test."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    yield
    assert found == []


def enter(hub: RunningHub, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{hub.url}/manage/waits")
    offer = hub.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    page.click("text=等候预估")
    return page


def write(hall: RunningHub, weeks_ago: int, lane: str, held: int, of: int, ahead: int = 3) -> None:
    """`of` promises of 10 to 20 minutes, of which `held` held."""
    connection = connect(hall.house.database)
    start = datetime.combine(MONDAY, datetime.min.time(), HALL_ZONE) - timedelta(weeks=weeks_ago)
    for n in range(of):
        at = to_millis(start + timedelta(hours=9, minutes=n * 470 / of))
        waited = (10 + n % 11 if n < held else 21 + n % 9) * MINUTE
        row = (lane, ahead, waited, 15 * MINUTE, None, at, None, "pace", 10, 20, 0)
        connection.execute(sql("insert_wait"), row)
    connection.close()


def clear(hall: RunningHub) -> None:
    connection = connect(hall.house.database)
    connection.execute("DELETE FROM waits")
    connection.close()


def shot(page: Page, name: str) -> None:
    """Pictures to look at, when a folder for them is given."""
    if folder := os.environ.get("HALL_SHOTS"):
        for size in (WIDE, OFFICE, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=f"{folder}/waits-{name}-{size['width']}.png", full_page=True)
        page.set_viewport_size(OFFICE)  # type: ignore[arg-type]


def look(page: Page, hall: RunningHub) -> None:
    """Load the page anew, with what the minute before left forgotten."""
    page.goto("about:blank")
    hall.kill()
    hall.restart()
    page.goto(f"{hall.url}/manage/waits")


def picture_is_drawn(page: Page, name: str) -> None:
    image = page.locator(f"img[src$='{name}.svg']")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True, timeout=60_000)
    assert image.evaluate("image => image.naturalWidth") > 900


def cell(page: Page, lane: str, column: int) -> str:
    return (
        page.locator("tbody tr", has=page.locator("th", has_text=lane)).locator("td").nth(column).inner_text()
    )


def test_a_new_hall_has_promised_nothing(hall: RunningHub, page: Page) -> None:
    clear(hall)
    look(page, hall)
    expect(page.locator(".summary")).to_contain_text("本周还没有承诺过等候时间")
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("thead th")).to_have_count(1 + WEEKS)
    assert set(page.locator("tbody td").all_inner_texts()) == {"–"}
    for name in ("day", "promises"):
        picture_is_drawn(page, name)
    shot(page, "empty")


def test_a_manager_sees_what_held_by_lane_and_week(hall: RunningHub, page: Page) -> None:
    clear(hall)
    for weeks_ago in range(WEEKS):
        write(hall, weeks_ago, "A", held=160, of=200)
        write(hall, weeks_ago, "B", held=65, of=80)
    write(hall, 0, "C", held=3, of=9)
    write(hall, 0, "A", held=0, of=50, ahead=0)
    look(page, hall)
    expect(page.locator(".summary.fine")).to_contain_text("等候预估正常")
    expect(page.locator(".summary")).to_contain_text("本周应验 79%")
    assert "应验 80%" in cell(page, "综合", 0)
    assert "200 个号" in cell(page, "综合", 3)
    assert "应验 33%" in cell(page, "不动产", 0)
    assert cell(page, "不动产", 1) == "–"
    expect(page.locator("td.alarm")).to_have_count(0)
    for name in ("day", "promises"):
        picture_is_drawn(page, name)
    shot(page, "fine")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(OFFICE)  # type: ignore[arg-type]


def test_an_alarm_is_said_in_words(hall: RunningHub, page: Page) -> None:
    clear(hall)
    write(hall, 0, "A", held=80, of=100)
    write(hall, 0, "B", held=27, of=60)
    write(hall, 1, "B", held=59, of=60)
    look(page, hall)
    expect(page.locator(".summary.wanting")).to_contain_text("等候预估需要检查")
    expect(page.locator(".summary")).to_contain_text("1 条队列超出 70%–90%")
    assert "应验太少，区间偏窄" in cell(page, "工程建设", 0)
    assert "应验太多，区间偏宽" in cell(page, "工程建设", 1)
    shot(page, "alarm")
    page.click("text=English")
    expect(page.locator(".summary")).to_contain_text("The promised waits need a look")
    said = page.locator("body").inner_text().replace("中文", "").replace("王主任", "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []
    page.click("text=中文")


def test_few_numbers_are_not_called_fine(hall: RunningHub, page: Page) -> None:
    clear(hall)
    write(hall, 0, "A", held=20, of=20)
    look(page, hall)
    expect(page.locator(".summary.none")).to_contain_text("本周的号还太少")
    expect(page.locator("td.few").first).to_contain_text("应验 100%")


def test_a_file_that_cannot_be_read_is_said(hall: RunningHub, page: Page, tmp_path: Path) -> None:
    """The hub goes on with the file it has open; whoever opens it anew finds none."""
    look(page, hall)
    page.goto("about:blank")
    hidden = tmp_path / "hall.db"
    hall.house.database.rename(hidden)
    try:
        sorry = page.request.get(f"{hall.url}/manage/waits/promises.svg")
    finally:
        hidden.rename(hall.house.database)
    assert sorry.status == 503
    assert "图暂时画不出来" in "".join(ElementTree.fromstring(sorry.body()).itertext())  # noqa: S314


def test_a_stranger_gets_no_picture(hall: RunningHub, browser: Browser) -> None:
    context = browser.new_context()
    for name in ("day", "promises", "other"):
        assert context.request.get(f"{hall.url}/manage/waits/{name}.svg").status == 401
    assert "登记" in context.request.get(f"{hall.url}/manage/waits?lang=zh").text()
    context.close()


def test_there_are_two_pictures(hall: RunningHub, page: Page) -> None:
    assert page.request.get(f"{hall.url}/manage/waits/other.svg").status == 404
    found = page.request.get(f"{hall.url}/manage/waits/day.svg")
    assert found.headers["content-type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(found.body()).tag.endswith("svg")  # noqa: S314 - our own picture
    assert "script" not in found.headers["content-security-policy"]
