"""Long lists in pages: nothing lost, nothing twice, never more than there is room for."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.viewmodels.paging import MOST_CHOICES, Paging


@given(st.lists(st.integers(), max_size=40), st.integers(min_value=1, max_value=9))
def test_the_pages_are_the_list(rows: list[int], size: int) -> None:
    paging = Paging()
    paging._set_size(size)
    seen = paging.cut(rows)
    for _ in range(paging._last):
        paging.next()
        page = paging.cut(rows)
        assert 0 < len(page) <= min(size, MOST_CHOICES)
        seen += page
    assert seen == rows


def test_a_shorter_list_brings_back_the_last_page() -> None:
    paging = Paging()
    paging._set_size(2)
    paging.cut([1, 2, 3, 4, 5])
    paging.next()
    paging.next()
    assert paging.cut([1, 2, 3]) == [3]


def test_another_size_keeps_the_first_row_in_sight() -> None:
    paging = Paging()
    paging._set_size(2)
    paging.cut(list(range(12)))
    for _ in range(3):
        paging.next()
    paging._set_size(7)
    assert 6 in paging.cut(list(range(12)))
