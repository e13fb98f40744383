"""The booking pages as requests: what they never tell, what they answer to mistakes and changes meanwhile."""

import html
import re
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest

from shared.domain.booking_code import Pass, long_code
from shared.domain.moments import HALL_ZONE
from shared.protocol import booking as b
from shared.protocol import messages as m
from shared.store.keys import Keys
from shared.testing import MONDAY_MORNING, RunningHub, put_slots
from shared.testing_gateway import until
from shared.testing_phone import MATTER, Phone, path_of, text_of

DAY = MONDAY_MORNING.date() + timedelta(days=1)


def at(hour: int, minute: int = 0, days: int = 1) -> datetime:
    day = MONDAY_MORNING.date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HALL_ZONE)


def rows(booking_hall: RunningHub, query: str, *parameters: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(booking_hall.house.database, timeout=10)) as connection, connection:
        return connection.execute(query, parameters).fetchall()


def taken(booking_hall: RunningHub) -> object:
    return rows(booking_hall, "SELECT sum(taken) FROM slots")[0][0]


def later_slot(booking_hall: RunningHub, days: int, *places: int, lane: str = "A") -> list[int]:
    return put_slots(booking_hall.house, lane, at(9, days=days), places=places)


# -- what a page never tells -------------------------------------------------------------------------


def _forged(token: str) -> str:
    return token[:-1] + ("0" if token[-1] != "0" else "1")


def test_wrong_addresses_are_all_told_the_same(booking_hall: RunningHub, phone: Phone) -> None:
    token = phone.book(1).rpartition("/")[2]
    foreign = long_code(Pass(1, round(at(9).timestamp() / 60), 0, "A"), Keys.derive(bytes(32)).booking)
    said = {text_of(phone.web.get(f"/b/{wrong}")) for wrong in ("x", "0" * 32, _forged(token), foreign)}
    assert len(said) == 1
    for wrong in (_forged(token), foreign):
        for end in ("", "/cancel", "/change", f"/change/{DAY}", "/calendar.ics"):
            assert phone.web.get(f"/b/{wrong}{end}").status_code == 404, end
        assert phone.web.post(f"/b/{wrong}/confirm", data=phone.form("/b")).status_code == 404


def test_an_id_number_alone_does_not_tell_when_its_owner_comes(
    phone: Phone, other: Phone, booking_hall: RunningHub
) -> None:
    page = phone.book(1)
    other.number = phone.number
    path = f"/book/{MATTER}/slot/2"
    answer = other.web.post(path, data=other.told(path, act="go", code=other.code(path)))
    assert answer.status_code == 409
    assert "这个身份证号码已有预约" in text_of(answer)
    assert not re.search(r"09:00|/b/\w", answer.text.replace(booking_hall.url, ""))
    answer = phone.web.post(path, data=phone.told(path, act="go", code=phone.code(path)))
    assert answer.status_code == 409
    assert page in answer.text


def test_nothing_personal_stays(booking_hall: RunningHub, phone: Phone) -> None:
    path = f"/book/{MATTER}/slot/1"
    page = path_of(phone.web.post(path, data=phone.told(path, act="go", code=phone.code(path))))
    assert phone.number not in page + phone.web.get(page).text
    kept = [file for file in booking_hall.house.database.parent.rglob("*") if file.is_file()]
    assert len(kept) > 1
    for file in kept:
        for told in (phone.number, phone.tel, "王小明"):
            assert told.encode() not in file.read_bytes(), file.name


# -- mistakes and changes meanwhile --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        f"/book/{MATTER}/slot/{10**30}",
        f"/book/{MATTER}/slot/0",
        "/book/bdc-sc/slot/1",
        "/book/none/slot/1",
        f"/book/{MATTER}/wait/tomorrow",
        f"/book/{MATTER}/wait/tomorrow/done",
        "/book/none/wait/2026-11-24/done",
        f"/book/{MATTER}/2026-02-30",
    ],
)
def test_what_is_not_there_is_not_found(phone: Phone, path: str) -> None:
    answer = phone.web.get(path)
    assert answer.status_code == 404
    assert "没有找到" in text_of(answer)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-11-22"])
