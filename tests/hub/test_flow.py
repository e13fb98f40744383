"""The flow of the HTTP section, as any client sees it: take, call, serve, and each "no" on the way."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.protocol.request_id import new_request_id
from shared.testing import RunningHub, id_number


def card(serial: int, birth: str = "19800101") -> m.Identity:
    return m.Identity(number=id_number(birth, serial), name="张三")


def take(kiosk: HubClient, lane: str = "A", identity: m.Identity | None = None) -> m.TakenTicket:
    taken: m.TakenTicket = kiosk.call(
        "take_ticket", m.TakeTicket(channel="kiosk", lane=lane, identity=identity)
    )
    return taken


@pytest.fixture(scope="module")
def credential(hub: RunningHub) -> str:
    return hub.enrol("citizen-kiosk")


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub, credential: str) -> HubClient:
    return hub.with_credential(credential)


@pytest.fixture(scope="module")
def raw(credential: str) -> dict[str, str]:
    """Headers of the same kiosk, for requests that no client of ours would send."""
    return {"Authorization": f"Bearer {credential}"}


@pytest.fixture(scope="module")
def clerk(hub: RunningHub) -> HubClient:
    return hub.clerk("1001", window=1)


@pytest.fixture(scope="module")
def colleague(hub: RunningHub) -> HubClient:
    return hub.clerk("1002", window=2)


@pytest.fixture(autouse=True)
def _empty_hall(hub: RunningHub, clerk: HubClient, colleague: HubClient) -> None:
    """Every test begins with nobody waiting and nobody at a window."""
    for ticket in clerk.call("queue").tickets:
        owner = {1: clerk, 2: colleague}.get(ticket.window or 0, clerk)
        if ticket.state == "serving":
            owner.call("hold_ticket", m.Nothing(), id=ticket.id)
        if ticket.state != "missed":
            owner.call("cancel_ticket", m.Reason(reason="清场"), id=ticket.id)


def refusal(code: str) -> "pytest.RaisesExc[HubRefused]":
    return pytest.raises(HubRefused, match=f"^{code}:")


def test_a_citizen_is_taken_called_served_and_done(kiosk: HubClient, clerk: HubClient) -> None:
    taken = take(kiosk, identity=card(1))
    assert re.fullmatch(r"A\d{3}", taken.ticket.number)
    assert (taken.ticket.state, taken.ticket.ahead, taken.ticket.holder) == ("waiting", 0, "张*")
    called = clerk.call("call_next", m.CallNext(), no=1)
    assert (called.number, called.state, called.window, called.calls) == (taken.ticket.number, "called", 1, 1)
    number = called.id
    assert clerk.call("recall_ticket", m.Nothing(), id=number).calls == 2
    assert clerk.call("start_ticket", m.Nothing(), id=number).state == "serving"
    assert clerk.call("hold_ticket", m.Nothing(), id=number).state == "held"
    assert clerk.call("resume_ticket", m.Nothing(), id=number).state == "serving"
    assert clerk.call("reveal_name", m.Nothing(), id=number).name == "张三"
    assert clerk.call("finish_ticket", m.Nothing(), id=number).state == "done"
    assert clerk.call("call_next", m.CallNext(), no=1) is None


def test_the_elderly_go_twenty_minutes_earlier_and_ties_go_by_number(
    kiosk: HubClient, clerk: HubClient
) -> None:
    first, second, elder = take(kiosk), take(kiosk), take(kiosk, identity=card(2, "19400101"))
    assert elder.ticket.priority == "elderly"
    assert elder.ticket.ahead == 0
    order = []
    for _ in range(3):
        called = clerk.call("call_next", m.CallNext(finish_current=True), no=1)
        clerk.call("start_ticket", m.Nothing(), id=called.id)
        order.append(called.number)
    assert order == [elder.ticket.number, first.ticket.number, second.ticket.number]


def test_a_missed_ticket_returns_once_ten_minutes_later(kiosk: HubClient, clerk: HubClient) -> None:
    missed, other = take(kiosk), take(kiosk)
    clerk.call("call_next", m.CallNext(), no=1)
    clerk.call("miss_ticket", m.Nothing(), id=missed.ticket.id)
    returned = kiosk.call("return_ticket", m.Nothing(), id=missed.ticket.id)
    assert (returned.state, returned.ahead) == ("waiting", 1)
    assert clerk.call("call_next", m.CallNext(), no=1).id == other.ticket.id
    clerk.call("miss_ticket", m.Nothing(), id=other.ticket.id)
    assert clerk.call("call_next", m.CallNext(), no=1).id == missed.ticket.id
    clerk.call("miss_ticket", m.Nothing(), id=missed.ticket.id)
    with refusal("return_used"):
        kiosk.call("return_ticket", m.Nothing(), id=missed.ticket.id)


def test_a_transfer_keeps_its_place_and_comes_back(
    kiosk: HubClient, clerk: HubClient, colleague: HubClient
) -> None:
    sent = take(kiosk)
    waiting_longer = take(kiosk, "B")
    clerk.call("call_next", m.CallNext(), no=1)
    clerk.call("start_ticket", m.Nothing(), id=sent.ticket.id)
    moved = clerk.call(
        "transfer_ticket", m.Transfer(lane="B", note="先验资料", and_back=True), id=sent.ticket.id
    )
    assert (moved.lane, moved.number, moved.sort_at) == ("B", sent.ticket.number, sent.ticket.sort_at)
    assert kiosk.call("ticket", id=sent.ticket.id).note == "", "a note is for clerks"
    called = colleague.call("call_next", m.CallNext(), no=2)
    assert called.id == sent.ticket.id, "it kept its time, so it goes before who came later"
    assert called.note == "先验资料"
    colleague.call("start_ticket", m.Nothing(), id=sent.ticket.id)
    back = colleague.call("finish_ticket", m.Nothing(), id=sent.ticket.id)
    assert (back.state, back.for_window) == ("waiting", 1)
    assert colleague.call("call_next", m.CallNext(), no=2).id == waiting_longer.ticket.id
    assert clerk.call("call_next", m.CallNext(), no=1).id == sent.ticket.id


def test_the_loser_of_a_race_is_told_who_won(
    kiosk: HubClient, clerk: HubClient, colleague: HubClient
) -> None:
    wanted = take(kiosk).ticket.id
    colleague.call("call_ticket", m.CallTicket(reason="老人"), id=wanted)
    with refusal("held_elsewhere") as refused:
        clerk.call("call_ticket", m.CallTicket(reason="老人"), id=wanted)
    assert "2 号窗口 李明2" in refused.value.zh
    for verb in ("start", "finish", "miss", "recall", "hold"):
        with refusal("held_elsewhere"):
            clerk.call(f"{verb}_ticket", m.Nothing(), id=wanted)


def test_one_live_ticket_per_person_and_lane(kiosk: HubClient) -> None:
    first = take(kiosk, identity=card(3))
    with refusal("has_live_ticket") as refused:
        take(kiosk, identity=card(3))
    assert refused.value.fields["number"] == first.ticket.number
    take(kiosk, "B", identity=card(3))
    found = kiosk.call("find_tickets", m.FindTickets(identity=card(3)))
    assert [ticket.ticket.lane for ticket in found.tickets] == ["A", "B"]
    assert found.tickets[0].url == first.url


def test_a_repeated_request_gets_the_first_answer(kiosk: HubClient, clerk: HubClient) -> None:
    request_id = new_request_id()
    body = m.TakeTicket(channel="kiosk", lane="A")
    first = kiosk.call("take_ticket", body, request_id=request_id)
    clerk.call("call_next", m.CallNext(), no=1)
    assert kiosk.call("take_ticket", body, request_id=request_id) == first
    with refusal("request_id_reused"):
        kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="B"), request_id=request_id)


def test_eight_taps_with_one_request_id_make_one_ticket(kiosk: HubClient) -> None:
    request_id = new_request_id()
    body = m.TakeTicket(channel="kiosk", lane="C")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: kiosk.call("take_ticket", body, request_id=request_id), range(8)))
    assert len({answer.ticket.id for answer in answers}) == 1


def test_windows_open_once_and_close_empty(hub: RunningHub, clerk: HubClient, kiosk: HubClient) -> None:
    with refusal("window_open_already"):
        hub.clerk("1003").call("open_window", m.Nothing(), no=1)
    with refusal("clerk_at_other_window"):
        clerk.call("open_window", m.Nothing(), no=3)
    take(kiosk)
    called = clerk.call("call_next", m.CallNext(), no=1)
    with refusal("window_has_ticket"):
        clerk.call("close_window", m.Nothing(), no=1)
    with refusal("window_has_ticket"):
        clerk.call("call_next", m.CallNext(finish_current=True), no=1)
    clerk.call("miss_ticket", m.Nothing(), id=called.id)
    assert clerk.call("pause_window", m.Reason(reason="取材料"), no=1).state == "paused"
    with refusal("window_not_open"):
        clerk.call("call_next", m.CallNext(), no=1)
    assert clerk.call("resume_window", m.Nothing(), no=1).state == "open"


def test_a_closed_lane_gives_no_numbers_but_its_line_is_called(
    hub: RunningHub, kiosk: HubClient, clerk: HubClient
) -> None:
    take(kiosk)
    closed = hub.operator.call("close_lane", m.Reason(reason="系统维护"), letter="A")
    assert (closed.open, closed.closed_reason) == (False, "系统维护")
    with refusal("lane_closed") as refused:
        take(kiosk)
    assert "系统维护" in refused.value.zh
    assert clerk.call("call_next", m.CallNext(), no=1) is not None
    assert hub.operator.call("open_lane", m.Nothing(), letter="A").open
    take(kiosk)


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        (b"{", "malformed_json", 400),
        (b"[]", "invalid_body", 422),
        (b'{"channel":"kiosk","lane":5}', "invalid_body", 422),
        (b'{"channel":"kiosk","lane":"Z"}', "unknown_lane", 404),
        (b'{"channel":"kiosk","matter":"nothing"}', "unknown_matter", 404),
        (b'{"channel":"kiosk","lane":"A","matter":"yyzz-bg"}', "invalid_body", 422),
        (b'{"channel":"kiosk"}', "invalid_body", 422),
        (b'{"channel":"kiosk","lane":"A","lain":1}', "invalid_body", 422),
        (b'{"channel":"kiosk","lane":"A","identity":{"number":"430602198001010001"}}', "bad_id_number", 422),
        (b"\xff\xfe", "malformed_json", 400),
        (b"[" * 60_000, "invalid_body", 422),
        (b" " * 70_000, "body_too_large", 413),
    ],
)
def test_bad_input_is_a_coded_refusal_and_changes_nothing(
    hub: RunningHub, kiosk: HubClient, raw: dict[str, str], body: bytes, code: str, status: int
) -> None:
    before = kiosk.call("queue").seq
    headers = {**raw, "Idempotency-Key": new_request_id()}
    response = httpx.post(f"{hub.url}/api/v1/tickets", content=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["zh"]
    assert response.json()["en"]
    assert kiosk.call("queue").seq == before


@pytest.mark.parametrize("key", [None, "", "not-a-uuid"])
def test_a_command_needs_a_request_id(
    hub: RunningHub, kiosk: HubClient, raw: dict[str, str], key: str | None
) -> None:
    headers = raw | ({} if key is None else {"Idempotency-Key": key})
    response = httpx.post(
        f"{hub.url}/api/v1/tickets", json={"channel": "kiosk", "lane": "A"}, headers=headers
    )
    assert response.json()["code"] == "request_id_missing"


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/nowhere", "unknown_route"),
        ("GET", "/api/v1/tickets/abc", "unknown_route"),
        ("GET", "/api/v1/tickets/999999", "unknown_ticket"),
        ("GET", "/api/v1/tickets/99999999999999999999999", "unknown_route"),
        ("DELETE", "/api/v1/tickets", "method_not_allowed"),
        ("GET", "/api/v1/events?after=x", "invalid_query"),
        ("GET", "/api/v1/matters?qq=x", "invalid_query"),
    ],
)
def test_unknown_things_are_coded(
    hub: RunningHub, kiosk: HubClient, raw: dict[str, str], method: str, path: str, code: str
) -> None:
    response = httpx.request(method, hub.url + path, headers=raw)
    assert response.json()["code"] == code


@pytest.mark.parametrize(
    "verb", ["recall", "start", "finish", "miss", "return", "hold", "resume", "transfer"]
)
def test_an_illegal_move_says_what_the_ticket_is(kiosk: HubClient, clerk: HubClient, verb: str) -> None:
    waiting = take(kiosk).ticket
    body = m.Transfer(lane="B") if verb == "transfer" else m.Nothing()
    with refusal("illegal_move") as refused:
        clerk.call(f"{verb}_ticket", body, id=waiting.id)
    assert f"{waiting.number} 现在是“等候中”" in refused.value.zh


def test_the_openapi_document_knows_every_route_and_only_those(hub: RunningHub) -> None:
    document = httpx.get(f"{hub.url}/api/v1/openapi.json").json()
    listed = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    from shared.protocol.routes import EVENTS_PATH, ROUTES

    assert listed == {(route.method, route.path) for route in ROUTES} | {("GET", EVENTS_PATH)}
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert references <= set(document["components"]["schemas"])


def test_a_board_of_three_hundred_waiting_is_small(
    hub: RunningHub, kiosk: HubClient, raw: dict[str, str]
) -> None:
    for _ in range(300):
        take(kiosk, "B")
    board = httpx.get(f"{hub.url}/api/v1/board", headers=raw)
    assert board.json()["lanes"][1]["waiting"] == 300
    assert len(board.content) < 20_000
