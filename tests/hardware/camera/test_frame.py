"""Judging a run of pictures, and cutting pictures out of bytes."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.camera.frame import STALE_AFTER, Health, Image, is_black
from hardware.camera.pipe import JpegCutter
from hardware.device import DeviceState


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def noise(level: int, seed: int) -> Image:
    random = np.random.default_rng(seed)
    return np.asarray(np.clip(random.normal(level, 3, (120, 160, 3)), 0, 255), np.uint8)


def watch(*, level: int, seconds: float, is_same: bool = False, is_live: bool = True) -> DeviceState:
    clock = Clock()
    health = Health(clock, is_live=is_live)
    health.begin()
    for turn in range(int(seconds * 10)):
        clock.now += 0.1
        health.see(noise(level, 1 if is_same else turn))
    return health.state


def test_a_moving_picture_is_ready() -> None:
    assert watch(level=120, seconds=5) is DeviceState.READY


def test_a_picture_that_repeats_to_the_bit_is_frozen_and_a_still_recording_is_not() -> None:
    assert watch(level=120, seconds=STALE_AFTER + 0.5, is_same=True) is DeviceState.FROZEN
    assert watch(level=120, seconds=STALE_AFTER + 0.5, is_same=True, is_live=False) is DeviceState.READY


def test_black_for_a_while_is_black_and_for_a_moment_is_not() -> None:
    assert watch(level=3, seconds=STALE_AFTER + 0.5) is DeviceState.BLACK
    assert watch(level=3, seconds=STALE_AFTER - 0.5) is DeviceState.READY


def test_a_dim_room_is_not_black() -> None:
    assert watch(level=25, seconds=STALE_AFTER + 0.5) is DeviceState.READY
    assert not is_black(noise(25, 1))


def test_no_picture_is_unknown_then_silent_and_after_one_frozen() -> None:
    clock = Clock()
    health = Health(clock)
    health.begin()
    states = [health.state]
    clock.now += STALE_AFTER
    states.append(health.state)
    health.see(noise(120, 1))
    states.append(health.state)
    clock.now += STALE_AFTER
    states.append(health.state)
    assert states == [DeviceState.UNKNOWN, DeviceState.SILENT, DeviceState.READY, DeviceState.FROZEN]


def jpeg(seed: int) -> bytes:
    return bytes(cv2.imencode(".jpg", noise(120, seed)[:32, :32])[1])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 9), max_size=4), st.integers(1, 700), st.binary(max_size=30))
def test_pictures_are_cut_out_whatever_the_chunks_and_what_stands_between(
    seeds: list[int], size: int, junk: bytes
) -> None:
    between = junk.replace(b"\xff", b"")
    pictures = [jpeg(seed) for seed in seeds]
    stream = between + b"".join(picture + between for picture in pictures)
    cutter = JpegCutter()
    found = [each for at in range(0, len(stream), size) for each in cutter.feed(stream[at : at + size])]
    assert found == pictures


@settings(deadline=None)
@given(st.binary(max_size=4000))
def test_four_kilobytes_of_junk_spoil_one_picture_at_most(junk: bytes) -> None:
    cutter = JpegCutter()
    cutter.feed(junk)
    cutter.feed(jpeg(1))
    assert cutter.feed(jpeg(2))[-1] == jpeg(2)


def test_a_run_without_an_end_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hardware.camera.pipe.LONGEST", 2000)
    cutter = JpegCutter()
    for _ in range(10):
        cutter.feed(b"\xff\xd8\xff" + b"\x11" * 1000)
    assert cutter.feed(b"\xff\xd9" + jpeg(3))[-1] == jpeg(3)
