"""What is answered without TLS. Callers from elsewhere come through a proxy on this machine that says so."""

import httpx
import pytest

from shared.client.api import HubClient
from shared.protocol import messages as m
from shared.protocol.routes import AUTHORITY_PATH, EVENTS_PATH, OPENAPI_PATH
from shared.testing import RunningHub
from shared.testing_phone import MATTER, Phone, text_of
from tests.hub.callers import outside

REFUSED = (
    "/api/v1/health",
    "/api/v1/board",
    EVENTS_PATH,
    OPENAPI_PATH,
    "/",
    "/api",
    "/books",
    "/tt",
    "/%62ook/../api/v1/health",
)


@pytest.fixture
def phone_page(hub: RunningHub) -> str:
    body = m.TakeTicket(channel="kiosk", lane="A")
    url = hub.client("citizen-kiosk").ask(m.TakenTicket, "take_ticket", body).url
    return url.removeprefix(hub.url)


def test_from_elsewhere_only_the_citizens_pages_are_answered(hub: RunningHub, phone_page: str) -> None:
    with outside(hub) as web:
        for path in (phone_page, f"{phone_page}/why", "/book", "/b", AUTHORITY_PATH):
            assert web.get(path).status_code == 200, path
        for path in REFUSED:
            answer = web.get(path, headers={"Authorization": f"Bearer {hub.operator.credential}"})
            assert (answer.status_code, answer.json()["code"]) == (403, "tls_required"), path
            assert f"https://127.0.0.1:{hub.url.rpartition(':')[2]}" in answer.json()["zh"]


def test_a_code_in_clear_is_not_even_looked_at(hub: RunningHub) -> None:
    offer = hub.operator.call("offer_device", m.OfferDevice(role="display", name="屏"))
    with outside(hub) as web:
        sent = web.post("/api/v1/devices", json={"code": offer.code})
        assert sent.json()["code"] == "tls_required"
    assert hub.with_credential(None).call("enrol", m.Enrol(code=offer.code)).role == "display"


def test_the_managers_page_says_where_to_go(hub: RunningHub) -> None:
    with outside(hub) as web:
        for path in ("/manage", "/manage/rota", "/manage/enrol"):
            answer = web.get(path)
            assert answer.status_code == 403
            assert f'href="https://127.0.0.1:{hub.url.rpartition(":")[2]}/manage"' in answer.text
            assert "加密" in answer.text
            assert "secure address" in answer.text
            assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("host", ['"><script>alert(1)</script>', "a b", "x/y", ""])
def test_a_host_that_is_none_is_not_repeated(hub: RunningHub, host: str) -> None:
    with outside(hub) as web:
        answer = web.get("/manage", headers={"Host": host})
        assert "<script>" not in answer.text
        assert answer.status_code in (400, 403)


def test_over_tls_everything_is_answered_and_cookies_stay_there(hub: RunningHub) -> None:
    with outside(hub, scheme="https") as web:
        assert web.get("/api/v1/health").json()["status"] == "ok"
        page = web.get("/manage")
        assert page.status_code == 200
        assert "secure" in page.headers["set-cookie"].lower()
        assert "strict-transport-security" not in page.headers


def test_a_slip_s_code_leads_phones_to_the_open_pages(hub: RunningHub) -> None:
    kiosk = hub.pinned(hub.enrol("citizen-kiosk"))
    url = kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A")).url
    assert url.startswith(f"{hub.url}/t/")
    assert httpx.get(url).status_code == 200


@pytest.mark.parametrize("path", ["", "/2026-11-24", "/slot/1"])
def test_nobody_is_asked_for_an_id_number_in_clear(booking_hall: RunningHub, phone: Phone, path: str) -> None:
    """The free times are shown, and where to book; what is sent all the same is not taken."""
    page = f"/book/{MATTER}{path}"
    with outside(booking_hall) as web, outside(booking_hall, scheme="https") as secured:
        seen = web.get(page)
        assert "证件号码" in text_of(seen)
        assert 'name="number"' not in seen.text
        assert "/slot/" not in seen.text.replace(page, "")
        assert "未加密" not in text_of(secured.get(page))
        slot = f"/book/{MATTER}/slot/1"
        assert 'name="number"' in secured.get(slot).text, "the control: over TLS one is asked"
        sent = web.post(slot, data=phone.told(slot, act="send"))
        assert "未加密" in text_of(sent)
        assert phone.number not in sent.text


def test_nobody_is_asked_for_a_telephone_in_clear(booking_hall: RunningHub, kiosk: HubClient) -> None:
    taken = kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    path = taken.url.removeprefix(booking_hall.url)
    with outside(booking_hall) as web, outside(booking_hall, scheme="https") as secured:
        assert "/remind" not in web.get(path).text
        assert "/remind" in secured.get(path).text
        for answer in (web.get(f"{path}/remind"), web.post(f"{path}/remind", data={"phone": "13800001234"})):
            assert answer.status_code == 403
            assert "未加密" in text_of(answer)
        assert secured.get(f"{path}/remind").status_code == 200
