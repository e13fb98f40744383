"""The managers' page of the rota: for managers only; a draft made beside the hub, published, and changed."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import messages as m
from shared.protocol import rota as told
from shared.testing import PIN, RunningHub, running_hub, small_hall

OFFICE = {"width": 1440, "height": 900}
HOURS = ("Mon-Fri 09:00-12:00 13:00-17:00", "Thu 17:00-20:00 evening", "Sat 09:00-12:00 weekend")
MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """Three windows, eight clerks, on a Monday; two of the clerks lead."""
    folder = tmp_path_factory.mktemp("rota") / "hall"
    with running_hub(folder, small_hall(hours=HOURS, clerks=8)) as hub:
        for number in ("1001", "1002"):
            hub.operator.call("set_rota_clerk", told.SetRotaClerk(clerk=number, lanes="ABC", leads=True))
        yield hub


@pytest.fixture(scope="module")
def page(hall: RunningHub, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.goto(f"{hall.url}/manage/rota")
    expect(page.locator("body")).not_to_contain_text("草稿")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    yield page
    context.close()


def test_a_draft_is_made_while_the_page_says_how_far(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/rota")
    expect(page.locator(".summary")).to_contain_text("还没有排班")
    page.fill("[name=first]", MONDAY.isoformat())
    page.select_option("[name=weeks]", "2")
    page.get_by_role("button", name="生成", exact=True).click()
    until(page, lambda: page.locator(".rota tbody tr").count() == 8)
    expect(page.locator(".summary")).to_contain_text("各岗位均已排满")
    expect(page.locator(".summary")).to_contain_text("草稿，尚未生效")
    assert page.locator("thead .off").count() == 4


def test_publishing_is_one_act(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/rota?show=draft")
    page.get_by_role("button", name="发布排班").click()
    expect(page.locator(".summary")).to_contain_text("现行排班")
    expect(page.get_by_role("button", name="发布排班")).to_have_count(0)


def test_a_swap_that_breaks_a_rule_is_refused_with_its_reason(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/rota")
    sunday = (MONDAY + timedelta(days=6)).isoformat()
    form = page.locator("form[action$=swap]")
    form.locator("[name=day]").fill(sunday)
    form.locator("[name=other_day]").fill(sunday)
    form.locator("button").click()
    expect(page.locator(".problem")).to_contain_text("没有班")
    assert page.locator(".rota tbody tr").count() == 8


def test_sick_today_names_what_is_short_and_who_could_stand_in(hall: RunningHub, page: Page) -> None:
    """So many fall ill that today lacks somebody: the page says so first."""
    page.goto(f"{hall.url}/manage/rota")
    for number in ("1003", "1004", "1005", "1006", "1007", "1008"):
        page.locator("form[action$=sick] select").select_option(number)
        page.locator("form[action$=sick] button").click()
    expect(page.locator(".summary")).to_contain_text(re.compile(r"缺 \d+ 个岗位"))
    expect(page.locator(".short li").first).to_contain_text("11月23日 周一")
    assert page.locator("td.leave").count() == 6


def test_english_is_complete(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/rota?lang=en")
    expect(page.locator(".summary")).to_contain_text("Places short")
    page.goto(f"{hall.url}/manage/rota?lang=zh")


def test_a_draft_can_be_stopped(hall: RunningHub, page: Page) -> None:
    page.goto(f"{hall.url}/manage/rota")
    page.fill("[name=first]", MONDAY.isoformat())
    page.get_by_role("button", name="生成", exact=True).click()
    page.get_by_role("button", name="停止").click()
    expect(page.get_by_role("button", name="停止")).to_have_count(0)
    expect(page.get_by_role("button", name="生成", exact=True)).to_be_enabled()
    page.goto(f"{hall.url}/manage/rota?show=draft")
    expect(page.locator(".summary")).to_contain_text("现行排班")


def test_the_files_can_be_taken(hall: RunningHub, page: Page) -> None:
    for name, begins in (("rota.xlsx", b"PK"), ("rota.ics", b"BEGIN:VCALENDAR")):
        answer = page.request.get(f"{hall.url}/manage/rota/{name}")
        assert answer.status == 200
        assert answer.body().startswith(begins)
    assert page.request.get(f"{hall.url}/manage/rota/other").status == 404


@pytest.mark.parametrize("form", ["make", "stop", "publish", "swap", "sick", "stand-in"])
def test_a_form_from_elsewhere_changes_nothing(hall: RunningHub, form: str) -> None:
    answer = httpx.post(f"{hall.url}/manage/rota/{form}", data={"clerk": "1001", "csrf": "0"})
    assert answer.status_code == 403
    assert httpx.get(f"{hall.url}/manage/rota/rota.xlsx").status_code == 401


def until(page: Page, is_so: Callable[[], bool], tries: int = 120) -> None:
    """Wait until it is so; the page looks again by itself."""
    for _ in range(tries):
        if is_so():
            return
        page.wait_for_timeout(500)
    raise AssertionError(page.locator("main").inner_text())
