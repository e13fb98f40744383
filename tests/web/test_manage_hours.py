"""The managers' page of hours: seen first, then made; kiosks and boards follow; mistakes change nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from shared.client.api import HubRefused
from shared.client.mirror import Mirror, NeedsReload
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.testing import MONDAY_MORNING, PIN, RunningHub, running_hub, small_hall

SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
WEEK = "Mon-Fri 09:00-12:00 13:00-17:00"
SATURDAY = MONDAY_MORNING + timedelta(days=5)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    """A hall on a Saturday morning, closed by its hours."""
    with running_hub(tmp_path / "hall", small_hall(hours=(WEEK,)), founded=SATURDAY) as hub:
        yield hub


@pytest.fixture
def office(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SIZES[0], locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{hall.url}/manage/hours")
    expect(page.locator("body")).not_to_contain_text("09:00")
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    yield page
    context.close()


def lanes(hall: RunningHub) -> dict[str, m.Lane]:
    return {lane.letter: lane for lane in hall.operator.call("board").lanes}


def take(hall: RunningHub, lane: str) -> None:
    hall.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane=lane))


def see(office: Page, hall: RunningHub, lane: str, lines: str) -> None:
    office.goto(f"{hall.url}/manage/hours/{lane}")
    office.fill("textarea", lines)
    office.get_by_role("button", name="预览").click()


def test_a_manager_opens_saturday_morning_and_kiosks_follow(hall: RunningHub, office: Page) -> None:
    before = hall.operator.call("board")
    assert not lanes(hall)["A"].open
    with pytest.raises(HubRefused, match="lane_outside_hours"):
        take(hall, "A")
    office.goto(f"{hall.url}/manage/hours")
    expect(office.locator(".summary")).to_contain_text("现在开放 0 / 3")
    expect(office.locator(".rows .unit").first).to_contain_text("11月30日 周一 09:00")
    see(office, hall, "A", f"{WEEK}\nSat 09:00-12:00 weekend")
    expect(office.locator("main")).to_contain_text("11月28日 周六：新增 09:00-12:00（周末）")
    expect(office.locator("main")).to_contain_text("没有预约受影响")
    assert not lanes(hall)["A"].open, "a preview changes nothing"
    office.get_by_role("button", name="确认修改").click()
    expect(office.locator(".summary")).to_contain_text("现在开放 1 / 3")
    expect(office.locator(".sheet").last).to_contain_text("王主任")
    after = lanes(hall)
    assert (after["A"].open, after["B"].open) == (True, False)
    assert after["A"].closes_at is not None
    take(hall, "A")
    told = FactEvent(seq=before.seq + 1, at=SATURDAY, name="hours.changed", actor="clerk:9001", data={})
    with pytest.raises(NeedsReload):
        Mirror.load(before).apply(told)


def test_one_date_in_several_lanes(hall: RunningHub, office: Page) -> None:
    office.goto(f"{hall.url}/manage/hours")
    office.fill("[name=day]", "2026-11-28")
    office.fill("[name=times]", "09:00-12:00 weekend booked")
    office.uncheck("[name='on.C']")
    office.get_by_role("button", name="预览").click()
    expect(office.locator(".sheet")).to_have_count(2)
    office.get_by_role("button", name="确认修改").click()
    expect(office.locator(".rows .unit").first).to_contain_text("另行安排 1")
    assert not lanes(hall)["A"].open, "by appointment only: nobody may walk in"
    with pytest.raises(HubRefused, match="lane_outside_hours"):
        take(hall, "A")


def test_a_window_gets_hours_of_its_own_and_gives_them_back(hall: RunningHub, office: Page) -> None:
    office.goto(f"{hall.url}/manage/hours")
    row = office.locator(".unit").filter(has_text="2 号窗口")
    expect(row).to_be_hidden()
    office.get_by_text("3 个窗口与所办队列相同").click()
    expect(row).to_contain_text("与所办队列相同")
    row.get_by_role("link").click()
    expect(office.locator("main")).to_contain_text("只在所办队列开放时有效")
    see(office, hall, "2", "Mon-Fri 09:00-11:00")
    expect(office.locator("main")).to_contain_text("11月30日 周一：取消 11:00-12:00 13:00-17:00")
    office.get_by_role("button", name="确认修改").click()
    expect(row).to_contain_text("周一至周五 09:00-11:00")
    expect(office.locator(".sheet").last).to_contain_text("2 号窗口")
    assert [window.hours for window in hall.operator.call("board").windows] == [
        "",
        "周一至周五 09:00-11:00",
        "",
    ]
    see(office, hall, "2", "")
    office.get_by_role("button", name="确认修改").click()
    expect(row).to_contain_text("与所办队列相同")
    office.goto(f"{hall.url}/manage/hours/99")
    expect(office.locator(".rows").first).to_be_visible()


MISTAKES = (
    ("Sat 09:00-12:00 11:00-13:00", "互相重叠"),
    ("Sat 12:00-09:00", "结束须晚于开始"),
    ("周六上午", "看不懂"),
    ("Sat closed", "至少写一天"),
    ("Sat 02:00-04:00", "换日时还开放"),
    ("Sat <b>09:00</b>", "看不懂"),
)


def test_a_mistake_is_told_in_words_and_changes_nothing(hall: RunningHub, office: Page) -> None:
    for lines, told in MISTAKES:
        see(office, hall, "A", lines)
        expect(office.locator(".problem")).to_contain_text(told)
        assert office.input_value("textarea").strip() == lines, "what was typed is still there"
    office.goto(f"{hall.url}/manage/hours")
    office.evaluate("document.querySelector('[name=day]').value = '2026-11-01'")
    office.evaluate("document.querySelector('[name=day]').form.submit()")
    expect(office.locator(".problem")).to_contain_text("今天或以后")
    assert not lanes(hall)["A"].open


def test_two_managers_do_not_undo_one_another(hall: RunningHub, office: Page) -> None:
    see(office, hall, "A", f"{WEEK}\nSat 09:00-12:00")
    other = office.context.new_page()
    see(other, hall, "A", f"{WEEK}\nSun 09:00-12:00")
    other.get_by_role("button", name="确认修改").click()
    office.get_by_role("button", name="确认修改").click()
    expect(office.locator(".problem")).to_contain_text("刚被别人修改过")
    assert not lanes(hall)["A"].open


def test_strangers_and_forged_forms_change_nothing(hall: RunningHub, office: Page) -> None:
    cookies = {cookie["name"]: cookie["value"] for cookie in office.context.cookies()}
    form = {"lines.A": f"{WEEK}\nSat 09:00-12:00", "known.A": WEEK}
    for given in ({}, cookies):
        for path in ("change", "preview", "day"):
            answer = httpx.post(f"{hall.url}/manage/hours/{path}", data=form, cookies=given)
            assert answer.status_code == 403, path
    assert not lanes(hall)["A"].open


def test_it_fits_an_office_screen_and_a_phone(hall: RunningHub, office: Page) -> None:
    for size in SIZES:
        office.set_viewport_size(size)  # type: ignore[arg-type]
        for path in ("hours", "hours/A", "hours/2", "hours?lang=en", "hours/2?lang=en", "hours?lang=zh"):
            office.goto(f"{hall.url}/manage/{path}")
            assert office.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, size)
