"""Backup and journal give back exactly what was committed, also after a crash or without the medium."""

import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.domain.refusals import Refused
from shared.store import touched
from shared.store.audit import audit
from shared.store.backup import make_backup, rotate
from shared.store.compare import NotComparableError, differences
from shared.store.frames import read_frames
from shared.store.restore import State, rebuild, restore
from shared.store.sqlite import connect
from shared.store.touched import Position, position
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING
from tests.store.halls import SafeHall, content, safe_hall


def busy(hall: SafeHall, seed: int, steps: int = 30) -> None:
    """Numbers are taken, called, served; some commands are refused after they wrote."""
    draw = random.Random(seed)
    for _ in range(steps):
        ticket = hall.take(draw.choice("AB"))
        if draw.random() < 0.4:
            hall.serve(ticket)
        if draw.random() < 0.3:
            with pytest.raises(Refused):
                hall.write(_refused_late)


def _refused_late(tx: Transaction) -> None:
    tx.execute("UPDATE clerks SET failures = failures + 1")
    tx.fact("lane.closed", lane="A", reason="x")
    raise Refused("internal")


def rebuilt(hall: SafeHall, tmp_path: Path) -> tuple[State, Path]:
    target = tmp_path / "rebuilt.db"
    return rebuild(hall.medium, hall.keys, target), target


@pytest.mark.parametrize("seed", range(3))
def test_backup_and_journal_give_every_row_back(tmp_path: Path, seed: int) -> None:
    with safe_hall(tmp_path) as hall:
        busy(hall, seed, 10)
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        busy(hall, seed + 10)
        hall.journalled()
        state, target = rebuilt(hall, tmp_path)
        assert state.records > 0
        assert content(target) == content(hall.house.database)
        assert differences(target, state.at, hall.house.database) == []
        with closing(connect(target, read_only=True)) as connection:
            triggers = connection.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")
            assert triggers.fetchone()[0] > 20, "the rules of the schema are back"


def test_a_backup_of_any_moment_leads_to_the_end(tmp_path: Path) -> None:
    """A backup in the middle of a record, and one from before the journal began."""
    with safe_hall(tmp_path) as hall:
        for seed in range(4):
            busy(hall, seed, 5)
            make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        busy(hall, 9, 5)
        hall.journalled()
        entries = hall.medium.backup_entries()
        for entry in reversed(entries):
            state, target = rebuilt(hall, tmp_path)
            assert state.backup == entry
            assert content(target) == content(hall.house.database)
            entry.path.unlink()


