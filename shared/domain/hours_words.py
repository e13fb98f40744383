"""Opening hours as people read them, in Chinese and English."""

from collections.abc import Sequence
from datetime import date

from shared.domain.hours_spans import Access, Span, SpanKind, Spans
from shared.domain.hours_text import DAYS, day_groups
from shared.domain.workdays import Day, DayKind, WorkCalendar

_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KINDS = {
    SpanKind.LUNCH: ("午间", "lunch"),
    SpanKind.EVENING: ("晚间", "evening"),
    SpanKind.WEEKEND: ("周末", "weekend"),
}
_BOOKED = ("仅限预约", "by appointment")

Words = tuple[str, str]
"""Chinese and English."""


def week_in_words(week: Sequence[Spans]) -> Words:
    """`周一至周五 09:00-12:00 12:00-13:00（午间，仅限预约）`."""
    zh, en = [], []
    for (first, last), spans in day_groups(week):
        spans_zh, spans_en = spans_in_words(spans)
        zh.append(f"{_range(first, last, _DAYS_ZH, '至')} {spans_zh}")
        en.append(f"{_range(first, last, DAYS, '-')} {spans_en}")
    return "，".join(zh) or "不对外服务", ", ".join(en) or "not open"


def spans_in_words(spans: Spans) -> Words:
    """The spans of a day, or that it is not open."""
    zh, en = zip(*map(_span_in_words, spans), strict=True) if spans else ((), ())
    return " ".join(zh) or "不对外服务", " ".join(en) or "not open"


def date_in_words(day: date) -> Words:
    """`10月1日 周四`, `Thu 1 Oct`."""
    zh = f"{day.month}月{day.day}日 {_DAYS_ZH[day.weekday()]}"
    return zh, f"{DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def day_in_words(day: date, spans: Spans, calendar: WorkCalendar | None) -> Words:
    """One date with its spans, and what makes it other than its weekday."""
    zh, en = date_in_words(day)
    if calendar is not None and calendar.knows(day):
        why_zh, why_en = occasion_in_words(calendar.day(day))
        zh, en = zh + why_zh, en + why_en
    spans_zh, spans_en = spans_in_words(spans)
    return f"{zh} {spans_zh}", f"{en}: {spans_en}"


def occasion_in_words(day: Day) -> Words:
    """What makes a date other than its weekday: the holiday's name, that it is worked; empty for the rest."""
    if day.kind is DayKind.HOLIDAY:
        return f"（{day.name}）", f" ({day.name_en})"
    return ("（调休上班）", " (make-up workday)") if day.kind is DayKind.MAKE_UP else ("", "")


def _span_in_words(span: Span) -> Words:
    kinds = [_KINDS[span.kind]] if span.kind in _KINDS else []
    marks = [*kinds, _BOOKED] if span.access is Access.BOOKED else kinds
    if not marks:
        return span.times, span.times
    zh, en = zip(*marks, strict=True)
    return f"{span.times}（{'，'.join(zh)}）", f"{span.times} ({', '.join(en)})"


def _range(first: int, last: int, names: Sequence[str], to: str) -> str:
    return names[first] if first == last else f"{names[first]}{to}{names[last]}"
