"""A plan's file: the sample is whole, and every mistake is told with its line, all at once."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from shared.config.problems import ConfigErrors
from shared.domain.rota_plan import DAY, RotaPlan
from shared.rota.checker import check
from shared.rota.file import read_plan
from shared.rota.solver import Search, make_rota
from shared.services.workdays import published_calendar

SAMPLE = files("shared").joinpath("samples", "rota.toml").read_text("utf-8")
MONDAY = date(2026, 11, 30)


def read(text: str) -> RotaPlan:
    return read_plan(text.encode(), Path("rota.toml"), published_calendar())


def test_the_sample_is_read_and_can_be_made() -> None:
    plan = read(SAMPLE)
    assert [clerk.number for clerk in plan.clerks] == [f"100{n}" for n in range(1, 7)]
    assert plan.weekend_days == {MONDAY + DAY * 5, MONDAY + DAY * 12}
    assert plan.clerks[2].leave == {date(2026, 12, 9), date(2026, 12, 10)}
    assert plan.clerks[1].past.owed == (date(2026, 11, 28),)
    rota = make_rota(plan, Search(seconds=5))
    assert check(rota) == []
    assert rota.shortages == ()


MISTAKES = [
    ("last = 2026-12-13", "last = 2026-11-13", "is no period"),
    ("last = 2026-12-13", "last = 2099-01-13", "is no period"),
    ("most_running = 6 ", "most_running = 9 ", "out of range"),
    ('code = "E"', 'code = "D"', "D is there twice"),
    ('code = "E"', 'code = "evening"', '"evening" does not fit'),
    ('hours = "13:00-17:00 17:00-20:00 evening"', 'hours = "13:00-17:00"', "no shift covers 17:00-20:00"),
    ('hours = "09:00-12:00 weekend"', 'hours = "09:00"', "no span such as"),
    ('days = ["Thu"]', 'days = ["Donnerstag"]', "is not known here"),
    ('days = ["Sat"]', 'days = ["2027-02-30"]', "is no day of the period"),
    ('lanes = "H"\nclerks = 1', 'lanes = "h"\nclerks = 1', '"h" does not fit'),
    ("clerks = 2", "clerks = 0", "out of range"),
    ('number = "1004"', 'number = "1003"', "1003 is there twice"),
    ("days = 3 ", "days = 7 ", "out of range"),
    ("owed = [2026-11-28]", "owed = [28]", "28 is no date"),
    ("owed = [2026-11-28]", "owed = [2026-12-05]", "lies in the period"),
    ('clerk = "1003"', 'clerk = "7777"', "there is no clerk 7777"),
    ("last = 2026-12-10", "last = 2026-12-01", "is no leave"),
    ("weekends = 1 ", "wekends = 1 ", "this key is not known. Did you mean weekends"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[told for *_, told in MISTAKES])
def test_a_mistake_is_told_with_its_line(right: str, wrong: str, told: str) -> None:
    assert SAMPLE.count(right) >= 1
    with pytest.raises(ConfigErrors) as refused:
        read(SAMPLE.replace(right, wrong, 1))
    problem = next(one for one in refused.value.problems if told in str(one))
    assert problem.line is not None


def test_all_mistakes_are_told_at_once() -> None:
    text = SAMPLE
    for right, wrong, _ in MISTAKES[2:6]:
        text = text.replace(right, wrong, 1)
    with pytest.raises(ConfigErrors) as refused:
        read(text)
    assert len(refused.value.problems) >= 3


def test_what_is_no_toml_is_told() -> None:
    with pytest.raises(ConfigErrors, match="not valid TOML"):
        read("[period\n")


def test_a_year_that_is_not_published_is_told() -> None:
    later = SAMPLE.replace("2026-", "2098-")
    with pytest.raises(ConfigErrors, match="not yet published"):
        read(later)
