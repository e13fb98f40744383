"""Names are masked wherever they can be read; the serving clerk's look is the exception, and a fact."""

from pathlib import Path

from tests.proofs.s02_masked import tried
from tests.proofs.watched_hub import UNMASKED


def test_nobody_but_the_serving_clerk_sees_a_name(tmp_path: Path) -> None:
    count, wrong = tried(tmp_path)
    assert count > 250
    assert wrong == []


def test_a_hub_that_does_not_mask_is_caught(tmp_path: Path) -> None:
    """The control, without the screens: they show what the hub says."""
    _, found = tried(tmp_path, UNMASKED, screens=False)
    for where in ("a display, /api/v1/board", "a display, /api/v1/events", "/manage/bookings"):
        assert any(each.startswith(where) for each in found), where
