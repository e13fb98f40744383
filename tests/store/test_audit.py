"""`hall check`: a file as it was left is well; one changed byte, one cut fact, one edited row is located."""

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from shared.commands.check import main as check
from shared.domain.ticket import Move
from shared.protocol.messages import ChangeRules, TakeTicket
from shared.services import calling, serving, taking
from shared.services.people import Actor
from shared.services.rules import change_rules
from shared.services.windows import open_window
from shared.store.tickets import apply_move, get_ticket
from shared.testing import Rehearsal, rehearsal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hall with a little history, closed."""
    with rehearsal(tmp_path / "hall") as hall:
        for _ in range(20):
            hall.later(minutes=1)
            hall.run(
                lambda tx: taking.take_ticket(
                    tx, hall.plan, hall.estimator, TakeTicket(channel="kiosk", lane="A")
                )
            )
        _a_little_more(hall)
        hall.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return tmp_path / "hall"


def _a_little_more(hall: Rehearsal) -> None:
    """A ticket that a clerk chose, one that was missed and came back, and a changed rule."""
    clerk = Actor("clerk", 7, "1001", 1, 1)
    hall.run(partial(open_window, actor=clerk, no=1))
    first = partial(get_ticket, hall.connection, 1)
    hall.run(lambda tx: calling.call_ticket(tx, hall.plan, hall.estimator, clerk, first(), "赶车"))
    hall.run(lambda tx: serving.start(tx, hall.plan, clerk, first()))
    hall.run(lambda tx: serving.finish(tx, first()))
    second = partial(get_ticket, hall.connection, 2)
    hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, clerk, 1, False))
    hall.run(lambda tx: serving.miss(tx, hall.plan, clerk, second()))
    hall.later(minutes=1)
    hall.run(lambda tx: serving.give_back_place(tx, hall.plan, second()))
    hall.run(partial(change_rules, request=ChangeRules(return_penalty=5)))


def verdict(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = check(["--data", str(folder)])
    return code, capsys.readouterr().out


def tamper(folder: Path, *statements: str) -> None:
    """Edit the file as an intruder with any SQLite would: triggers dropped first."""
    with sqlite3.connect(folder / "hall.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_honest_file_is_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = verdict(folder, capsys)
    assert code == 0
    assert "30 facts followed: all is well" in said


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE facts SET data = replace(data, '\"A\"', '\"B\"') WHERE seq = 9", "fact 9 (ticket.taken)"),
        ("UPDATE facts SET actor = 'clerk:1001' WHERE seq = 5", "fact 5"),
        ("UPDATE facts SET at = at + 1 WHERE seq = 7", "fact 7"),
        ("DELETE FROM facts WHERE seq = 11", "facts 11 to 11 are missing"),
        ("DELETE FROM facts WHERE seq = 30", "the chain ends at fact 29"),
        ("UPDATE tickets SET lane = 'B' WHERE id = 4", "ticket 4 (A004, lane B, waiting)"),
        ("UPDATE tickets SET number = 99 WHERE id = 4", "ticket 4 (A099"),
        ("UPDATE lanes SET waiting = 3 WHERE letter = 'A'", "lane A: 3 are said to wait, 19 do"),
        ("DELETE FROM stays WHERE ticket = 6", "ticket 6 (A006) has 0 stays"),
        ("UPDATE tickets SET sort_at = sort_at - 1 WHERE id = 7", "ticket 7 (A007) has another place"),
        ("UPDATE tickets SET due_at = sort_at WHERE id = 7", "ticket 7 (A007) has another place"),
        ("UPDATE tickets SET sort_at = sort_at - 1 WHERE id = 2", "ticket 2 (A002) has another place"),
        ("UPDATE stays SET sort_at = 5 WHERE ticket = 7", "ticket 7 (A007) stood at a place"),
        ("UPDATE legs SET chosen = 0", "ticket 1 (A001) is not marked as chosen by a clerk"),
        ("UPDATE legs SET chosen = 1", "ticket 2 (A002) is not marked as chosen by a clerk"),
        ("UPDATE rules SET data = replace(data, '5', '9') WHERE n = 2", "row 2 of the rules is not as fact"),
        (
            "UPDATE rules SET data = replace(data, '10', '9') WHERE n = 1",
            "row 1 of the rules is not as fact 1 ",
        ),
        ("UPDATE rules SET actor = 'clerk:1001' WHERE n = 2", "row 2 of the rules is not as fact"),
        ("DELETE FROM rules WHERE n = 2", "the rules have 1 rows, but 2 facts tell of them"),
    ],
)
def test_a_change_is_located(
    folder: Path, capsys: pytest.CaptureFixture[str], statement: str, where: str
) -> None:
    tamper(folder, statement)
    code, said = verdict(folder, capsys)
    assert code == 1
    assert where in said


def test_one_changed_byte_is_located(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "hall.db"
    content = path.read_bytes()
    changed = content.replace(b'"number":"A013"', b'"number":"A073"')  # stale copies of the page included
    path.write_bytes(changed)
    code, said = verdict(folder, capsys)
    assert code == 1
    assert "fact 15 (ticket.taken) or its link was changed" in said


def test_a_statement_that_is_no_text_any_more_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What one flipped bit of a row's type makes of it."""
    with sqlite3.connect(folder / "hall.db") as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'notices'")
    connection.close()
    code, said = verdict(folder, capsys)
    assert code == 1
    assert "the schema cannot be checked further" in said


def test_the_chain_cannot_be_forged_without_the_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = folder / "hall.key"
    key.write_text("00" * 32)
    code, said = verdict(folder, capsys)
    assert code == 1
    assert "fact 1 " in said


def test_moves_are_followed_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        take: Callable[..., int] = lambda tx: taking.take_ticket(  # noqa: E731
            tx, hall.plan, hall.estimator, TakeTicket(channel="kiosk", lane="A")
        )
        ticket = hall.run(take)
        hall.run(lambda tx: apply_move(tx, get_ticket(tx.connection, ticket), Move.CANCEL))
    code, said = verdict(tmp_path / "hall", capsys)
    assert code == 1
    assert "is not as its last fact says" in said, "a move without its fact is found"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DROP TRIGGER facts_are_kept", "trigger facts_are_kept"),
        ("DROP INDEX one_ticket_per_window", "index one_ticket_per_window"),
        ("CREATE TABLE other (id INTEGER PRIMARY KEY)", "table other"),
    ],
)
def test_rules_that_were_loosened_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str], statement: str, where: str
) -> None:
    with sqlite3.connect(folder / "hall.db") as connection:
        connection.execute(statement)
    connection.close()
    code, said = verdict(folder, capsys)
    assert (code, f"the schema is not this program's: {where}" in said) == (1, True)


def test_a_fact_that_is_none_any_more_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(folder, "UPDATE facts SET data = substr(data, 2) WHERE seq = 9")
    code, said = verdict(folder, capsys)
    assert code == 1
    assert "fact 9 (ticket.taken) or its link was changed" in said
    assert "the tables cannot be checked further" in said
