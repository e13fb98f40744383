"""What stops a hub from starting is said in a sentence, with exit code 2; nothing is changed."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from shared.protocol import messages as m
from shared.store.house import network_disk
from shared.store.sqlite import SqliteTooOldError, require_new_enough
from shared.testing import running_hub


def start(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shared.hub", "--data", str(folder), "--port", "0", "--quiet", *options]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A hall whose hub has run and stopped."""
    with running_hub(tmp_path / "hall"):
        pass
    return tmp_path / "hall"


def test_without_a_hall_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = start(tmp_path / "nowhere")
    assert done.returncode == 2
    assert "hall init" in done.stderr


def test_a_second_hub_on_the_same_file_is_refused(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        done = start(tmp_path / "hall")
        assert done.returncode == 2
        assert "another hub already runs" in done.stderr
        assert hub.operator.call("health").status == "ok"


@pytest.mark.parametrize("way", ["lock file gone", "folder by another name", "database by another name"])
def test_no_second_hub_gets_in_by_another_way(tmp_path: Path, way: str) -> None:
    with running_hub(tmp_path / "hall") as hub:
        there = tmp_path / "there"
        if way == "lock file gone":
            (tmp_path / "hall" / "hall.lock").unlink()
            there = tmp_path / "hall"
        elif way == "folder by another name":
            there.symlink_to(tmp_path / "hall", target_is_directory=True)
        else:
            there.mkdir()
            for name in ("hall.db", "hall.key", "operator.token"):
                (there / name).symlink_to(tmp_path / "hall" / name)
        done = start(there)
        assert (done.returncode, "another hub already runs" in done.stderr) == (2, True), done.stderr
        assert hub.operator.call("health").status == "ok"


def test_a_killed_hub_blocks_no_start(tmp_path: Path) -> None:
    with running_hub(tmp_path / "hall") as hub:
        hub.client("citizen-kiosk").call("take_ticket", m.TakeTicket(channel="kiosk", lane="A"))
        hub.kill()
        hub.restart()
        assert hub.operator.call("health").status == "ok"


AS_ANOTHER = """
import os, sys
from shared.hub.__main__ import main
os.setgid({user}); os.setuid({user})
sys.exit(main(["--data", {folder!r}, "--port", "0", "--quiet"]))
"""
NOBODY = 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may be somebody else")
@pytest.mark.parametrize(
    ("owner", "user", "mode"), [(NOBODY, 0, 0o700), (0, NOBODY, 0o755), (0, NOBODY, 0o700)]
)
def test_a_hub_of_another_user_is_refused_and_leaves_nothing(
    folder: Path, owner: int, user: int, mode: int
) -> None:
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner, owner)
    folder.chmod(mode)
    for above in folder.parents[:3]:  # pytest's own folders are for root alone
        above.chmod(0o755)
    before = sorted(path.name for path in folder.iterdir())
    program = AS_ANOTHER.format(user=user, folder=str(folder))
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "belongs to" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_network_disk_is_known(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/halls /srv/the\\040halls nfs4 rw 0 0\n"
        "/dev/sdb1 /srv/the\\040halls/own ext4 rw 0 0\n", "ascii"
    )  # fmt: skip
    assert network_disk(Path("/srv/the halls/yueyang"), mounts) == "nfs4"
    assert network_disk(Path("/srv/the halls/own/yueyang"), mounts) == ""
    assert network_disk(Path("/srv/hall"), mounts) == ""
    assert network_disk(tmp_path) == ""


def test_a_file_from_a_newer_program_is_refused(folder: Path) -> None:
    with sqlite3.connect(folder / "hall.db") as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('hall', '9999_future', '')"
        )
    connection.close()
    done = start(folder)
    assert done.returncode == 2
    assert "newer program" in done.stderr
    assert "9999_future" in done.stderr


def test_a_damaged_file_is_refused_with_the_way_out(folder: Path) -> None:
    path = folder / "hall.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = os.urandom(4096 * 9)
    path.write_bytes(content)
    done = start(folder)
    assert done.returncode == 2
    assert f"hall restore --from FOLDER --data {folder}" in done.stderr


def test_a_missing_key_is_refused(folder: Path) -> None:
    (folder / "hall.key").unlink()
    done = start(folder)
    assert done.returncode == 2
    assert "key cannot be read" in done.stderr


def test_an_address_in_use_is_refused(folder: Path, tmp_path: Path) -> None:
    with running_hub(tmp_path / "other") as hub:
        port = hub.url.rpartition(":")[2]
        done = start(folder, "--host", "127.0.0.1", "--port", port)
        assert done.returncode == 2
        assert "cannot listen" in done.stderr


def test_an_old_sqlite_is_refused() -> None:
    with pytest.raises(SqliteTooOldError, match=r"3\.51\.2 is too old: 3\.51\.3"):
        require_new_enough((3, 51, 2))
    require_new_enough((3, 51, 3))
