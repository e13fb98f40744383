"""Changing opening hours: seen before it is made, all or nothing, kept with who made it; no place is lost."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from shared.domain.identity import mask_name
from shared.domain.moments import HALL_ZONE
from shared.domain.refusals import Refused
from shared.services import hours as service
from shared.services.hall import load_plan
from shared.store.audit import audit
from shared.testing import MONDAY_MORNING, Rehearsal, put_slots, rehearsal, small_hall

WEEK = ("Mon-Fri 09:00-12:00 13:00-17:00",)
SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=HALL_ZONE)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    with rehearsal(tmp_path / "hall", small_hall(hours=WEEK)) as found:
        yield found


def change(hall: Rehearsal, lines: tuple[str, ...], lane: str = "A", known: tuple[str, ...] = WEEK) -> int:
    made = hall.run(
        lambda tx: service.change_hours(tx, hall.plan, {lane: lines}, {lane: known}), actor="clerk:9001"
    )
    hall.plan = load_plan(hall.connection)
    return made


def seen(hall: Rehearsal, lines: tuple[str, ...], lane: str = "A") -> service.Preview:
    (found,) = service.preview(hall.connection, hall.plan, {lane: lines}, hall.now)
    return found


def book(hall: Rehearsal, slot: int, n: int) -> None:
    """A booking as the store keeps it."""
    hall.connection.execute("UPDATE slots SET taken = taken + 1 WHERE id = ?", (slot,))
    hall.connection.execute(
        "INSERT INTO bookings (slot, matter, state, person, masked_id, holder, channel, made_at, changed_at) "
        "VALUES (?, 'yyzz-bg', 'confirmed', ?, '', ?, 'desk', 1, 1)",
        (slot, bytes([n]) * 32, mask_name("张三")),
    )


def test_a_saturday_opens_at_once_and_for_this_lane_only(hall: Rehearsal) -> None:
    opened = (*WEEK, "Sat 09:00-12:00 weekend")
    assert not hall.plan.lane("A").hours.is_open(SATURDAY)
    assert change(hall, opened) == 1
    assert hall.plan.lane("A").hours.is_open(SATURDAY)
    assert not hall.plan.lane("B").hours.is_open(SATURDAY)
    assert hall.plan.lane("A").hours.next_opening(SATURDAY - timedelta(hours=12)) == SATURDAY
    fact = hall.facts[-1]
    assert (fact.name, fact.actor) == ("hours.changed", "clerk:9001")
    assert fact.data == {"lane": "A", "before": list(WEEK), "after": list(opened)}
    assert audit(hall.connection, hall.keys).wrong == ()


def test_the_preview_says_which_days_change_and_writes_nothing(hall: Rehearsal) -> None:
    found = seen(hall, (*WEEK, "2026-11-28 09:00-12:00 weekend", "2026-11-30 closed"))
    assert [day.in_words()[0] for day in found.days] == [
        "11月28日 周六：新增 09:00-12:00（周末）",
        "11月30日 周一：取消 09:00-12:00 13:00-17:00",
    ]
    assert found.before == WEEK
    assert load_plan(hall.connection).lane("A").hours.in_config() == list(WEEK)
    assert hall.facts == []
    assert service.preview(hall.connection, hall.plan, {"A": WEEK, "B": WEEK}, hall.now) == []


def test_an_exception_further_ahead_than_sixty_days_is_shown(hall: Rehearsal) -> None:
    found = seen(hall, (*WEEK, "2027-05-04 closed"))
    assert [day.day for day in found.days] == [date(2027, 5, 4)]


def test_booked_citizens_who_would_find_it_closed_are_counted(hall: Rehearsal) -> None:
    tuesday = datetime(2026, 11, 24, 13, 0, tzinfo=HALL_ZONE)
    morning, *afternoon = put_slots(hall.house, "A", tuesday - timedelta(hours=1, minutes=15), places=[2])
    del afternoon
    first, second = put_slots(hall.house, "A", tuesday, places=[2, 2])
    (other_lane,) = put_slots(hall.house, "B", tuesday, places=[2])
    for n, slot in enumerate((morning, first, first, second, other_lane), 1):
        book(hall, slot, n)
    mornings = ("Mon-Fri 09:00-12:00",)
    assert seen(hall, mornings).booked == 3
    assert seen(hall, ("Mon-Fri 09:00-12:00 13:00-17:00 evening",)).booked == 0, "another kind, still open"
    assert seen(hall, ("Mon-Fri 09:00-12:00 13:10-17:00",)).booked == 2, "a place that begins too early"
    change(hall, mornings)
    rows = dict(hall.connection.execute("SELECT id, offered FROM slots"))
    assert rows == {morning: 2, first: 0, second: 0, other_lane: 2}, "offered no more"
    assert (
        hall.connection.execute("SELECT count(*) FROM bookings WHERE state = 'confirmed'").fetchone()[0] == 5
    )
    taken = dict(hall.connection.execute("SELECT id, taken FROM slots"))
    assert taken[first] == 2, "and nobody loses a place"


def test_a_booking_that_touches_two_spans_counts_once(hall: Rehearsal) -> None:
    noon = datetime(2026, 11, 24, 11, 50, tzinfo=HALL_ZONE)
    (slot,) = put_slots(hall.house, "A", noon, places=[1], minutes=20)
    book(hall, slot, 1)
    spans = [
        (noon, noon + timedelta(minutes=10)),
        (noon + timedelta(minutes=10), noon + timedelta(minutes=20)),
    ]
    assert service.booked_between(hall.connection, "A", spans) == 1
    assert service.booked_between(hall.connection, "A", [(noon - timedelta(hours=1), noon)]) == 0, (
        "it only touches"
    )
    assert service.booked_between(hall.connection, "A", []) == 0


def test_what_is_over_today_changes_for_nobody(hall: Rehearsal) -> None:
    (slot,) = put_slots(hall.house, "A", MONDAY_MORNING - timedelta(minutes=30), places=[1])
    book(hall, slot, 1)
    assert seen(hall, ("Mon-Fri 13:00-17:00",)).booked == 0
    hall.later(minutes=-60)
    assert seen(hall, ("Mon-Fri 13:00-17:00",)).booked == 1


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Mon 09:00-12:00 11:00-13:00",), "hours_overlap"),
        (("Mon 09:00-12:00", "Mon 11:00-13:00"), "hours_overlap"),
        (("Mon 12:00-09:00",), "hours_backwards"),
        (("Mon 09:00-25:00",), "hours_backwards"),
        (("Mon 09:00-12:00", "2026-12-01 closed", "2026-12-01 closed"), "hours_twice"),
        (("Mon 09:00-12:00", "Mon closed"), "hours_contradict"),
        (("Mon 09:00-12:00 weekend",), "hours_not_weekend"),
        (("Mon closed",), "hours_never_open"),
        ((), "hours_never_open"),
        (("2026-12-01 09:00-12:00",), "hours_never_open"),
        (("Mon 02:00-04:00",), "hours_over_day_change"),
        (("Mon 09:00-12:00", "2026-12-01 00:00-05:00"), "hours_over_day_change"),
        (("Mon",), "hours_unreadable"),
        (("周一 09:00-12:00",), "hours_unreadable"),
        (("Mon 9-12",), "hours_unreadable"),
        (("2026-13-01 closed",), "hours_unreadable"),
        (("Mon 09:00-12:00 <script>",), "hours_unreadable"),
        (("M" * 121,), "hours_unreadable"),
        (("Mon 09:00-12:00",) * 201, "hours_unreadable"),
    ],
)
def test_a_mistake_is_refused_by_its_code_and_changes_nothing(
    hall: Rehearsal, lines: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        hall.run(
            lambda tx: service.change_hours(
                tx, hall.plan, {"B": (*WEEK, "Sat 09:00-12:00"), "A": lines}, {"B": WEEK, "A": WEEK}
            )
        )
    assert refused.value.code == code
    assert refused.value.zh
    plan = load_plan(hall.connection)
    assert [plan.lane(letter).hours.in_config() for letter in "AB"] == [list(WEEK)] * 2, "all or nothing"
    assert hall.facts == []


def test_two_managers_do_not_undo_one_another(hall: Rehearsal) -> None:
    change(hall, (*WEEK, "Sat 09:00-12:00 weekend"))
    with pytest.raises(Refused, match="hours_changed_meanwhile"):
        change(hall, (*WEEK, "Sun 09:00-12:00 weekend"))
    with pytest.raises(Refused, match="unknown_lane"):
        change(hall, WEEK, lane="Z")


def test_the_same_hours_in_other_words_change_nothing(hall: Rehearsal) -> None:
    assert change(hall, ("Mon-Thu 13:00-17:00 09:00-12:00", "Fri 09:00-12:00 13:00-17:00")) == 0
    assert hall.facts == []


def test_a_change_is_kept_with_who_made_it(hall: Rehearsal) -> None:
    change(hall, (*WEEK, "Sat 09:00-12:00 weekend"))
    hall.later(minutes=5)
    change(hall, WEEK, known=(*WEEK, "Sat 09:00-12:00 weekend"))
    newest, oldest = service.hours_history(hall.connection, hall.plan)
    assert (oldest.who, oldest.whose, oldest.gone, oldest.new) == (
        "王主任",
        "A",
        (),
        ("Sat 09:00-12:00 weekend",),
    )
    assert (newest.gone, newest.new) == (("Sat 09:00-12:00 weekend",), ())
    with pytest.raises(Exception, match="append-only"):
        hall.connection.execute("DELETE FROM hours_changes")


def test_hours_that_nobody_changed_are_noticed(hall: Rehearsal) -> None:
    change(hall, (*WEEK, "Sat 09:00-12:00 weekend"))
    assert audit(hall.connection, hall.keys).wrong == ()
    hall.connection.execute("UPDATE lanes SET hours = '[\"Mon 09:00-12:00\"]' WHERE letter = 'A'")
    assert audit(hall.connection, hall.keys).wrong == (
        "lane A: its opening hours are not those of its last change",
    )


def test_an_exception_is_put_replaced_and_taken_back() -> None:
    day = date(2026, 12, 1)
    once = service.with_exception(WEEK, day, "closed")
    assert once == (*WEEK, "2026-12-01 closed")
    twice = service.with_exception(once, day, " 09:00-12:00 ")
    assert twice == (*WEEK, "2026-12-01 09:00-12:00")
    assert service.with_exception(twice, day, "") == WEEK


def test_lines_are_read_as_they_are_typed() -> None:
    assert service.split_lines("  Mon 09:00-12:00\r\n\n\tSat closed \n") == ("Mon 09:00-12:00", "Sat closed")
