"""The managers' page: nothing for strangers, the truth about every device for managers, live, in any size."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared.protocol import messages as m
from shared.protocol.messages import PartReport, ReportParts
from shared.services.access import PIN_TRIES
from shared.testing import PIN, RunningHub, running_hub

OFFICE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
LONG = "北京市朝阳区政务服务中心一楼大厅东侧自助服务区第十二号综合自助取号一体机（含身份证阅读）"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    """A hub of its own, for what must be empty or may be locked."""
    with running_hub(tmp_path / "hall") as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=OFFICE, locale="zh-CN")  # type: ignore[arg-type]
    yield opened
    opened.close()


def code_for(hub: RunningHub, role: m.Role = "manager") -> str:
    code: str = hub.operator.call("offer_device", m.OfferDevice(role=role, name="办公室")).code
    return code


def enter(hub: RunningHub, context: BrowserContext, number: str = "9001") -> Page:
    """Enrol the browser and sign in, as a manager does."""
    page = context.new_page()
    page.goto(f"{hub.url}/manage")
    page.fill("[name=code]", code_for(hub))
    page.click("button.main")
    sign_in(page, number)
    return page


def sign_in(page: Page, number: str, pin: str = PIN) -> None:
    page.fill("[name=clerk]", number)
    page.fill("[name=pin]", pin)
    page.click("button.main")


def report(hub: RunningHub, token: str, **states: m.PartState) -> None:
    parts = [PartReport(kind=kind, state=state) for kind, state in states.items()]
    hub.with_credential(token).call("report_parts", ReportParts(parts=parts))


def furnish(hub: RunningHub) -> dict[str, str]:
    """A hall with one device of each trouble."""
    tokens = {
        "一号取号机": hub.enrol("citizen-kiosk", "一号取号机"),
        "二号取号机": hub.enrol("citizen-kiosk", "二号取号机"),
        LONG: hub.enrol("citizen-kiosk", LONG),
        "一号窗口": hub.enrol("counter", "一号窗口", window=1),
        "大屏": hub.enrol("display", "大屏"),
        "三号取号机": hub.enrol("citizen-kiosk", "三号取号机"),
        "旧取号机": hub.enrol("citizen-kiosk", "旧取号机"),
    }
    report(hub, tokens["一号取号机"], printer="paper_out", idcard="ready", scanner="ready")
    report(hub, tokens["二号取号机"], printer="near_end", idcard="ready")
    report(hub, tokens[LONG], printer="ready", idcard="unknown", scanner="silent", camera="black")
    report(hub, tokens["一号窗口"])
    report(hub, tokens["大屏"], voice="ready")
    old = max(device.id for device in hub.operator.call("devices").devices)
    hub.operator.call("revoke_device", m.Nothing(), id=old)
    return tokens


def test_a_manager_sees_the_worst_first_and_it_is_live(hall: RunningHub, context: BrowserContext) -> None:
    tokens = furnish(hall)
    page = enter(hall, context)
    units = page.locator(".unit")
    expect(units).to_have_count(7)
    expect(units.nth(0)).to_contain_text("三号取号机")
    expect(units.nth(0)).to_contain_text("还没有联系过")
    expect(page.locator(".unit.broken", has_text="一号取号机")).to_contain_text("缺纸")
    expect(page.locator(".summary")).to_contain_text("4 台需要处理")
    expect(units.last).to_contain_text("已停用")
    report(hall, tokens["三号取号机"], printer="ready")
    expect(page.locator(".summary")).to_contain_text("3 台需要处理")
    shot(page, "office")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shot(page, "phone")


def shot(page: Page, name: str) -> None:
    """A picture to look at, when a folder for it is given."""
    import os

    if folder := os.environ.get("HALL_SHOTS"):
        page.screenshot(path=f"{folder}/manage-{name}.png", full_page=True)


def test_all_fine_is_said_only_when_every_device_said_so(hall: RunningHub, context: BrowserContext) -> None:
    page = enter(hall, context)
    expect(page.locator(".summary")).to_contain_text("还没有登记任何设备")
    shot(page, "empty")
    kiosk, counter = hall.enrol("citizen-kiosk", "一号取号机"), hall.enrol("counter", "一号窗口")
    report(hall, kiosk, printer="ready", idcard="ready")
    expect(page.locator(".summary")).to_contain_text("1 台需要处理")
    report(hall, counter)
    expect(page.locator(".summary.fine")).to_contain_text("全部 2 台设备正常")
    report(hall, kiosk, printer="unknown", idcard="ready")
    expect(page.locator(".summary")).to_contain_text("1 台需要处理")


def test_a_lost_hub_is_said_and_a_manager_can_leave(hall: RunningHub, context: BrowserContext) -> None:
    furnish(hall)
    page = enter(hall, context)
    expect(page.locator(".unit")).to_have_count(7)
    page.wait_for_timeout(500)
    hall.kill()
    page.wait_for_selector("body.stale", timeout=15000)
    expect(page.locator("#updated")).to_contain_text("连接中断")
    expect(page.locator(".summary")).to_be_hidden()
    shot(page, "offline")
    hall.restart()
    page.wait_for_selector("body:not(.stale)", timeout=20000)
    page.click("text=退出登录")
    expect(page.locator("h2")).to_have_text("管理员登录")
    shot(page, "sign-in")
    page.goto(f"{hall.url}/manage")
    expect(page.locator("h2")).to_have_text("管理员登录")


def test_english_is_complete(hall: RunningHub, context: BrowserContext) -> None:
    token = hall.enrol("citizen-kiosk", "Kiosk 1")
    report(hall, token, printer="paper_out", idcard="ready")
    page = enter(hall, context)
    page.click("text=English")
    expect(page.locator(".unit")).to_contain_text("Out of paper")
    said = page.locator("body").inner_text().replace("中文", "").replace("王主任", "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []
    page.reload()
    expect(page.locator(".unit")).to_contain_text("Out of paper")


def test_it_works_without_script(hall: RunningHub, browser: Browser) -> None:
    furnish(hall)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = enter(hall, context)
    expect(page.locator(".unit")).to_have_count(7)
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    context.close()


def test_the_posted_order_stands_with_its_history(hall: RunningHub, context: BrowserContext) -> None:
    page = enter(hall, context)
    hall.operator.call("change_rules", m.ChangeRules(return_penalty=5, longest_wait=60))
    page.click("text=叫号规则")
    sheets = page.locator(".sheet")
    expect(sheets.nth(0)).to_contain_text("过号后返回的，排在返回时刻之后 5 分钟")
    expect(sheets.nth(1).locator("tr", has_text="return_penalty").locator("td")).to_have_text("5")
    newest = sheets.nth(2).locator("tr").first
    expect(newest).to_contain_text("operator")
    expect(newest).to_contain_text("等满多少分钟最先办理 无 → 60")
    expect(sheets.nth(2).locator("tr").last).to_contain_text("建厅时的规则")
    shot(page, "rules")
    page.click("text=English")
    expect(sheets.nth(0)).to_contain_text("5 minutes after the return")
    said = page.locator("body").inner_text().replace("中文", "").replace("王主任", "")
    assert re.findall(r"[\u4e00-\u9fff]+", said) == []
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shot(page, "rules-phone")
    stranger = httpx.get(f"{hall.url}/manage/rules")
    assert "return_penalty" not in stranger.text
    assert "登记码" in stranger.text


def test_a_name_is_only_text(hall: RunningHub, context: BrowserContext) -> None:
    hall.enrol("display", '<img src=x onerror="document.title=1">')
    page = enter(hall, context)
    expect(page.locator(".unit")).to_contain_text("<img")
    assert page.locator("img").count() == 0


def test_nothing_can_be_loaded_from_elsewhere(hall: RunningHub, context: BrowserContext) -> None:
    answer = httpx.get(f"{hall.url}/manage")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in answer.text
    assert " on" not in re.sub(r">[^<]*<", "><", answer.text).lower().replace(" only", "")
    page = enter(hall, context)
    cookies: dict[str, Any] = {str(cookie.get("name")): cookie for cookie in context.cookies()}
    assert {"hall_device", "hall_session", "hall_form"} <= set(cookies)
    for name in ("hall_device", "hall_session", "hall_form"):
        assert cookies[name]["httpOnly"]
        assert cookies[name]["sameSite"] == "Strict"
        assert cookies[name]["path"] == "/manage"
    assert page.evaluate("document.cookie") == ""


# -- refusals, without a browser ------------------------------------------------------------------------


class Visit:
    """A client that keeps cookies and finds the form's token, as a browser does."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.http = httpx.Client(base_url=hub.url, follow_redirects=False)
        self.token = self._token(self.http.get("/manage").text)

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrf" value="(\w+)"', page)
        assert found is not None
        return found[1]

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.http.post(f"/manage/{path}", data={"csrf": self.token} | fields)

    def enrol(self) -> None:
        assert self.post("enrol", code=code_for(self.hub)).status_code == 303


