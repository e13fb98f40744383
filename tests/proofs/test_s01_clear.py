"""No ID number on any disk in clear: the rehearsal with marked people, and a hub that logs one."""

from pathlib import Path

from tests.proofs.s01_clear import found_in, person, rehearsed
from tests.proofs.watched_hub import TALKATIVE


def test_nothing_of_a_person_stands_on_the_disk(tmp_path: Path) -> None:
    files, found = rehearsed(tmp_path)
    assert files > 15
    assert found == []


def test_a_hub_that_logs_a_number_is_caught(tmp_path: Path) -> None:
    _, found = rehearsed(tmp_path, TALKATIVE)
    assert any(each.startswith("hall/hub.log has 469029") for each in found)


def test_a_number_that_was_mistyped_and_a_name_are_caught(tmp_path: Path) -> None:
    who = person()
    (tmp_path / "a").write_text(f"{who.number[:17]}?", "ascii")
    (tmp_path / "b").write_bytes(who.name.encode("gb18030"))
    assert {each.partition(" ")[0] for each in found_in(tmp_path)} == {"a", "b"}
