"""Clocks cannot hurt: some days at the turn of a year on a clock that is stepped, and both controls."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shared.domain.moments import HALL_ZONE
from shared.domain.ticket import State
from shared.protocol import messages as m
from shared.protocol.messages import TakeTicket
from shared.services import calling, explaining, serving, taking
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.tickets import TicketRow, get_ticket
from shared.testing import MONDAY_MORNING, Rehearsal, rehearsal
from tests.proofs.p08_clocks import BY_THE_CLOCK, NEW_YEAR, STORED, UNORDERED, stepped_hall, year

CLERK = Actor("clerk", 2, "1001")


def test_a_turn_of_the_year(tmp_path: Path) -> None:
    steps, wrong = year(tmp_path / "hall", STORED, 7, 8, NEW_YEAR, restarts=0)
    assert steps > 20
    assert wrong == []


def test_the_day_computed_from_the_clock_is_caught(tmp_path: Path) -> None:
    _, wrong = year(tmp_path / "hall", BY_THE_CLOCK, 7, 8, NEW_YEAR, restarts=0)
    assert any("the one before it of" in each for each in wrong)


def test_a_line_that_goes_by_the_clock_is_caught(tmp_path: Path) -> None:
    _, wrong = year(tmp_path / "hall", UNORDERED, 7, 8, NEW_YEAR, restarts=0)
    assert any("was called before" in each for each in wrong)


@pytest.mark.parametrize(
    "wrong", [datetime(1970, 1, 1, 8, tzinfo=HALL_ZONE), MONDAY_MORNING - timedelta(days=1)]
)
def test_a_hub_that_wakes_in_the_past_goes_on_with_its_day(tmp_path: Path, wrong: datetime) -> None:
    with stepped_hall(tmp_path / "hall", STORED) as hall:
        hall.step(MONDAY_MORNING)
        kiosk = hall.hub.client("citizen-kiosk")
        first = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
        day = kiosk.ask(m.Health, "health").day
        hall.hub.kill()
        hall.step(wrong)
        hall.restart("UTC")
        second = kiosk.call("take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket
        assert (first.number, second.number) == ("A001", "A002")
        assert kiosk.ask(m.Health, "health").day == day
        assert second.ahead == 1, "who came later stands behind"


# -- what a clock that was put back does to the figures -------------------------------------------------


def take(hall: Rehearsal) -> TicketRow:
    body = TakeTicket(channel="kiosk", lane="A")
    ticket = hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body))
    return get_ticket(hall.connection, ticket)


def call(hall: Rehearsal) -> TicketRow:
    called = hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, CLERK, 1, True))
    assert called is not None
    return called


def test_a_returned_ticket_passes_nobody_either(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        hall.run(lambda tx: open_window(tx, CLERK, 1))
        missed = take(hall)
        waits = take(hall)
        call(hall)
        hall.run(lambda tx: serving.miss(tx, hall.plan, CLERK, get_ticket(hall.connection, missed.id)))
        hall.later(hours=-2)
        hall.run(lambda tx: serving.give_back_place(tx, hall.plan, get_ticket(hall.connection, missed.id)))
        assert call(hall).id == waits.id


def test_nobody_has_waited_or_served_less_than_nothing(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        hall.run(lambda tx: open_window(tx, CLERK, 1))
        take(hall)
        ticket = take(hall)
        first = call(hall)
        hall.run(lambda tx: serving.start(tx, hall.plan, CLERK, first))
        hall.later(hours=-2)
        called = call(hall)
        assert called.id == ticket.id
        hall.run(lambda tx: serving.start(tx, hall.plan, CLERK, called))
        hall.later(hours=-2)
        done = hall.run(
            lambda tx: serving.finish_own(tx, hall.plan, CLERK, get_ticket(tx.connection, called.id))
        )
        assert done.state is State.DONE
        least = "SELECT min(serving_ms), min(waiting_ms) FROM clerk_days"
        assert hall.connection.execute(least).fetchone() == (0, 0)
        assert hall.connection.execute("SELECT min(waited_ms) FROM waits").fetchone()[0] >= 0


def test_the_reasons_of_a_ticket_are_told_though_the_clock_was_put_back(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        tickets = []
        for _ in range(3):
            tickets.append(take(hall))
            hall.later(seconds=5)
        hall.later(hours=-2)
        for ahead, ticket in enumerate(tickets):
            moment = explaining.present(hall.connection, ticket, hall.now)
            told = explaining.why(hall.connection, hall.plan, ticket, moment, addressed=True)
            assert [before.code for before in told.ahead] == ["earlier"] * ahead
