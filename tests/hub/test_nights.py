"""The hub's night: when work is due, and what managers, health and systemd are told when it fails."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest

from shared.commands.backup import main as backup
from shared.commands.drill import main as drill
from shared.commands.restore import main as restore
from shared.config import ConfigErrors
from shared.config.upkeep import BackupConfig, RetentionConfig, UpkeepConfig, load_upkeep
from shared.domain.moments import HALL_ZONE
from shared.hub.nights import is_due
from shared.protocol import messages as m
from shared.store.keys import load_keys
from shared.store.medium import Medium
from shared.store.sqlite import connect
from shared.testing import MONDAY_MORNING, RunningHub, id_number, rehearsal, running_hub

TWO = clock_time(2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HALL_ZONE)


@pytest.mark.parametrize(
    ("now", "done", "due"),
    [
        ("2026-11-24T01:59", "2026-11-23T02:01", False),
        ("2026-11-24T02:00", "2026-11-23T02:01", True),
        ("2026-11-24T09:00", "2026-11-24T02:01", False),
        ("2026-11-24T09:00", "2026-11-22T02:01", True),  # the machine was off at night
        ("2026-11-24T01:00", "2026-11-22T23:00", True),
        ("2026-11-24T09:00", "2026-12-01T02:00", False),  # the clock was put back
    ],
)
def test_a_nights_work_is_due_once(now: str, done: str, due: bool) -> None:
    assert is_due(at(now), TWO, at(done)) is due


def test_the_configuration_is_read_back_and_mistakes_are_told(tmp_path: Path) -> None:
    path = tmp_path / "upkeep.toml"
    assert load_upkeep(path) == UpkeepConfig()
    config = UpkeepConfig(
        backup=BackupConfig(folder=Path("/mnt/备份"), at=clock_time(3, 30), keep=30),
        retention=RetentionConfig(people=60),
    )
    path.write_text(config.in_file(), "utf-8")
    assert load_upkeep(path) == config
    path.write_text('[backup]\nfolder = "usb"\nkeep = 1\n[retention]\npeople = 1\nmore = 2\n', "utf-8")
    with pytest.raises(ConfigErrors) as told:
        load_upkeep(path)
    places = {problem.place for problem in told.value.problems}
    assert places == {"backup.folder", "backup.keep", "retention.people", "retention.more"}


# -- a real hub with a second medium -------------------------------------------------------------------


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    """A hub that was given a second medium, and has made its first backup."""
    with running_hub(tmp_path / "hall") as hub:
        hub.stop()
        (tmp_path / "medium").mkdir()
        assert backup(["--data", str(hub.house.folder), "--use", str(tmp_path / "medium")]) == 0
        hub.restart()
        until(lambda: health(hub).backup == "ok" and health(hub).last_backup_at is not None)
        yield hub


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    limit = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.2)


def health(hub: RunningHub) -> m.Health:
    return hub.operator.ask(m.Health, "health")


def test_the_first_backup_is_made_at_once_and_only_its_user_can_read_it(
    hub: RunningHub, tmp_path: Path
) -> None:
    files = [path for path in (tmp_path / "medium").rglob("*") if path.is_file()]
    assert len(files) >= 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert not any(path.name.endswith(".part") for path in files)
    assert not any(path.name.startswith(("backup", "drill")) for path in hub.house.folder.iterdir())


def test_a_medium_that_is_gone_is_said_and_calling_goes_on(hub: RunningHub, tmp_path: Path) -> None:
    (tmp_path / "medium").rename(tmp_path / "away")
    until(lambda: health(hub).backup == "failing")
    kiosk, clerk = hub.client("citizen-kiosk"), hub.clerk(window=1)
    taken = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
    assert clerk.call("call_next", m.CallNext(), no=1).id == taken.id
    assert health(hub).status == "ok"
    (tmp_path / "away").rename(tmp_path / "medium")
    until(lambda: health(hub).backup == "ok")
    until(lambda: drill(["--data", str(hub.house.folder)]) == 0)


def test_killed_damaged_restored_nothing_acknowledged_is_lost(
    hub: RunningHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = hub.house.folder
    kiosk = hub.client("citizen-kiosk")
    taken = [kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket for _ in range(20)]
    time.sleep(2)  # what the promise leaves to the journal: a second at most
    assert restore(["--data", str(folder)]) == 2
    assert "another hub already runs" in capsys.readouterr().err
    hub.kill()
    with closing(connect(hub.house.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(hub.house.database.read_bytes())
    content[4096 * 2 : 4096 * 20] = os.urandom(4096 * 18)
    hub.house.database.write_bytes(content)
    command = way_out(folder)
    assert command == ["hall", "restore", "--from", str(tmp_path / "medium"), "--data", str(folder)]
    assert restore(command[2:]) == 0
    said = capsys.readouterr().out
    assert "the chain of facts is whole" in said
    aside = next(folder.glob("damaged-*"))
    assert (aside / "hall.db").read_bytes() == bytes(content), "the damaged file is only moved"
    hub.restart()
    again = hub.operator.call("queue").tickets
    assert {ticket.id: ticket.number for ticket in again} == {one.id: one.number for one in taken}
    fresh = hub.with_credential(hub.enrol("citizen-kiosk"))
    following = fresh.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.number
    assert following not in {ticket.number for ticket in taken}


def way_out(folder: Path) -> list[str]:
    """The command that the refused start names."""
    started = [sys.executable, "-m", "shared.hub", "--data", str(folder), "--port", "0", "--quiet"]
    done = subprocess.run(started, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    return done.stderr.strip().rpartition("with: ")[2].split()


def test_a_file_older_than_its_journal_is_refused(hub: RunningHub) -> None:
    """Somebody puts yesterday's copy back by hand: numbers would be given a second time."""
    hub.stop()
    old = hub.house.database.read_bytes()
    hub.restart()
    hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
    hub.stop()
    hub.house.database.write_bytes(old)
    assert way_out(hub.house.folder)[:2] == ["hall", "restore"]


