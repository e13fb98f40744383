"""What the video window says, and what can be done in which state. Both languages stand on the screen."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.domain.rating import Words
from shared.qt.video.line import Sentence, Standing

IDLE, CALLING, RINGING, TALKING, HELD = "idle", "calling", "ringing", "talking", "held"
MUTE, UNMUTE = "mute", "unmute"

TITLE = Words("视频窗口", "Video window")
OWN_PICTURE = Words("我的画面", "My picture")
READY = Words("可以呼叫", "Ready to call")
WAITING = Words("等待来电", "Waiting for a call")
FIRST_PICTURE = Words("正在接通画面，请稍候", "The picture is coming, please wait")
STANDS_STILL = Words("对方的画面停住了，请稍候", "Their picture has stopped, please wait")
FAR_HOLDS = Words("对方暂时离开，请稍候", "The other side has put you on hold, please wait")
SILENT = Words("没有接麦克风和扬声器，只试画面", "No microphone or loudspeaker: this tries the picture only")
MUTED = Words("您已静音，对方听不到您", "You are muted: the other side cannot hear you")
NOT_SEEN = Words("对方现在看不到您", "The other side cannot see you now")
HEADSET = Words("通话请戴耳机，避免回声", "Please use a headset: it prevents echo")
LISTENS = Words("本机端口 {port}", "Port of this machine: {port}")
CALLS = Words("呼叫 {place}", "Calls {place}")

ACTIONS: Mapping[str, Words] = MappingProxyType(
    {
        "call": Words("呼叫", "Call"),
        "answer": Words("接听", "Answer"),
        "hold": Words("保持", "Hold"),
        "resume": Words("恢复", "Resume"),
        MUTE: Words("静音", "Mute"),
        UNMUTE: Words("取消静音", "Unmute"),
        "hang-up": Words("挂断", "Hang up"),
    }
)

_ALLOWED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        IDLE: ("call",),
        CALLING: ("hang-up",),
        RINGING: ("answer", "hang-up"),
        TALKING: ("hold", MUTE, "hang-up"),
        HELD: ("resume", "hang-up"),
    }
)
_MANY = 2
"""Warnings beside which there is no room for a hint."""
_ROOM = 3
"""Warnings that have room; the most pressing come first."""
_GOODBYES = frozenset({"hung_up"})


def allowed(standing: Standing, *, may_call: bool) -> list[str]:
    """The actions of this state; a mute that is on can be taken back."""
    found = [
        UNMUTE if action == MUTE and standing.is_muted else action for action in _ALLOWED[standing.state]
    ]
    return [action for action in found if action != "call" or may_call]


def headline(standing: Standing, *, sees: bool, has_seen: bool, may_call: bool) -> Sentence:
    """The one thing to know now. `sees` and `has_seen`: a live picture is there, or was in this call."""
    if standing.state == IDLE and standing.ending is None:
        return READY if may_call else WAITING
    if standing.state != TALKING or sees:
        return standing.sentence
    if standing.far_holds:
        return FAR_HOLDS
    return standing.no_picture or (STANDS_STILL if has_seen else FIRST_PICTURE)


def mood(standing: Standing, *, sees: bool) -> str:
    """The sign beside the headline: rest, busy, ring, live, wait or fault."""
    if standing.state == IDLE:
        return "rest" if standing.ending is None or standing.ending in _GOODBYES else "fault"
    if standing.state == TALKING:
        is_fault = standing.no_picture is not None
        return "live" if sees else "wait" if standing.far_holds else "fault" if is_fault else "busy"
    return {CALLING: "busy", RINGING: "ring"}.get(standing.state, "wait")


def notes(standing: Standing) -> list[tuple[str, Sentence]]:
    """What else to know, each as "warn" or "hint"."""
    found: list[tuple[str, Sentence]] = []
    if standing.state == TALKING and not standing.far_holds and standing.no_sound is not None:
        found.append(("warn", standing.no_sound))
    if standing.is_muted:
        found.append(("warn", MUTED))
    found += [("warn", sentence) for sentence in standing.sound_sentences]
    if standing.state == TALKING and standing.camera_sentence is not None:
        found.append(("warn", NOT_SEEN))
    hint = HEADSET if standing.has_sound else SILENT
    return [*found, ("hint", hint)] if len(found) < _MANY else found[:_ROOM]
