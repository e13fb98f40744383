"""A second medium that is full: it is said, nothing is strewn over it, and space cures it."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.store.backup import make_backup
from shared.store.restore import rebuild
from tests.store.halls import content, safe_hall


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory, where the medium of `safe_hall` will be."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    (tmp_path / "medium").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "medium", str(tmp_path / "medium")]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        yield tmp_path / "medium"
    finally:
        subprocess.run(["umount", "-l", str(tmp_path / "medium")], check=True)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def test_a_full_medium_is_said_and_space_cures_it(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.journaller.RETRY_SECONDS", 0.05)
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        ballast = fill(small_disk)
        for _ in range(30):
            hall.take()
            time.sleep(0.05)
        limit = time.monotonic() + 60
        while "No space left" not in hall.journal.problem:
            assert time.monotonic() < limit, "a full medium was not noticed"
            hall.take()
            time.sleep(0.05)
        with pytest.raises(OSError, match="No space left"):
            make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        assert len(hall.medium.backup_entries()) == 1
        assert not list(small_disk.rglob("*.part"))
        assert len(hall.medium.journal_entries()) <= 3, "every attempt leaves a file"
        ballast.unlink()
        hall.journalled()
        target = tmp_path / "rebuilt.db"
        rebuild(hall.medium, hall.keys, target)
        assert content(target) == content(hall.house.database)
