"""A big hall in small: nothing is lost; and what is lost, doubled or cut off is found."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from shared.bench.audience import Account, Ledger, Seat
from shared.bench.big_hall import Played, Size, big_hall, figures_of, losses, main, play, wrongs
from shared.bench.crowd import Told
from shared.bench.watching import Watch
from shared.protocol import messages as m
from shared.store.house import House
from shared.store.sqlite import connect
from shared.testing import running_hub

SMALL = Size(minutes=0.1, windows=6, subscribers=20, pause=2.0)


def test_nothing_is_lost_in_a_short_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--minutes", "0.12", "--windows", "6", "--subscribers", "30", "--pause", "2", "--folder"]
    assert main([*given, str(tmp_path), "--json", str(tmp_path / "figures.json")]) == 0
    found = {figure["name"]: figure for figure in json.loads((tmp_path / "figures.json").read_text("utf-8"))}
    lost = found["lost or doubled"]
    assert lost["met"] is True
    assert lost["value"].startswith("0 findings; 60 numbers")
    assert "a call pressed -> at the last of 30 subscribers" in found
    assert "write-ahead log" in capsys.readouterr().out


def test_a_hub_that_dies_is_found_out(tmp_path: Path) -> None:
    """The control: the same play, with its hub killed in the middle."""
    with big_hall(tmp_path / "hall", SMALL) as hub:
        stop = threading.Event()

        def die() -> None:
            until(lambda: tickets_in(hub.house) > 2)
            hub.kill()
            stop.set()

        deadly = threading.Thread(target=die)
        deadly.start()
        played = play(hub, tmp_path, SMALL, stop)
        deadly.join()
    assert losses(played).met is False
    assert any("subscribers were cut off" in sentence for sentence in played.wrong)
    assert len(figures_of(played, [0.001], [0.001])) == 6, "there is a table all the same"


def tickets_in(house: House) -> int:
    with closing(connect(house.database, read_only=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM tickets").fetchone()[0])


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def told_and_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Path]:
    """Three tickets, as told and in the file."""
    folder = tmp_path_factory.mktemp("told") / "hall"
    with running_hub(folder) as hub:
        kiosk, body = hub.client("citizen-kiosk"), m.TakeTicket(channel="kiosk", lane="A")
        tickets = [kiosk.ask(m.TakenTicket, "take_ticket", body).ticket for _ in range(3)]
    return Told(numbers=[(ticket.id, ticket.number) for ticket in tickets]), folder


def test_what_was_told_and_what_is_in_the_file_are_compared(told_and_file: tuple[Told, Path]) -> None:
    told, folder = told_and_file
    house = House(folder)
    assert wrongs(house, told, []) == []
    ghost = Told(numbers=[*told.numbers, (99, "A099")])
    assert wrongs(house, ghost, []) == ["ticket 99 (A099) is not in the file"]
    doubled = Told(numbers=[*told.numbers[:2], (told.numbers[2][0], "A001")])
    assert "number A001 was given twice" in wrongs(house, doubled, [])
    assert wrongs(house, Told(numbers=told.numbers[1:]), []) == ["ticket 1 is in the file, and nobody has it"]
    assert wrongs(house, told, [(7, 1), (8, 1)]) == ["ticket 1 was called twice"]
    called = Told(numbers=told.numbers, called=[(2, 0.0, 0.0)])
    assert wrongs(house, called, []) == ["the call of ticket 2 is no fact"]


def test_a_ticket_that_vanished_is_found(told_and_file: tuple[Told, Path], tmp_path: Path) -> None:
    told, folder = told_and_file
    house = House(Path(shutil.copytree(folder, tmp_path / "hall")))
    with closing(connect(house.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM tickets WHERE number = 2")
    found = wrongs(house, told, [])
    assert "ticket 2 (A002) is not in the file" in found
    assert any(sentence.startswith("hall check: ") for sentence in found)


def heard(*pieces: bytes, after: int = 4, last: int = 8) -> tuple[int, int]:
    """(lost, doubled) of one seat that got these bytes."""
    ledger = Ledger(after)
    seat = Seat(b"", ledger)
    for piece in pieces:
        seat.data_received(piece)
    account = ledger.account(last)
    return account.lost, account.doubled


def told_as(*seqs: int) -> bytes:
    return b"".join(b"id: %d\nevent: fact\ndata: {}\n\n" % seq for seq in seqs)


def test_a_seat_keeps_account_of_every_fact() -> None:
    whole = b"HTTP/1.1 200 OK\r\n\r\n" + told_as(5, 6, 7, 8)
    assert heard(whole) == (0, 0)
    assert heard(*(whole[n : n + 1] for n in range(len(whole)))) == (0, 0), "in any pieces"
    assert heard(told_as(5, 7, 8)) == (1, 0)
    assert heard(told_as(5, 6, 7)) == (1, 0), "the last one counts too"
    assert heard(told_as(5, 6, 6, 7, 8)) == (0, 1)


def test_a_play_without_a_call_meets_no_target() -> None:
    nothing = Played(SMALL, Told(), Account(0, 0, 0, {}), Watch(), [], [])
    assert [figure.met for figure in figures_of(nothing, [0.1], [0.1])[:4]] == [False] * 4
