"""Every day of 2024 to 2026 as the State Council's notices say, and the hall's own file of changes."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.config import ConfigErrors
from shared.domain.workdays import DayKind, NotYetPublishedError, WorkCalendar
from shared.services.workdays import OVERRIDE_NAME, override_beside, published_calendar, read_calendar

# Written out from the notices, each holiday with its first and last day, each make-up workday by itself.
# 国办发明电〔2023〕7号 (2023-10-25): 元旦 and 端午节 are joined to a weekend, which stays a plain weekend.
NOTICE_2024 = (
    [
        ("元旦", "2024-01-01", "2024-01-01"),
        ("春节", "2024-02-10", "2024-02-17"),
        ("清明节", "2024-04-04", "2024-04-06"),
        ("劳动节", "2024-05-01", "2024-05-05"),
        ("端午节", "2024-06-10", "2024-06-10"),
        ("中秋节", "2024-09-15", "2024-09-17"),
        ("国庆节", "2024-10-01", "2024-10-07"),
    ],
    ["2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29",
     "2024-10-12"],
)  # fmt: skip
# 国办发明电〔2024〕12号 (2024-11-12): 国庆节 and 中秋节 are one holiday of eight days.
NOTICE_2025 = (
    [
        ("元旦", "2025-01-01", "2025-01-01"),
        ("春节", "2025-01-28", "2025-02-04"),
        ("清明节", "2025-04-04", "2025-04-06"),
        ("劳动节", "2025-05-01", "2025-05-05"),
        ("端午节", "2025-05-31", "2025-06-02"),
        ("国庆节、中秋节", "2025-10-01", "2025-10-08"),
    ],
    ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
)
# The notice for 2026 (2025-11-04).
NOTICE_2026 = (
    [
        ("元旦", "2026-01-01", "2026-01-03"),
        ("春节", "2026-02-15", "2026-02-23"),
        ("清明节", "2026-04-04", "2026-04-06"),
        ("劳动节", "2026-05-01", "2026-05-05"),
        ("端午节", "2026-06-19", "2026-06-21"),
        ("中秋节", "2026-09-25", "2026-09-27"),
        ("国庆节", "2026-10-01", "2026-10-07"),
    ],
    ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
)
NOTICES = {2024: NOTICE_2024, 2025: NOTICE_2025, 2026: NOTICE_2026}
# Days of the year, without 104 days of weekends and the days off by law (11, since 2025 13): 调休 moves days,
# it makes none.
WORKING_DAYS = {2024: 366 - 104 - 11, 2025: 365 - 104 - 13, 2026: 365 - 104 - 13}


def on(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    return [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year]


def said(year: int) -> dict[date, tuple[DayKind, str]]:
    """Each day of a year as its notice has it."""
    holidays, worked = NOTICES[year]
    names = {
        day: name for name, first, last in holidays for day in days_of(year) if on(first) <= day <= on(last)
    }
    make_up = {on(day) for day in worked}
    return {day: _kind(day, names, make_up) for day in days_of(year)}


def _kind(day: date, names: dict[date, str], make_up: set[date]) -> tuple[DayKind, str]:
    if day in names:
        return DayKind.HOLIDAY, names[day]
    if day in make_up:
        return DayKind.MAKE_UP, ""
    return (DayKind.REST if day.weekday() >= 5 else DayKind.WORKDAY), ""


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_is_as_its_notice_says(year: int) -> None:
    calendar = published_calendar()
    notice = said(year)
    assert {day: calendar.day(day).kind for day in notice} == {day: kind for day, (kind, _) in notice.items()}
    holidays = [day for day, (kind, _) in notice.items() if kind is DayKind.HOLIDAY]
    assert all(calendar.day(day).name in notice[day][1] and calendar.day(day).name for day in holidays)
    assert all(calendar.day(day).name_en for day in holidays)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_a_year_has_its_working_days(year: int) -> None:
    """Against a slip on both sides: the sum that the law gives."""
    days = days_of(year)
    assert sum(published_calendar().is_working(day) for day in days) == WORKING_DAYS[year]


def test_2027_is_not_yet_published() -> None:
    assert published_calendar().is_working(on("2026-12-31"))
    for day in days_of(2027):
        with pytest.raises(NotYetPublishedError, match="2027"):
            published_calendar().day(day)


def test_a_hall_without_a_file_has_the_published_calendar(tmp_path: Path) -> None:
    assert override_beside(tmp_path / "hall.toml") == ""
    assert read_calendar(b"", tmp_path / OVERRIDE_NAME) == published_calendar()


def days(first: str, until: str, kind: str, name: str) -> str:
    return (
        f'[[days]]\ndate = {first}\nuntil = {until}\nkind = "{kind}"\n'
        f'name = "{name}"\nname_en = "Festival"\nreason = "通知"\n\n'
    )


# Not the real notice, which nobody knows yet: a year with the shape of one.
INVENTED_2027 = '[[years]]\nyear = 2027\nnotice = "演练用"\n\n' + "".join(
    (
        days("2027-01-01", "2027-01-03", "holiday", "元旦"),
        days("2027-02-05", "2027-02-12", "holiday", "春节"),
        days("2027-02-14", "2027-02-14", "make_up", "春节"),
        days("2027-05-01", "2027-05-05", "holiday", "劳动节"),
        days("2027-10-01", "2027-10-07", "holiday", "国庆节"),
    )
)


def calendar_with(tmp_path: Path, text: str) -> WorkCalendar:
    (tmp_path / OVERRIDE_NAME).write_text(text, encoding="utf-8")
    return read_calendar(override_beside(tmp_path / "hall.toml").encode(), tmp_path / OVERRIDE_NAME)


def test_the_file_brings_a_year(tmp_path: Path) -> None:
    calendar = calendar_with(tmp_path, INVENTED_2027)
    assert calendar.day(on("2027-01-02")).name == "元旦"
    assert calendar.day(on("2027-02-14")).kind is DayKind.MAKE_UP
    assert calendar.add_working_days(on("2026-12-31"), 1) == on("2027-01-04")
    assert calendar.day(on("2026-10-10")) == published_calendar().day(on("2026-10-10"))
    with pytest.raises(NotYetPublishedError, match="2028"):
        calendar.add_working_days(on("2027-12-31"), 1)


def test_the_file_wins_day_by_day(tmp_path: Path) -> None:
    text = (
        '[[days]]\ndate = "2026-10-10"\nkind = "rest"\nreason = "改在周日"\n\n'
        '[[days]]\ndate = 2026-10-11\nkind = "make_up"\nname = "国庆节"\nname_en = "National Day"\n'
        'reason = "改在周日"\n'
    )
    calendar = calendar_with(tmp_path, text)
    assert not calendar.is_working(on("2026-10-10"))
    assert calendar.is_working(on("2026-10-11"))
    assert calendar.day(on("2026-10-11")).reason == "改在周日"
    assert calendar.day(on("2026-10-07")).kind is DayKind.HOLIDAY


def test_a_listed_year_is_taken_wholly_from_the_file(tmp_path: Path) -> None:
    text = INVENTED_2027.replace("2027-", "2026-").replace("2027", "2026")
    text = text.replace("2026-02-14\nuntil = 2026-02-14", "2026-02-28\nuntil = 2026-02-28")
    calendar = calendar_with(tmp_path, text)
    assert calendar.is_working(on("2026-06-19"))  # the published 端午节 is not in the file
    assert calendar.day(on("2026-02-05")).kind is DayKind.HOLIDAY


ONE = '[[days]]\ndate = 2026-11-23\nkind = "holiday"\nname = "节"\nname_en = "Day"\nreason = "市政府通知"\n'


@pytest.mark.parametrize(
    ("text", "line", "place", "words"),
    [
        (ONE.replace("2026-11-23", "2026-11-31"), 2, "the file", "not valid TOML"),
        (ONE.replace("2026-11-23", '"23.11."'), 2, "days[0].date", '"23.11." is no date'),
        (ONE.replace("2026-11-23", "7"), 2, "days[0].date", "7 is no date"),
        (ONE.replace("date = 2026-11-23\n", ""), 1, "days[0].date", "it is missing"),
        (ONE.replace("holiday", "off"), 3, "days[0].kind", '"off" is not known here'),
        (ONE.replace("holiday", "make_up"), 2, "days[0].date", "2026-11-23 is a Monday"),
        (ONE.replace("holiday", "rest"), 2, "days[0].date", "cannot be a rest day"),
        (ONE.replace('reason = "市政府通知"\n', ""), 1, "days[0].reason", "it is missing"),
        (ONE.replace('name = "节"\n', ""), 1, "days[0].name", "it is missing"),
        (ONE + "until = 2026-11-22\n", 2, "days[0].date", "until is 2026-11-22, before 2026-11-23"),
        (ONE + "until = 2027-11-22\n", 2, "days[0].date", "longer than a month"),
        (ONE + "untill = 2026-11-24\n", 7, "days[0].untill", "this key is not known"),
        (ONE + "\n" + ONE, 9, "days[1].date", "2026-11-23 is already in days[0]"),
        (ONE.replace("2026", "2027"), 2, "days[0].date", "2027 are not yet published"),
        ("[[years]]\nyear = 27\nnotice = '通知'\n", 2, "years[0].year", "out of range"),
        ("[[years]]\nyear = 2027\n", 1, "years[0].notice", "it is missing"),
        ("holidays = 3\n", 1, "holidays", "this key is not known"),
        (
            INVENTED_2027.replace("2027-05-01", "2027-05-02"),
            2,
            "years[0].year",
            "no holiday is entered on 2027-05-01, where the law has one",
        ),
        (
            INVENTED_2027.replace("2027-02-12", "2027-02-05")
            .replace("2027-10-07", "2027-10-03")
            .replace("2027-01-03", "2027-01-01"),
            2,
            "years[0].year",
            "2027 has 10 holidays, and the law alone gives 13",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, place: str, words: str
) -> None:
    with pytest.raises(ConfigErrors) as errors:
        calendar_with(tmp_path, text)
    first = errors.value.problems[0]
    assert (first.line, first.place) == (line, place)
    assert words in first.wrong


def test_a_year_listed_twice_is_told(tmp_path: Path) -> None:
    text = INVENTED_2027 + '[[years]]\nyear = 2027\nnotice = "again"\n'
    with pytest.raises(ConfigErrors, match="2027 is there twice"):
        calendar_with(tmp_path, text)


def test_the_file_of_the_documentation_reads(tmp_path: Path) -> None:
    """The example of the module, beside the days that a whole year needs."""
    from shared.services import workdays

    example = "\n".join(
        line.removeprefix("    ") for line in str(workdays.__doc__).split("\n") if line[:4] == "    "
    )
    rest = INVENTED_2027.split("\n\n", 2)[2]
    assert calendar_with(tmp_path, f"{example}\n\n{rest}").day(on("2027-01-03")).name == "元旦"
