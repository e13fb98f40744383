"""The bench's old bookings are rows that hold together, and its figures fail when they should."""

from contextlib import closing
from pathlib import Path

import pytest

from shared.bench import booking
from shared.store.sqlite import connect
from shared.testing import rehearsal


def test_old_bookings_are_rows_the_schema_accepts_and_slots_count_them(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        booking.fill(hall.house, 4_000)
        with closing(connect(hall.house.database)) as connection:
            assert connection.execute("SELECT sum(taken) FROM slots").fetchone()[0] >= 4_000
            wrong = (
                "SELECT id FROM slots WHERE taken <> (SELECT count(*) FROM bookings WHERE slot = slots.id)"
            )
            assert connection.execute(wrong).fetchall() == []
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_the_calendar_is_measured_and_a_missed_target_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(booking, "BOOKINGS", 4_000)
    monkeypatch.setattr(booking, "_CALENDAR_BYTES", 500)
    rate, _, size = booking.measure(tmp_path, quick=True)
    assert "commits/s" in rate.limit
    assert size.met is False, "sixty days do not fit into five hundred bytes"