def test_a_day_without_places_says_so(phone: Phone, day: str) -> None:
    answer = phone.web.get(f"/book/{MATTER}/{day}")
    assert answer.status_code == 200
    assert "请选其他日子" in text_of(answer)


@pytest.mark.parametrize("slot", ["", "x", "-1", "9" * 40, "²"])
def test_a_change_to_no_slot_changes_nothing(phone: Phone, slot: str) -> None:
    page = phone.book(1)
    answer = phone.web.post(f"{page}/change", data=phone.form(page + "/cancel") | {"slot": slot})
    assert answer.status_code == 404
    assert "没有这个预约时段" in text_of(answer)
    assert "预约成功" in text_of(phone.web.get(page))


_WRONG = {
    "number": ["", "430602198001010011", "43060219800101001", "1" * 5000, "<script>"],
    "name": ["", " ", "王" * 31, "\x00\n"],
    "phone": ["", "12345", "138000012345", "021-12345678"],
}


@pytest.mark.parametrize(
    ("field", "typed"), [(name, typed) for name, all_typed in _WRONG.items() for typed in all_typed]
)
def test_a_mistake_stands_beside_its_field(phone: Phone, field: str, typed: str) -> None:
    path = f"/book/{MATTER}/slot/1"
    answer = phone.web.post(path, data=phone.told(path, act="send") | {field: typed})
    assert answer.status_code == 422
    assert re.findall(r'id="(\w+)-fault"', answer.text) == [field]
    assert html.escape(phone.number if field != "number" else typed.strip()) in answer.text
    assert "<script>" not in answer.text


def test_an_id_number_may_be_typed_with_blanks_and_wide_digits(phone: Phone) -> None:
    wide = phone.number[:6] + " " + "".join(chr(ord(digit) + 0xFEE0) for digit in phone.number[6:])
    path = f"/book/{MATTER}/slot/1"
    answer = phone.web.post(path, data=phone.told(path, act="send") | {"number": wide})
    assert answer.status_code == 200
    assert "验证码已发往 138****" in text_of(answer)


def test_a_mistake_after_the_code_came_keeps_the_code(phone: Phone) -> None:
    path = f"/book/{MATTER}/slot/1"
    code = phone.code(path)
    answer = phone.web.post(path, data=phone.told(path, act="go", code=code) | {"name": ""})
    assert answer.status_code == 422
    assert f'name="code" value="{code}"' in answer.text
    path_of(phone.web.post(path, data=phone.told(path, act="go", code=code)))


def test_a_code_proves_only_the_telephone_it_came_to(booking_hall: RunningHub, phone: Phone) -> None:
    path = f"/book/{MATTER}/slot/1"
    sent = phone.told(path, act="go", code=phone.code(path)) | {"phone": "13911112222"}
    before = taken(booking_hall)
    answer = phone.web.post(path, data=sent)
    assert (answer.status_code, "验证码不对" in text_of(answer)) == (403, True)
    assert taken(booking_hall) == before


