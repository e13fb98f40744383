"""What a change of opening hours takes away and brings, date by date, before it is made."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from shared.domain.hours_spans import Spans, without
from shared.domain.hours_words import Words, date_in_words, spans_in_words


class Hours(Protocol):
    """What has spans by date: a lane, a window."""

    def spans_on(self, day: date) -> Spans:
        """The spans of one date."""
        ...


@dataclass(frozen=True, slots=True)
class HoursChange:
    """One date: the spans that disappear and those that appear, a change of kind or of access being both."""

    day: date
    lost: Spans
    gained: Spans

    @property
    def no_longer_bookable(self) -> Spans:
        """The times of the date at which a booked citizen would find it closed."""
        return without(self.lost, self.gained)

    def in_words(self) -> Words:
        """`10月1日 周四：取消 09:00-12:00；新增 13:00-14:00`."""
        zh, en = [], []
        for spans, (word_zh, word_en) in ((self.lost, ("取消", "no longer")), (self.gained, ("新增", "new"))):
            if spans:
                spans_zh, spans_en = spans_in_words(spans)
                zh.append(f"{word_zh} {spans_zh}")
                en.append(f"{word_en} {spans_en}")
        day_zh, day_en = date_in_words(self.day)
        return f"{day_zh}：{'；'.join(zh)}", f"{day_en}: {'; '.join(en)}"


def changes(before: Hours, after: Hours, from_day: date, to_day: date) -> tuple[HoursChange, ...]:
    """The dates from `from_day` to `to_day`, included, whose spans differ. Raises ValueError for none."""
    if to_day < from_day:
        raise ValueError(f"{to_day} comes before {from_day}")
    days = (from_day + timedelta(days=ahead) for ahead in range((to_day - from_day).days + 1))
    found = (_change(day, before.spans_on(day), after.spans_on(day)) for day in days)
    return tuple(change for change in found if change.lost or change.gained)


def _change(day: date, before: Spans, after: Spans) -> HoursChange:
    return HoursChange(day, _missing(before, after), _missing(after, before))


def _missing(spans: Spans, others: Spans) -> Spans:
    """The parts of `spans` that `others` have not, of that kind and for those people."""
    return tuple(
        part
        for span in spans
        for part in without((span,), tuple(other for other in others if other.alike(span)))
    )
