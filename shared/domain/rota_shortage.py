"""What a rota could not meet, by name: which day, which lanes, how many short. Never a bare “infeasible”."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.domain.hours_spans import Span
from shared.domain.hours_words import Words, date_in_words

_WHERE = (("请假", "on leave"), ("当时不当班", "off duty then"), ("在其他岗位", "at other places"))
"""Where those are who have the skill."""


class Unmet(StrEnum):
    """Kinds of what is missing, the gravest first."""

    PLACE = "place"
    """Clerks with a skill, in a span of a day."""
    LEADER = "leader"
    """A team leader on an open day."""
    REST = "rest"
    """Owed rest that was due within the period; `day` is the day that earned it."""
    EVEN = "even"
    """Weekends shared within a range of one; `missing` is what the range has beyond."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """One of them. `missing` counts clerks, days or weekends; the fields that do not belong stay empty."""

    kind: Unmet
    missing: int
    day: date | None = None
    span: Span | None = None
    lanes: str = ""
    wanted: int = 0
    skilled: int = 0
    """Clerks who have the skill."""
    on_leave: int = 0
    """Those of them on leave that day."""
    resting: int = 0
    """Those of them not at work then: at rest, or on another shift."""
    elsewhere: int = 0
    """Those of them at other places, which they cannot leave without another shortage."""
    clerk: str = ""

    @property
    def key(self) -> tuple[Unmet, date | None, Span | None, str, str]:
        """Two with the same key name the same lack."""
        return self.kind, self.day, self.span, self.lanes, self.clerk

    def in_words(self) -> Words:
        """The sentence for people, in Chinese and English."""
        zh, en = date_in_words(self.day) if self.day else ("", "")
        if self.kind is Unmet.PLACE:
            return self._place(zh, en)
        if self.kind is Unmet.LEADER:
            return f"{zh} 缺带班长 {self.missing} 人", f"{en}: {self.missing} team leader short"
        if self.kind is Unmet.REST:
            return (
                f"{self.clerk} {zh}值班的调休未能在期限内安排",
                f"{self.clerk}: the rest owed for {en} could not be booked in time",
            )
        return (
            f"周末值班次数最多相差 {self.missing + 1} 次，多于 1 次",
            f"weekend duties differ by up to {self.missing + 1}, more than 1",
        )

    def _place(self, zh: str, en: str) -> Words:
        times = self.span.times if self.span else ""
        lanes = "、".join(self.lanes)
        said_zh = f"{zh} {times} 队列 {lanes}：需 {self.wanted} 人，会办的 {self.skilled} 人"
        said_en = (
            f"{en} {times}, lane {'/'.join(self.lanes)}: wanted {self.wanted}, {self.skilled} have the skill"
        )
        counts = (self.on_leave, self.resting, self.elsewhere)
        told = [(count, words) for count, words in zip(counts, _WHERE, strict=True) if count]
        if told:
            said_zh += "，其中 " + "、".join(f"{count} 人{zh}" for count, (zh, _) in told)
            said_en += " (" + ", ".join(f"{count} {en}" for count, (_, en) in told) + ")"
        return f"{said_zh}，缺 {self.missing} 人", f"{said_en}: {self.missing} short"


def gravest_first(shortages: Iterable[Shortage]) -> tuple[Shortage, ...]:
    """In the order for people: by kind, then day."""
    order = list(Unmet)
    return tuple(
        sorted(
            shortages,
            key=lambda one: (
                order.index(one.kind),
                one.day or date.min,
                one.span.start if one.span else 0,
                one.lanes,
                one.clerk,
            ),
        )
    )
