"""Taking a number: hours, the business day, what is kept of a person, the rollover."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.ordering import Priority
from shared.domain.refusals import Refused
from shared.protocol.messages import Identity, TakeTicket
from shared.services import days, taking
from shared.store.tickets import TicketRow, get_ticket
from shared.testing import Rehearsal, id_number, rehearsal, small_hall


def take(hall: Rehearsal, lane: str = "A", **more: object) -> TicketRow:
    request = TakeTicket(channel="kiosk", lane=lane, **more)  # type: ignore[arg-type]
    ticket = hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, request))
    return get_ticket(hall.connection, ticket)


def test_a_closed_lane_says_when_it_opens(tmp_path: Path) -> None:
    config = small_hall(hours=["Mon-Fri 09:00-12:00 13:00-17:00"])
    with rehearsal(tmp_path / "hall", config) as hall:
        cases = [
            (datetime(2026, 11, 23, 12, 30, tzinfo=HALL_ZONE), "今天 13:00 开始"),
            (datetime(2026, 11, 23, 18, 0, tzinfo=HALL_ZONE), "明天 09:00 开始"),
            (datetime(2026, 11, 27, 17, 0, tzinfo=HALL_ZONE), "11月30日 周一 09:00 开始"),
        ]
        for now, sentence in cases:
            hall.now = now
            with pytest.raises(Refused, match="lane_outside_hours") as refused:
                take(hall)
            assert sentence in refused.value.zh
        hall.now = datetime(2026, 11, 23, 16, 59, tzinfo=HALL_ZONE)
        assert take(hall).display == "A001"


def test_numbers_run_on_within_the_day_whatever_the_clock_says(tmp_path: Path) -> None:
    """A step back over midnight, and a leap to 2099, change nothing: the stored day rules."""
    with rehearsal(tmp_path / "hall") as hall:
        shown = [take(hall).display]
        for now in (
            hall.now - timedelta(days=1),
            datetime(2099, 1, 1, tzinfo=HALL_ZONE),
            datetime(1970, 1, 2, tzinfo=HALL_ZONE),
        ):
            hall.now = now
            shown.append(take(hall).display)
        assert shown == ["A001", "A002", "A003", "A004"]


@pytest.mark.parametrize("day", [datetime(2026, 12, d, tzinfo=HALL_ZONE).date() for d in (29, 30, 31)])
def test_a_rollover_starts_over_and_ends_what_waits(tmp_path: Path, day: object) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        take(hall)
        old = take(hall, "B")
        rolled = hall.run(lambda tx: days.roll_day(tx, day))  # type: ignore[arg-type]
        assert rolled.expired == 2
        assert get_ticket(hall.connection, old.id).state == "expired"
        assert take(hall).display == "A001"
        with pytest.raises(Refused, match="day_not_later"):
            hall.run(lambda tx: days.roll_day(tx, day))  # type: ignore[arg-type]


def test_what_is_kept_of_a_person(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        number = id_number("19500101", 5)
        ticket = take(hall, identity=Identity(number=number, name="欧阳娜娜"))
        assert (ticket.holder, ticket.masked_id) == ("欧*", f"430602********{number[-4:]}")
        assert ticket.priority == Priority.ELDERLY
        assert ticket.sealed_name is not None
        assert "欧阳".encode() not in ticket.sealed_name
        again = hall.connection.execute("SELECT person FROM tickets").fetchone()[0]
        assert len(again) == 32


def test_a_declared_priority_counts_like_a_proved_one(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        plain = take(hall)
        hall.later(minutes=10)
        declared = take(hall, priority=Priority.PREGNANT)
        now = to_millis(hall.now)
        assert declared.place.key(now) < plain.place.key(now)
        assert declared.ahead == 0


def test_people_ahead_are_exact_in_a_mixed_line(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        for n in range(30):
            hall.later(minutes=3)
            ticket = take(hall, priority=Priority.DISABLED if n % 5 == 0 else Priority.NONE)
            ahead = hall.connection.execute(
                "SELECT count(*) FROM tickets WHERE lane = 'A' AND (sort_at, number) < (?, ?)",
                (ticket.sort_at, ticket.number),
            ).fetchone()[0]
            assert ticket.ahead == ahead