@pytest.fixture
def visit(hub: RunningHub) -> Iterator[Visit]:
    made = Visit(hub)
    yield made
    made.http.close()


def test_a_stranger_reads_nothing(hub: RunningHub, visit: Visit) -> None:
    hub.enrol("display", "大屏幕甲")
    assert "登记码" in visit.http.get("/manage").text
    assert "大屏幕甲" not in visit.http.get("/manage").text
    assert visit.http.get("/manage/events").status_code == 401
    refused = visit.post("sign-in", clerk="9001", pin=PIN)
    assert refused.status_code == 401
    assert "hall_session" not in visit.http.cookies


def test_an_enrolled_browser_without_a_manager_reads_nothing(hub: RunningHub, visit: Visit) -> None:
    hub.enrol("display", "大屏幕乙")
    visit.enrol()
    assert "管理员登录" in visit.http.get("/manage").text
    assert "大屏幕乙" not in visit.http.get("/manage").text
    assert visit.http.get("/manage/events").status_code == 401


def test_a_code_for_another_role_is_refused_and_stays_good(hub: RunningHub, visit: Visit) -> None:
    code = code_for(hub, "display")
    refused = visit.post("enrol", code=code)
    assert refused.status_code == 403
    assert "不是给管理员浏览器的" in refused.text
    assert hub.with_credential(None).call("enrol", m.Enrol(code=code)).role == "display"


