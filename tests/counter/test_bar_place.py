"""The bar's place: kept, and always on the screen."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.bar_place import FILE, Area, BarPlace, load_place, save_place, within

anywhere = st.integers(-5000, 5000)


@given(st.none() | st.builds(BarPlace, anywhere, anywhere), anywhere, anywhere)
def test_the_bar_lies_on_the_screen_wherever_it_was(place: BarPlace | None, x: int, y: int) -> None:
    screen = Area(x, y, 1366, 768)
    found = within(place, 1000, 56, screen)
    assert x <= found.x <= x + 366
    assert y <= found.y <= y + 712


def test_a_place_on_the_screen_stays() -> None:
    assert within(BarPlace(40, 500), 1000, 56, Area(0, 0, 1920, 1080)) == BarPlace(40, 500)


def test_a_bar_wider_than_the_screen_begins_at_its_left_edge() -> None:
    assert within(BarPlace(300, 0), 1000, 56, Area(0, 0, 800, 600)).x == 0


def test_the_place_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert load_place(folder) is None
    save_place(folder, BarPlace(-12, 34))
    assert load_place(folder) == BarPlace(-12, 34)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"x": "a", "y": 1}', b"\xff"])
def test_a_broken_file_is_no_place(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert load_place(tmp_path) is None


def test_a_disk_that_takes_nothing_is_logged_and_no_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    save_place(tmp_path / "file" / "state", BarPlace(1, 2))
    assert "could not be kept" in caplog.text
