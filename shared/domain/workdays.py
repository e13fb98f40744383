"""Working days by law: which dates count towards a promise (承诺时限), and how a promise stands.

A year is known once the State Council's notice for it is out (国务院办公厅关于某年部分节假日安排的通知):
before that nobody can say which weekends are worked and which weekdays are off, and the calendar says so
instead of guessing. Terms in working days leave out public holidays (行政许可法 第八十二条) and begin with
the day after the acceptance (民法典 第二百零一条).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

_DAY = timedelta(days=1)
_SATURDAY = 5
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays that the law itself fixes in the solar calendar (全国年节及纪念日放假办法,
as revised on 2024-11-10): they hold before the notice of their year is out."""
STATUTORY_DAYS = 13
"""Days off that the same law gives everybody in a year; a notice never has fewer."""


class DayKind(StrEnum):
    """What a date is by law, whatever the hall opens."""

    WORKDAY = "workday"
    REST = "rest"
    """A Saturday or Sunday like any other."""
    HOLIDAY = "holiday"
    """A public holiday, with the weekdays and weekend days that its notice joins to it."""
    MAKE_UP = "make_up"
    """调休: a Saturday or Sunday that is worked."""

    @property
    def counts(self) -> bool:
        """Whether terms in working days count it."""
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as classified; `name` and `name_en` are the holiday's, also on its make-up workdays."""

    date: date
    kind: DayKind
    name: str = ""
    name_en: str = ""
    reason: str = ""
    """Why the hall changed it against the published calendar; empty when it did not."""

    def __post_init__(self) -> None:
        weekend = self.date.weekday() >= _SATURDAY
        if self.kind is not DayKind.HOLIDAY and weekend is not (self.kind in (DayKind.REST, DayKind.MAKE_UP)):
            raise ValueError(f"{self.date} is a {self.date:%A}, which cannot be a {self.kind} day")


class NotYetPublishedError(LookupError):
    """The holidays of `year` are not known: its notice is not out, or nobody has entered it."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the public holidays of {year} are not yet published")
        self.year = year

    def in_words(self) -> tuple[str, str]:
        """The sentence for people, in Chinese and English."""
        return f"{self.year} 年放假安排尚未公布", f"the public holidays of {self.year} are not yet published"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years that are published, and the days in them that are not what their weekday says."""

    years: frozenset[int]
    special: Mapping[date, Day] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "special", MappingProxyType(dict(self.special)))
        for day, special in self.special.items():
            if day != special.date or day.year not in self.years:
                raise ValueError(f"{day} is listed as {special.date}, in a year that must be published")

    def __reduce__(self) -> tuple[object, ...]:
        """A calendar travels to another process as plain values."""
        return WorkCalendar, (self.years, dict(self.special))

    def knows(self, day: date) -> bool:
        """Whether the year of `day` is published."""
        return day.year in self.years

    def day(self, day: date) -> Day:
        """What a date is. Raises NotYetPublishedError."""
        if not self.knows(day):
            raise NotYetPublishedError(day.year)
        usual = DayKind.REST if day.weekday() >= _SATURDAY else DayKind.WORKDAY
        return self.special.get(day) or Day(day, usual)

    def is_working(self, day: date) -> bool:
        """Whether the date counts as a working day. Raises NotYetPublishedError."""
        return self.day(day).kind.counts

    def is_holiday(self, day: date) -> bool:
        """Whether the date is a public holiday; in a year not yet published, one that the law fixes."""
        special = self.special.get(day)
        if special is None:
            return not self.knows(day) and (day.month, day.day) in FIXED_HOLIDAYS
        return special.kind is DayKind.HOLIDAY

    def is_make_up(self, day: date) -> bool:
        """Whether a Saturday or Sunday is worked; never said of a year that is not yet published."""
        special = self.special.get(day)
        return special is not None and special.kind is DayKind.MAKE_UP

    def accepts_only(self, day: date, opened: bool) -> bool:
        """Accepting but not counting: the hall has `opened` on a date that is no working day by law."""
        return opened and not self.is_working(day)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie after `after`, `until` included. Raises NotYetPublishedError."""
        return sum(self.is_working(day) for day in _days(after, until))

    def add_working_days(self, start: date, count: int) -> date:
        """The last day of a term of `count` working days that begins with the day after `start`.

        A term of 0 ends on `start` itself (即办). Raises NotYetPublishedError where the term reaches a year
        whose working days nobody knows, ValueError for a negative count.
        """
        if count < 0:
            raise ValueError(f"a term has 0 or more working days, not {count}")
        day = start
        while count:
            day += _DAY
            count -= self.is_working(day)
        return day

    def uncounted(self, accepted: date, due: date) -> tuple[Day, ...]:
        """The dates after the acceptance, until `due`, that the term leaves out: why it is so long."""
        return tuple(self.day(day) for day in _days(accepted, due) if not self.is_working(day))


class PromiseState(StrEnum):
    """How a promise stands: in time, near its end, broken."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class PromiseThresholds:
    """Amber from when at most `amber_percent` of the promised working days are left, and on the last one."""

    amber_percent: int = 20

    def __post_init__(self) -> None:
        if not 0 <= self.amber_percent <= 100:
            raise ValueError(f"amber_percent is {self.amber_percent}; it must be from 0 to 100")

    def in_words(self) -> tuple[str, str]:
        """The rule for the wall, in Chinese and English."""
        zh = f"承诺工作日剩余不超过 {self.amber_percent}% 或到最后一日为黄，过期为红，其余为绿。"
        en = (
            f"Amber when at most {self.amber_percent}% of the promised working days are left, and on the "
            "last one; red once it is past; green before."
        )
        return zh, en


PUBLISHED_THRESHOLDS = PromiseThresholds()


def promise_state(
    calendar: WorkCalendar,
    accepted: date,
    promise_days: int,
    today: date,
    thresholds: PromiseThresholds = PUBLISHED_THRESHOLDS,
) -> PromiseState:
    """How a promise of `promise_days` working days stands at `today` (or on the day it was kept).

    Counts only days up to `today`, so that a promise into a year not yet published still has a colour.
    Raises NotYetPublishedError when `today` itself lies in such a year, ValueError for a day before the
    acceptance or a negative promise.
    """
    if promise_days < 0 or today < accepted:
        raise ValueError(f"no promise of {promise_days} days from {accepted} can be judged at {today}")
    left = promise_days - calendar.working_days(accepted, today)
    on_last_day = calendar.is_working(today) if promise_days else today == accepted
    if left < 0 or (left == 0 and not on_last_day):
        return PromiseState.RED
    return PromiseState.AMBER if 100 * left <= thresholds.amber_percent * promise_days else PromiseState.GREEN


def _days(after: date, until: date) -> Iterator[date]:
    return (after + _DAY * ahead for ahead in range(1, (until - after).days + 1))
