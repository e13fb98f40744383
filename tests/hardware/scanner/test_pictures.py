"""Codes in bad pictures: how many are read, and that none is read wrongly."""

import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.scanner.decode import decode
from hardware.scanner.pictures import DISTORTIONS, PAYLOADS, code_picture, distorted

WANTED = 49


def test_at_least_49_of_54_distorted_codes_are_read_and_none_wrongly() -> None:
    assert len(DISTORTIONS) * len(PAYLOADS) == 54
    answers = [(text, decode(distorted(text, name))) for name in DISTORTIONS for text in PAYLOADS]
    assert not [(text, found) for text, found in answers if found and found != [text]]
    assert sum(found == [text] for text, found in answers) >= WANTED


def test_the_pictures_are_hard_enough_to_tell_decoders_apart() -> None:
    """The control: the library alone, in its quickest way, does not reach the mark."""
    read = [
        zxingcpp.read_barcodes(distorted(text, name), try_rotate=False, try_downscale=False, try_invert=False)
        for name in DISTORTIONS
        for text in PAYLOADS
    ]
    assert sum(bool(codes) for codes in read) < WANTED


@pytest.mark.parametrize("text", PAYLOADS)
def test_an_independent_reader_agrees_on_the_clean_codes(text: str, tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    cv2.imwrite(str(path), code_picture(text))
    read = subprocess.run(["zbarimg", "--quiet", "--raw", str(path)], capture_output=True, check=True)
    assert read.stdout.decode().rstrip("\n") == text
    assert decode(code_picture(text)) == [text]


def test_colour_pictures_are_read_too() -> None:
    grey = code_picture("A012")
    assert decode(np.repeat(grey[:, :, None], 3, axis=2)) == ["A012"]


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1))
def test_any_picture_is_only_a_picture(height: int, width: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert decode(noise) == []
