"""The kiosk's video window calls: what the citizen sees and can press, whatever the other side does."""

import socket
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication

from hardware.device import DeviceState
from hardware.scanner.decode import decode
from hardware.simulators import SimulatedDevice, simulated_device
from hardware.video.states import CallState, Ending, Lack
from hardware.video.station import Standing, Station, silence
from kiosk.video import VIEW, main
from shared.qt.video import words as w
from shared.qt.video.model import Setting
from shared.qt.video.testing import LIVE, OWN_FAULT, VideoInHand, video_at

CODE = "https://hall.example/t/7-Abc"


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    """The kiosk's own."""
    with simulated_device("camera", "--link", str(tmp_path_factory.mktemp("own") / "pipe")) as device:
        yield device


@pytest.fixture(scope="module")
def far_camera(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatedDevice]:
    with simulated_device("camera", "--link", str(tmp_path_factory.mktemp("far") / "pipe")) as device:
        device.command("qr", CODE)
        yield device


@pytest.fixture(scope="module")
def clerk(far_camera: SimulatedDevice) -> Iterator[Station]:
    station = Station(far_camera.spec, sound=silence)
    yield station
    station.stop()


@pytest.fixture(scope="module")
def shown(application: QGuiApplication, camera: SimulatedDevice, clerk: Station) -> Iterator[VideoInHand]:
    port = clerk.start("127.0.0.1", 0)
    station = Station(camera.spec, sound=silence)
    station.start("127.0.0.1", 0)
    with video_at(station, VIEW, (1080, 1920), Setting(("127.0.0.1", port))) as shown:
        yield shown
    station.stop()


@pytest.fixture
def kiosk(shown: VideoInHand, clerk: Station) -> Iterator[VideoInHand]:
    """The window with no call; a call that a test leaves behind is ended."""
    shown.until(lambda: "video-own" in shown.names(), "own picture")
    yield shown
    clerk.hang_up()
    shown.until(lambda: shown.offered() == ["video-call"])
    shown.until(lambda: clerk.standing.state is CallState.IDLE)


@pytest.fixture
def talking(kiosk: VideoInHand, clerk: Station) -> VideoInHand:
    kiosk.press("call")
    kiosk.until(lambda: clerk.standing.state is CallState.RINGING)
    clerk.answer()
    kiosk.until(lambda: LIVE in kiosk.names(), LIVE)
    return kiosk


def test_each_state_says_so_and_has_its_keys(kiosk: VideoInHand, clerk: Station) -> None:
    assert kiosk.offered() == ["video-call"]
    kiosk.press("call")
    kiosk.until_said(CallState.CALLING.sentence)
    assert kiosk.offered() == ["video-hang-up"]
    kiosk.until(lambda: clerk.standing.state is CallState.RINGING)
    clerk.hang_up()
    kiosk.until_said(Ending.DECLINED.sentence)


def test_a_call_shows_the_far_picture_while_both_talk_and_at_no_other_time(
    talking: VideoInHand, clerk: Station
) -> None:
    talking.until(lambda: decode(talking.picture()) == [CODE])
    assert talking.offered() == ["video-hold", "video-mute", "video-hang-up"]
    assert talking.warnings() == []
    talking.press("hold")
    talking.until_said(CallState.HELD.sentence)
    assert decode(talking.picture()) == []
    assert talking.offered() == ["video-resume", "video-hang-up"]
    talking.press("resume")
    talking.until(lambda: LIVE in talking.names())
    clerk.hold()
    talking.until_said(w.FAR_HOLDS)
    clerk.resume()
    talking.until(lambda: LIVE in talking.names())
    talking.press("hang-up")
    talking.until_said(Ending.HUNG_UP.sentence)


def test_a_picture_that_stops_is_never_shown_as_live(
    talking: VideoInHand, far_camera: SimulatedDevice
) -> None:
    talking.until(lambda: decode(talking.picture()) == [CODE])
    far_camera.command("unplug")
    try:
        talking.until(lambda: LIVE not in talking.names())
        assert decode(talking.picture()) == []
        talking.until_said(w.STANDS_STILL)
        talking.until_said(Lack.PICTURE.sentence)
        assert "video-hang-up" in talking.offered()
    finally:
        far_camera.command("plug")
    talking.until(lambda: LIVE in talking.names())


@pytest.mark.parametrize(
    ("order", "state"), [("scene black", DeviceState.BLACK), ("scene still", DeviceState.FROZEN)]
)
def test_ones_own_camera_that_shows_nothing_is_named(
    kiosk: VideoInHand, camera: SimulatedDevice, order: str, state: DeviceState
) -> None:
    camera.command(order)
    kiosk.until_said(state.sentence, OWN_FAULT)
    assert "video-own" not in kiosk.names()
    camera.command("scene disc")
    kiosk.until(lambda: OWN_FAULT not in kiosk.names())


def test_ones_own_camera_unplugged_in_a_call_is_named_and_the_call_goes_on(
    talking: VideoInHand, camera: SimulatedDevice
) -> None:
    camera.command("unplug")
    fault = Standing(camera=DeviceState.ERROR).camera_sentence
    assert fault is not None
    talking.until_said(fault, OWN_FAULT)
    assert talking.warnings() == [w.NOT_SEEN]
    assert LIVE in talking.names()
    camera.command("plug")
    talking.until(lambda: "video-own" in talking.names() and talking.warnings() == [])


def test_a_second_tap_does_not_press_the_key_that_came_below_the_finger(
    kiosk: VideoInHand, clerk: Station
) -> None:
    kiosk.press("call")
    kiosk.until(lambda: "video-hang-up" in kiosk.names())
    assert not kiosk.item("video-hang-up").isEnabled()
    kiosk.press("hang-up")
    kiosk.until_said(Ending.HUNG_UP.sentence)


def test_what_cannot_start_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--camera", "lens:/dev/video0"]) == 2
    assert "lens" in capsys.readouterr().err
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["--listen", place]) == 2
    assert place in capsys.readouterr().err
