"""Promise dates in words, over weekends, holidays, make-up days and the end of the published years."""

from datetime import date

import pytest

from shared.domain.promise_text import promise_words
from shared.services.workdays import published_calendar

CALENDAR = published_calendar()
UNCOUNTED = "the day of acceptance is no working day and does not count"


def said(accepted: str, days: int, today: str | None = None) -> tuple[str, str]:
    day = date.fromisoformat(accepted)
    return promise_words(CALENDAR, day, days, day if today is None else date.fromisoformat(today))


@pytest.mark.parametrize(
    ("accepted", "days", "zh", "en"),
    [
        ("2026-11-23", 0, "今天受理，当场办结", "accepted today, settled on the spot"),
        (
            "2026-11-23",
            3,
            "今天受理，承诺 3 个工作日，最晚 11月26日 周四 办结",
            "accepted today, promised in 3 working days: by Thu 26 Nov",
        ),
        (
            "2026-11-27",
            1,
            "今天受理，承诺 1 个工作日，最晚 11月30日 周一 办结（周末不计）",
            "accepted today, promised in 1 working day: by Mon 30 Nov (weekends not counted)",
        ),
        (
            "2026-11-28",  # an open Saturday accepts, and does not count
            1,
            "今天受理，承诺 1 个工作日，最晚 11月30日 周一 办结（受理当天不是工作日，不计入；周末不计）",
            f"accepted today, promised in 1 working day: by Mon 30 Nov ({UNCOUNTED}; weekends not counted)",
        ),
    ],
)
def test_a_promise_names_its_date(accepted: str, days: int, zh: str, en: str) -> None:
    assert said(accepted, days) == (zh, en)


def test_holidays_are_named_and_a_make_up_saturday_counts() -> None:
    zh, en = said("2026-09-30", 3)
    assert "最晚 10月10日 周六 办结（国庆节不计）" in zh
    assert "National Day not counted" in en


def test_an_earlier_acceptance_is_named_by_its_day() -> None:
    assert said("2026-11-23", 3, today="2026-11-25")[0].startswith("11月23日 周一受理")


def test_where_the_year_is_not_published_no_date_is_named() -> None:
    zh, en = said("2026-12-30", 5)
    assert "2027 年放假安排尚未公布，日期待定" in zh
    assert "no date can be named" in en
