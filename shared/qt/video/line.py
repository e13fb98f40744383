"""What the video window needs of one end of a call; `hardware.video.station.Station` is one."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height x width x 3, blue green red; or height x width, grey."""


class Sentence(Protocol):
    """One thing said to a person."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


class Standing(Protocol):
    """Where one end stands at one moment; two that are equal say the same."""

    @property
    def state(self) -> str:
        """idle, calling, ringing, talking or held."""

    @property
    def ending(self) -> str | None:
        """Why the last call is over, until the next begins."""

    @property
    def sentence(self) -> Sentence:
        """The state, or why the call is over."""

    @property
    def far_holds(self) -> bool: ...

    @property
    def is_muted(self) -> bool: ...

    @property
    def no_picture(self) -> Sentence | None:
        """Said when no picture comes in."""

    @property
    def no_sound(self) -> Sentence | None:
        """Said when no sound comes in."""

    @property
    def has_sound(self) -> bool:
        """Whether a microphone and a loudspeaker are set up."""

    @property
    def sound_sentences(self) -> Sequence[Sentence]:
        """What is wrong with our own microphone and loudspeaker."""

    @property
    def camera_sentence(self) -> Sentence | None:
        """What is wrong with our own camera."""


class VideoLine(Protocol):
    """One end of a call. Nothing here waits; what cannot be done now is left undone."""

    @property
    def standing(self) -> Standing: ...

    @property
    def far_was_seen(self) -> bool:
        """Whether a picture has come in during this call."""

    def far_picture(self) -> Picture | None:
        """What the other end shows now; None when that is not known, as with a picture that is old."""

    def own_picture(self) -> Picture | None:
        """What our camera sees; None while it cannot be trusted."""

    def call(self, host: str, port: int) -> None: ...

    def answer(self) -> None: ...

    def hold(self) -> None: ...

    def resume(self) -> None: ...

    def mute(self, is_muted: bool) -> None: ...

    def hang_up(self) -> None: ...