# -- the commands --------------------------------------------------------------------------------------


def test_a_medium_of_another_hall_and_an_unprepared_folder_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        with rehearsal(tmp_path / name):
            pass
    (tmp_path / "two" / "hall.key").write_text("ab" * 32)
    (tmp_path / "medium").mkdir()
    assert backup(["--data", str(tmp_path / "one"), "--to", str(tmp_path / "medium")]) == 2
    assert "never prepared" in capsys.readouterr().err
    assert backup(["--data", str(tmp_path / "one"), "--use", str(tmp_path / "medium")]) == 0
    assert "on the same disk" in capsys.readouterr().out
    assert backup(["--data", str(tmp_path / "two"), "--use", str(tmp_path / "medium")]) == 2
    assert "another hall" in capsys.readouterr().err
    assert backup(["--data", str(tmp_path / "one"), "--use", str(tmp_path / "nowhere")]) == 2
    assert "is the disk mounted?" in capsys.readouterr().err
    (tmp_path / "one" / "hall.key").unlink()
    assert restore(["--data", str(tmp_path / "one")]) == 2
    assert "hall.key is missing" in capsys.readouterr().err


def test_a_damaged_file_makes_no_backup_and_pushes_no_good_one_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hall"
    with rehearsal(folder):
        pass
    (tmp_path / "medium").mkdir()
    assert backup(["--data", str(folder), "--use", str(tmp_path / "medium"), "--keep", "2"]) == 0
    assert backup(["--data", str(folder)]) == 0
    with closing(connect(folder / "hall.db")) as connection:
        connection.execute("UPDATE hall SET head_seq = head_seq + 1")
    capsys.readouterr()
    for day in range(5):
        later = (MONDAY_MORNING + timedelta(days=day)).isoformat()
        assert backup(["--data", str(folder), "--now", later]) == 2
    assert "the hall's file is not sound: the chain ends at fact" in capsys.readouterr().err
    assert len(Medium(tmp_path / "medium").backup_entries()) == 1
    assert not list((tmp_path / "medium").rglob("*.part"))


def test_one_backup_a_day_is_kept_for_the_last_days(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    with rehearsal(folder) as hall:
        keys = load_keys(hall.house.key)
    medium = Medium(tmp_path / "medium")
    medium.folder.mkdir()
    medium.prepare(keys)
    assert backup(["--data", str(folder), "--use", str(medium.folder), "--keep", "3"]) == 0
    for hours in (0, 5, 24, 48, 50, 72, 73):
        moment = (MONDAY_MORNING + timedelta(hours=hours)).isoformat()
        assert backup(["--data", str(folder), "--now", moment]) == 0
    kept = [f"{entry.at:%d %H:%M}" for entry in medium.backup_entries()]
    assert kept == ["24 09:30", "25 11:30", "26 09:30", "26 10:30"]


def test_a_drill_finds_a_row_that_nobody_committed(
    hub: RunningHub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drill(["--data", str(hub.house.folder)]) == 0
    hub.stop()
    with closing(connect(hub.house.database)) as connection:
        connection.execute("UPDATE matters SET name = '别的事' WHERE id = 'bdc-sc'")
    capsys.readouterr()
    assert drill(["--data", str(hub.house.folder)]) == 1
    assert "WRONG  table matters, row bdc-sc: name differs" in capsys.readouterr().out
    assert not list(hub.house.folder.glob("drill-*")), "what was restored for trial is removed"
    hub.restart()


def test_a_new_machine_needs_the_key_alone(
    hub: RunningHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder is gone with its disk; the devices know the hub that comes back, and it knows them."""
    kiosk = hub.client("citizen-kiosk")
    taken = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
    time.sleep(2)
    hub.stop()
    folder = hub.house.folder
    lost = {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.suffix in (".key", ".token", ".toml")
    }
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    hub.house.key.write_bytes(lost["hall.key"])
    assert way_out(folder)[:2] == ["hall", "restore"]
    assert restore(["--from", str(tmp_path / "medium"), "--data", str(folder)]) == 0
    assert "brought back as well: authority.key, operator.token, upkeep.toml" in capsys.readouterr().out
    for name, content in lost.items():
        assert (folder / name).read_bytes() == content
    hub.restart()
    assert kiosk.call("ticket", id=taken.id).number == taken.number


def test_a_night_in_which_nobody_can_be_forgotten_is_no_good_night(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        who = m.Identity(number=id_number(), name="欧阳振华")
        hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="A", identity=who))
        hub.stop()
        with closing(connect(hub.house.database)) as connection:
            connection.execute(
                "CREATE TRIGGER stubborn BEFORE UPDATE OF holder ON tickets "
                "BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        hub.arguments = ("--start", (MONDAY_MORNING + timedelta(days=31)).isoformat())
        hub.restart()
        with closing(connect(hub.house.database, read_only=True)) as connection:
            asked = "SELECT is_good, said FROM upkeep WHERE work = 'purge'"
            until(lambda: connection.execute(asked).fetchone() is not None)
            is_good, said = connection.execute(asked).fetchone()
        assert (is_good, "a step of forgetting was refused" in said) == (0, True)
        assert hub.operator.ask(m.Health, "health").status == "ok"
