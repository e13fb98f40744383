"""Two clerks never hold one ticket: a small crowd over a restart, the named races, and their controls."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from shared.client.api import HubClient, HubRefused
from shared.protocol import messages as m
from shared.testing import RunningHub, running_hub
from tests.proofs.calls import replayed
from tests.proofs.hubs import hub_of
from tests.proofs.p05_calling import CARELESS, careless, day, lanes_of

ROUNDS = 12


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with running_hub(tmp_path_factory.mktemp("races") / "hall") as running:
        yield running


@pytest.fixture(scope="module")
def kiosk(hub: RunningHub) -> HubClient:
    return hub.client("citizen-kiosk")


@pytest.fixture(scope="module")
def desks(hub: RunningHub) -> list[HubClient]:
    """Clerks 李明1 and 李明2 at the windows 1 and 2."""
    return [hub.clerk(f"10{no:02d}", window=no) for no in (1, 2)]


def test_a_crowd_of_clerks_over_a_restart(tmp_path: Path) -> None:
    seen = day(tmp_path / "hall", 4, 40, kills=1)
    assert seen.calls >= 4 * 40
    assert (seen.wrong, seen.not_to_be_refused) == ([], [])


def test_the_conditional_update_alone_holds(tmp_path: Path) -> None:
    seen = careless("guarded", tmp_path / "hall")
    assert seen.refused["call_next", "illegal_move"] > 0, "nobody chose what another had"
    assert seen.wrong == []


def test_without_the_conditional_update_the_proof_fails(tmp_path: Path) -> None:
    wrong = careless("unconditional", tmp_path / "hall").wrong
    assert any("while it was called" in each for each in wrong)
    assert any("was called 2 times" in each for each in wrong)


# -- the races by name ---------------------------------------------------------------------------------


def at_once(*presses: Callable[[], Any]) -> list[Any]:
    """Press all keys in the same moment: what each answered, or how it was refused."""
    ready = threading.Barrier(len(presses))

    def press(key: Callable[[], Any]) -> Any:
        ready.wait()
        try:
            return key()
        except HubRefused as refused:
            return refused

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def take(kiosk: HubClient, count: int) -> list[m.Ticket]:
    return [kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket for _ in range(count)]


def call_next(desk: HubClient, no: int) -> m.Ticket:
    called: m.Ticket = desk.call("call_next", m.CallNext(), no=no)
    return called


def click(desk: HubClient, ticket: m.Ticket) -> m.Ticket:
    called: m.Ticket = desk.call("call_ticket", m.CallTicket(reason="急"), id=ticket.id)
    return called


def clear(desks: Sequence[HubClient]) -> None:
    """Serve whoever is called or still waits, until the hall is empty."""
    for no, desk in enumerate(desks, 1):
        called = [t for t in desk.ask(m.Queue, "queue").tickets if t.window == no and t.state == "called"]
        for ticket in called:
            desk.call("start_ticket", m.Nothing(), id=ticket.id)
    for no, desk in enumerate(desks, 1):
        while (called_now := desk.call("call_next", m.CallNext(finish_current=True), no=no)) is not None:
            desk.call("start_ticket", m.Nothing(), id=called_now.id)


def require_told_who_won(refused: HubRefused, number: str, winner: int) -> None:
    assert refused.code == "held_elsewhere"
    assert refused.zh == f"{number} 已由 {winner} 号窗口 李明{winner} 办理。"
    assert refused.en == f"{number} is with window {winner}, 李明{winner}."


def test_both_call_next(kiosk: HubClient, desks: list[HubClient]) -> None:
    for _ in range(ROUNDS):
        first, second = take(kiosk, 2)
        called = at_once(lambda: call_next(desks[0], 1), lambda: call_next(desks[1], 2))
        assert {ticket.id for ticket in called} == {first.id, second.id}
        clear(desks)


def test_both_click_the_same_ticket(kiosk: HubClient, desks: list[HubClient]) -> None:
    for _ in range(ROUNDS):
        _, wanted, _ = take(kiosk, 3)
        answers = at_once(lambda: click(desks[0], wanted), lambda: click(desks[1], wanted))  # noqa: B023
        winner = 1 if isinstance(answers[0], m.Ticket) else 2
        assert (answers[winner - 1].id, answers[winner - 1].window) == (wanted.id, winner)
        require_told_who_won(answers[2 - winner], wanted.number, winner)
        clear(desks)


def test_one_clicks_the_first_while_the_other_calls_next(kiosk: HubClient, desks: list[HubClient]) -> None:
    won: Counter[str] = Counter()
    for turn in range(ROUNDS):
        first, second = take(kiosk, 2)
        keys = [lambda: click(desks[0], first), lambda: call_next(desks[1], 2)]  # noqa: B023
        answers = at_once(*(keys if turn % 2 else reversed(keys)))
        clicked, called = answers if turn % 2 else reversed(answers)
        if isinstance(clicked, m.Ticket):
            won["click"] += 1
            assert (clicked.id, called.id) == (first.id, second.id), "the other gets the one behind"
        else:
            won["next"] += 1
            assert called.id == first.id
            require_told_who_won(clicked, first.number, 2)
        clear(desks)
    assert sum(won.values()) == ROUNDS


def test_both_take_the_same_held_ticket(hub: RunningHub, kiosk: HubClient, desks: list[HubClient]) -> None:
    """The window that holds it goes on with it, once, however often its key is pressed; nobody else may."""
    for _ in range(ROUNDS):
        (held,) = take(kiosk, 1)
        call_next(desks[0], 1)
        desks[0].call("start_ticket", m.Nothing(), id=held.id)
        desks[0].call("hold_ticket", m.Nothing(), id=held.id)
        resume = [lambda desk=desk: desk.call("resume_ticket", m.Nothing(), id=held.id) for desk in desks]  # noqa: B023
        mine, again, theirs = at_once(resume[0], resume[0], resume[1])
        require_told_who_won(theirs, held.number, 1)
        taken, refused = (mine, again) if isinstance(mine, m.Ticket) else (again, mine)
        assert (taken.id, taken.state, taken.window) == (held.id, "serving", 1)
        assert refused.code == "illegal_move"
        assert refused.zh == f"{held.number} 现在是“办理中”，不能继续。"
        clear(desks)


# -- one window, one ticket: two presses of one clerk ---------------------------------------------------


def crowded(folder: Path, mode: str) -> tuple[list[Any], list[str]]:
    """One clerk's key pressed twice at once at a hub that does not look whether the window is empty."""
    with hub_of(folder, (CARELESS, mode)) as hub:
        take(hub.client("citizen-kiosk"), 4)
        desk = hub.clerk(window=1)
        answers = at_once(lambda: call_next(desk, 1), lambda: call_next(desk, 1))
        return answers, replayed(hub.house.database, lanes_of(3))[1]


def test_the_unique_index_alone_keeps_a_window_to_one_ticket(tmp_path: Path) -> None:
    answers, wrong = crowded(tmp_path / "hall", "indexed")
    assert [each.code for each in answers if isinstance(each, HubRefused)] == ["window_has_ticket"]
    assert wrong == []


def test_without_the_unique_index_the_proof_fails(tmp_path: Path) -> None:
    answers, wrong = crowded(tmp_path / "hall", "crowded")
    assert len({each.id for each in answers}) == 2
    assert any("to window 1, which had ticket" in each for each in wrong)
