"""What a citizen says of a service: five levels, and what was wrong for the lower two
(好差评, GB/T 39735-2020).

A rating belongs to one leg of a ticket: this clerk, at this window. It is given once, stands as given, and
has no free text. Whoever says nothing within RATE_WITHIN counts as "not rated" (未评价), never as satisfied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

from shared.domain.moments import aware
from shared.domain.refusals import Refused

RATE_WITHIN = timedelta(hours=2)
"""How long after the end of a leg its rating is taken: long enough for a hub that was away in between."""
LOT = 5
"""A clerk's own figures move on by so many ratings at a time, so that none of them points at one person."""


class Level(IntEnum):
    """How satisfied, as the standard orders them."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    FAIR = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


class RatingReason(StrEnum):
    """What was wrong. Offered with the lower two levels, several at once, and never demanded: whoever had to
    explain a bad word would rather say a good one."""

    ATTITUDE = "attitude"
    EFFICIENCY = "efficiency"
    NOT_TOLD_AT_ONCE = "not_told_at_once"
    PAPERS_AGAIN = "papers_again"
    LONG_WAIT = "long_wait"
    SURROUNDINGS = "surroundings"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Words:
    """A name in both languages."""

    zh: str
    en: str


LEVELS: Mapping[Level, Words] = MappingProxyType(
    {
        Level.VERY_SATISFIED: Words("非常满意", "Very satisfied"),
        Level.SATISFIED: Words("满意", "Satisfied"),
        Level.FAIR: Words("基本满意", "Fairly satisfied"),
        Level.DISSATISFIED: Words("不满意", "Dissatisfied"),
        Level.VERY_DISSATISFIED: Words("非常不满意", "Very dissatisfied"),
    }
)
"""Best first, as they stand on the screen."""

REASONS: Mapping[RatingReason, Words] = MappingProxyType(
    {
        RatingReason.ATTITUDE: Words("服务态度", "Attitude"),
        RatingReason.EFFICIENCY: Words("办事效率", "Slow handling"),
        RatingReason.NOT_TOLD_AT_ONCE: Words("一次性告知不清", "Not told everything at once"),
        RatingReason.PAPERS_AGAIN: Words("材料重复提交", "Same papers asked for again"),
        RatingReason.LONG_WAIT: Words("等候时间长", "Long wait"),
        RatingReason.SURROUNDINGS: Words("环境设施", "Rooms and equipment"),
        RatingReason.OTHER: Words("其他", "Something else"),
    }
)

ASKED_WHY = frozenset({Level.DISSATISFIED, Level.VERY_DISSATISFIED})
"""The levels that count as 差评; with them reasons are offered."""


def check_rating(level: Level, reasons: frozenset[RatingReason], ended_at: datetime, now: datetime) -> None:
    """Raise Refused: "rating_too_late" after RATE_WITHIN, "reasons_not_asked" for reasons with praise."""
    if aware(now) - aware(ended_at) > RATE_WITHIN:
        raise Refused("rating_too_late", hours=RATE_WITHIN // timedelta(hours=1))
    if reasons and level not in ASKED_WHY:
        raise Refused("reasons_not_asked")


def full_lots(count: int) -> int:
    """How many of `count` ratings a clerk's own figures tell of."""
    return count - count % LOT
