"""People are forgotten in small steps, by the business day; figures and the chain of facts stay."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.config.upkeep import RetentionConfig
from shared.protocol import messages as m
from shared.services import booking, calling, serving, taking
from shared.services.days import roll_day
from shared.services.people import Actor
from shared.services.retention import STEP, Forgetting
from shared.services.upkeep import last_good, note_outcome, outcomes
from shared.services.windows import open_window
from shared.store.audit import audit
from shared.store.tickets import get_ticket
from shared.store.told import facts_after
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, put_slots, rehearsal

NAME, NOTE = "欧阳振华", "家住三单元"
CLERK = Actor("clerk", 7, "1001", 1, 1)
DAYS = RetentionConfig(people=30)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """A day with people: tickets, one of them sent on with a note, a booking, an answer that was kept."""
    with rehearsal(tmp_path / "hall") as hall:
        (slot,) = put_slots(hall.house, "A", MONDAY_MORNING + timedelta(days=1), places=[2])
        hall.run(lambda tx: open_window(tx, CLERK, 1))
        for n in range(3):
            take(hall, n)
        hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, CLERK, 1, False))
        hall.run(lambda tx: serving.start(tx, hall.plan, CLERK, get_ticket(tx.connection, 1)))
        sent = m.Transfer(lane="B", note=NOTE)
        hall.run(lambda tx: serving.transfer(tx, hall.plan, CLERK, get_ticket(tx.connection, 1), sent))
        hall.run(lambda tx: book(hall, tx, slot))
        hall.run(
            lambda tx: tx.execute(
                "INSERT INTO requests VALUES (?, x'02', ?, 200, x'01')", (b"1" * 16, tx.millis)
            )
        )
        yield hall


def take(hall: Rehearsal, serial: int) -> None:
    who = m.Identity(number=id_number(serial=serial), name=NAME)
    body = m.TakeTicket(channel="kiosk", lane="A", identity=who)
    hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body))


def book(hall: Rehearsal, tx: Transaction, slot: int) -> None:
    who = booking.applicant(tx, m.Identity(number=id_number(serial=50), name=NAME), "kiosk")
    booking.confirm(tx, hall.plan, booking.reserve(tx, hall.plan, who, slot, "yyzz-bg"))


def forget(hall: Rehearsal, day: date) -> Forgetting:
    forgetting = Forgetting(DAYS, day)
    for step in forgetting.steps():
        while hall.run(step):
            pass
    hall.run(forgetting.finish)
    return forgetting


def later(hall: Rehearsal, days: int) -> date:
    """Move clock and business day on."""
    hall.later(days=days)
    day = MONDAY_MORNING.date() + timedelta(days=days)
    hall.run(lambda tx: roll_day(tx, day))
    return day


def known(hall: Rehearsal) -> dict[str, int]:
    """How many rows still know somebody."""
    counts = {
        "tickets": "person IS NOT NULL OR masked_id || holder || note <> '' OR sealed_name IS NOT NULL",
        "bookings": "person <> zeroblob(32) OR masked_id <> '' OR holder <> '' OR sealed_name IS NOT NULL",
        "requests": "true",
    }
    return {
        table: hall.connection.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0]  # noqa: S608
        for table, which in counts.items()
    }


def test_nobody_is_forgotten_before_their_time(hall: Rehearsal) -> None:
    before = known(hall)
    assert before == {"tickets": 3, "bookings": 1, "requests": 1}
    assert "tickets" not in forget(hall, later(hall, 30)).counts
    assert known(hall) == {**before, "requests": 0}, "an answer is kept for a week"


def test_people_are_forgotten_and_figures_stay(hall: Rehearsal) -> None:
    figures = (
        "SELECT id, series, number, lane, state, sort_at, taken_at, ahead, likely_ms, channel FROM tickets"
    )
    day = later(hall, 32)
    before = hall.connection.execute(figures).fetchall()
    counts = forget(hall, day).counts
    assert (counts["tickets"], counts["bookings"]) == (3, 1)
    assert known(hall) == {"tickets": 0, "bookings": 0, "requests": 0}
    assert hall.connection.execute(figures).fetchall() == before
    assert audit(hall.connection, hall.keys).wrong == ()
    assert hall.facts[-1].name == "people.forgotten"
    assert hall.facts[-1].data["counts"] == {"tickets": 3, "bookings": 1, "requests": 1}
    assert forget(hall, day).counts.get("tickets", 0) == 0, "once is enough"


def test_a_clock_that_leaps_ahead_makes_nobody_forgotten(hall: Rehearsal) -> None:
    before = known(hall)
    hall.later(days=4000)
    forget(hall, MONDAY_MORNING.date())
    assert known(hall) == before


def test_each_step_is_small(hall: Rehearsal) -> None:
    for n in range(100, 100 + STEP + 50):
        with suppress(ValueError):
            take(hall, n)
    forgetting, sizes = Forgetting(DAYS, later(hall, 32)), []
    for step in forgetting.steps():
        more = True
        while more:
            before = hall.connection.total_changes
            more = hall.run(step)
            sizes.append(hall.connection.total_changes - before)
    assert max(sizes) <= STEP + 2
    assert sum(sizes) > STEP, "there was more than one step's worth"


def test_facts_never_know_who_somebody_was_and_followers_are_told_all_the_same(hall: Rehearsal) -> None:
    stored = "\n".join(data for (data,) in hall.connection.execute("SELECT data FROM facts"))
    for mark in ("欧", NOTE, "430602"):
        assert mark not in stored
    told = {fact.name: fact.data for fact in facts_after(hall.connection, 0, 500)}
    assert (told["ticket.taken"]["holder"], told["ticket.called"]["holder"]) == ("欧*", "欧*")
    assert told["ticket.transferred"]["note"] == NOTE
    live = {fact.name: fact.data for fact in hall.facts}
    assert live["ticket.called"] == told["ticket.called"], "who was away is told the same"
    forget(hall, later(hall, 32))
    told = {fact.name: fact.data for fact in facts_after(hall.connection, 0, 500)}
    assert (told["ticket.called"]["holder"], told["ticket.transferred"]["note"]) == ("", "")


def test_a_failure_is_a_fact_once_and_the_last_good_moment_stays(hall: Rehearsal) -> None:
    assert last_good(hall.connection, "backup") == MONDAY_MORNING, "since the hall was founded"
    hall.run(lambda tx: note_outcome(tx, "backup", is_good=True, said="made"))
    good = hall.now
    for _ in range(3):
        hall.later(minutes=15)
        hall.run(lambda tx: note_outcome(tx, "backup", is_good=False, said="the disk is full"))
    assert [fact.name for fact in hall.facts if fact.name.startswith("backup")] == [
        "backup.made",
        "backup.failed",
    ]
    now = outcomes(hall.connection)["backup"]
    assert (now.is_good, now.said, now.good_at, now.at) == (False, "the disk is full", good, hall.now)
    assert last_good(hall.connection, "backup") == good
