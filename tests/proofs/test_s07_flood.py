"""S7's part of the wire, the short form."""

from pathlib import Path

from tests.proofs.s07_flood import flooded, is_caught


def test_a_flood_keeps_nobody_from_a_number(tmp_path: Path) -> None:
    asked, wrong = flooded(tmp_path / "hall", "few", 3.0)
    assert wrong == []
    assert asked


def test_a_hub_with_room_for_everybody_is_caught(tmp_path: Path) -> None:
    assert is_caught(tmp_path / "hall")
