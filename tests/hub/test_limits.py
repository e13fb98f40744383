"""How much one may ask for: strangers and devices gone wrong are told to wait, a busy hall never is."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.types import Scope

from shared.client.api import HubRefused
from shared.clock import SystemClock
from shared.domain.refusals import Refused
from shared.hub.app import HubApplication
from shared.hub.core import Hub
from shared.hub.guard import ALL_CODE_TRIES, CODE_TRIES, CodeGuard
from shared.hub.limits import Limits
from shared.hub.tls import Certificates
from shared.protocol import messages as m
from shared.services.people import Actor
from shared.store.house import House
from shared.testing import MONDAY_MORNING, RunningHub
from tests.hub.callers import ELSEWHERE, outside

KIOSK = Actor("citizen-kiosk", 4)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def caller(address: str = ELSEWHERE) -> Scope:
    return {"type": "http", "client": (address, 1), "scheme": "https"}


def asked(ask: Callable[[], None], times: int) -> int:
    """How many of so many are let through."""
    through = 0
    for _ in range(times):
        with suppress(Refused):
            ask()
            through += 1
    return through


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::5", "2001:db8:1:2:aaaa::1", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("::ffff:10.9.8.7", "::ffff:10.9.8.8", False),
        ("10.9.8.7", "10.9.8.8", False),
    ],
)
def test_who_may_pick_any_address_of_a_network_is_counted_as_one(one: str, other: str, same: bool) -> None:
    limits = Limits(Clock())
    assert asked(lambda: limits.page(caller(one)), 400) == 300
    assert asked(lambda: limits.page(caller(other)), 10) == (0 if same else 10)


def test_a_flood_is_told_to_wait() -> None:
    """From one address, and of one device whatever its address; others are not touched by it."""
    clock = Clock()
    limits = Limits(clock)
    assert asked(lambda: limits.page(caller()), 10_000) == 300
    with pytest.raises(Refused) as refused:
        limits.page(caller())
    assert (refused.value.code, refused.value.fields) == ("too_many_requests", {"seconds": 1})
    assert asked(lambda: limits.page(caller("10.9.8.8")), 10) == 10
    assert asked(lambda: limits.device(caller(), KIOSK), 10_000) == 600
    assert asked(lambda: limits.device(caller("10.9.8.8"), KIOSK), 10) == 0
    assert asked(lambda: limits.device(caller(), Actor("counter", 5)), 10) == 10
    clock.now += 10
    assert asked(lambda: limits.page(caller()), 10_000) == 300
    assert asked(lambda: limits.device(caller(), KIOSK), 10_000) == 600


def test_a_busy_hall_is_never_told_to_wait() -> None:
    """500 tickets in a minute from 30 kiosks, each page opened from one Wi-Fi, and 300 windows that call."""
    clock = Clock()
    limits, told = Limits(clock), 0
    for n in range(500):
        clock.now += 60 / 500
        kiosk = Actor("citizen-kiosk", n % 30)
        told += asked(lambda who=kiosk: limits.device(caller(), who), 3)  # type: ignore[misc]
        told += asked(lambda: limits.page(caller("10.0.0.1")), 3)  # the page, its stream, its reasons
        told += asked(lambda window=n % 300: limits.device(caller(), Actor("clerk", 100 + window)), 4)  # type: ignore[misc]
    assert told == 500 * 10


def test_a_kiosk_that_comes_back_brings_its_numbers_in() -> None:
    """300 lent numbers, a few milliseconds each."""
    clock = Clock()
    limits = Limits(clock)

    def one() -> None:
        clock.now += 0.003
        limits.device(caller(), KIOSK)

    assert asked(one, 300) == 300


def test_who_shows_wrong_credentials_is_looked_up_no_more(hub: RunningHub) -> None:
    token = hub.enrol("display")
    with outside(hub, "10.9.7.1", "https") as web:

        def board(credential: str) -> tuple[int, str | None]:
            answer = web.get("/api/v1/board", headers={"Authorization": f"Bearer {credential}"})
            return answer.status_code, answer.headers.get("retry-after")

        assert board(token)[0] == 200
        answers = [board(f"wrong{n}") for n in range(90)]
        assert answers[0] == (401, None)
        assert {status for status, _ in answers} == {401, 429}
        assert {wait for status, wait in answers if status == 429} == {"1"}
        assert board(token)[0] == 200, "a device that was known stays known"
    with outside(hub, "10.9.7.2", "https") as web:
        assert web.get("/api/v1/board").status_code == 401, "and another address is another"


def test_a_page_says_when_to_come_again(tmp_path: Path) -> None:
    """In words: people read it."""
    app = HubApplication(House(tmp_path), SystemClock(), Certificates(House(tmp_path), "127.0.0.1"))
    app._hub = cast(Hub, SimpleNamespace(limits=Limits(Clock())))
    page = {**caller(), "path": "/book", "scheme": "http", "headers": []}
    answers = [app._turned_away(page) for _ in range(301)]
    assert answers[:300] == [None] * 300
    late = answers[300]
    assert late is not None
    assert (late.status_code, late.headers["retry-after"]) == (429, "1")
    assert "请求太频繁" in bytes(late.body).decode()
    assert "too often" in bytes(late.body).decode()


def test_pins_are_not_tried_out_over_all_clerks(hub: RunningHub) -> None:
    """Five wrong ones lock a clerk out; many clerks' wrong ones, at one counter, lock the counter out."""
    counter, other = hub.client("counter"), hub.client("counter")
    codes = []
    for n in range(22):
        with pytest.raises(HubRefused) as refused:
            counter.call("sign_in", m.SignIn(clerk=f"77{n:02d}", pin="0000"))
        codes.append(refused.value.code)
    assert codes == ["bad_sign_in"] * 20 + ["too_many_requests"] * 2
    assert refused.value.status == 429
    with pytest.raises(HubRefused, match="bad_sign_in"):
        other.call("sign_in", m.SignIn(clerk="7701", pin="0000"))


def test_codes_are_counted_by_address_and_over_all() -> None:
    guard = CodeGuard()
    for _ in range(CODE_TRIES):
        guard.check("10.0.0.1", MONDAY_MORNING)
        guard.count("10.0.0.1", MONDAY_MORNING)
    with pytest.raises(Refused, match="locked_out"):
        guard.check("10.0.0.1", MONDAY_MORNING)
    guard.check("10.0.0.2", MONDAY_MORNING)
    for n in range(ALL_CODE_TRIES):
        guard.count(f"10.0.1.{n}", MONDAY_MORNING)
    with pytest.raises(Refused, match="locked_out"):
        guard.check("10.0.0.2", MONDAY_MORNING)
