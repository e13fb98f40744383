"""The rota in the hall's file: a draft holds nobody, publishing is one act, every change keeps the rules."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pysqlite3 import IntegrityError

from shared.domain.refusals import Refused
from shared.domain.rota import Rota
from shared.domain.rota_plan import DAY
from shared.domain.rota_shortage import Unmet
from shared.rota.checker import check
from shared.rota.solver import Search, make_rota
from shared.rota.written import roster_of
from shared.services import rota as service
from shared.services.rota import StoredRota
from shared.store.audit import audit
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal, small_hall

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 13)
SATURDAY = FIRST + DAY * 5
HOURS = ("Mon-Fri 09:00-12:00 13:00-17:00", "Sat 09:00-12:00 weekend")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """Three windows and eight clerks; two lead, and 1008 serves lane C alone, part-time."""
    with rehearsal(tmp_path / "hall", small_hall(hours=HOURS, clerks=8)) as opened:
        people = [("1001", "ABC", 5, True), ("1002", "ABC", 5, True), ("1008", "C", 3, False)]
        for number, lanes, days, leads in people:
            opened.run(partial(_set, opened, number, lanes, days, leads))
        yield opened


def _set(hall: Rehearsal, number: str, lanes: str, days: int, leads: bool, tx: Transaction) -> None:
    service.set_rota_clerk(tx, hall.plan, number, lanes, days, leads=leads)


def draft(hall: Rehearsal, first: date = FIRST, last: date = LAST) -> StoredRota:
    plan = service.plan_for(hall.connection, hall.plan, first, last)
    rota = make_rota(plan, Search(seconds=5))
    return hall.run(lambda tx: service.save_draft(tx, plan, roster_of(rota), rota.goals))


def publish(hall: Rehearsal, first: date = FIRST, last: date = LAST) -> StoredRota:
    made = draft(hall, first, last)
    return hall.run(lambda tx: service.publish(tx, made.id))


def duties(hall: Rehearsal) -> int:
    count: int = hall.connection.execute("SELECT count(*) FROM duties").fetchone()[0]
    return count


def holding(hall: Rehearsal, day: date = FIRST) -> Rota:
    return service.published(hall.connection, day, day)[0].rota


def test_the_plan_follows_clerks_windows_and_hours(hall: Rehearsal) -> None:
    plan = service.plan_for(hall.connection, hall.plan, FIRST, LAST)
    assert [clerk.number for clerk in plan.clerks] == [f"10{n:02d}" for n in range(1, 9)]
    weekday = {(d.span.times, d.lanes): d.wanted for d in plan.demands if d.day == FIRST}
    assert weekday[("09:00-12:00", "AB")] == 2
    assert weekday[("13:00-17:00", "ABC")] == 1
    assert {d.lanes: d.wanted for d in plan.demands if d.day == SATURDAY} == {"A": 1, "B": 1, "C": 1}
    assert {shift.code for shift in plan.shifts} == {"D", "W"}


def test_a_draft_holds_nobody(hall: Rehearsal) -> None:
    made = draft(hall)
    assert made.rota.shortages == ()
    assert duties(hall) == 0
    assert service.on_duty(hall.connection, hall.plan, FIRST, LAST) == ()
    assert service.newest_draft(hall.connection) == made


def test_publishing_lets_it_hold_and_is_in_the_facts(hall: Rehearsal) -> None:
    made = publish(hall)
    assert holding(hall) == made.rota
    assert duties(hall) == len(made.rota.duties)
    there = service.on_duty(hall.connection, hall.plan, FIRST, FIRST)
    assert set(there) == set(made.rota.on_duty(FIRST))
    assert {"rota.drafted", "rota.published"} <= {fact.name for fact in hall.facts}
    assert audit(hall.connection, hall.keys).wrong == ()
    with pytest.raises(Refused, match="rota_not_draft"):
        hall.run(lambda tx: service.publish(tx, made.id))


def test_a_new_rota_replaces_the_one_it_covers_and_none_it_cuts(hall: Rehearsal) -> None:
    first = publish(hall)
    again = publish(hall)
    assert service.stored_rota(hall.connection, first.id).state == "replaced"
    assert duties(hall) == len(again.rota.duties)
    with pytest.raises(Refused, match="rota_overlaps"):
        publish(hall, FIRST + DAY * 7, LAST + DAY * 7)
    assert holding(hall, LAST) == again.rota


def test_the_next_rota_goes_on_from_the_one_before(hall: Rehearsal) -> None:
    before = publish(hall).rota
    plan = service.plan_for(hall.connection, hall.plan, LAST + DAY, LAST + DAY * 7)
    assert {clerk.number: clerk.past for clerk in plan.clerks} == before.carried()


def test_who_has_taken_leave_since_stops_the_draft(hall: Rehearsal) -> None:
    made = draft(hall)
    worker = made.rota.duties[0]
    assert hall.run(lambda tx: service.take_leave(tx, worker.clerk, frozenset({worker.day}))) == ()
    with pytest.raises(Refused, match="rota_breaks_rule") as refused:
        hall.run(lambda tx: service.publish(tx, made.id))
    assert "请假" in refused.value.zh
    assert duties(hall) == 0


def test_sick_today_ends_the_duty_and_names_what_is_short(hall: Rehearsal) -> None:
    rota = publish(hall).rota
    ill = next(duty.clerk for duty in rota.duties if duty.day == SATURDAY)
    short = hall.run(lambda tx: service.take_leave(tx, ill, frozenset({SATURDAY}), sick=True))
    assert [(s.day, s.missing) for s in short if s.kind is Unmet.PLACE] == [(SATURDAY, 1)]
    assert SATURDAY not in holding(hall).days_of(ill)
    assert check(holding(hall)) == []
    (fact,) = [fact for fact in hall.facts if fact.name == "leave.taken"]
    assert fact.data["reason"] == "sick"


def test_somebody_stands_in_within_the_rules(hall: Rehearsal) -> None:
    """The part-timer works three days at most; whoever stands in has a day left."""
    rota = publish(hall).rota
    day = next(d for d in rota.plan.days if _short_when_ill(rota, d))
    ill = _short_when_ill(rota, day)
    hall.run(lambda tx: service.take_leave(tx, ill, frozenset({day}), sick=True))
    candidates = service.who_could_stand_in(hall.connection, day)
    for shift, candidate in candidates:
        assert candidate.clerk.number != ill
        assert len(candidate.short) == 0
        assert shift in {"D", "W"}
    if candidates:
        shift, best = candidates[0]
        hall.run(lambda tx: service.stand_in(tx, best.clerk.number, day, shift))
        assert holding(hall, day).shortages == ()
    else:
        with pytest.raises(Refused, match="rota_change_refused"):
            hall.run(lambda tx: service.stand_in(tx, ill, day, "D"))


def _short_when_ill(rota: Rota, day: date) -> str:
    """Somebody whose place nobody in reserve could take."""
    there = {duty.clerk: bool(duty.place) for duty in rota.duties if duty.day == day}
    return next((number for number, placed in there.items() if placed), "") if all(there.values()) else ""


def test_a_swap_is_kept_or_refused_with_its_reason(hall: Rehearsal) -> None:
    rota = publish(hall).rota
    on, off = _saturday_and_rest(rota)
    with pytest.raises(Refused, match="rota_change_refused") as refused:
        hall.run(lambda tx: service.swap(tx, off, SATURDAY, on, SATURDAY))
    assert "没有班" in refused.value.zh
    assert holding(hall) == rota
    with pytest.raises(Refused, match="no_rota"):
        hall.run(lambda tx: service.swap(tx, on, SATURDAY, off, LAST + DAY))


def _saturday_and_rest(rota: Rota) -> tuple[str, str]:
    serving = {duty.clerk for duty in rota.duties if duty.day == SATURDAY}
    return min(serving), min({clerk.number for clerk in rota.plan.clerks} - serving)


@pytest.mark.parametrize(
    ("work", "code"),
    [
        (lambda tx: service.publish(tx, 99), "unknown_rota"),
        (lambda tx: service.take_leave(tx, "77", frozenset({FIRST})), "unknown_clerk"),
        (lambda tx: service.stand_in(tx, "1001", FIRST, "D"), "no_rota"),
    ],
)
def test_what_is_not_there_is_refused(
    hall: Rehearsal, work: Callable[[Transaction], object], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        hall.run(work)


def test_a_draft_that_breaks_a_rule_is_not_kept(hall: Rehearsal) -> None:
    plan = service.plan_for(hall.connection, hall.plan, FIRST, LAST)
    every_day = {
        "1001": ["D" if day in plan.workdays else "W" if day in plan.open_days else "" for day in plan.days]
    }
    with pytest.raises(Refused, match="rota_breaks_rule") as refused:
        hall.run(lambda tx: service.save_draft(tx, plan, every_day))
    assert "too many days" in refused.value.en
    assert service.newest_draft(hall.connection) is None


def test_a_year_whose_holidays_are_not_published_is_refused(hall: Rehearsal) -> None:
    with pytest.raises(Refused, match="not_yet_published"):
        service.plan_for(hall.connection, hall.plan, date(2098, 1, 1), date(2098, 1, 14))


def test_leave_that_is_taken_back_is_gone(hall: Rehearsal) -> None:
    hall.run(lambda tx: service.take_leave(tx, "1003", frozenset({FIRST, FIRST + DAY})))
    hall.run(lambda tx: service.cancel_leave(tx, "1003", frozenset({FIRST})))
    plan = service.plan_for(hall.connection, hall.plan, FIRST, LAST)
    assert {one.number: one.leave for one in plan.clerks}["1003"] == {FIRST + DAY}


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO duties SELECT clerk, day, start + 1, start + 2, kind, access, '', '', rota FROM duties",
        "INSERT INTO leaves SELECT clerk, day, 'leave' FROM duties LIMIT 1",
        "INSERT INTO owed_rests SELECT clerk, day, day, rota FROM duties LIMIT 1",
    ],
)
def test_the_schema_itself_keeps_one_place_at_a_time(hall: Rehearsal, statement: str) -> None:
    publish(hall)
    with pytest.raises(IntegrityError, match=r"one_place|on_leave|no_duty"):
        hall.connection.execute(statement)
