"""The kiosk's own file: what is lent is stored before it is used, what is given before it is seen."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.spool import FILE, Spool
from kiosk.visit import Citizen, Order
from shared.domain.moments import HALL_ZONE
from shared.domain.ordering import Priority
from shared.protocol.leases import Block, HeldBlock, LaneDay, LeasedNumbers, Opening
from shared.protocol.request_id import new_request_id

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=HALL_ZONE)
TODAY = NOW.date()
SKEW = timedelta(hours=-3, minutes=7)
"""What the machine's clock is off by."""


def leased(first: int = 501, count: int = 3, days: int = 2, lease: int = 1) -> LeasedNumbers:
    on = [TODAY + timedelta(days=n) for n in range(days)]
    return LeasedNumbers(
        now=NOW,
        day=TODAY,
        day_change="04:00",
        blocks=[
            Block(lease=lease + n, day=day, lane="A", first=first, last=first + count - 1)
            for n, day in enumerate(on)
        ],
        lanes=[LaneDay(day=day, lane="A", open=[all_of(day)]) for day in on],
    )


def all_of(day: date) -> Opening:
    begins = datetime(day.year, day.month, day.day, 4, tzinfo=HALL_ZONE)
    return Opening(start=begins, end=begins + timedelta(days=1))


def order(lane: str = "A", citizen: Citizen | None = None) -> Order:
    return Order(lane, None, citizen, Priority.NONE, new_request_id())


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    made = Spool(tmp_path)
    made.keep(leased(), NOW + SKEW)
    yield made
    made.close()


def test_nothing_is_given_before_anything_is_lent(tmp_path: Path) -> None:
    empty = Spool(tmp_path)
    assert not empty.stock.can_give("A", NOW)
    assert empty.take(order(), NOW) is None
    empty.close()


def test_numbers_are_given_in_order_until_none_is_left(spool: Spool) -> None:
    given = [spool.take(order(), NOW) for _ in range(4)]
    assert [entry and entry.number for entry in given] == [501, 502, 503, None]
    moments = [entry.taken_at for entry in given if entry]
    assert moments == sorted(set(moments))
    assert not spool.stock.can_give("A", NOW)
    assert spool.held() == [HeldBlock(lease=1, unused=504), HeldBlock(lease=2, unused=501)]


def test_the_same_order_gets_the_same_number(spool: Spool) -> None:
    wanted = order()
    assert spool.take(wanted, NOW) == spool.take(wanted, NOW)
    assert spool.stock.left[TODAY, "A"] == 2


def test_all_is_there_after_a_restart(spool: Spool, tmp_path: Path) -> None:
    first = spool.take(order(), NOW)
    spool.close()
    again = Spool(tmp_path)
    second = again.take(order(), NOW)
    assert first
    assert second
    assert second.number == first.number + 1
    assert [entry.number for entry in again.pending()] == [501, 502]
    assert again.pending()[0].slip == "unconfirmed", "nobody knows how far the printer came"
    assert again.pending()[1].slip is None
    again.close()


def test_every_commit_is_synced(spool: Spool) -> None:
    pragma = spool._connection.execute
    assert (pragma("PRAGMA journal_mode").fetchone(), pragma("PRAGMA synchronous").fetchone()) == (
        ("wal",),
        (2,),
    )


def test_the_day_changes_with_the_hubs_clock_and_never_back(spool: Spool) -> None:
    night = NOW + timedelta(hours=16)
    before = spool.take(order(), night)
    after = spool.take(order(), night + timedelta(hours=4))
    back = spool.take(order(), NOW - timedelta(days=2))
    assert [entry and entry.day for entry in (before, after, back)] == [
        TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=1),
    ]  # fmt: skip
    assert back is not None
    assert after is not None
    assert back.taken_at > after.taken_at, "a clock that steps back changes no order"


def test_a_leaping_clock_gives_nothing_it_was_not_lent(spool: Spool) -> None:
    assert spool.take(order(), NOW + timedelta(days=400)) is None


def test_the_machines_clock_is_corrected_by_the_hubs(spool: Spool, tmp_path: Path) -> None:
    later = timedelta(hours=2)
    assert spool.stock.now(NOW + SKEW + later) == NOW + later
    spool.close()
    again = Spool(tmp_path)
    assert again.stock.now(NOW + SKEW + later) == NOW + later
    again.close()


def test_out_of_hours_no_number_is_given(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    lane = LaneDay(day=TODAY, lane="A", open=[Opening(start=NOW, end=NOW + timedelta(hours=1))])
    spool.keep(
        LeasedNumbers(now=NOW, day=TODAY, day_change="04:00", blocks=leased().blocks, lanes=[lane]), NOW
    )
    moments = [NOW - timedelta(minutes=1), NOW, NOW + timedelta(minutes=59), NOW + timedelta(hours=1)]
    assert [spool.stock.can_give("A", at) for at in moments] == [False, True, True, False]
    assert spool.take(order(), moments[0]) is None
    spool.close()


def test_more_blocks_are_added_and_those_that_ended_are_gone(spool: Spool) -> None:
    spool.take(order(), NOW)
    spool.keep(leased(days=1), NOW)
    assert spool.held() == [HeldBlock(lease=1, unused=502)], "what was used stays used"


def test_fates_are_noted_until_the_hub_has_the_number(spool: Spool) -> None:
    entry = spool.take(order(), NOW)
    assert entry is not None
    taken = entry.as_taken()
    assert spool.note(taken, "unconfirmed") is None
    assert spool.note(taken, "voided") is None
    assert spool.pending()[0].slip == "voided"
    spool.joined(entry, 77)
    assert spool.note(taken, "received") == 77
    assert spool.pending() == []


def test_nothing_of_the_citizen_reaches_the_disk(spool: Spool, tmp_path: Path) -> None:
    person = Citizen("430602194001011239", "欧阳标记", "430602********1239", "欧*", Priority.ELDERLY)
    spool.take(order(citizen=person), NOW)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in (person.number, person.name, person.masked_name, person.masked_number):
        assert secret.encode() not in stored
    assert Priority.ELDERLY.value.encode() not in stored
    assert b"2026-11-23" in stored, "the control: what is kept is found this way"


@pytest.mark.parametrize("damage", [b"", b"not a database, but long enough to be one" * 400])
def test_a_broken_file_is_set_aside(spool: Spool, tmp_path: Path, damage: bytes) -> None:
    spool.take(order(), NOW)
    spool.close()
    for extra in ("-wal", "-shm"):
        (tmp_path / f"{FILE}{extra}").unlink(missing_ok=True)
    (tmp_path / FILE).write_bytes(damage)
    again = Spool(tmp_path)
    assert again.held() == []
    assert again.pending() == []
    assert bool(list(tmp_path.glob("*-aside-*"))) == bool(damage)
    again.close()


def test_another_devices_numbers_are_not_given(spool: Spool, tmp_path: Path) -> None:
    spool.take(order(), NOW)
    spool.close()
    other = Spool(tmp_path, owner="enrolled anew")
    assert other.held() == []
    assert other.pending() == []
    other.close()
    [aside] = tmp_path.glob(f"*-aside-{FILE}")
    assert aside.stat().st_size > 0
