"""A camera and a call put together: one end as a program has it, and where it stands.

`standing`, `own_picture` and `far_picture` may be read at any time from any thread; a screen looks at them
when it paints. Whoever wants to be told gives `tell`.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from hardware.camera.frame import Image
from hardware.device import DeviceState, Sentence, StateChanged
from hardware.notifier import Notifier
from hardware.registry import open_camera
from hardware.spec import NO_DEVICE, device_name
from hardware.video.call import Sources, VideoCall
from hardware.video.media import SAMPLE_RATE, SAMPLES, Reception, Samples
from hardware.video.newest import NewestPicture
from hardware.video.states import CallChanged, CallEvent, CallState, Ending, FarHeld, Lack, MediaLacks

LIVE = 1.0
"""Seconds after which the last picture that came in is no longer shown as what is there now."""
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one end stands at one moment. `ending` is that of the last call, until the next begins."""

    state: CallState = CallState.IDLE
    ending: Ending | None = None
    far_holds: bool = False
    lacks: frozenset[Lack] = frozenset()
    is_muted: bool = False
    camera: DeviceState | None = None
    """None when no camera is set up."""

    @property
    def sentence(self) -> Sentence:
        return self.state.sentence if self.ending is None else self.ending.sentence

    @property
    def no_picture(self) -> Sentence | None:
        return Lack.PICTURE.sentence if Lack.PICTURE in self.lacks else None

    @property
    def no_sound(self) -> Sentence | None:
        return Lack.SOUND.sentence if Lack.SOUND in self.lacks else None

    @property
    def camera_sentence(self) -> Sentence | None:
        """What is wrong with our camera."""
        if self.camera is None:
            return _NO_CAMERA
        return None if self.camera.is_usable else _CAMERA.get(self.camera, self.camera.sentence)


class Station:
    """One end with its camera. Raises `DeviceUnavailable` for a camera that no driver knows.

    `tell` and `play` are called in the call's thread. With `answers` every call is taken at once.
    """

    def __init__(
        self,
        camera: str = NO_DEVICE,
        *,
        tell: Callable[[CallEvent], None] = lambda _: None,
        sound: Callable[[], Samples],
        play: Callable[[Samples], None] = lambda _: None,
        answers: bool = False,
    ) -> None:
        self._camera = open_camera(camera)
        self._tell = tell
        self._answers = answers
        self._newest = NewestPicture(self._note_camera)
        self._notifier = Notifier(self._newest.hear)
        self._call = VideoCall(Sources(self._newest.picture, sound), self._note_call, play=play)
        self._of_call = Standing()
        self._is_muted = False
        self._camera_state = None if self._camera is None else DeviceState.UNKNOWN

    @classmethod
    def from_options(
        cls,
        options: argparse.Namespace,
        *,
        tell: Callable[[CallEvent], None] = lambda _: None,
        play: Callable[[Samples], None] = lambda _: None,
    ) -> Self:
        """The end that the options of `add_options` ask for."""
        sound = tone if options.tone else silence
        return cls(options.camera, tell=tell, sound=sound, play=play, answers=options.answer)

    def start(self, host: str, port: int) -> int:
        """Begin to listen and to look; returns the port. Raises OSError when it is taken."""
        found = self._call.start(host, port)
        if self._camera is not None:
            self._notifier.watch("camera", self._camera)
        return found

    def stop(self) -> None:
        """Hang up, close the camera and end the threads."""
        self._call.stop()
        self._notifier.stop()

    @property
    def standing(self) -> Standing:
        return replace(self._of_call, camera=self._camera_state, is_muted=self._is_muted)

    @property
    def far(self) -> Reception:
        """What comes in, of this call or the last one."""
        return self._call.far

    def own_picture(self) -> Image | None:
        """What our camera sees; None while it cannot be trusted."""
        return self._newest.picture()

    def far_picture(self) -> Image | None:
        """What the other end shows now. None unless both talk, and when the last picture is old."""
        of_call, far = self._of_call, self._call.far
        if of_call.state is not CallState.TALKING or of_call.far_holds or Lack.PICTURE in of_call.lacks:
            return None
        is_live = far.picture_at is not None and time.monotonic() - far.picture_at < LIVE
        return far.picture if is_live else None

    @property
    def far_was_seen(self) -> bool:
        """Whether a picture has come in during this call."""
        return self._call.far.picture_at is not None

    def call(self, host: str, port: int) -> None:
        self._call.call(host, port)

    def answer(self) -> None:
        self._call.answer()

    def hold(self) -> None:
        self._call.hold()

    def resume(self) -> None:
        self._call.resume()

    def hang_up(self) -> None:
        self._call.hang_up()

    def mute(self, is_muted: bool) -> None:
        self._is_muted = is_muted
        self._call.mute(is_muted)

    # -- in the threads of the call and of the camera

    def _note_call(self, event: CallEvent) -> None:
        match event:
            case CallChanged(state=CallState.IDLE, ending=ending):
                self.mute(False)  # the next call begins with a voice
                self._of_call = Standing(ending=ending)
            case CallChanged(state=state):
                self._of_call = replace(self._of_call, state=state, ending=None)
                if state is CallState.RINGING and self._answers:
                    self.answer()
            case FarHeld(is_held=is_held):
                self._of_call = replace(self._of_call, far_holds=is_held)
            case MediaLacks(what=what):
                self._of_call = replace(self._of_call, lacks=what)
        self._tell(event)

    def _note_camera(self, changed: StateChanged) -> None:
        self._camera_state = changed.state


def silence() -> Samples:
    return np.zeros(SAMPLES, np.int16)


def tone() -> Samples:
    """450 Hz: nine whole periods in 20 ms."""
    return (8000 * np.sin(2 * np.pi * 450 * np.arange(SAMPLES) / SAMPLE_RATE)).astype(np.int16)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What every program with one end of a call is told."""
    parser.add_argument(
        "--listen",
        type=place,
        default=("0.0.0.0", 0),
        metavar="HOST:PORT",
        help="where calls come in (any free port of all networks)",
    )
    parser.add_argument("--call", type=place, metavar="HOST:PORT", help="the other end")
    parser.add_argument(
        "--camera", type=device_name, default=NO_DEVICE, metavar="SPEC", help="as v4l2:/dev/video0 (none)"
    )
    parser.add_argument("--answer", action="store_true", help="take every call at once")
    parser.add_argument("--tone", action="store_true", help="send a tone instead of silence")


def place(text: str) -> Place:
    """HOST:PORT of an option."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r}: expected HOST:PORT")
    return host, int(port)


_NO_CAMERA = Sentence("没有摄像头", "No camera")
_CAMERA = {
    DeviceState.UNKNOWN: Sentence("摄像头正在启动", "The camera is starting"),
    DeviceState.SILENT: Sentence("摄像头没有画面，请检查连线", "No picture from the camera: check its cable"),
    DeviceState.ERROR: Sentence("摄像头断开了，请检查连线", "The camera is unplugged: check its cable"),
}
