"""The hall's own waits: read from its file by the days asked for, and no further than those."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from shared.domain.estimate import Method
from shared.domain.moments import HALL_ZONE, to_millis
from shared.figures.recorded import by_lane, lane_labels, promised, recorded, week_table
from shared.protocol.messages import TakeTicket
from shared.services import calling, taking
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.queries import sql
from shared.testing import Rehearsal, rehearsal

MONDAY = date(2026, 11, 23)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    with rehearsal(tmp_path / "hall") as running:
        yield running


def called(
    hall: Rehearsal, day: date = MONDAY, clock: str = "10:00", lane: str = "A", ahead: int = 3,
    waited: float = 15, likely: float = 12, rolled: float | None = None, method: str = "pace",
    told: tuple[int, int] | None = (10, 20), long: bool = False,
) -> None:  # fmt: skip
    """Keep one first call, as the hub does."""
    at = to_millis(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=HALL_ZONE))
    low, high = told or (None, None)
    row = (lane, ahead, _ms(waited), _ms(likely), None, at, None if rolled is None else _ms(rolled), method)
    hall.connection.execute(sql("insert_wait"), (*row, low, high, long))


def _ms(minutes: float) -> int:
    return round(minutes * 60_000)


def test_a_promise_is_read_with_what_came_of_it(hall: Rehearsal) -> None:
    called(hall, clock="10:20", waited=15.5)
    (one,) = recorded(hall.connection, MONDAY, MONDAY)
    assert one.taken_at == datetime(2026, 11, 23, 10, 4, 30, tzinfo=HALL_ZONE)
    assert (one.lane, one.waited, one.ahead, one.likely) == ("A", 15.5, 3, 12)
    assert (one.low, one.high, one.long, one.held) == (10, 20, False, True)


def test_what_the_hub_keeps_is_what_is_read(hall: Rehearsal) -> None:
    """Numbers taken and called by the services: the wait is that from the taking to the first call."""
    request = TakeTicket(channel="kiosk", lane="A")
    for _ in range(3):
        hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, request))
        hall.later(minutes=2)
    taken_at = hall.now - timedelta(minutes=2)
    for no in (1, 2, 3):
        hall.later(minutes=5)
        clerk = Actor("clerk", 7, f"100{no}", 1, no)
        hall.run(partial(open_window, actor=clerk, no=no))
        hall.run(
            partial(
                calling.call_next,
                plan=hall.plan,
                estimator=hall.estimator,
                actor=clerk,
                no=no,
                finish_current=False,
            )
        )
    *_, last = recorded(hall.connection, MONDAY, MONDAY)
    assert (last.lane, last.taken_at, last.waited, last.ahead) == ("A", taken_at, 17, 2)
    assert last.likely == 2 * 5
    assert last.held is None, "a hall without history promises no minutes"


def test_likely_is_that_of_the_method_shown(hall: Rehearsal) -> None:
    called(hall, likely=12, rolled=30, method="rollout")
    called(hall, likely=12, rolled=30)
    called(hall, told=None, long=True)
    found = recorded(hall.connection, MONDAY, MONDAY)
    assert [(one.method, one.likely) for one in found[:2]] == [(Method.ROLLOUT, 30), (Method.PACE, 12)]
    assert (found[2].held, found[2].long) == (None, True)


def test_a_day_is_the_halls_own(hall: Rehearsal) -> None:
    for day, clock in ((22, "23:59"), (23, "00:00"), (23, "23:59"), (24, "00:00")):
        called(hall, MONDAY.replace(day=day), clock, waited=1)
    days = [one.taken_at + timedelta(minutes=1) for one in recorded(hall.connection, MONDAY, MONDAY)]
    assert [f"{at:%d %H:%M}" for at in days] == ["23 00:00", "23 23:59"]


def test_only_the_asked_days_are_read(hall: Rehearsal) -> None:
    """The plan is a search of the index by the time of the call: years of other days cost nothing."""
    plan = hall.connection.execute(f"EXPLAIN QUERY PLAN {sql('waits_called_between')}", (1, 2)).fetchall()
    assert [step[3] for step in plan] == ["SEARCH waits USING INDEX waits_by_call (at>? AND at<?)"]


def test_with_nobody_ahead_there_was_nothing_to_promise(hall: Rehearsal) -> None:
    called(hall, ahead=0, waited=0)
    called(hall, ahead=1)
    assert [one.ahead for one in promised(recorded(hall.connection, MONDAY, MONDAY))] == [1]


def test_lanes_are_named_in_the_halls_order(hall: Rehearsal) -> None:
    for lane in ("C", "B", "A", "B"):
        called(hall, lane=lane)
    labels = lane_labels(hall.connection)
    assert list(labels) == ["A", "B", "C"]
    del labels["C"]
    found = by_lane(recorded(hall.connection, MONDAY, MONDAY), labels)
    assert [(one.label_zh, one.label_en, len(one.points)) for one in found] == [
        ("A 综合", "A General", 1),
        ("B 工程建设", "B Construction", 2),
        ("C", "C", 1),
    ]


def test_a_table_has_this_week_and_those_before(hall: Rehearsal) -> None:
    for back in (0, 1, 7, 27, 28, 35):
        called(hall, MONDAY + timedelta(days=6 - back))
    table = week_table(hall.house.database, MONDAY + timedelta(days=6), weeks=4)
    assert table.weeks == ("2026-W48", "2026-W47", "2026-W46", "2026-W45")
    assert {week: line.tickets for week, line in table.totals.items()} == {
        "2026-W48": 2,
        "2026-W47": 1,
        "2026-W45": 1,
    }
    assert {line.lane for line in table.lines} == {"A"}
    assert sum(line.tickets for line in table.lines) == 4
