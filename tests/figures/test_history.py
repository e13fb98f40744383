"""The wait estimate on real waits: how good it is on later days, and that it never looks ahead."""

import gzip
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shared.figures.history import FEWEST_AHEAD, RecordFault, Split, Ticket, evaluate, read_tickets, replay
from shared.figures.waits import Outcome, by_lane_and_week, total

RECORD = Path(__file__).parents[1] / "data" / "waits" / "warsaw-2020-01-02-to-14.csv.gz"


@pytest.fixture(scope="module")
def tickets() -> list[Ticket]:
    return read_tickets(RECORD)


@pytest.fixture(scope="module")
def outcomes(tickets: list[Ticket]) -> list[Outcome]:
    return [outcome for outcome in replay(tickets) if outcome.ahead >= FEWEST_AHEAD]


@pytest.mark.parametrize("test_days", [1, 2, 3, 4, 5])
def test_later_days_keep_what_earlier_days_promised(outcomes: list[Outcome], test_days: int) -> None:
    figures = total(_last_days(outcomes, test_days))
    assert figures is not None
    assert figures.coverage is not None
    assert figures.tickets > 3000, "a share of few is no figure"
    assert figures.mean_error <= 9.0
    assert 0.77 <= figures.coverage <= 0.83


def test_what_is_told_in_minutes_errs_less(outcomes: list[Outcome]) -> None:
    told = total(outcome for outcome in _last_days(outcomes, 3) if outcome.low is not None)
    assert told is not None
    assert told.mean_error <= 7.8
    assert told.long == 0


def test_a_long_line_is_told_in_words(outcomes: list[Outcome]) -> None:
    far_back = [outcome for outcome in outcomes if outcome.ahead >= 50]
    assert len(far_back) > 100
    assert all(outcome.long and outcome.low is None for outcome in far_back)
    assert max(outcome.high or 0 for outcome in outcomes) <= 120


def test_an_evaluation_is_the_last_days_of_the_replay(outcomes: list[Outcome]) -> None:
    assert evaluate(RECORD, Split(1)) == list(_last_days(outcomes, 1))


@pytest.mark.parametrize("test_days", [0, 8, -1])
def test_some_day_must_teach_and_some_day_test(test_days: int) -> None:
    with pytest.raises(ValueError, match="1 to 7"):
        evaluate(RECORD, Split(test_days))


DAYS = [date(2020, 1, day) for day in (2, 3, 7, 8, 9)]


@pytest.mark.parametrize(
    ("split", "teaching", "tested"),
    [
        (Split(), DAYS[:4], DAYS[4:]),
        (Split(2), DAYS[:3], DAYS[3:]),
        (Split(2, train_days=1), DAYS[2:3], DAYS[3:]),
        (Split(train_days=9), DAYS[:4], DAYS[4:]),
        (Split(test_from=date(2020, 1, 7)), DAYS[:2], DAYS[2:]),
        (Split(test_from=date(2020, 1, 5)), DAYS[:2], DAYS[2:]),
        (Split(1, date(2020, 1, 7), 1), DAYS[1:2], DAYS[2:3]),
    ],
)
def test_the_days_that_teach_and_the_days_that_are_tested(
    split: Split, teaching: list[date], tested: list[date]
) -> None:
    assert split.of(DAYS) == (teaching, tested)


@pytest.mark.parametrize(
    "split",
    [Split(test_from=date(2020, 1, 1)), Split(test_from=date(2020, 2, 1)), Split(1, train_days=0),
     Split(0, date(2020, 1, 7))],
)  # fmt: skip
def test_days_that_the_record_has_not_are_named(split: Split) -> None:
    with pytest.raises(ValueError, match="5 days, 2020-01-02 to 2020-01-09"):
        split.of(DAYS)


def test_fewer_days_that_teach_are_another_promise() -> None:
    one = evaluate(RECORD, Split(1, train_days=1))
    every = evaluate(RECORD, Split(1))
    assert len(one) == len(every)
    assert sum(told.likely for told in one) != sum(told.likely for told in every)


HEAD = b"office,lane,day,issued_min,called_min,ahead\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"office", "no gzipped record", id="plain"),
        pytest.param(gzip.compress(b"a,b\n1,2\n"), "no column", id="columns"),
        pytest.param(gzip.compress(HEAD + b"U,1,2020-01-02,x,5,2\n"), "no gzipped record", id="number"),
        pytest.param(gzip.compress(HEAD + b"U,1\n"), "no gzipped record", id="short row"),
        pytest.param(RECORD.read_bytes()[:5000], "no gzipped record", id="cut off"),
    ],
)
def test_a_file_that_is_no_record_is_named(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "waits.csv.gz").write_bytes(content)
    with pytest.raises(RecordFault, match=f"waits.csv.gz .*{says}"):
        read_tickets(tmp_path / "waits.csv.gz")


def test_the_table_names_lanes_and_weeks(outcomes: list[Outcome]) -> None:
    lines = by_lane_and_week(outcomes)
    assert {line.week for line in lines} == {"2020-W01", "2020-W02", "2020-W03"}
    assert sum(line.tickets for line in lines) == len(outcomes)


@pytest.mark.parametrize("hour", [9, 14])
def test_what_comes_later_changes_no_promise(tickets: list[Ticket], hour: int) -> None:
    """Calls from `now` on are put off at random; whoever took a number by `now` was promised the same."""
    office = [ticket for ticket in tickets if ticket.office == "UD_Bemowo"]
    now = office[0].issued.replace(day=9, hour=hour, minute=4)
    source = random.Random(hour)
    changed = [_later(ticket, source) if ticket.called >= now else ticket for ticket in office]
    assert _promises(changed, until=now) == _promises(office, until=now)
    end = now + timedelta(days=30)
    assert _promises(changed, until=end) != _promises(office, until=end), "later promises do learn of it"


def test_a_promise_knows_every_call_of_the_minutes_before(tickets: list[Ticket]) -> None:
    """Removing the office's latest calls before a number was taken changes what it is promised."""
    office = [ticket for ticket in tickets if ticket.office == "UD_Bemowo"]
    now = office[0].issued.replace(day=9, hour=11, minute=4)
    before = now - timedelta(minutes=10)
    unaware = [ticket for ticket in office if not before < ticket.called < now]
    taken_now = {told for told in _promises(office, until=now) if told[1] == now}
    assert taken_now
    assert not taken_now <= set(_promises(unaware, until=now))


def _last_days(outcomes: Iterable[Outcome], days: int) -> Iterator[Outcome]:
    outcomes = list(outcomes)
    first = sorted({outcome.taken_at.date() for outcome in outcomes})[-days]
    return (outcome for outcome in outcomes if outcome.taken_at.date() >= first)


def _later(ticket: Ticket, source: random.Random) -> Ticket:
    return replace(ticket, called=ticket.called + timedelta(minutes=source.randrange(5, 200)))


def _promises(tickets: Iterable[Ticket], until: datetime) -> Counter[tuple[object, ...]]:
    return Counter(
        (told.lane, told.taken_at, told.ahead, told.likely, told.low, told.high, told.long)
        for told in replay(tickets)
        if told.taken_at <= until
    )
