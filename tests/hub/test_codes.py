"""A scanned code: today's ticket is shown as it is, and everything else is refused alike."""

from datetime import timedelta

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.testing import RunningHub


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


def take(kiosk: HubClient) -> m.TakenTicket:
    taken = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    assert isinstance(taken, m.TakenTicket)
    return taken


def read(kiosk: HubClient, code: str) -> m.TakenTicket:
    taken = kiosk.call("read_code", m.ReadCode(code=code))
    assert isinstance(taken, m.TakenTicket)
    return taken


def token_of(taken: m.TakenTicket) -> str:
    return taken.url.rpartition("/")[2]


def test_the_slip_s_address_and_its_bare_token_show_the_ticket(kiosk: HubClient) -> None:
    ahead, taken = take(kiosk), take(kiosk)
    for code in (
        taken.url,
        token_of(taken),
        f" {taken.url}?lang=en ",
        f"https://moved.example/t/{token_of(taken)}",
    ):
        found = read(kiosk, code)
        assert (found.ticket.number, found.ticket.state) == (taken.ticket.number, "waiting")
        assert found.url == taken.url
    assert (found.ticket.ahead or 0) == (read(kiosk, ahead.url).ticket.ahead or 0) + 1


def test_junk_and_foreign_codes_are_refused_alike(kiosk: HubClient) -> None:
    taken = take(kiosk)
    token = token_of(taken)
    number, _, secret = token.partition("-")
    codes = [
        "x",
        "6901234567892",
        "https://weixin.qq.com/r/abc",
        f"{int(number) + 1}-{secret}",
        f"999999999999999-{secret}",
        token[:-1],
        f"{token}A",
        f"{token}\n{token}",
        f"ftp://hall.example/t/{token}",
    ]
    said = set()
    for code in codes:
        with pytest.raises(HubRefused) as refused:
            read(kiosk, code)
        said.add((refused.value.code, refused.value.zh))
    assert len(said) == 1
    assert next(iter(said))[0] == "unknown_code"


def test_yesterday_s_code_is_refused_like_junk(hub: RunningHub, kiosk: HubClient) -> None:
    taken = take(kiosk)
    assert read(kiosk, taken.url).ticket.number == taken.ticket.number
    tomorrow = taken.ticket.taken_at.date() + timedelta(days=1)
    hub.operator.call("roll_day", m.RollDay(day=tomorrow))
    with pytest.raises(HubRefused) as refused:
        read(kiosk, taken.url)
    assert refused.value.code == "unknown_code"
