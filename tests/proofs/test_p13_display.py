"""A display never lies: one of each fault, and the two displays that would."""

from pathlib import Path

from tests.proofs.p13_display import cut_line, kill_screens, start_without_hub, tried
from tests.proofs.recorded_display import FORGETFUL, LIVELY


def test_a_display_says_each_call_once_and_never_shows_old_news_as_new(tmp_path: Path) -> None:
    assert tried(tmp_path, 13, (kill_screens, start_without_hub)) == []


def test_a_display_without_a_memory_that_keeps_its_colours_is_caught(tmp_path: Path) -> None:
    """The controls, in one."""
    found = tried(tmp_path, 13, (kill_screens, cut_line), f"{FORGETFUL}+{LIVELY}")
    assert any(each.endswith(" times") for each in found), found
    assert any("after 5 s of silence it showed" in each for each in found), found
