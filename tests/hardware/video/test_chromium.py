"""Debian's Chromium at the other end: an independent peer, both ways, to the pixel."""

import base64
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
import pytest
from playwright.sync_api import Page, Route, sync_playwright

from hardware.scanner.decode import decode
from hardware.scanner.pictures import code_picture
from hardware.simulators import simulated_device
from hardware.video.testing import PATIENCE, End, ends

CHROMIUM = "/usr/bin/chromium"
OURS, THEIRS = "https://hall.example/t/7-ours", "https://hall.example/t/8-theirs"
PAGE = "<!doctype html><video id=far autoplay muted playsinline></video>"
OFFER = """async () => {
    const own = await navigator.mediaDevices.getUserMedia({video: {width: 640, height: 480}, audio: true});
    window.peer = new RTCPeerConnection();
    own.getTracks().forEach(track => peer.addTrack(track, own));
    peer.ontrack = event => {
        if (event.track.kind == 'video') far.srcObject = new MediaStream([event.track]);
    };
    await peer.setLocalDescription(await peer.createOffer());
    while (peer.iceGatheringState != 'complete') await new Promise(next => setTimeout(next, 20));
    return peer.localDescription.sdp;
}"""
LOOK = """() => {
    if (!far.videoWidth) return '';
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [far.videoWidth, far.videoHeight];
    canvas.getContext('2d').drawImage(far, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
}"""


class Line:
    """Our signalling, spoken by hand."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self._lines = self._socket.makefile("rb")
        self._left = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def send(self, **message: str) -> None:
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def receive(self, kind: str) -> dict[str, Any]:
        while (message := json.loads(self._lines.readline()))["kind"] != kind:
            pass
        found: dict[str, Any] = message
        return found

    def close(self) -> None:
        self._left.set()
        self._lines.close()
        self._socket.close()

    def _beat(self) -> None:
        while not self._left.wait(0.5):
            self.send(kind="beat")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page of a browser whose camera shows a code and whose microphone beeps."""
    film = tmp_path_factory.mktemp("fake") / "camera.mjpeg"
    picture = cv2.resize(code_picture(THEIRS), (480, 480))
    frame = np.full((480, 640), 225, np.uint8)
    frame[:, 80:560] = picture
    film.write_bytes(bytes(cv2.imencode(".jpg", frame)[1]) * 10)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-video-capture={film}",
            ],
        )
        page = browser.new_page()
        page.route("**/*", _serve)
        page.goto("http://localhost/")  # a secure context: a page elsewhere without https gets no camera
        yield page
        browser.close()


def _serve(route: Route) -> None:
    route.fulfill(body=PAGE, content_type="text/html")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[End]:
    pipe = tmp_path_factory.mktemp("camera") / "pipe"
    with simulated_device("camera", "--link", str(pipe), "--rate", "25") as camera, ends() as start:
        camera.command("qr", OURS)
        yield start("--camera", camera.spec, "--tone", "--answer")


def until(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def codes_in(page: Page) -> list[str]:
    picture = page.evaluate(LOOK)
    if not picture:
        return []
    image = cv2.imdecode(np.frombuffer(base64.b64decode(picture), np.uint8), cv2.IMREAD_COLOR)
    return [] if image is None else decode(np.asarray(image, np.uint8))


def test_a_browser_and_we_see_and_hear_one_another(page: Page, ours: End) -> None:
    line = Line(ours.port)
    line.receive("hello")
    line.send(kind="call", id="1", sender="browser", sdp=page.evaluate(OFFER))
    answer = line.receive("answer")["sdp"]
    page.evaluate("sdp => peer.setRemoteDescription({type: 'answer', sdp})", answer)
    until(lambda: ours.ask("codes", "codes") == [THEIRS])
    until(lambda: codes_in(page) == [OURS])
    until(lambda: ours.ask("figures", "loudest") > 0.01)  # the fake microphone beeps once a second
    line.send(kind="bye")
    assert ours.wait_for("state", "idle")["ending"] == "hung_up"
    line.close()
