"""The video window's words and pictures, apart from any call."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from hardware.device import DeviceState
from hardware.video.states import CallState, Ending, Lack
from hardware.video.station import Standing
from shared.qt.video import words as w
from shared.qt.video.picture import PictureFeed, image_of

PICTURE = np.zeros((4, 6, 3), np.uint8)
MOODS = {"rest", "busy", "ring", "live", "wait", "fault"}


def headline(
    standing: Standing, *, sees: bool = False, has_seen: bool = False, may_call: bool = True
) -> object:
    return w.headline(standing, sees=sees, has_seen=has_seen, may_call=may_call)


@pytest.mark.parametrize("ending", Ending)
def test_every_ending_is_said_as_the_table_has_it(ending: Ending) -> None:
    standing = Standing(ending=ending)
    assert headline(standing) == ending.sentence
    assert w.mood(standing, sees=False) == ("rest" if ending is Ending.HUNG_UP else "fault")


@pytest.mark.parametrize("state", [CallState.CALLING, CallState.RINGING, CallState.HELD])
def test_every_state_is_said_as_the_table_has_it(state: CallState) -> None:
    assert headline(Standing(state)) == state.sentence


def test_before_any_call_it_says_what_can_be_done() -> None:
    assert headline(Standing()) == w.READY
    assert headline(Standing(), may_call=False) == w.WAITING


def test_while_talking_it_says_why_there_is_no_picture() -> None:
    talking = Standing(CallState.TALKING)
    assert headline(talking, sees=True) == CallState.TALKING.sentence
    assert headline(talking) == w.FIRST_PICTURE
    assert headline(talking, has_seen=True) == w.STANDS_STILL
    lacking = Standing(CallState.TALKING, lacks=frozenset({Lack.PICTURE}))
    assert headline(lacking, has_seen=True) == Lack.PICTURE.sentence
    assert headline(Standing(CallState.TALKING, far_holds=True), has_seen=True) == w.FAR_HOLDS


def test_sound_that_does_not_come_is_a_warning() -> None:
    deaf = Standing(CallState.TALKING, lacks=frozenset({Lack.SOUND}), camera=DeviceState.READY)
    assert w.notes(deaf)[0] == ("warn", Lack.SOUND.sentence)
    assert w.notes(Standing(camera=DeviceState.READY)) == [("hint", w.SILENT)]
    both = Standing(camera=DeviceState.READY, microphone=DeviceState.READY, loudspeaker=DeviceState.READY)
    assert w.notes(both) == [("hint", w.HEADSET)]
    pulled = replace(both, microphone=DeviceState.ERROR, loudspeaker=DeviceState.ERROR)
    assert [sentence for _, sentence in w.notes(pulled)] == list(pulled.sound_sentences)
    assert len(pulled.sound_sentences) == 2


@pytest.mark.parametrize(
    ("state", "is_muted", "may_call"), list(product(CallState, (True, False), (True, False)))
)
def test_every_action_that_is_allowed_has_a_name_and_every_call_can_be_ended(
    state: CallState, is_muted: bool, may_call: bool
) -> None:
    actions = w.allowed(Standing(state, is_muted=is_muted), may_call=may_call)
    assert set(actions) <= set(w.ACTIONS)
    assert ("hang-up" in actions) == (state is not CallState.IDLE)
    assert w.mood(Standing(state), sees=False) in MOODS


@pytest.mark.parametrize("state", DeviceState)
def test_a_camera_that_is_not_ready_is_never_passed_over(state: DeviceState) -> None:
    assert (Standing(camera=state).camera_sentence is None) == state.is_usable


def test_a_feed_tells_of_new_pictures_only() -> None:
    feed, told = PictureFeed(), []
    feed.changed.connect(lambda: told.append(feed.is_there))
    for picture in (PICTURE, PICTURE, PICTURE.copy(), None, None):
        feed.show(picture)
    assert told == [True, True, False]


@pytest.mark.parametrize("cut", [np.s_[:, :], np.s_[:, 1:4], np.s_[::2, ::-1]])
def test_an_image_has_the_colours_of_the_picture_however_it_lies_in_memory(cut: tuple[slice, slice]) -> None:
    picture = np.arange(72, dtype=np.uint8).reshape(4, 6, 3)[cut]
    image = image_of(picture)
    assert (image.height(), image.width()) == picture.shape[:2]
    found = image.pixelColor(1, 1)
    assert [found.blue(), found.green(), found.red()] == picture[1, 1].tolist()
    assert image_of(picture[..., 0]).pixelColor(1, 1).red() == picture[1, 1, 0]
