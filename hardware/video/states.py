"""The life of a call as one table, and why it can end."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hardware.device import Sentence


class CallState(StrEnum):
    """Where one end of a call stands."""

    IDLE = "idle"
    CALLING = "calling"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"

    @property
    def sentence(self) -> Sentence:
        return _STATES[self]


class Happening(StrEnum):
    """What can happen to one end of a call."""

    DIAL = "dial"  # we call
    RING = "ring"  # we are called
    ANSWER = "answer"  # we answer
    ANSWERED = "answered"  # they answered
    HOLD = "hold"
    RESUME = "resume"
    END = "end"


class Ending(StrEnum):
    """Why a call is over."""

    HUNG_UP = "hung_up"
    DECLINED = "declined"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    UNREACHABLE = "unreachable"
    VANISHED = "vanished"  # the other end is gone without a goodbye
    NO_MEDIA = "no_media"  # the two could not agree on picture and sound

    @property
    def sentence(self) -> Sentence:
        return _ENDINGS[self]


class Lack(StrEnum):
    """What does not reach us while we talk. The other side may see and hear us all the same."""

    PICTURE = "picture"
    SOUND = "sound"

    @property
    def sentence(self) -> Sentence:
        return _LACKS[self]


class IllegalHappening(ValueError):
    """This cannot happen now: holding while nobody talks, answering while nobody calls."""


TABLE: Mapping[tuple[CallState, Happening], CallState] = MappingProxyType(
    {
        (CallState.IDLE, Happening.DIAL): CallState.CALLING,
        (CallState.IDLE, Happening.RING): CallState.RINGING,
        (CallState.CALLING, Happening.ANSWERED): CallState.TALKING,
        # Both called at once: ours is dropped and theirs is taken at once.
        (CallState.CALLING, Happening.RING): CallState.RINGING,
        (CallState.CALLING, Happening.END): CallState.IDLE,
        (CallState.RINGING, Happening.ANSWER): CallState.TALKING,
        (CallState.RINGING, Happening.END): CallState.IDLE,
        (CallState.TALKING, Happening.HOLD): CallState.HELD,
        (CallState.TALKING, Happening.END): CallState.IDLE,
        (CallState.HELD, Happening.RESUME): CallState.TALKING,
        (CallState.HELD, Happening.END): CallState.IDLE,
    }
)


def after(state: CallState, happening: Happening) -> CallState:
    """The next state. Raises `IllegalHappening`."""
    try:
        return TABLE[state, happening]
    except KeyError:
        raise IllegalHappening(f"{happening} while {state}") from None


@dataclass(frozen=True, slots=True)
class CallChanged:
    """The call is in another state; `ending` says why when it is over."""

    state: CallState
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class FarHeld:
    """The other end holds the call, or went on."""

    is_held: bool


@dataclass(frozen=True, slots=True)
class MediaLacks:
    """What does not reach us now; empty when all is well again."""

    what: frozenset[Lack]


CallEvent = CallChanged | FarHeld | MediaLacks

_STATES = {
    CallState.IDLE: Sentence("没有通话", "No call"),
    CallState.CALLING: Sentence("正在呼叫，请稍候", "Calling, please wait"),
    CallState.RINGING: Sentence("有来电", "Incoming call"),
    CallState.TALKING: Sentence("正在通话", "In a call"),
    CallState.HELD: Sentence("通话已保持，对方在等候", "On hold, the other side is waiting"),
}
_ENDINGS = {
    Ending.HUNG_UP: Sentence("通话已结束", "The call has ended"),
    Ending.DECLINED: Sentence("对方现在不方便接听", "The other side cannot take the call now"),
    Ending.BUSY: Sentence(
        "对方正在为别人服务，请稍后再试", "The other side is serving someone; please try again soon"
    ),
    Ending.NO_ANSWER: Sentence("暂时没有人接听，请稍后再试", "Nobody answered; please try again soon"),
    Ending.UNREACHABLE: Sentence(
        "联系不上对方，请检查网络", "The other side cannot be reached: check the network"
    ),
    Ending.VANISHED: Sentence("通话中断了，可以再呼叫一次", "The call was cut off; you can call again"),
    Ending.NO_MEDIA: Sentence(
        "画面和声音没有接通，请再试一次", "Picture and sound could not be set up; please try again"
    ),
}
_LACKS = {
    Lack.PICTURE: Sentence(
        "看不到对方的画面，对方可能仍能看到您", "No picture from the other side; they may still see you"
    ),
    Lack.SOUND: Sentence(
        "听不到对方的声音，对方可能仍能听到您", "No sound from the other side; they may still hear you"
    ),
}
