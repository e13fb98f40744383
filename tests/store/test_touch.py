"""A touch reaches the disk, and changes nothing."""

from pathlib import Path

from shared.store.transaction import touch
from shared.testing import rehearsal


def test_it_writes_a_page_and_changes_nothing(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        log = hall.house.database.with_name("hall.db-wal")
        query = "SELECT * FROM hall"
        before = hall.connection.execute(query).fetchone()
        size = log.stat().st_size if log.exists() else 0
        hall.connection.execute("UPDATE hall SET day = day")
        assert (log.stat().st_size if log.exists() else 0) == size, "this would prove nothing"
        hall.connection.execute("BEGIN IMMEDIATE")
        touch(hall.connection)
        hall.connection.execute("COMMIT")
        assert log.stat().st_size > size
        assert hall.connection.execute(query).fetchone() == before
