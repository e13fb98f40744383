"""A second medium that is full: it is said, nothing is strewn over it, and space cures it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.store.backup import make_backup
from shared.store.restore import rebuild
from tests.proofs.small_disk import NEEDS_ROOT, fill, small_disk
from tests.store.halls import content, safe_hall


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory, where the medium of `safe_hall` will be."""
    with small_disk(tmp_path / "medium", 1) as is_there:
        if not is_there:
            pytest.skip(NEEDS_ROOT)
        yield tmp_path / "medium"


def test_a_full_medium_is_said_and_space_cures_it(
    tmp_path: Path, medium: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.journaller.RETRY_SECONDS", 0.05)
    with safe_hall(tmp_path) as hall:
        make_backup(hall.house, hall.keys, hall.medium, SystemClock().now())
        ballast = fill(medium)
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
        assert not list(medium.rglob("*.part"))
        assert len(hall.medium.journal_entries()) <= 3, "every attempt leaves a file"
        ballast.unlink()
        hall.journalled()
        target = tmp_path / "rebuilt.db"
        rebuild(hall.medium, hall.keys, target)
        assert content(target) == content(hall.house.database)
