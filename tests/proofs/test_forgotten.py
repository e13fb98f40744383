"""Who was here is gone from the file, its log, the backups and the journal; without overwriting they are
found.
"""

from pathlib import Path

from tests.proofs.forgotten import forgotten_alone, lived


def test_people_are_gone_from_everywhere_once_their_time_is_over(tmp_path: Path) -> None:
    marks, first, last = lived(tmp_path)
    assert len(marks) > 30
    for kind in ("hall.db", ".backup", ".log"):
        assert any(kind in place for place in first), f"the search looks into {kind}"
    assert last == []


def test_what_is_forgotten_is_overwritten(tmp_path: Path) -> None:
    values, found = forgotten_alone(tmp_path / "hall")
    assert (values > 400, found) == (True, [])


def test_forgetting_without_overwriting_is_caught(tmp_path: Path) -> None:
    """The control."""
    _, found = forgotten_alone(tmp_path / "hall", overwritten=False)
    assert any(place.startswith("hall.db still has") for place in found)
