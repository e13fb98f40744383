"""From pictures to pages: how many are found, how exactly, and what is refused."""

import io
from contextlib import suppress
from functools import cache
from statistics import median

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from hardware.document.corners import Corners, NoPage
from hardware.document.outline import find_page
from hardware.document.page import Fault, NoGoodPage, Page, take_page
from hardware.document.pictures import Scene, scene

PAGES = 40
picture = cache(scene)


def fault(found: Scene) -> Fault | None:
    try:
        take_page(found.image)
    except NoGoodPage as refusal:
        return refusal.fault
    return None


def test_every_page_is_found_and_its_corners_to_a_pixel() -> None:
    errors = []
    for seed in range(PAGES):
        true, found = picture(seed).corners, find_page(picture(seed).image)
        assert true is not None
        assert found is not None
        errors.append(found.distance(true))
    assert median(errors) <= 1.3
    assert max(errors) <= 44


def test_the_measure_of_corners_can_fail() -> None:
    """The control: corners a few pixels off are told from true ones."""
    true = picture(1).corners
    assert true is not None
    assert Corners.of(true.array + np.array([3, 0])).distance(true) == pytest.approx(3)


def test_no_good_picture_is_refused() -> None:
    assert [fault(picture(seed)) for seed in range(PAGES)] == [None] * PAGES


@pytest.mark.parametrize("seed", range(8))
def test_bad_pictures_are_refused_for_the_right_reason(seed: int) -> None:
    assert fault(scene(seed, blur=3.2)) is Fault.BLUR
    assert fault(scene(seed, glare=True)) is Fault.GLARE
    assert fault(scene(seed, has_page=False)) is Fault.NO_PAGE
    assert fault(scene(seed, fill=0.28)) in (Fault.TOO_SMALL, Fault.NO_PAGE)


def test_too_small_is_said_of_what_is_found() -> None:
    assert fault(scene(0, fill=0.3)) is Fault.TOO_SMALL


def test_every_refusal_is_said_in_both_languages() -> None:
    for each in Fault:
        assert each.sentence.zh
        assert each.sentence.en


def test_an_a4_page_comes_out_at_its_true_size() -> None:
    page = take_page(picture(0).image)
    assert page.name == "A4"
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    box = pdf.split(b"/MediaBox")[1].split(b"]")[0].strip(b" [").split()
    width, height = (float(side) / 72 * 25.4 for side in box[2:])
    assert width == pytest.approx(210, abs=1.5)
    assert height == pytest.approx(297, abs=1.5)


def test_a_card_is_known_for_one() -> None:
    assert take_page(picture(2).image).name == "card"


def test_a_png_shows_the_page_and_tells_nothing_else() -> None:
    page = take_page(picture(0).image)
    opened = Pillow.open(io.BytesIO(page.png()))
    assert opened.size == (page.image.shape[1], page.image.shape[0])
    assert opened.info == {}


def test_paper_is_white_and_a_stamp_stays_red() -> None:
    page = take_page(picture(0).image).image
    assert np.percentile(page.min(axis=2), 70) > 225
    red = (page[:, :, 2] > 150) & (page[:, :, 1] < 110) & (page[:, :, 0] < 110)
    assert red.sum() > 200


def test_corners_dragged_by_hand_are_taken() -> None:
    true = picture(4).corners
    assert true is not None
    moved = true.moved(0, (true.points[0][0] + 2, true.points[0][1] + 2))
    assert isinstance(take_page(picture(4).image, moved), Page)
    with pytest.raises(NoPage):
        true.moved(0, true.points[2])


points = st.tuples(st.floats(-50, 400), st.floats(-50, 300))


@settings(deadline=None)
@given(st.lists(points, min_size=4, max_size=4))
def test_any_four_points_are_corners_in_order_or_none(given_points: list[tuple[float, float]]) -> None:
    try:
        corners = Corners.of(given_points)
    except NoPage:
        return
    assert corners.area > 0
    assert Corners.of(list(reversed(given_points))).points == corners.points


@settings(deadline=None, max_examples=25)
@given(
    st.integers(1, 200),
    st.integers(1, 200),
    st.integers(0, 2**32 - 1),
    st.lists(points, min_size=4, max_size=4),
)
def test_any_picture_is_a_page_or_a_refusal(
    height: int, width: int, seed: int, given_points: list[tuple[float, float]]
) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), 1 + seed % 7), np.uint8)
    try:
        corners = Corners.of(given_points)
    except NoPage:
        corners = None
    for chosen in (None, corners):
        with suppress(NoGoodPage):
            assert take_page(noise, chosen).image.size
