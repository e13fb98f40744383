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
from hardware.device import Device, DeviceState, Sentence, StateChanged
from hardware.notifier import DeviceEvent, Notifier
from hardware.registry import open_camera
from hardware.spec import NO_DEVICE, device_name
from hardware.video.call import Sources, VideoCall
from hardware.video.media import SAMPLE_RATE, SAMPLES, Reception, Samples
from hardware.video.newest import NewestPicture
from hardware.video.soundcard import Loudspeaker, Microphone
from hardware.video.states import CallChanged, CallEvent, CallState, Ending, FarHeld, Lack, MediaLacks

LIVE = 1.0
"""Seconds after which the last picture that came in is no longer shown as what is there now."""
Place = tuple[str, int]
_CAMERA_NAME, _MICROPHONE_NAME, _LOUDSPEAKER_NAME = "camera", "microphone", "loudspeaker"


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
    microphone: DeviceState | None = None
    loudspeaker: DeviceState | None = None
    """Both None when no sound is set up."""

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

    @property
    def has_sound(self) -> bool:
        """Whether a microphone and a loudspeaker are set up."""
        return self.microphone is not None

    @property
    def sound_sentences(self) -> tuple[Sentence, ...]:
        """What is wrong with our microphone and loudspeaker."""
        states = ((self.microphone, _DUMB), (self.loudspeaker, _DEAF))
        return tuple(sentence for state, sentence in states if state in _FAULTS)


def silence() -> Samples:
    return np.zeros(SAMPLES, np.int16)


class Station:
    """One end with its camera. Raises `DeviceUnavailable` for a camera that no driver knows.

    `tell` and `play` are called in the call's thread. With `answers` every call is taken at once. With
    `has_sound` this machine's microphone takes the place of `sound`, and its loudspeaker plays as well.
    """

    def __init__(
        self,
        camera: str = NO_DEVICE,
        *,
        tell: Callable[[CallEvent], None] = lambda _: None,
        sound: Callable[[], Samples] = silence,
        play: Callable[[Samples], None] = lambda _: None,
        answers: bool = False,
        has_sound: bool = False,
    ) -> None:
        self._camera = open_camera(camera)
        self._tell = tell
        self._answers = answers
        self._play = play
        self._newest = NewestPicture()
        self._notifier = Notifier(self._hear)
        self._microphone = Microphone() if has_sound else None
        self._loudspeaker = Loudspeaker() if has_sound else None
        record = sound if self._microphone is None else self._microphone.record
        self._call = VideoCall(Sources(self._newest.picture, record), self._note_call, play=self._sound)
        self._of_call = Standing()
        self._is_muted = False
        self._states = dict.fromkeys(self._devices(), DeviceState.UNKNOWN)

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
        return cls(
            options.camera, tell=tell, sound=sound, play=play, answers=options.answer, has_sound=options.sound
        )

    def start(self, host: str, port: int) -> int:
        """Begin to listen and to look; returns the port. Raises OSError when it is taken."""
        found = self._call.start(host, port)
        for name, device in self._devices().items():
            self._notifier.watch(name, device)
        return found

    def stop(self) -> None:
        """Hang up, close the camera and end the threads."""
        self._call.stop()
        self._notifier.stop()

    @property
    def standing(self) -> Standing:
        return replace(
            self._of_call,
            is_muted=self._is_muted,
            camera=self._states.get(_CAMERA_NAME),
            microphone=self._states.get(_MICROPHONE_NAME),
            loudspeaker=self._states.get(_LOUDSPEAKER_NAME),
        )

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

    def _devices(self) -> dict[str, Device]:
        named: dict[str, Device | None] = {
            _CAMERA_NAME: self._camera,
            _MICROPHONE_NAME: self._microphone,
            _LOUDSPEAKER_NAME: self._loudspeaker,
        }
        return {name: device for name, device in named.items() if device is not None}

    # -- in the threads of the call and of the devices

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

    def _sound(self, samples: Samples) -> None:
        if self._loudspeaker is not None and self._of_call.state is CallState.TALKING:
            self._loudspeaker.play(samples)
        self._play(samples)

    def _hear(self, event: DeviceEvent) -> None:
        if isinstance(event.what, StateChanged):
            self._states[event.device] = event.what.state
        if event.device == _CAMERA_NAME:
            self._newest.hear(event)


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
    sound = parser.add_mutually_exclusive_group()
    sound.add_argument(
        "--sound", action="store_true", help="this machine's microphone and loudspeaker (alsa-utils)"
    )
    sound.add_argument("--tone", action="store_true", help="send a tone instead of silence")


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
_DUMB = Sentence("麦克风没有接通，请检查耳机", "The microphone does not work: check the headset")
_DEAF = Sentence("扬声器没有接通，请检查耳机", "The loudspeaker does not work: check the headset")
_FAULTS = frozenset({DeviceState.SILENT, DeviceState.ERROR})