def test_too_many_codes_are_refused_gently(phone: Phone) -> None:
    path = f"/book/{MATTER}/slot/1"
    answers = [phone.web.post(path, data=phone.told(path, act="send")) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "请稍后再试，或到自助机、服务台预约" in text_of(answers[-1])
    assert phone.number in answers[-1].text


def test_a_place_that_went_meanwhile_is_answered_with_others(
    booking_hall: RunningHub, phone: Phone, other: Phone
) -> None:
    one, two, _ = later_slot(booking_hall, 7, 1, 1, 1)
    path = f"/book/{MATTER}/slot/{one}"
    sent = phone.told(path, act="go", code=phone.code(path))
    other.book(one)
    answer = phone.web.post(path, data=sent)
    assert answer.status_code == 409
    offered = re.findall(r'formaction="(/book/[^"?]+)', answer.text)
    wanted = f"/book/{MATTER}/slot/{two}"
    assert wanted in offered
    assert f"/book/{MATTER}/slot/{one}" not in offered
    form = dict(re.findall(r'name="(csrf|once|number|name|phone|code)" value="([^"]+)"', answer.text))
    assert path_of(phone.web.post(wanted, data=form | {"act": "go"})).startswith("/b/")


def test_a_hold_is_over_at_its_moment(booking_hall: RunningHub, phone: Phone) -> None:
    (slot,) = later_slot(booking_hall, 9, 1)
    page = phone.reserve(slot)
    form = phone.form(page)
    rows(booking_hall, "UPDATE bookings SET hold_until = 1 WHERE slot = ?", slot)
    assert "未及时确认，位置已让出" in text_of(phone.web.get(page))
    answer = phone.web.post(f"{page}/confirm", data=form)
    assert answer.status_code == 409
    assert page in answer.text
    until(lambda: rows(booking_hall, "SELECT taken FROM slots WHERE id = ?", slot) == [(0,)])
    assert f"/book/{MATTER}" in phone.web.get(page).text


def test_who_is_asked_to_move_is_shown_where_to(booking_hall: RunningHub, phone: Phone) -> None:
    one, two, three = later_slot(booking_hall, 11, 1, 1, 1)
    page = phone.book(one)
    booking_hall.operator.ask(b.SlotNow, "set_places", b.SetPlaces(places=0), id=one)
    assert (
        booking_hall.operator.ask(b.Asked, "ask_to_move", b.AskToMove(day=at(9, days=11).date())).asked == 1
    )
    answer = phone.web.get(page)
    assert "请改期" in text_of(answer)
    offered = [int(found) for found in re.findall(r'name="slot" value="(\d+)"', answer.text)]
    assert {two, three} <= set(offered)
    assert one not in offered
    moved = path_of(phone.web.post(f"{page}/change", data=phone.form(page) | {"slot": str(two)}))
    assert "请改期" not in text_of(phone.web.get(moved))
    assert "09:15" in text_of(phone.web.get(moved))
    answer = phone.web.get(page)
    assert answer.status_code == 409
    assert "这是改期前的凭证" in text_of(answer)


def test_the_waiting_list_is_not_offered_where_a_booking_moves(
    booking_hall: RunningHub, phone: Phone, other: Phone
) -> None:
    (full,) = later_slot(booking_hall, 13, 1)
    other.book(full)
    page = phone.book(1)
    day = at(9, days=13).date()
    assert f"/wait/{day}" in phone.web.get(f"/book/{MATTER}").text
    assert "/wait/" not in phone.web.get(f"{page}/change").text


# -- afterwards ----------------------------------------------------------------------------------------


def _event(phone: Phone, page: str) -> Any:  # icalendar types a property as any of its values
    answer = phone.web.get(f"{page}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(answer.content)
    (event,) = calendar.events
    (zone,) = calendar.timezones
    assert zone["tzid"] == event["dtstart"].params["tzid"] == "Asia/Shanghai"
    return event


def test_a_calendar_replaces_the_event_when_the_booking_moves(phone: Phone) -> None:
    page = phone.book(1)
    first = _event(phone, page)
    (alarm,) = first.alarms.times
    assert alarm.trigger == at(9, days=0)
    moved = path_of(phone.web.post(f"{page}/change", data=phone.form(f"{page}/cancel") | {"slot": "2"}))
    second = _event(phone, moved)
    path_of(phone.web.post(f"{moved}/cancel", data=phone.form(f"{moved}/cancel")))
    third = _event(phone, moved)
    assert first["uid"] == second["uid"] == third["uid"]
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert (first.start, second.start) == (at(9), at(9, 15))
    assert [event["status"] for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert not third.alarms.times
    assert "营业执照、身份证" in first["description"]
    assert page.rpartition("/")[2] not in first.to_ical().decode()


def test_after_checking_in_the_page_leads_to_the_ticket(booking_hall: RunningHub, phone: Phone) -> None:
    start = MONDAY_MORNING + timedelta(minutes=20)
    (slot,) = put_slots(booking_hall.house, "A", start, places=[1])
    page = phone.book(slot)
    card = b.Whose(identity=m.Identity(number=phone.number))
    number = booking_hall.client("citizen-kiosk").ask(m.TakenTicket, "check_in", card).ticket.number
    answer = phone.web.get(page)
    assert "已签到" in text_of(answer)
    (ticket,) = re.findall(r'class="main" href="(/t/[^"]+)"', answer.text)
    assert number in text_of(phone.web.get(html.unescape(ticket)))
