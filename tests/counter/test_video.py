"""The counter's video window is called: by a kiosk that talks, one that is muted, one that dies."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from counter.video import VIEW
from hardware.simulators import simulated_device
from hardware.video.states import CallState, Ending, Lack
from hardware.video.station import Standing, Station, silence, tone
from hardware.video.testing import End, Ends, ends
from shared.qt.robot_driver import RobotDriver
from shared.qt.video import words as w
from shared.qt.video.model import Setting
from shared.qt.video.testing import LIVE, OWN_FAULT, VideoInHand, video_at


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A recorded camera."""
    path = tmp_path_factory.mktemp("film") / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25.0, (640, 480))
    for turn in range(50):
        image = np.full((480, 640, 3), 90, np.uint8)
        cv2.circle(image, (40 + turn * 10, 240), 60, (30, 200, 240), -1)
        writer.write(image)
    writer.release()
    return f"file:{path}?loop=yes"


@pytest.fixture(scope="module")
def start() -> Iterator[Ends]:
    with ends() as start:
        yield start


@pytest.fixture(scope="module")
def citizen(film: str) -> Iterator[Station]:
    station = Station(film, sound=silence)
    station.start("127.0.0.1", 0)
    yield station
    station.stop()


@pytest.fixture(scope="module")
def desk(app: QGuiApplication) -> Iterator[Station]:
    """The counter's end, without a camera."""
    station = Station(sound=tone)
    yield station
    station.stop()


@pytest.fixture(scope="module")
def port(desk: Station) -> int:
    return desk.start("127.0.0.1", 0)


@pytest.fixture(scope="module")
def shown(desk: Station, port: int) -> Iterator[VideoInHand]:
    with video_at(desk, VIEW, (1920, 1080), Setting(port=port)) as shown:
        yield shown


@pytest.fixture
def counter(shown: VideoInHand, citizen: Station) -> Iterator[VideoInHand]:
    """The window with no call; one that a test leaves behind is ended."""
    yield shown
    citizen.hang_up()
    shown.until(lambda: shown.offered() == [])


@pytest.fixture
def talking(counter: VideoInHand, citizen: Station, port: int) -> VideoInHand:
    citizen.call("127.0.0.1", port)
    counter.press("answer")
    counter.until(lambda: LIVE in counter.names(), LIVE)
    return counter


def test_a_counter_that_calls_nobody_waits_and_says_that_it_has_no_camera(counter: VideoInHand) -> None:
    counter.until_said(w.WAITING)
    assert counter.offered() == []
    fault = Standing().camera_sentence
    assert fault is not None
    counter.until_said(fault, OWN_FAULT)


def test_a_call_rings_and_who_gives_up_is_told(counter: VideoInHand, citizen: Station, port: int) -> None:
    citizen.call("127.0.0.1", port)
    counter.until_said(CallState.RINGING.sentence)
    assert counter.offered() == ["video-answer", "video-hang-up"]
    counter.press("hang-up")
    counter.until(lambda: citizen.standing.ending is Ending.DECLINED)


def test_mute_is_silence_over_there_and_said_here_and_does_not_outlast_the_call(
    talking: VideoInHand, citizen: Station
) -> None:
    talking.until(lambda: citizen.far.loudness > 0.05)
    talking.press("mute")
    talking.until(lambda: w.MUTED in talking.warnings())
    talking.until(lambda: citizen.far.loudness < 0.01)
    talking.press("unmute")
    talking.until(lambda: citizen.far.loudness > 0.05)
    talking.press("mute")
    talking.until(lambda: w.MUTED in talking.warnings())
    citizen.hang_up()
    talking.until_said(Ending.HUNG_UP.sentence)
    assert talking.warnings() == []


def test_a_second_caller_is_told_busy_and_the_call_goes_on(
    talking: VideoInHand, start: Ends, port: int
) -> None:
    second = start()
    second.tell(f"call 127.0.0.1:{port}")
    assert second.wait_for("state", "idle")["ending"] == "busy"
    assert LIVE in talking.names()


def test_a_caller_who_dies_is_missed_and_one_without_a_camera_is_named(
    counter: VideoInHand, start: Ends, port: int
) -> None:
    caller: End = start()
    caller.tell(f"call 127.0.0.1:{port}")
    counter.press("answer")
    counter.until_said(w.FIRST_PICTURE)
    counter.until_said(Lack.PICTURE.sentence)
    caller.process.kill()
    counter.until_said(Ending.VANISHED.sentence)


def test_nothing_is_painted_while_no_new_picture_comes(talking: VideoInHand, citizen: Station) -> None:
    painted: list[float] = []
    talking.window.afterRendering.connect(lambda: painted.append(time.monotonic()))
    talking.until(lambda: len(painted) > 5)
    citizen.hold()
    talking.until_said(w.FAR_HOLDS)
    talking.until(lambda: _rests(painted))


def test_a_closed_window_looks_no_more(desk: Station, port: int) -> None:
    with video_at(desk, VIEW, (1920, 1080), Setting(port=port)) as closed:
        closed.window.close()
        before = closed.model.notes
        desk.mute(True)
        QTest.qWait(200)
        assert closed.model.notes == before
    desk.mute(False)


def test_nothing_lies_on_anything_else_in_any_size(
    talking: VideoInHand, desk: Station, citizen: Station
) -> None:
    desk.mute(True)
    talking.until(lambda: w.MUTED in talking.warnings())
    for size in ((900, 640), (1366, 768), (1920, 1080)):
        talking.window.resize(*size)
        talking.until(lambda: talking.window.contentItem().height() == size[1])  # noqa: B023
        QTest.qWait(50)
        key, notes = (_place(talking, name) for name in ("video-hang-up", "video-notes"))
        assert 0 < notes.bottom() <= key.bottom() <= size[1]
        assert not key.intersects(notes)


def test_the_two_programs_talk(film: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        camera = stack.enter_context(simulated_device("camera", "--link", str(tmp_path / "pipe")))
        clerk = stack.enter_context(
            RobotDriver("counter.video", "--camera", film, "--listen", "127.0.0.1:0", "--size", "1280x720")
        )
        clerk.wait("video-headline")
        where = f"127.0.0.1:{clerk.get('video-listens', 'text').split()[1]}"
        citizen = stack.enter_context(
            RobotDriver(
                "kiosk.video", "--camera", camera.spec, "--call", where, "--size", "540x960", "--lang", "en"
            )
        )
        citizen.click("video-call")
        clerk.click("video-answer")
        for each in (clerk, citizen):
            each.wait(LIVE)
        clerk.click("video-hold")
        citizen.wait("video-headline", "said", is_=w.FAR_HOLDS.en)
        assert citizen.quit() == 0
        clerk.wait("video-headline", "said", is_=Ending.HUNG_UP.sentence.zh)
        assert clerk.quit() == 0
        assert clerk.warnings == citizen.warnings == []


def _rests(painted: list[float]) -> bool:
    """Whether nothing was painted lately."""
    return time.monotonic() - painted[-1] > 0.7


def _place(shown: VideoInHand, name: str) -> QRectF:
    item = shown.item(name)
    return item.mapRectToScene(item.boundingRect())