def test_what_the_journal_lacked_at_a_crash_is_taken_up_at_the_next_start(tmp_path: Path) -> None:
    """The journal of the first run is cut at every record, and inside one; the ring knows the rest."""
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        for _ in range(4):
            hall.take()
            told = hall.journal.behind_seconds
            while hall.journal.behind_seconds and told < 60:
                time.sleep(0.05)
        hall.journalled()
        file = hall.medium.journal_entries()[0].path
        whole = file.read_bytes()
    for kept in (len(whole) // 3, len(whole) // 2, len(whole) - 5):
        folder = tmp_path / f"cut-{kept}"
        shutil.copytree(tmp_path / "hall", folder / "hall")
        shutil.copytree(tmp_path / "medium", folder / "medium")
        (folder / "medium" / "journal" / file.name).write_bytes(whole[:kept])
        with safe_hall(folder, again=True) as hall:
            hall.take("B")
            hall.journalled()
            state, target = rebuilt(hall, folder)
            assert content(target) == content(hall.house.database)
            assert any("ends within" in sentence for sentence in state.met)


def test_what_was_forgotten_goes_with_the_older_backups(tmp_path: Path) -> None:
    """The journal's file of a day that forgets is cut in two: else its older half would stay a day longer."""
    mark = "家住三单元"
    with safe_hall(tmp_path) as hall:
        ticket = hall.take()
        make_backup(hall.house, hall.keys, hall.medium, MONDAY_MORNING)
        hall.write(lambda tx: tx.execute("UPDATE tickets SET note = ? WHERE id = ?", (mark, ticket)))
        _caught_up(hall)
        assert mark.encode() in _journalled(hall)
        hall.write(lambda tx: tx.execute("UPDATE tickets SET note = '' WHERE id = ?", (ticket,)))
        hall.journal.cut()
        for day in (9, 10):
            hall.take()
            _caught_up(hall)
            make_backup(hall.house, hall.keys, hall.medium, MONDAY_MORNING + timedelta(days=day))
        rotate(hall.medium, 2)
        assert mark.encode() not in _journalled(hall)
        hall.take()
        hall.journalled()
        for entry in reversed(hall.medium.backup_entries()):
            _, target = rebuilt(hall, tmp_path)
            assert content(target) == content(hall.house.database)
            entry.path.unlink()


def _caught_up(hall: SafeHall) -> None:
    limit = time.monotonic() + 60
    while hall.journal.behind_seconds:
        assert time.monotonic() < limit, "the journal stays behind"
        time.sleep(0.05)


def _journalled(hall: SafeHall) -> bytes:
    return b"".join(
        frame
        for entry in hall.medium.journal_entries()
        for frame in read_frames(entry.path, hall.keys.medium_key)
    )


def test_a_medium_that_was_away_is_caught_up_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.journaller.RETRY_SECONDS", 0.1)
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        away = hall.medium.folder.rename(tmp_path / "away")
        hall.take()
        until(lambda: hall.journal.problem != "")
        assert "is away" in hall.journal.problem
        hall.take()
        assert hall.journal.behind_seconds > 0, "it is said how far it is behind"
        away.rename(hall.medium.folder)
        until(lambda: hall.journal.problem == "")
        hall.journalled()
        _, target = rebuilt(hall, tmp_path)
        assert content(target) == content(hall.house.database)
        assert not hall.journal.needs_backup


def test_a_medium_that_was_away_too_long_needs_a_new_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.journaller.RETRY_SECONDS", 0.1)
    monkeypatch.setattr(touched, "RING", 8)
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        away = hall.medium.folder.rename(tmp_path / "away")
        for _ in range(20):
            hall.take()
        until(lambda: hall.journal.problem != "")
        away.rename(hall.medium.folder)
        until(lambda: hall.journal.needs_backup)
        hall.take()
        hall.journalled()
        state, _ = rebuilt(hall, tmp_path)
        assert any("gap" in sentence for sentence in state.met), "nothing is rolled over a gap"
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        state, target = rebuilt(hall, tmp_path)
        assert (state.met, content(target)) == ((), content(hall.house.database))


def test_a_damaged_entry_of_the_ring_is_a_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.store.journaller.RETRY_SECONDS", 0.1)
    with safe_hall(tmp_path) as hall:
        away = hall.medium.folder.rename(tmp_path / "away")
        hall.take()
        hall.take()
        newest = position(hall.connection)
        assert newest is not None
        hall.connection.execute(
            "UPDATE touched SET rows = CAST(rows || x'01' AS BLOB) WHERE n = ?", (newest.n - 1,)
        )
        until(lambda: hall.journal.problem != "")
        away.rename(hall.medium.folder)
        until(lambda: hall.journal.needs_backup)
        assert hall.journal.problem == "", "it goes on; a new backup is asked for"


def test_a_restore_brings_back_what_was_acknowledged_and_names_what_is_missing(tmp_path: Path) -> None:
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        for _ in range(3):
            hall.take()
        hall.journalled()  # from here on nothing reaches the journal
        lost = [hall.take("A"), hall.take("A"), hall.take("B")]
    with hall.house.owned():
        restored = restore(hall.house, hall.keys, hall.medium, SystemClock().now())
    assert restored.missing == (("2026-11-23", "A", 4), ("2026-11-23", "A", 5), ("2026-11-23", "B", 1))
    assert restored.aside is not None
    assert len(content(restored.aside / "hall.db")["tickets"]) == 3 + len(lost), "the old file is whole"
    with closing(connect(hall.house.database)) as connection:
        assert audit(connection, hall.keys).wrong == ()
        assert connection.execute("SELECT name FROM facts ORDER BY seq DESC").fetchone()[0] == "hall.restored"
    with safe_hall(tmp_path, again=True) as hall:
        ticket = hall.take("A")
        numbers = dict(hall.connection.execute("SELECT id, number FROM tickets").fetchall())
        assert numbers[ticket] == 6, "no number is given twice"


def test_numbers_are_left_out_when_the_damaged_file_cannot_tell(tmp_path: Path) -> None:
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        hall.take()
        hall.journalled()
    hall.house.database.write_bytes(b"\x00" * 8192)
    with hall.house.owned():
        restored = restore(hall.house, hall.keys, hall.medium, SystemClock().now())
    assert (restored.missing, restored.skipped) == ((), 100)
    with safe_hall(tmp_path, again=True) as hall:
        ticket = hall.take("A")
        number = hall.connection.execute("SELECT number FROM tickets WHERE id = ?", (ticket,)).fetchone()[0]
        assert number == 102


def test_an_older_backup_serves_when_the_newest_does_not_open(tmp_path: Path) -> None:
    with safe_hall(tmp_path) as hall:
        for _ in range(2):
            hall.take()
            make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        hall.take()
        hall.journalled()
        newest = hall.medium.backup_entries()[-1].path
        damaged = bytearray(newest.read_bytes())
        damaged[len(damaged) // 2] ^= 1
        newest.write_bytes(damaged)
        state, target = rebuilt(hall, tmp_path)
        assert state.backup.number == 1
        assert any(newest.name in sentence for sentence in state.met)
        assert content(target) == content(hall.house.database)


def test_a_file_of_another_lineage_is_not_compared(tmp_path: Path) -> None:
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        state, target = rebuilt(hall, tmp_path)
    with closing(connect(hall.house.database)) as connection:
        touched.begin_lineage(connection)
    with pytest.raises(NotComparableError, match="hall backup"):
        differences(target, state.at, hall.house.database)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE tickets SET note = 'x' WHERE id = 2", "table tickets, row 2: note differs"),
        ("UPDATE clerks SET pin = 'x' WHERE number = '1002'", "table clerks, row 1002: pin differs"),
        (
            "INSERT INTO offers VALUES (x'01', 'counter', 'n', NULL, 5, NULL)",
            "row 01: neither backup nor journal",
        ),
        ("DELETE FROM matters WHERE id = 'bdc-sc'", "row bdc-sc: it is in backup and journal, and missing"),
    ],
)
def test_a_change_that_no_commit_made_is_found(tmp_path: Path, statement: str, where: str) -> None:
    with safe_hall(tmp_path) as hall:
        hall.take()
        hall.take()
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        hall.take()
        hall.journalled()
    with closing(connect(hall.house.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement).rowcount == 1
    state, target = rebuilt(hall, tmp_path)
    found = differences(target, state.at, hall.house.database)
    assert [where in sentence for sentence in found] == [True], found


def test_the_keys_of_a_commit_are_noted_with_it(tmp_path: Path) -> None:
    """What a trigger of the schema did counts too; a row whose key changes counts under both."""
    with safe_hall(tmp_path) as hall:
        before = position(hall.connection)
        hall.take()
        found = position(hall.connection)
        assert before is not None
        assert found == Position(before.lineage, before.n + 1)
        keys = touched.keys_of(hall.connection, found.n)
        assert keys is not None
        assert set(keys) >= {"tickets", "stays", "lanes", "counters", "facts", "hall"}
        assert keys["stays"] == [(1, 0)]
        hall.write(lambda tx: tx.execute("INSERT INTO notices VALUES (1, '一', 'one', NULL)"))
        hall.write(lambda tx: tx.execute("UPDATE notices SET id = 9 WHERE id = 1"))
        keys = touched.keys_of(hall.connection, found.n + 2)
        assert keys is not None
        assert set(keys["notices"]) == {(1,), (9,)}
        assert touched.keys_of(hall.connection, found.n + 3) is None


def test_a_commit_that_failed_counts_for_nothing(tmp_path: Path) -> None:
    with safe_hall(tmp_path) as hall:
        before = position(hall.connection)
        hall.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(Refused):
            hall.take()
        hall.connection.execute("PRAGMA query_only = OFF")
        assert position(hall.connection) == before
        hall.take()
        hall.journalled()
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        _, target = rebuilt(hall, tmp_path)
        assert content(target) == content(hall.house.database)


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that happens soon."""
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)
