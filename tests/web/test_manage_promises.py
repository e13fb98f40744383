"""The managers' page of promises: lights that follow the law's days, and a matter noted as settled."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.protocol import messages as m
from shared.store.audit import audit
from shared.store.keys import load_keys
from shared.store.sqlite import connect
from shared.testing import PIN, RunningHub, running_hub


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHub]:
    """A hall in which one matter with three days and one with one day were accepted on a Monday."""
    with running_hub(tmp_path / "hall") as hub:
        kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk("1001", window=3)
        for matter in ("yyzz-bg", "bdc-sc"):
            kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", matter=matter))
            ticket = clerk.ask(m.Ticket, "call_next", m.CallNext(), no=3)
            clerk.call("start_ticket", m.Nothing(), id=ticket.id)
            clerk.call("finish_ticket", m.Nothing(), id=ticket.id)
        yield hub


def office(hall: RunningHub, browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
    offer = hall.operator.call("offer_device", m.OfferDevice(role="manager", name="办公室"))
    page.goto(f"{hall.url}/manage/promises")
    page.fill("[name=code]", offer.code)
    page.click("button.main")
    page.fill("[name=clerk]", "9001")
    page.fill("[name=pin]", PIN)
    page.click("button.main")
    page.goto(f"{hall.url}/manage/promises")
    return page


def later(hall: RunningHub, day: str) -> None:
    hall.kill()
    hall.arguments = ("--start", f"{day}T10:00:00+08:00")
    hall.restart()


def test_promises_stand_with_their_lights_and_end_when_settled(hall: RunningHub, browser: Browser) -> None:
    page = office(hall, browser)
    expect(page.locator(".summary")).to_contain_text("0 件超期，0 件快到期，2 件正常")
    expect(page.locator("li.unit").first).to_contain_text("承诺 1 个工作日，最晚 11月24日 周二")
    later(hall, "2026-11-26")
    page.reload()
    expect(page.locator(".summary")).to_contain_text("1 件超期，1 件快到期，0 件正常")
    worst = page.locator("li.unit").first
    expect(worst).to_contain_text("商品房首次交易登记")
    expect(worst).to_contain_text("超期")
    worst.get_by_role("button", name="已办结").click()
    expect(page.locator("li.unit")).to_have_count(1)
    expect(page.locator(".summary")).to_contain_text("0 件超期，1 件快到期")
    with closing(connect(hall.house.database, read_only=True)) as connection:
        assert not audit(connection, load_keys(hall.house.key)).wrong
    page.context.close()


def test_a_form_from_elsewhere_settles_nothing(hall: RunningHub, browser: Browser) -> None:
    page = office(hall, browser)
    answer = page.request.post(f"{hall.url}/manage/promises/settle", form={"csrf": "0" * 32, "ticket": "1"})
    assert answer.status == 403
    page.reload()
    expect(page.locator("li.unit")).to_have_count(2)
    page.context.close()
