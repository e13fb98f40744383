"""The people of the demo day and what befalls them: pure data from a seed."""

import random
from dataclasses import dataclass
from enum import StrEnum

from shared.config import HallConfig, MatterConfig
from shared.domain.identity import check_character

_FAMILY = "张王李刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = (
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "桂英",
)
_RUSH = (9 * 60 + 1, 9 * 60 + 35)
_MORNING = (9 * 60 + 35, 11 * 60)
_AFTERNOON = (13 * 60 + 2, 15 * 60)
_HOURS = (_RUSH, _RUSH, _MORNING, _AFTERNOON, _AFTERNOON)
"""Two in five come when the doors open."""
_AT_THE_KIOSK = 8
"""Every eighth citizen uses the real kiosk; the others stand at the hall's other kiosks."""


class Turn(StrEnum):
    """What is special about a citizen's day."""

    PLAIN = "plain"
    MISSES = "misses the call and returns"
    TRANSFERRED = "is sent to another window and back"
    CANCELS = "cancels on the phone"
    NO_PAPER = "finds the printer without paper"


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody with something to do. `arrives` in minutes after midnight."""

    name: str
    id_number: str
    matter: MatterConfig
    arrives: int
    turn: Turn
    at_real_kiosk: bool


def write_story(hall: HallConfig, count: int, seed: int) -> list[Citizen]:
    """The day's citizens in the order in which they come."""
    source = random.Random(seed)  # noqa: S311 - a story, not a secret
    open_all_day = {lane.letter for lane in hall.lanes if lane.on_kiosk and lane.letter != "V"}
    matters = [matter for matter in hall.matters if matter.lane in open_all_day]
    times = sorted(source.randint(*source.choice(_HOURS)) for _ in range(count))
    return [_citizen(source, n, times[n], matters) for n in range(count)]


def _citizen(source: random.Random, n: int, arrives: int, matters: list[MatterConfig]) -> Citizen:
    at_kiosk = n % _AT_THE_KIOSK == 0
    return Citizen(
        source.choice(_FAMILY) + source.choice(_GIVEN),
        _id_number(source, n),
        source.choice(matters),
        arrives,
        _turn(n, at_real_kiosk=at_kiosk),
        at_kiosk,
    )


def _turn(n: int, *, at_real_kiosk: bool) -> Turn:
    if at_real_kiosk:
        return Turn.NO_PAPER if n == _AT_THE_KIOSK else Turn.PLAIN
    return {1: Turn.MISSES, 2: Turn.TRANSFERRED, 3: Turn.CANCELS}.get(n % 20, Turn.PLAIN)


def _id_number(source: random.Random, n: int) -> str:
    """A synthetic number with a right check character; every sixth citizen is of age."""
    year = source.randint(1940, 1958) if n % 6 == 0 else source.randint(1965, 2004)
    first = f"430602{year}{source.randint(1, 12):02d}{source.randint(1, 28):02d}{n % 1000:03d}"
    return first + check_character(first)
