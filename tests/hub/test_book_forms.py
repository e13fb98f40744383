"""Forms of the booking pages: a second tap does nothing more, and one from elsewhere nothing at all."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from shared.testing import MONDAY_MORNING, RunningHub, put_slots
from shared.testing_gateway import GatewayDouble, until
from shared.testing_phone import MATTER, Phone, path_of, text_of


def rows(booking_hall: RunningHub, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(booking_hall.house.database, timeout=10)) as connection, connection:
        return connection.execute(query, parameters).fetchall()


def taken(booking_hall: RunningHub) -> object:
    return rows(booking_hall, "SELECT sum(taken) FROM slots")[0][0]


# -- a second tap ------------------------------------------------------------------------------------


def test_two_taps_at_once_reserve_one_place(booking_hall: RunningHub, phone: Phone) -> None:
    path = f"/book/{MATTER}/slot/1"
    sent = phone.told(path, act="go", code=phone.code(path))
    before = taken(booking_hall)
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: path_of(phone.web.post(path, data=sent)), range(4)))
    assert len(set(pages)) == 1
    assert taken(booking_hall) == int(str(before)) + 1


TOLD = "SELECT name FROM facts WHERE name GLOB 'booking.*'"
"""The hub's own work and its messages go on beside."""


@pytest.mark.parametrize("verb", ["confirm", "change", "cancel"])
def test_two_taps_are_one(booking_hall: RunningHub, phone: Phone, verb: str) -> None:
    page = phone.reserve(2) if verb == "confirm" else phone.book(2)
    form = phone.form(page if verb == "confirm" else f"{page}/cancel") | {"slot": "3"}
    before = len(rows(booking_hall, TOLD))
    first = path_of(phone.web.post(f"{page}/{verb}", data=form))
    after = len(rows(booking_hall, TOLD))
    assert path_of(phone.web.post(f"{page}/{verb}", data=form)) == first
    assert len(rows(booking_hall, TOLD)) == after > before


def test_two_taps_ask_for_one_message(phone: Phone, gateway: GatewayDouble) -> None:
    path = f"/book/{MATTER}/slot/1"
    sent = phone.told(path, act="send")
    assert [phone.web.post(path, data=sent).status_code for _ in range(3)] == [200] * 3
    until(lambda: len(gateway.to(phone.tel)) > 0)
    phone.code(path)
    assert len(gateway.to(phone.tel)) == 2


def test_two_taps_join_the_waiting_list_once(booking_hall: RunningHub, phone: Phone, other: Phone) -> None:
    start = MONDAY_MORNING + timedelta(days=5)
    (slot,) = put_slots(booking_hall.house, "A", start, places=[1])
    other.book(slot)
    path = f"/book/{MATTER}/wait/{start.date()}"
    sent = phone.told(path, act="go", code=phone.code(path))
    answers = [phone.web.post(path, data=sent) for _ in range(2)]
    assert len({path_of(answer) for answer in answers}) == 1
    assert rows(booking_hall, "SELECT count(*) FROM wishes WHERE day = ?", str(start.date())) == [(1,)]
    assert "您排在第 1 位" in text_of(phone.web.get(answers[0].headers["location"]))


# -- forms from elsewhere ----------------------------------------------------------------------------

_FOREIGN = {
    "no token": ({"csrf": ""}, {}),
    "a guessed token": ({"csrf": "0" * 32}, {}),
    "another origin": ({}, {"origin": "https://elsewhere.example"}),
    "a frame without origin": ({}, {"origin": "null"}),
    "another site": ({}, {"sec-fetch-site": "cross-site"}),
    "a neighbour": ({}, {"sec-fetch-site": "same-site"}),
}


@pytest.mark.parametrize(("fields", "headers"), _FOREIGN.values(), ids=_FOREIGN)
def test_a_form_from_elsewhere_does_nothing(
    booking_hall: RunningHub, phone: Phone, fields: dict[str, str], headers: dict[str, str]
) -> None:
    page = phone.reserve(4)
    path = f"/book/{MATTER}/slot/5"
    before = rows(booking_hall, "SELECT count(*) FROM facts")
    proofs = rows(booking_hall, "SELECT count(*) FROM contact_proofs")
    for address, form in [
        (f"{page}/confirm", phone.form(page)),
        (f"{page}/cancel", phone.form(page)),
        (f"{page}/change", phone.form(page) | {"slot": "5"}),
        ("/b", phone.form(page) | {"code": "x", "last": "y"}),
        (path, phone.told(path, act="send")),
    ]:
        answer = phone.web.post(address, data=form | fields, headers=headers)
        assert answer.status_code == 403, address
        assert "页面已过期" in text_of(answer)
    assert rows(booking_hall, "SELECT count(*) FROM facts") == before
    assert rows(booking_hall, "SELECT count(*) FROM contact_proofs") == proofs


def test_another_browser_s_token_does_nothing(phone: Phone, other: Phone) -> None:
    page = phone.reserve(4)
    other.web.get(page)
    assert other.web.post(f"{page}/confirm", data=phone.form(page)).status_code == 403


def test_our_own_pages_may(booking_hall: RunningHub, phone: Phone) -> None:
    page = phone.reserve(4)
    headers = {"origin": booking_hall.url, "sec-fetch-site": "same-origin"}
    assert path_of(phone.web.post(f"{page}/confirm", data=phone.form(page), headers=headers)) == page


def test_every_page_is_strict(phone: Phone) -> None:
    page = phone.book(1)
    for path in ("/book", f"/book/{MATTER}", f"/book/{MATTER}/slot/1", "/b", page, f"{page}/cancel", "/b/x"):
        phone.web.cookies.clear()
        answer = phone.web.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        cookie = answer.headers["set-cookie"].lower()
        beside = "/book" if path.startswith("/book") else "/b"
        assert {"httponly", "samesite=strict", f"path={beside}"} <= set(cookie.split("; "))
