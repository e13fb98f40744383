"""The written form of opening hours (see shared.domain.hours): reading it line by line, and printing it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from shared.domain.hours_spans import Access, Span, SpanKind, Spans, is_weekend, joined, require_spans

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KINDS = {str(kind): kind for kind in SpanKind if kind is not SpanKind.REGULAR}
_BOOKED = str(Access.BOOKED)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


class Written:
    """What the lines say: spans by weekday, by date, and on public holidays (None: as on any day)."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Read the lines. Raises ValueError with a sentence that names the line."""
        self.week: list[Spans] = [()] * len(DAYS)
        self.exceptions: dict[date, Spans] = {}
        self.on_holidays: Spans | None = ()
        self._heads: set[str] = set()
        self._is_open: dict[int, bool] = {}
        for line in lines:
            head, _, rest = line.strip().partition(" ")
            try:
                self._read(head, rest)
            except ValueError as error:
                raise ValueError(f"“{line}”: {error}") from None

    def _read(self, head: str, rest: str) -> None:
        if not rest.split():
            raise ValueError("times are missing, such as 09:00-12:00")
        if head == "holidays":
            self._once(head)
            self.on_holidays = None if rest.split() == ["open"] else _spans_of(rest, weekend=False)
        elif head[:1].isdigit():
            day = _date(head)
            self._once(str(day))
            self.exceptions[day] = _spans_of(rest, weekend=is_weekend(day.weekday()))
        else:
            for weekday in _weekdays(head):
                self._add(weekday, _spans_of(rest, weekend=is_weekend(weekday)))

    def _once(self, head: str) -> None:
        if head in self._heads:
            raise ValueError(f"{head} is there twice; write its spans in one line")
        self._heads.add(head)

    def _add(self, weekday: int, spans: Spans) -> None:
        is_open = bool(spans)
        if self._is_open.setdefault(weekday, is_open) is not is_open:
            words = ("open", "closed") if is_open else ("closed", "open")
            raise ValueError(f"{DAYS[weekday]} is {words[0]} here and {words[1]} in another line")
        self.week[weekday] = _ordered(self.week[weekday] + spans, weekend=is_weekend(weekday))


def print_lines(
    week: Sequence[Spans], on_holidays: Spans | None, exceptions: Mapping[date, Spans]
) -> Iterator[str]:
    """The written form, as `Written` reads it."""
    for (first, last), spans in day_groups(week):
        yield f"{DAYS[first] if first == last else f'{DAYS[first]}-{DAYS[last]}'} {_printed(spans)}"
    if on_holidays != ():
        yield f"holidays {'open' if on_holidays is None else _printed(on_holidays)}"
    for day, spans in sorted(exceptions.items()):
        yield f"{day} {_printed(spans)}"


def day_groups(week: Sequence[Spans]) -> Iterator[tuple[tuple[int, int], Spans]]:
    """Runs of weekdays with the same spans, first and last, the closed ones left out."""
    first = 0
    for day in range(1, len(week) + 1):
        if day == len(week) or week[day] != week[first]:
            if week[first]:
                yield (first, day - 1), week[first]
            first = day


def _printed(spans: Spans) -> str:
    return " ".join(map(str, spans)) or "closed"


def _weekdays(text: str) -> range:
    first, _, last = text.partition("-")
    try:
        start = DAYS.index(first)
        end = DAYS.index(last) if last else start
    except ValueError:
        raise ValueError(f"days are written as {', '.join(DAYS)} or as Mon-Fri") from None
    if end < start:
        raise ValueError(f"{last} comes before {first}")
    return range(start, end + 1)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is no date such as 2026-10-01") from None


def _spans_of(text: str, *, weekend: bool) -> Spans:
    words = text.split()
    if words == ["closed"]:
        return ()
    spans: list[Span] = []
    for word in words:
        if word in _KINDS or word == _BOOKED:
            if not spans:
                raise ValueError(f"{word} comes after its times, such as 09:00-12:00 {word}")
            spans.append(_marked(spans.pop(), word))
        else:
            spans.append(_span(word))
    return _ordered(tuple(spans), weekend=weekend)


def _marked(span: Span, word: str) -> Span:
    """The span with one more word behind it."""
    if word == _BOOKED:
        return replace(span, access=Access.BOOKED)
    if span.kind not in (SpanKind.REGULAR, _KINDS[word]):
        raise ValueError(f"{span.times} is both {span.kind} and {word}")
    return replace(span, kind=_KINDS[word])


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        words = ", ".join([*_KINDS, _BOOKED])
        raise ValueError(f"{text} is no span such as 09:00-12:00, and none of the words {words} behind one")
    hours = [int(part) for part in found.groups()]
    if hours[1] > 59 or hours[3] > 59:
        raise ValueError(f"{text} has more than 59 minutes")
    try:
        return Span(hours[0] * 60 + hours[1], hours[2] * 60 + hours[3])
    except ValueError:
        raise ValueError(f"{text} must end after it starts, by 24:00") from None


def _ordered(spans: Spans, *, weekend: bool) -> Spans:
    ordered = joined(spans)
    require_spans(ordered, weekend=weekend)
    return ordered
