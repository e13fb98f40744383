"""Calls by hand: carried out as of then where the hall knows nothing else, else kept for a person."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from shared.domain.manual import Conflict, Step
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.domain.ticket import State
from shared.protocol.leases import ReconcileNumber
from shared.protocol.manual import NotedStep, NoteManualCall
from shared.protocol.messages import TakeTicket, Transfer
from shared.services import calling, days, manual, serving, taking, windows
from shared.services.leasing import Lease, lease_numbers, settle_forgotten
from shared.services.manual_view import call_view, calls_view
from shared.services.people import Actor
from shared.services.reconciling import Entry, reconcile
from shared.services.viewing import latest_calls
from shared.store.audit import audit
from shared.store.manual_calls import CallRow, get_call, steps_of
from shared.store.sqlite import IntegrityError, connect
from shared.store.tickets import TicketRow, find_numbered, get_ticket
from shared.testing import Rehearsal, rehearsal

COUNTER = Actor("counter", 21)
CLERKS = {no: Actor("clerk", 20 + no, f"10{no:02d}", no) for no in (1, 2, 3)}


class Hall(Rehearsal):
    """A rehearsal with counters that note."""

    def note(self, number: str, *steps: tuple[Step, float], window: int = 1, **more: object) -> CallRow:
        """What a window noted; each step with its minutes from now."""
        named: dict[str, object] = {"clerk": f"10{window:02d}", "proved": True, "day": self.now.date()} | more
        key = named.pop("key", None) or UUID(int=int.from_bytes(f"{number}-{window}".encode()))
        body = NoteManualCall(
            key=key,  # type: ignore[arg-type]
            series=number[0],
            number=int(number[1:]),
            steps=[NotedStep(step, self.now + timedelta(minutes=at)) for step, at in steps],
            **named,  # type: ignore[arg-type]
        )
        return self.run(lambda tx: manual.note(tx, COUNTER, window, body), COUNTER.name)

    def judge(self) -> None:
        while self.run(lambda tx: manual.judge_noted(tx, self.plan), COUNTER.name):
            pass

    def bring(self, number: str, *steps: tuple[Step, float], window: int = 1, **more: object) -> CallRow:
        call = self.note(number, *steps, window=window, **more)
        self.judge()
        return self.row(call)

    def row(self, call: CallRow) -> CallRow:
        return get_call(self.connection, call.id)

    def take(self, lane: str = "A") -> TicketRow:
        request = TakeTicket(channel="kiosk", lane=lane)
        found = self.run(lambda tx: taking.take_ticket(tx, self.plan, self.estimator, request))
        return get_ticket(self.connection, found)

    def ticket(self, number: str, day: str = "2026-11-23") -> TicketRow:
        return find_numbered(self.connection, day, number)

    def open(self, no: int) -> Actor:
        self.run(lambda tx: windows.open_window(tx, CLERKS[no], no), CLERKS[no].name)
        return CLERKS[no]

    def call_next(self, no: int) -> None:
        self.run(
            lambda tx: calling.call_next(tx, self.plan, self.estimator, CLERKS[no], no, finish_current=True),
            CLERKS[no].name,
        )

    def told(self, name: str) -> list[dict[str, object]]:
        return [dict(fact.data) for fact in self.facts if fact.name == name]

    def is_sound(self) -> None:
        assert audit(self.connection, self.keys).wrong == ()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with rehearsal(tmp_path / "hall") as made:
        hall = Hall(**{name: getattr(made, name) for name in Rehearsal.__dataclass_fields__})
        hall.connection.execute("INSERT INTO devices VALUES (21, '窗口', 'counter', NULL, x'01', 0, NULL)")
        hall.connection.execute(
            "INSERT INTO devices VALUES (11, '取号', 'citizen-kiosk', NULL, x'02', 0, NULL)"
        )
        yield hall
        hall.is_sound()


C, S, F, M, W = Step.CALLED, Step.STARTED, Step.FINISHED, Step.MISSED, Step.WITHDRAWN


def test_what_nothing_contradicts_is_carried_out_as_of_then(hall: Hall) -> None:
    number = hall.take().display
    hall.later(minutes=60)
    call = hall.bring(number, (C, -40), (S, -38), (F, -30))
    ticket, began = hall.ticket(number), hall.now
    assert (call.state, call.ticket) == ("done", ticket.id)
    assert (ticket.state, ticket.window) == (State.DONE, 1)
    moments = (ticket.called_at, ticket.started_at, ticket.moved_at)
    assert moments == tuple(to_millis(began - timedelta(minutes=ago)) for ago in (40, 38, 30))
    leg = hall.connection.execute(
        "SELECT clerk, called_at, started_at, ended_at, outcome FROM legs"
    ).fetchone()
    assert leg == ("1001", *moments, "finish")
    served = hall.connection.execute(
        "SELECT clerk, served, serving_ms, waiting_ms FROM clerk_days"
    ).fetchall()
    assert served == [("1001", 1, 8 * 60_000, 20 * 60_000)]
    (told,) = hall.told("ticket.finished")
    assert told["by_hand"] == call.id
    assert told["noted_at"] == (began - timedelta(minutes=30)).isoformat()


def test_no_board_announces_it_and_no_estimate_learns_from_it(hall: Hall) -> None:
    hall.bring(hall.take().display, (C, 0))
    assert hall.told("ticket.called") == []
    assert latest_calls(hall.connection, 10_000) == []
    assert hall.connection.execute("SELECT count(*) FROM waits").fetchone() == (0,)


def test_a_repeat_changes_nothing(hall: Hall) -> None:
    number = hall.take().display
    first = hall.bring(number, (C, 0), (S, 1))
    facts = len(hall.facts)
    assert hall.bring(number, (C, 0), (S, 1)) == first
    assert len(hall.facts) == facts
    assert hall.bring(number, (C, 0), (S, 1), (F, 5)).state == "done"
    assert hall.ticket(number).state is State.DONE


def test_the_same_key_for_something_else_is_refused(hall: Hall) -> None:
    number, key = hall.take().display, UUID(int=7)
    hall.bring(number, (C, 0), key=key)
    with pytest.raises(Refused, match="manual_call_differs"):
        hall.bring("A002", (C, 0), key=key)


@pytest.mark.parametrize("window", [9, 2])
def test_only_windows_that_there_are_and_that_are_its_own(hall: Hall, window: int) -> None:
    body = NoteManualCall(
        key=UUID(int=1), day=hall.now.date(), series="A", number=1, clerk="1001", proved=True,
        steps=[NotedStep(C, hall.now)],
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        hall.run(lambda tx: manual.note(tx, Actor("counter", 21, window=1), window, body))
    assert refused.value.code in {"unknown_window", "device_of_other_window"}


def test_a_service_under_way_when_the_hub_went_away_is_finished_as_noted(hall: Hall) -> None:
    hall.open(1)
    number = hall.take().display
    hall.call_next(1)
    hall.run(lambda tx: serving.start(tx, hall.plan, CLERKS[1], hall.ticket(number)))
    hall.later(minutes=20)
    assert hall.bring(number, (F, -10)).state == "done"
    assert hall.connection.execute("SELECT serving_ms FROM clerk_days").fetchone() == (10 * 60_000,)


def test_the_first_by_noted_time_is_carried_out_whoever_comes_back_first(hall: Hall) -> None:
    number = hall.take().display
    hall.later(minutes=30)
    second = hall.note(number, (C, -10), (S, -9), (F, -5), window=2)
    first = hall.note(number, (C, -20), (S, -19), (F, -15), window=1)
    hall.judge()
    assert hall.row(first).state == "done"
    assert (hall.row(second).state, hall.row(second).conflict) == ("conflict", Conflict.ELSEWHERE)
    assert hall.ticket(number).window == 1


def test_what_another_window_called_online_stays_with_it(hall: Hall) -> None:
    hall.open(2)
    number = hall.take().display
    hall.call_next(2)
    call = hall.bring(number, (C, 1), (S, 2), (F, 3))
    assert (call.state, call.conflict) == ("conflict", Conflict.ELSEWHERE)
    assert hall.ticket(number).state is State.CALLED
    assert [one.carried for one in steps_of(hall.connection, call.id)] == [False] * 3
    more = hall.bring("A001", (C, 1), (S, 2), (F, 3), (M, 4))
    assert more.state == "conflict"
    assert len(steps_of(hall.connection, call.id)) == 4, "nobody's note is lost"


@pytest.mark.parametrize(
    ("number", "more", "why"),
    [
        ("A777", {}, Conflict.UNKNOWN_NUMBER),
        ("Q001", {}, Conflict.UNKNOWN_NUMBER),
        ("A001", {"clerk": "7777", "proved": False}, Conflict.UNKNOWN_CLERK),
        ("A001", {"day": date(2026, 11, 22)}, Conflict.UNKNOWN_NUMBER),
    ],
)
def test_what_the_hall_does_not_know(hall: Hall, number: str, more: dict[str, object], why: Conflict) -> None:
    hall.take()
    assert hall.bring(number, (C, 0), window=1, **more).conflict is why
    assert hall.ticket("A001").state is State.WAITING


def test_a_window_with_somebody_before_it_called_nobody_else(hall: Hall) -> None:
    hall.open(1)
    hall.take()
    other = hall.take().display
    hall.call_next(1)
    assert hall.bring(other, (C, 1)).conflict is Conflict.WINDOW_BUSY


def test_two_windows_clocks_may_differ_and_the_future_is_not_believed(hall: Hall) -> None:
    number = hall.take().display
    call = hall.bring(number, (C, 600))
    assert call.state == "done"
    assert hall.ticket(number).called_at == to_millis(hall.now)
    early = hall.take().display
    hall.bring(early, (C, -0.5), window=2)
    assert hall.ticket(early).called_at == hall.ticket(early).taken_at


def test_a_held_ticket_goes_on_and_a_missed_one_comes_back_once(hall: Hall) -> None:
    hall.open(1)
    held = hall.take().display
    hall.call_next(1)
    for verb in (serving.start, serving.hold):
        hall.run(lambda tx, verb=verb: verb(tx, hall.plan, CLERKS[1], hall.ticket(held)))  # type: ignore[misc]
    missed = hall.take().display
    assert hall.bring(held, (C, 1), (S, 2), (F, 5)).state == "done"
    assert hall.bring(missed, (C, 6), (M, 8)).state == "done"
    assert hall.bring(missed, (C, 20), (M, 22), key=UUID(int=2)).state == "done"
    third = hall.bring(missed, (C, 30), key=UUID(int=3))
    assert third.conflict is Conflict.PUT_ASIDE


def test_a_wrong_number_that_was_taken_back_calls_nobody(hall: Hall) -> None:
    number = hall.take().display
    assert hall.bring(number, (C, 0), (W, 0.1)).state == "withdrawn"
    assert hall.ticket(number).state is State.WAITING
    assert hall.told("ticket.called_by_hand") == []


def test_what_was_carried_out_cannot_be_taken_back(hall: Hall) -> None:
    number = hall.take().display
    hall.bring(number, (C, 0))
    assert hall.bring(number, (C, 0), (W, 0.1)).conflict is Conflict.DISAGREES


def test_a_ticket_of_a_day_that_ended_meanwhile(hall: Hall) -> None:
    """The hub was away from the afternoon to the next morning: it only knew of nothing else."""
    number, other = hall.take().display, hall.take().display
    hall.later(hours=24)
    hall.run(lambda tx: days.roll_day(tx, hall.now.date()))
    assert hall.ticket(number).state is State.EXPIRED
    yesterday = date(2026, 11, 23)
    call = hall.bring(number, (C, -18 * 60), (S, -18 * 60 + 1), (F, -18 * 60 + 9), day=yesterday)
    assert call.state == "done"
    assert hall.ticket(number).state is State.DONE
    row = hall.connection.execute("SELECT day, served, serving_ms FROM clerk_days").fetchone()
    assert row == ("2026-11-23", 1, 8 * 60_000)
    assert hall.ticket(other).state is State.EXPIRED
    hall.is_sound()


# -- numbers of a kiosk that is away ---------------------------------------------------------------------


def lent(hall: Hall) -> Lease:
    leases = hall.run(lambda tx: lease_numbers(tx, hall.plan, 11, {}))
    return next(one for one in leases if (one.lane, one.day) == ("A", hall.now.date()))


def join(hall: Hall, lease: Lease, at: datetime, slip: str = "printed") -> None:
    given = ReconcileNumber(number=lease.first, taken_at=at, slip=slip)  # type: ignore[arg-type]
    entry = Entry(UUID(int=99).bytes, lease.id, given)
    kiosk = Actor("citizen-kiosk", 11)
    hall.run(lambda tx: reconcile(tx, hall.plan, hall.estimator, kiosk, entry), kiosk.name)


def test_a_lent_number_waits_until_its_kiosk_is_back(hall: Hall) -> None:
    lease, taken = lent(hall), hall.now
    hall.later(minutes=60)
    late = hall.bring("A501", (C, -10), window=2)
    early = hall.bring("A501", (C, -30), (S, -29), (F, -20), window=1)
    assert (early.state, late.state) == ("awaits", "awaits")
    join(hall, lease, taken)
    assert hall.row(early).state == "done"
    assert hall.row(late).conflict is Conflict.ELSEWHERE
    assert hall.ticket("A501").state is State.DONE


def test_a_lent_number_of_yesterday_is_not_expired_over_a_call_by_hand(hall: Hall) -> None:
    lease, taken = lent(hall), hall.now
    hall.later(hours=24)
    hall.run(lambda tx: days.roll_day(tx, hall.now.date()))
    call = hall.bring("A501", (C, -1380), (S, -1379), (F, -1370), day=lease.day)
    join(hall, lease, taken)
    assert hall.row(call).state == "done"
    assert hall.ticket("A501").state is State.DONE


def test_a_lent_number_that_nobody_holds(hall: Hall) -> None:
    lease, taken = lent(hall), hall.now
    call, never = hall.bring("A501", (C, 1)), hall.bring("A502", (C, 2))
    join(hall, lease, taken, "voided")
    assert hall.row(call).conflict is Conflict.ENDED
    hall.run(lambda tx: settle_forgotten(tx, lease.day + timedelta(days=9)))
    assert hall.row(never).conflict is Conflict.UNKNOWN_NUMBER


# -- a person decides ------------------------------------------------------------------------------------


def settle(hall: Hall, call: CallRow, verdict: str, reason: str = "问过两个窗口") -> CallRow:
    return hall.run(
        lambda tx: manual.settle(tx, hall.plan, call.id, verdict, reason),  # type: ignore[arg-type]
        "clerk:9001",
    )


def test_a_verdict_is_kept_with_who_and_why_and_rewrites_nothing(hall: Hall) -> None:
    hall.open(2)
    number = hall.take().display
    hall.call_next(2)
    call = hall.bring(number, (C, 1), (S, 2))
    before = hall.ticket(number)
    assert settle(hall, call, "noted").state == "settled"
    assert hall.ticket(number) == before
    found = calls_view(hall.connection, hall.plan)
    assert (found.conflicts, found.open) == (0, [])
    (seen,) = found.settled
    assert seen.settled is not None
    assert (seen.settled.by, seen.settled.verdict, seen.settled.reason) == (
        "clerk:9001", "noted", "问过两个窗口",
    )  # fmt: skip
    assert seen.known is not None
    assert (seen.known.window, seen.known.clerk) == (2, "李明2")
    with pytest.raises(Refused, match="manual_call_settled"):
        settle(hall, call, "hall")


def test_as_noted_carries_out_what_still_can_be(hall: Hall) -> None:
    hall.open(1)
    number = hall.take().display
    hall.call_next(1)
    sent = hall.ticket(number)
    hall.run(lambda tx: serving.transfer(tx, hall.plan, CLERKS[1], sent, Transfer(window=2)))
    call = hall.bring(number, (C, 1), (S, 2), (F, 8), window=3)
    assert call.conflict is Conflict.SENT_ELSEWHERE
    assert settle(hall, call, "noted").state == "settled"
    assert (hall.ticket(number).state, hall.ticket(number).window) == (State.DONE, 3)


def test_as_the_hall_has_it_carries_out_nothing(hall: Hall) -> None:
    hall.open(1)
    number = hall.take().display
    hall.call_next(1)
    sent = hall.ticket(number)
    hall.run(lambda tx: serving.transfer(tx, hall.plan, CLERKS[1], sent, Transfer(window=2)))
    call = hall.bring(number, (C, 1), window=3)
    settle(hall, call, "hall")
    assert hall.ticket(number).state is State.WAITING


def test_a_verdict_needs_its_reason_and_a_conflict(hall: Hall) -> None:
    call = hall.bring("A900", (C, 0))
    with pytest.raises(Refused, match="invalid_body"):
        settle(hall, call, "hall", "  ")
    with pytest.raises(Refused, match="unknown_manual_call"):
        hall.run(lambda tx: manual.settle(tx, hall.plan, 77, "hall", "x"))
    assert call_view(call).zh == "当天没有这个号"


# -- the schema and `hall check` -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE manual_calls SET number = 2",
        "UPDATE manual_calls SET state = 'done'",
        "UPDATE manual_calls SET conflict = 'ended'",
        "DELETE FROM manual_calls",
        "UPDATE manual_steps SET at = 0",
        "DELETE FROM manual_steps",
        "INSERT INTO manual_steps (call, n, step, at) VALUES (1, 9, 'called', 0)",
        "UPDATE manual_settlements SET verdict = 'noted'",
        "DELETE FROM manual_settlements",
        "UPDATE manual_calls SET state = 'conflict'",
    ],
)
def test_the_schema_itself_refuses(hall: Hall, statement: str) -> None:
    settle(hall, hall.bring("A900", (C, 0)), "hall")
    with pytest.raises(IntegrityError):
        hall.connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE manual_calls SET clerk = '1002' WHERE id = 1", "not as it was noted"),
        (
            "UPDATE manual_calls SET state = 'done', ticket = 1, conflict = NULL WHERE id = 2",
            "does not stand as",
        ),
        ("UPDATE manual_steps SET at = at + 1 WHERE call = 1", "does not have the steps"),
        ("UPDATE manual_steps SET carried = 1 WHERE call = 2", "was not carried out as"),
        ("UPDATE manual_settlements SET verdict = 'noted'", "was not settled as"),
        ("DELETE FROM manual_settlements", "was not settled as"),
        ("UPDATE legs SET chosen = 0", "not marked as chosen"),
    ],
)
def test_hall_check_finds_an_edited_row(hall: Hall, statement: str, where: str) -> None:
    hall.bring(hall.take().display, (C, 0))
    settle(hall, hall.bring("A900", (C, 0)), "hall")
    hall.is_sound()
    hall.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = connect(Path(shutil.copy(hall.house.database, hall.house.folder / "copy.db")))
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f"DROP TRIGGER {name}")
    copy.execute(statement)
    assert any(where in line for line in audit(copy, hall.keys).wrong)
    copy.close()
