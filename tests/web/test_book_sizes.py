"""Every booking page on a small phone, a usual one and a desk: nothing runs over, keys are large."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from shared.config import load_hall, sample_path
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.testing import MONDAY_MORNING, RunningHub, id_number, put_slots, running_hub
from shared.testing_gateway import configure

MATTER = "yyzz-bg"
DAY = (MONDAY_MORNING + timedelta(days=1)).date()
LEAST = {"tap": 36, "text": 12, "contrast": 4.5}
"""px, px, and the ratio of WCAG 2.2 (1.4.3)."""
LOOK = Path(__file__).with_name("look.js").read_text("utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """One address of each kind, in a hall whose messages lead nowhere."""
    folder: Path = tmp_path_factory.mktemp("sizes") / "hall"
    configure(folder, "http://127.0.0.1:9/send")
    with running_hub(folder) as hub:
        put_slots(hub.house, "A", MONDAY_MORNING + timedelta(days=1), places=[1, 120, 3, 3])
        (full,) = put_slots(hub.house, "A", MONDAY_MORNING + timedelta(days=3), places=[1])
        yield [hub.url + path for path in [*_choosing(), *_booked(hub, full)]]


def _choosing() -> list[str]:
    ends = ["", f"/{MATTER}", f"/{MATTER}/{DAY}", "/bdc-sc", f"/{MATTER}/slot/1"]
    return [f"/book{end}" for end in ends] + ["/b", "/b/x", f"/book/{MATTER}/wait/{DAY}/done"]


def _booked(hub: RunningHub, full: int) -> list[str]:
    """A booking that is held, one that is promised and asked to move, and one that was given up."""
    kiosk = hub.client("citizen-kiosk")

    def made(serial: int, slot: int) -> str:
        card = m.Identity(number=id_number(serial=serial), name="王小明")
        return kiosk.ask(b.Booking, "reserve", b.Reserve(slot=slot, matter=MATTER, identity=card)).token

    held, kept, gone = made(1, 2), made(2, full), made(3, 3)
    kiosk.call("confirm_booking", m.Nothing(), token=kept)
    kiosk.call("cancel_booking", m.Nothing(), token=gone)
    hub.operator.call("set_places", b.SetPlaces(places=0), id=full)
    hub.operator.call("ask_to_move", b.AskToMove(day=DAY + timedelta(days=2)))
    ends = ["", "/change", f"/change/{DAY}", "/cancel"]
    return [f"/b/{held}", f"/b/{gone}", *(f"/b/{kept}{end}" for end in ends)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 390, 1440])
def test_every_page_is_readable(browser: Browser, pages: list[str], width: int, language: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page: Page = context.new_page()
    for address in pages:
        page.goto(f"{address}?lang={language}")
        assert page.evaluate(LOOK, LEAST) == [], address
    context.close()


def test_the_largest_page_is_small(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall", load_hall(sample_path("yueyang"))) as hub:
        assert len(httpx.get(f"{hub.url}/book").content) < 30_000
