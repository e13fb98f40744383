"""Opening hours: spans of a week, with exceptions by date. Pure values; the zone is the hall's.

The written form, one line a group of days:

    Mon-Fri 09:00-12:00 13:00-17:00
    Sat 09:00-12:00
    2026-10-01 closed
    2026-10-10 09:00-12:00

A span does not cross midnight; 00:00-24:00 is a whole day.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shared.domain.moments import HALL_ZONE, aware

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_LOOK_AHEAD_DAYS = 366


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` to just before `end`, in minutes after midnight."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= 24 * 60:
            raise ValueError(f"{self} does not end after it starts, within one day")

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end)}"


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Spans by weekday (0 is Monday), and other spans for single dates (none: closed)."""

    week: tuple[Spans, ...]
    exceptions: Mapping[date, Spans] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise ValueError(f"a week has {len(DAYS)} days, not {len(self.week)}")

    def spans_on(self, day: date) -> Spans:
        """The spans of one date."""
        return self.exceptions.get(day, self.week[day.weekday()])

    def is_open(self, now: datetime) -> bool:
        """Whether `now` lies in a span."""
        return self._span_at(now) is not None

    def closes_at(self, now: datetime) -> datetime | None:
        """The first moment after `now` that is not open; None when closed now, or open for a year on end."""
        end = now
        for _ in range(_LOOK_AHEAD_DAYS):
            span = self._span_at(end)
            if span is None:
                return None if end is now else end
            end = _moment(aware(end).astimezone(HALL_ZONE).date(), span.end)
        return None

    def next_opening(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which a span starts; None when none does within a year."""
        local = aware(now).astimezone(HALL_ZONE)
        for ahead in range(_LOOK_AHEAD_DAYS + 1):
            day = local.date() + timedelta(days=ahead)
            for span in self.spans_on(day):
                start = _moment(day, span.start)
                if start > local:
                    return start
        return None

    def in_words(self) -> tuple[str, str]:
        """The week in Chinese and English: `周一至周五 09:00-12:00 13:00-17:00`."""
        groups = list(_groups(self.week))
        zh = "，".join(f"{_range(days, _DAYS_ZH, '至')} {_spans(spans)}" for days, spans in groups)
        en = ", ".join(f"{_range(days, DAYS, '-')} {_spans(spans)}" for days, spans in groups)
        return zh or "不对外服务", en or "not open"

    def in_config(self) -> list[str]:
        """The written form, as `parse_hours` reads it."""
        lines = [f"{_range(days, DAYS, '-')} {_spans(spans)}" for days, spans in _groups(self.week)]
        lines += [f"{day} {_spans(spans) or 'closed'}" for day, spans in sorted(self.exceptions.items())]
        return lines

    def _span_at(self, now: datetime) -> Span | None:
        local = aware(now).astimezone(HALL_ZONE)
        minute = local.hour * 60 + local.minute
        return next((span for span in self.spans_on(local.date()) if span.start <= minute < span.end), None)


def parse_hours(lines: Sequence[str]) -> WeekHours:
    """Read the written form. Raises ValueError with a sentence that names the line."""
    week: list[Spans] = [()] * 7
    exceptions: dict[date, Spans] = {}
    for line in lines:
        head, _, rest = line.strip().partition(" ")
        spans = _parse_spans(rest, line)
        if head[:1].isdigit():
            day = _parse_date(head, line)
            if day in exceptions:
                raise ValueError(f"“{line}”: {day} is there twice; write its spans in one line")
            exceptions[day] = spans
            continue
        for weekday in _parse_days(head, line):
            week[weekday] = _merged(week[weekday] + spans, line)
    return WeekHours(tuple(week), exceptions)


def sentence_for_opening(opening: datetime | None, now: datetime) -> tuple[str, str]:
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
    zh = f"{local.month}月{local.day}日 {_DAYS_ZH[local.weekday()]} {at} 开始"
    en = f"opens {DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} at {at}"
    return zh, en


def _parse_days(text: str, line: str) -> list[int]:
    first, _, last = text.partition("-")
    try:
        start = DAYS.index(first)
        end = DAYS.index(last) if last else start
    except ValueError:
        raise ValueError(f"“{line}”: days are written as {', '.join(DAYS)} or as Mon-Fri") from None
    if end < start:
        raise ValueError(f"“{line}”: {last} comes before {first}")
    return list(range(start, end + 1))


def _parse_date(text: str, line: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{line}”: {text} is no date such as 2026-10-01") from None


def _parse_spans(text: str, line: str) -> Spans:
    words = text.split()
    if words == ["closed"]:
        return ()
    if not words:
        raise ValueError(f"“{line}”: times are missing, such as 09:00-12:00")
    return _merged(tuple(_parse_span(word, line) for word in words), line)


def _parse_span(text: str, line: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"“{line}”: {text} is no span such as 09:00-12:00")
    hours = [int(part) for part in found.groups()]
    if hours[1] > 59 or hours[3] > 59:
        raise ValueError(f"“{line}”: {text} has more than 59 minutes")
    try:
        return Span(hours[0] * 60 + hours[1], hours[2] * 60 + hours[3])
    except ValueError:
        raise ValueError(f"“{line}”: {text} must end after it starts, by 24:00") from None


def _merged(spans: Spans, line: str) -> Spans:
    """The spans in order; two that touch become one, so that nothing seems to close between them."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            raise ValueError(f"“{line}”: {merged[-1]} and {span} overlap")
        touches = merged and span.start == merged[-1].end
        merged.append(Span(merged.pop().start, span.end) if touches else span)
    return tuple(merged)


def _groups(week: tuple[Spans, ...]) -> Iterable[tuple[tuple[int, int], Spans]]:
    """Runs of days with the same spans, the closed ones left out."""
    first = 0
    for day in range(1, 8):
        if day == 7 or week[day] != week[first]:
            if week[first]:
                yield (first, day - 1), week[first]
            first = day


def _range(days: tuple[int, int], names: Sequence[str], to: str) -> str:
    first, last = days
    return names[first] if first == last else f"{names[first]}{to}{names[last]}"


def _spans(spans: Spans) -> str:
    return " ".join(map(str, spans))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _moment(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), HALL_ZONE) + timedelta(minutes=minutes)