def test_a_wrong_code_is_refused(visit: Visit) -> None:
    refused = visit.post("enrol", code="00000000")
    assert refused.status_code == 403
    assert "登记码不正确" in refused.text


def test_a_clerk_is_no_manager(hub: RunningHub, visit: Visit) -> None:
    visit.enrol()
    before = hub.operator.call("health").seq
    refused = visit.post("sign-in", clerk="1001", pin=PIN)
    assert refused.status_code == 403
    assert "只供管理员使用" in refused.text
    assert "hall_session" not in visit.http.cookies
    assert hub.operator.call("health").seq == before, "no session was opened"


@pytest.mark.parametrize("path", ["enrol", "sign-in", "sign-out"])
@pytest.mark.parametrize("csrf", ["", "0" * 32, "é"])
def test_a_form_from_elsewhere_is_refused(hub: RunningHub, visit: Visit, path: str, csrf: str) -> None:
    visit.enrol()
    refused = visit.post(path, csrf=csrf, clerk="9001", pin=PIN, code="12345678")
    assert refused.status_code == 403
    assert "hall_session" not in visit.http.cookies
    stranger = httpx.post(f"{hub.url}/manage/{path}", data={"csrf": visit.token, "clerk": "9001", "pin": PIN})
    assert stranger.status_code == 403, "the token is good only with its cookie"


def test_too_large_a_form_is_refused(visit: Visit) -> None:
    assert visit.post("sign-in", clerk="9" * 70_000).status_code == 413


def test_wrong_pins_lock_the_manager_out(hall: RunningHub) -> None:
    visit = Visit(hall)
    visit.enrol()
    codes = [visit.post("sign-in", clerk="9001", pin="0000").status_code for _ in range(PIN_TRIES)]
    assert codes == [403] * (PIN_TRIES - 1) + [429]
    locked = visit.post("sign-in", clerk="9001", pin=PIN)
    assert locked.status_code == 429
    assert "请 15 分钟后再试" in locked.text
    visit.http.close()


def test_a_revoked_browser_is_out_at_once(hub: RunningHub, visit: Visit) -> None:
    visit.enrol()
    assert visit.post("sign-in", clerk="9001", pin=PIN).status_code == 303
    assert "退出登录" in visit.http.get("/manage").text
    newest = max(device.id for device in hub.operator.call("devices").devices)
    with visit.http.stream("GET", "/manage/events") as events:
        lines = events.iter_lines()
        next(lines)
        hub.operator.call("revoke_device", m.Nothing(), id=newest)
        assert "event: end" in list(lines)
    assert "登记码" in visit.http.get("/manage").text
    assert visit.http.get("/manage/events").status_code == 401


def test_a_session_counts_only_at_the_browser_it_was_opened_at(hub: RunningHub, visit: Visit) -> None:
    """A manager's session from a counter, or from another browser, opens nothing here."""
    counter = hub.client("counter")
    foreign = counter.call("sign_in", m.SignIn(clerk="9001", pin=PIN)).token
    visit.enrol()
    visit.http.cookies.set("hall_session", foreign, path="/manage")
    assert "管理员登录" in visit.http.get("/manage").text


def test_a_kiosks_credential_is_no_browsers(hub: RunningHub, visit: Visit) -> None:
    visit.http.cookies.set("hall_device", hub.enrol("citizen-kiosk"), path="/manage")
    assert "登记码" in visit.http.get("/manage").text
