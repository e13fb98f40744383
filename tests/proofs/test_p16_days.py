"""Days of running stay bounded; an open read transaction makes the log grow, and is found."""

from pathlib import Path

from shared.bench.watching import Sample, Watch
from tests.proofs.p16_days import MOST_WAL, Days, run


def test_three_days_stay_flat(tmp_path: Path) -> None:
    seen = run(tmp_path / "hall", 3, 120)
    assert len(seen.watches) == 3
    assert all(watch.most("wal_bytes") > 0 for watch in seen.watches), "there was something to see"
    assert list(seen.wrong()) == []


def test_an_open_reader_makes_the_log_grow(tmp_path: Path) -> None:
    """The control."""
    assert any("the write-ahead log grew" in each for each in run(tmp_path, 1, 400, open_reader=True).wrong())


def test_each_kind_of_growth_is_found() -> None:
    flat = Watch([Sample(100.0, MOST_WAL // 2, 50)])
    assert list(Days(1, [flat, flat]).wrong()) == []
    for grown in (Sample(120.0, 0, 50), Sample(100.0, MOST_WAL + 1, 50), Sample(100.0, 0, 70)):
        assert len(list(Days(1, [flat, Watch([grown])]).wrong())) == 1
