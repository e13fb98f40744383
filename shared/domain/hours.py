"""Opening hours: spans of a week, with exceptions by date. Pure values; the zone is the hall's.

The written form, one line a group of days:

    Mon-Fri 09:00-12:00 13:00-17:00
    Mon-Fri 12:00-13:00 lunch booked
    Thu 17:00-20:00 evening
    Sat 09:00-12:00 weekend booked
    holidays closed
    2026-10-01 closed
    2026-10-10 09:00-12:00

A span does not cross midnight; 00:00-24:00 is a whole day. Behind it stand the kind of its hours (`lunch`,
`evening`, `weekend`; regular without) and `booked` where only appointments are served. `holidays` says what
holds on public holidays: closed unless it is written otherwise; `holidays open` is as on any other day.

Holidays are known where a work calendar is given. There a public holiday has the hours of `holidays` and a
make-up workday those of the weekday beside it (a Saturday Friday's, a Sunday Monday's); an exception for the
date goes before both. In a year not yet published only the holidays hold that the law itself fixes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shared.domain.hours_spans import Access, Span, SpanKind, Spans, is_weekend, require_spans
from shared.domain.hours_text import DAYS, Written, print_lines
from shared.domain.hours_words import (
    Words,
    date_in_words,
    day_in_words,
    spans_in_words,
    week_in_words,
)
from shared.domain.moments import HALL_ZONE, aware
from shared.domain.workdays import WorkCalendar

__all__ = ["DAYS", "Access", "Span", "SpanKind", "Spans", "WeekHours", "parse_hours", "sentence_for_opening"]

_LOOK_AHEAD_DAYS = 366
_WHOLE_DAY = 24 * 60
_MINUTE = timedelta(minutes=1)
_MAKE_UP_FOR = {5: 4, 6: 0}
"""The notices name no weekday that a make-up workday stands for; the one beside it is easiest to guess."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Spans by weekday (0 is Monday), and other spans for single dates (none: closed) and public holidays."""

    week: tuple[Spans, ...]
    exceptions: Mapping[date, Spans] = field(default_factory=dict)
    on_holidays: Spans | None = ()
    """None: as on any other day."""
    calendar: WorkCalendar | None = field(default=None, compare=False, repr=False)
    """What knows the holidays; without one no day is a holiday."""

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise ValueError(f"a week has {len(DAYS)} days, not {len(self.week)}")
        for weekday, spans in enumerate(self.week):
            require_spans(spans, weekend=is_weekend(weekday))
        for day, spans in self.exceptions.items():
            require_spans(spans, weekend=is_weekend(day.weekday()))
        require_spans(self.on_holidays or (), weekend=False)

    def spans_on(self, day: date) -> Spans:
        """The spans of one date, for walk-ins and appointments."""
        if day in self.exceptions:
            return self.exceptions[day]
        if self.calendar is None:
            return self.week[day.weekday()]
        if self.on_holidays is not None and self.calendar.is_holiday(day):
            return self.on_holidays
        make_up = self.calendar.is_make_up(day)
        return self.week[_MAKE_UP_FOR[day.weekday()] if make_up else day.weekday()]

    def is_open(self, now: datetime) -> bool:
        """Whether somebody may walk in at `now`."""
        local = aware(now).astimezone(HALL_ZONE)
        return any(span.holds(_minute_of(local)) for span in self._walk_ins_on(local.date()))

    def is_bookable(self, moment: datetime, minutes: int = 1) -> bool:
        """Whether an appointment of so many minutes at `moment` lies within hours, booked ones or any."""
        local = aware(moment).astimezone(HALL_ZONE)
        start = _minute_of(local)
        return _covered(self.spans_on(local.date()), start) >= start + max(1, minutes)

    def closes_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` without walk-ins; None when closed now, or open for a year on end."""
        local = aware(now).astimezone(HALL_ZONE)
        if not self.is_open(local):
            return None
        covered = _minute_of(local)
        for ahead in range(_LOOK_AHEAD_DAYS + 1):
            day = local.date() + timedelta(days=ahead)
            covered = _covered(self._walk_ins_on(day), covered)
            if covered < _WHOLE_DAY:
                return _moment(day, covered)
            covered = 0
        return None

    def next_opening(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which it opens for walk-ins; None when none is within a year."""
        local = aware(now).astimezone(HALL_ZONE)
        for ahead in range(_LOOK_AHEAD_DAYS + 1):
            day = local.date() + timedelta(days=ahead)
            for span in self._walk_ins_on(day):
                start = _moment(day, span.start)
                if start > local and not self.is_open(start - _MINUTE):
                    return start
        return None

    def in_words(self) -> Words:
        """The week in Chinese and English: `周一至周五 09:00-12:00 13:00-17:00`."""
        return week_in_words(self.week)

    def day_in_words(self, day: date) -> Words:
        """One date: `10月1日 周四（国庆节） 不对外服务`, `Thu 1 Oct (National Day): not open`."""
        return day_in_words(day, self.spans_on(day), self.calendar)

    def holidays_in_words(self) -> Words:
        """What holds on public holidays; empty where none are known."""
        if self.calendar is None:
            return "", ""
        if self.on_holidays is None:
            return "法定节假日照常", "open as usual on public holidays"
        zh, en = spans_in_words(self.on_holidays)
        return f"法定节假日 {zh}", f"public holidays {en}"

    def in_config(self) -> list[str]:
        """The written form, as `parse_hours` reads it."""
        return list(print_lines(self.week, self.on_holidays, self.exceptions))

    def _walk_ins_on(self, day: date) -> Spans:
        return tuple(span for span in self.spans_on(day) if span.access is Access.WALK_IN)


def parse_hours(lines: Sequence[str], calendar: WorkCalendar | None = None) -> WeekHours:
    """Read the written form. Raises ValueError with a sentence that names the line."""
    written = Written(lines)
    return WeekHours(tuple(written.week), written.exceptions, written.on_holidays, calendar)


def sentence_for_opening(opening: datetime | None, now: datetime) -> Words:
    """When it opens again, in Chinese and English: `明天 09:00 开始` / `opens tomorrow at 09:00`."""
    if opening is None:
        return "开放时间待定", "no opening is known yet"
    local = aware(opening).astimezone(HALL_ZONE)
    days = (local.date() - aware(now).astimezone(HALL_ZONE).date()).days
    at = f"{local:%H:%M}"
    if days == 0:
        return f"今天 {at} 开始", f"opens today at {at}"
    if days == 1:
        return f"明天 {at} 开始", f"opens tomorrow at {at}"
    zh, en = date_in_words(local.date())
    return f"{zh} {at} 开始", f"opens {en} at {at}"


def _covered(spans: Spans, minute: int) -> int:
    """How far the spans reach from `minute` on without a gap; `minute` itself when none holds it."""
    for span in spans:
        minute = span.end if span.holds(minute) else minute
    return minute


def _minute_of(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE) + timedelta(minutes=minutes)
