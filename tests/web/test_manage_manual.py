"""The managers' page of calls by hand: contradictions are listed, decided with a reason, and kept."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.client.api import HubClient
from shared.domain.manual import Step
from shared.protocol import manual as h
from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, PIN, RunningHub, running_hub


def note(counter: HubClient, number: int, *steps: Step, proved: bool = True) -> None:
    body = h.NoteManualCall(
        key=UUID(int=number), day=MONDAY_MORNING.date(), series="A", number=number, clerk="1001",
        proved=proved,
        steps=[h.NotedStep(step, MONDAY_MORNING.replace(minute=40 + n)) for n, step in enumerate(steps)],
    )  # fmt: skip
    counter.call("note_manual_call", body, no=1)
    counter.call("judge_manual_calls", h.JudgeManualCalls(keys=[]))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    """A hall in which window 1 noted a number that window 2 has, one that nobody has, and one that fits."""
    start = MONDAY_MORNING.replace(hour=10)
    with running_hub(tmp_path / "hall", None, "--start", start.isoformat()) as hub:
        kiosk, clerk, counter = (
            hub.client("citizen-kiosk"),
            hub.clerk("1002", window=2),
            hub.client("counter"),
        )
        for _ in range(2):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        clerk.call("call_next", m.CallNext(), no=2)
        note(counter, 1, Step.CALLED, Step.STARTED, Step.FINISHED)
        note(counter, 7, Step.CALLED, proved=False)
        yield hub


def office(hall: RunningHub, browser: Browser, width: int = 1440) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.goto(f"{hall.url}/manage/manual")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    page.goto(f"{hall.url}/manage/manual")
    return page


def test_a_conflict_is_shown_with_both_sides_and_decided_with_a_reason(
    hall: RunningHub, browser: Browser
) -> None:
    page = office(hall, browser)
    expect(page.locator(".summary")).to_contain_text("2 个手动叫号待裁定")
    expect(page.locator("nav [aria-current] .alarm")).to_have_text("2")
    first, second = page.locator("li.unit.broken").all()
    for words in ("A001", "1 号窗口 · 李明1", "另一个窗口叫过此号", "叫号 09:40 · 开始 09:41 · 完成 09:42"):
        expect(first).to_contain_text(words)
    expect(first).to_contain_text("2 号窗口 · 李明2 · 已呼叫，自 10:30")
    expect(second).to_contain_text("工号未核验")
    expect(second).to_contain_text("没有这个号")
    first.locator("[name=reason]").fill("  ")
    first.get_by_role("button", name="以大厅记录为准").click()
    expect(page.locator(".problem")).to_have_text("请写明裁定理由。")
    page.locator("li.unit.broken").first.locator("[name=reason]").fill("两个窗口都问过，<b>是 2 号</b>")
    page.locator("li.unit.broken").first.get_by_role("button", name="以大厅记录为准").click()
    expect(page.locator("li.unit.broken")).to_have_count(1)
    expect(page.locator("nav [aria-current] .alarm")).to_have_text("1")
    settled = page.locator("li.unit").last
    expect(settled).to_contain_text("以大厅记录为准两个窗口都问过，<b>是 2 号</b>")
    expect(settled).to_contain_text("王主任 · 10:3")
    with closing(connect(hall.house.database, read_only=True)) as connection:
        assert audit(connection, load_keys(hall.house.key)).wrong == ()


def test_a_form_that_was_sent_twice_is_told(hall: RunningHub, browser: Browser) -> None:
    page = office(hall, browser)
    again = page.context.new_page()
    again.goto(f"{hall.url}/manage/manual")
    for each in (page, again):
        each.locator("li.unit.broken").first.locator("[name=reason]").fill("问过了")
        each.locator("li.unit.broken").first.get_by_role("button", name="以手动记录为准").click()
    expect(again.locator(".problem")).to_contain_text("A001 的手动叫号不在待裁定之列")


@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_sticks_out(hall: RunningHub, browser: Browser, width: int) -> None:
    page = office(hall, browser, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_only_managers_see_it(hall: RunningHub, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{hall.url}/manage/manual")
    expect(page.locator("main.enter")).to_be_visible()
    assert "A001" not in page.content()
