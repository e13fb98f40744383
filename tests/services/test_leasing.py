"""Numbers lent to kiosks: never given twice, never given online, brought in once, and accounted for."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pysqlite3.dbapi2 as sqlite3
import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from shared.domain.blocks import DAYS, FEWEST, FIRST, MOST, gaps, needed
from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.ordering import Priority
from shared.domain.refusals import Refused
from shared.domain.ticket import State
from shared.protocol.leases import ReconcileNumber
from shared.protocol.messages import TakeTicket
from shared.services import days, taking
from shared.services.leasing import Lease, lease_numbers, walk_ins
from shared.services.people import Actor
from shared.services.reconciling import Entry, reconcile
from shared.store.audit import audit
from shared.store.queries import sql
from shared.store.tickets import TicketRow, get_ticket, get_tickets
from shared.testing import MONDAY_MORNING, Rehearsal, rehearsal, small_hall

TODAY = MONDAY_MORNING.date()


def kiosk(hall: Rehearsal, number: int) -> Actor:
    row = (number, f"取号机{number}", f"token{number}".encode())
    hall.connection.execute("INSERT INTO devices VALUES (?, ?, 'citizen-kiosk', NULL, ?, 0, NULL, 0)", row)
    return Actor("citizen-kiosk", number)


def lease(hall: Rehearsal, actor: Actor, held: dict[int, int] | None = None) -> list[Lease]:
    return hall.run(lambda tx: lease_numbers(tx, hall.plan, actor.device, held or {}), actor.name)


def lent(leases: Sequence[Lease], lane: str = "A", day: date = TODAY) -> Lease:
    return next(each for each in leases if (each.lane, each.day) == (lane, day))


def online(hall: Rehearsal, lane: str = "A") -> TicketRow:
    request = TakeTicket(channel="kiosk", lane=lane)
    return get_ticket(
        hall.connection, hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, request))
    )


def bring(
    hall: Rehearsal,
    actor: Actor,
    block: Lease,
    number: int,
    entry: int = 0,
    at: datetime | None = None,
    **more: object,
) -> TicketRow:
    body = ReconcileNumber(number=number, taken_at=at or hall.now, **{"slip": "printed", **more})  # type: ignore[arg-type]
    one = Entry(UUID(int=entry or number).bytes, block.id, body)
    return hall.run(lambda tx: reconcile(tx, hall.plan, hall.estimator, actor, one), actor.name)


def told(hall: Rehearsal, name: str) -> list[dict[str, object]]:
    return [dict(fact.data) for fact in hall.facts if fact.name == name]


def test_a_kiosk_holds_numbers_for_72_hours_and_no_two_hold_the_same(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        found = [lease(hall, kiosk(hall, n)) for n in (11, 12, 13)]
        for leases in found:
            assert {(each.day, each.lane) for each in leases} == {
                (TODAY + timedelta(days=n), lane) for n in range(DAYS) for lane in "ABC"
            }
        numbers = [(b.day, b.lane, n) for leases in found for b in leases for n in range(b.first, b.last + 1)]
        assert len(numbers) == len(set(numbers)) == 3 * DAYS * 3 * FEWEST
        assert min(n for _, _, n in numbers) == FIRST


def test_asking_again_lends_only_what_was_used(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        first = lease(hall, actor)
        held = {each.id: each.first for each in first}
        assert lease(hall, actor, held) == first
        used = lent(first)
        more = lease(hall, actor, held | {used.id: used.first + 1})
        assert [each for each in more if each not in first] == [
            Lease(max(held) + 1, TODAY, "A", used.last + 1, used.last + FEWEST, 11)
        ]
        assert not told(hall, "numbers.settled")


def test_a_busy_lane_lends_as_many_as_its_busiest_day(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        for _ in range(FEWEST + 7):
            online(hall)
        block = lent(lease(hall, kiosk(hall, 11)))
        assert block.last - block.first + 1 == FEWEST + 7
    assert needed(10_000) == MOST


def test_the_hub_leaps_over_what_is_lent(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        kiosk(hall, 11)
        for first, last in ((3, 4), (5, 5), (7, 9)):
            row = (TODAY.isoformat(), "A", first, last, 11, 0)
            hall.connection.execute(sql("insert_lease"), row)
        assert [online(hall).number for _ in range(5)] == [1, 2, 6, 10, 11]


def test_blocks_follow_what_the_hub_gave(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        hall.connection.execute("INSERT INTO counters VALUES (?, 'A', 700)", (TODAY.isoformat(),))
        block = lent(lease(hall, kiosk(hall, 11)))
        assert block.first == 701
        assert online(hall).number == block.last + 1


@pytest.mark.parametrize(("first", "last"), [(501, 501), (540, 600), (400, 501), (520, 525), (1, 1)])
def test_the_schema_lends_no_number_twice(tmp_path: Path, first: int, last: int) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        lease(hall, kiosk(hall, 11))
        online(hall)
        row = (TODAY.isoformat(), "A", first, last, 11, 0)
        with pytest.raises(sqlite3.IntegrityError, match="lent once"):
            hall.connection.execute(sql("insert_lease"), row)


def test_the_schema_gives_no_lent_number_online(tmp_path: Path) -> None:
    """Whatever a counter says: the last line is the table's own."""
    with rehearsal(tmp_path / "hall") as hall:
        block = lent(lease(hall, kiosk(hall, 11)))
        lease_of = "SELECT min(lease) FROM tickets"
        for number, by, ends in (
            (block.first, None, "by its lease only"),
            (1, block.id, "by its lease only"),
        ):
            hall.connection.execute("UPDATE counters SET last = ?", (number,))
            lent_number = taking.Lent(TODAY.isoformat(), by, number, to_millis(hall.now), b"")  # type: ignore[arg-type]
            with pytest.raises(sqlite3.IntegrityError, match=ends):
                hall.run(
                    lambda tx, lent=lent_number: taking.join_lent(  # type: ignore[misc]
                        tx, hall.plan, hall.estimator, "A", None, Priority.NONE, lent
                    )
                )
        assert hall.connection.execute(lease_of).fetchone() == (None,)


def test_who_came_first_stands_first_whoever_gave_the_number(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        one, two = kiosk(hall, 11), kiosk(hall, 12)
        mine, other = lent(lease(hall, one)), lent(lease(hall, two))
        begin = hall.now
        first = online(hall)
        hall.later(minutes=10)
        last = online(hall)
        at = [begin + timedelta(minutes=n) for n in range(1, 5)]
        hall.later(minutes=1)
        brought = [
            bring(hall, one, mine, mine.first, at=at[0]),
            bring(hall, one, mine, mine.first + 1, at=at[2]),
            bring(hall, two, other, other.first, at=at[1]),
            bring(hall, two, other, other.first + 1, at=at[3], priority=Priority.ELDERLY),
        ]
        line = get_tickets(hall.connection, sql("live_tickets"))
        order = [row.id for row in sorted(line, key=lambda row: row.place.key(to_millis(hall.now)))]
        elder = brought[3]
        assert [n for n in order if n != elder.id] == [
            row.id for row in (first, brought[0], brought[2], brought[1], last)
        ]
        assert order.index(elder.id) < order.index(last.id)
        assert [row.taken_at for row in brought] == [to_millis(at[n]) for n in (0, 2, 1, 3)]
        assert not audit(hall.connection, hall.keys).wrong


def test_a_number_is_brought_in_once(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        first = bring(hall, actor, block, block.first, entry=1)
        hall.later(hours=1)
        again = bring(hall, actor, block, block.first, entry=1, at=first_moment(first))
        assert again.id == first.id
        assert len(told(hall, "ticket.taken")) == 1
        with pytest.raises(Refused, match="number_given"):
            bring(hall, actor, block, block.first, entry=2)


def first_moment(row: TicketRow) -> datetime:
    return datetime.fromtimestamp(row.taken_at / 1000, HALL_ZONE)


def test_only_lent_numbers_of_ones_own_are_brought_in(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        one, two = kiosk(hall, 11), kiosk(hall, 12)
        mine = lent(lease(hall, one))
        for actor, number in ((two, mine.first), (one, mine.last + 1), (one, mine.first - 1)):
            with pytest.raises(Refused, match="unknown_lease"):
                bring(hall, actor, mine, number)


def test_what_was_never_printed_is_given_up(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        assert bring(hall, actor, block, block.first, slip="voided").state is State.CANCELLED
        assert [data["why"] for data in told(hall, "slip.voided")] == ["no_slip"]


def test_a_kiosks_fast_clock_puts_nobody_into_the_future(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        late = hall.now + timedelta(hours=2)
        row = bring(hall, actor, block, block.first, at=late)
        assert row.taken_at == to_millis(hall.now)
        hall.later(minutes=5)
        assert bring(hall, actor, block, block.first, at=late).id == row.id


def test_a_number_of_a_day_that_is_over_has_expired(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        hall.later(days=1)
        hall.run(lambda tx: days.roll_day(tx, TODAY + timedelta(days=1)))
        assert bring(hall, actor, block, block.first).state is State.EXPIRED
        assert not audit(hall.connection, hall.keys).wrong


def test_a_number_for_the_new_day_outlives_the_rollover(tmp_path: Path) -> None:
    """The kiosk passed the change of day while the hub was down, and comes before the hub asks for it."""
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        tomorrow = TODAY + timedelta(days=1)
        block = lent(lease(hall, actor), day=tomorrow)
        old = online(hall)
        row = bring(hall, actor, block, block.first)
        hall.run(lambda tx: days.roll_day(tx, tomorrow))
        states = [get_ticket(hall.connection, each.id).state for each in (old, row)]
        assert states == [State.EXPIRED, State.WAITING]


def test_unused_numbers_are_noted_as_gaps(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        for n in (0, 1, 3):
            bring(hall, actor, block, block.first + n)
        lease(hall, actor)  # its store was lost: it holds nothing
        gone = next(data for data in told(hall, "numbers.settled") if data["lease"] == block.id)
        assert (gone["given"], gone["unused"]) == (3, [(503, 503), (505, 540)])
        assert lent(lease(hall, actor)).first > block.last


def test_a_kiosk_that_never_comes_back_leaves_gaps(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        actor = kiosk(hall, 11)
        block = lent(lease(hall, actor))
        hall.later(days=8)
        hall.run(lambda tx: days.roll_day(tx, TODAY + timedelta(days=8)))
        assert [
            data["lease"] for data in told(hall, "numbers.settled") if data["day"] == TODAY.isoformat()
        ] == [1, 2, 3]
        assert bring(hall, actor, block, block.first).state is State.EXPIRED, "what it still brings, counts"


def test_a_business_day_is_open_as_its_two_dates_are(tmp_path: Path) -> None:
    config = small_hall(hours=["Mon 09:00-12:00 14:00-24:00", "Tue 00:00-02:00 03:00-17:00"])
    with rehearsal(tmp_path / "hall", config) as hall:
        spans = walk_ins(hall.plan.lane("A"), TODAY, time(4))
        assert [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in spans] == [
            "23 09:00-23 12:00",
            "23 14:00-24 00:00",
            "24 00:00-24 02:00",
            "24 03:00-24 04:00",
        ]


@any_of(st.integers(1, 50), st.integers(0, 60), st.sets(st.integers(1, 120)))
def test_gaps_and_given_are_the_whole_block(first: int, more: int, chosen: set[int]) -> None:
    last = first + more
    used = sorted(n for n in chosen if first <= n <= last)
    spans = gaps(first, last, used)
    missing = [n for begin, end in spans for n in range(begin, end + 1)]
    assert sorted([*missing, *used]) == list(range(first, last + 1))
    assert all(begin <= end for begin, end in spans)
