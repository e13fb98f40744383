"""Rating over the wire: who may, when, once, and who hears of it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from shared.client.api import HubClient, HubRefused
from shared.domain.rating import ASKED_WHY, LEVELS, LOT, RATE_WITHIN, REASONS, Level, RatingReason
from shared.domain.refusals import Refused
from shared.protocol import messages as m
from shared.protocol.events import FactEvent
from shared.protocol.request_id import new_request_id
from shared.services import access, calling, rating, serving, taking
from shared.services.people import Actor
from shared.services.windows import open_window
from shared.store.audit import audit
from shared.store.constraints import refusal_of
from shared.store.keys import load_keys
from shared.store.migrations import HALL, STEPS, migrate
from shared.store.sqlite import IntegrityError, connect
from shared.store.tickets import get_ticket
from shared.testing import PIN, Rehearsal, RunningHub, rehearsal, running_hub


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter and the clerk who sits at it."""

    device: HubClient
    clerk: HubClient
    window: int

    def serve(self, take: Callable[[], int], *, finish: bool = True) -> int:
        """Take a number, call it, begin and finish; gives the ticket's id."""
        take()
        called = self.clerk.ask(m.Ticket, "call_next", m.CallNext(finish_current=True), no=self.window)
        self.clerk.call("start_ticket", m.Nothing(), id=called.id)
        if finish:
            self.clerk.call("finish_ticket", m.Nothing(), id=called.id)
        return called.id

    def rate(self, ticket: int, level: int, *reasons: RatingReason, request_id: str | None = None) -> None:
        body = m.RateTicket(window=self.window, level=level, reasons=list(reasons))
        self.device.call("rate_ticket", body, request_id=request_id, id=ticket)


def sit_down(hub: RunningHub, clerk: str, window: int) -> Desk:
    device = hub.client("counter", window)
    signed_in = device.ask(m.SignedIn, "sign_in", m.SignIn(clerk=clerk, pin=PIN))
    session = hub.with_credential(signed_in.token)
    session.call("open_window", m.Nothing(), no=window)
    return Desk(device, session, window)


@pytest.fixture(scope="module")
def take(hub: RunningHub) -> Callable[[], int]:
    kiosk = hub.client("citizen-kiosk")
    body = m.TakeTicket(channel="kiosk", lane="A")
    return lambda: kiosk.ask(m.TakenTicket, "take_ticket", body).ticket.id


@pytest.fixture(scope="module")
def desk(hub: RunningHub) -> Desk:
    return sit_down(hub, "1001", 1)


@pytest.fixture(scope="module")
def other(hub: RunningHub) -> Desk:
    return sit_down(hub, "1002", 2)


def rows(hub: RunningHub) -> list[tuple[object, ...]]:
    connection = connect(hub.house.database, read_only=True)
    try:
        return list(connection.execute("SELECT ticket, leg, window, clerk, level, reasons FROM ratings"))
    finally:
        connection.close()


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(HubRefused) as caught:
        work()
    return caught.value.code


def test_the_table_of_words_is_whole() -> None:
    assert list(LEVELS) == [5, 4, 3, 2, 1] == sorted(Level, reverse=True)
    assert set(REASONS) == set(RatingReason)
    assert set(ASKED_WHY) == {1, 2}


def test_a_rating_is_kept_as_given(hub: RunningHub, desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    desk.rate(ticket, 2, RatingReason.LONG_WAIT, RatingReason.ATTITUDE, RatingReason.LONG_WAIT)
    assert (ticket, 1, 1, "1001", 2, '["attitude","long_wait"]') in rows(hub)


def test_only_once_and_never_changed(hub: RunningHub, desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    desk.rate(ticket, 5)
    assert refused(lambda: desk.rate(ticket, 1)) == "already_rated"
    assert [row[4] for row in rows(hub) if row[0] == ticket] == [5]


def test_a_repeat_of_the_same_request_is_the_same_rating(
    hub: RunningHub, desk: Desk, take: Callable[[], int]
) -> None:
    ticket, request = desk.serve(take), new_request_id()
    desk.rate(ticket, 4, request_id=request)
    desk.rate(ticket, 4, request_id=request)
    assert [row[4] for row in rows(hub) if row[0] == ticket] == [4]


def test_of_many_taps_at_once_one_counts(hub: RunningHub, desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)

    def tap(level: int) -> str:
        try:
            desk.rate(ticket, level)
        except HubRefused as no:
            return no.code
        return "kept"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(tap, [1, 2, 3, 4, 5, 5, 4, 3]))
    assert outcomes == ["already_rated"] * 7 + ["kept"]
    assert len([row for row in rows(hub) if row[0] == ticket]) == 1


def test_not_before_the_service_is_done(desk: Desk, take: Callable[[], int]) -> None:
    waiting = take()
    assert refused(lambda: desk.rate(waiting, 5)) == "not_yet_served"
    serving = desk.serve(take, finish=False)
    assert refused(lambda: desk.rate(serving, 5)) == "not_yet_served"
    desk.clerk.call("finish_ticket", m.Nothing(), id=serving)
    desk.rate(serving, 5)
    assert refused(lambda: desk.rate(999_999, 5)) == "unknown_ticket"


def test_another_counter_may_not(desk: Desk, other: Desk, hub: RunningHub, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    assert refused(lambda: other.rate(ticket, 1)) == "not_yet_served", "nothing ended at its own window"
    body = m.RateTicket(window=1, level=1)
    for stranger in (other.device, hub.client("counter"), hub.client("counter", 1)):
        assert refused(lambda s=stranger: s.call("rate_ticket", body, id=ticket)) == "forbidden"  # type: ignore[misc]


def test_the_clerk_cannot_rate_the_own_service(desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    body = m.RateTicket(window=1, level=5)
    assert refused(lambda: desk.clerk.call("rate_ticket", body, id=ticket)) == "forbidden"


def test_reasons_go_with_a_bad_word_only(desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    assert refused(lambda: desk.rate(ticket, 3, RatingReason.OTHER)) == "reasons_not_asked"
    desk.rate(ticket, 1)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(desk: Desk, take: Callable[[], int], level: int) -> None:
    ticket = desk.serve(take)
    assert refused(lambda: desk.rate(ticket, level)) == "invalid_body"


def test_the_stream_does_not_say_how(hub: RunningHub, desk: Desk, take: Callable[[], int]) -> None:
    ticket = desk.serve(take)
    before = hub.operator.ask(m.Board, "board").seq
    desk.rate(ticket, 1, RatingReason.ATTITUDE)
    for who in (hub.operator, desk.clerk, desk.device, hub.client("display")):
        with who.events(before) as stream:
            told = next(one for batch in stream for one in batch if isinstance(one, FactEvent))
        assert told.name == "ticket.rated"
        assert set(told.data) == {"ticket", "number", "lane", "window", "leg"}
    connection = connect(hub.house.database, read_only=True)
    kept = connection.execute("SELECT data FROM facts WHERE seq = ?", (before + 1,)).fetchone()[0]
    connection.close()
    assert json.loads(kept)["level"] == 1, "the trail itself is whole"


def test_a_clerks_own_figures_move_in_lots(hub: RunningHub, take: Callable[[], int]) -> None:
    desk = sit_down(hub, "1003", 3)
    seen = []
    for level in (5, 5, 1, 4, 5, 1):
        desk.rate(desk.serve(take), level)
        day = desk.clerk.ask(m.MyDay, "my_day")
        seen.append((day.rated, day.rating))
    assert seen == [(0, None)] * (LOT - 1) + [(LOT, 4.0)] * 2, "no figure points at one citizen"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path / "hall") as running:
        yield running


def test_each_leg_has_its_own_rating_and_all_of_them_outlive_a_power_cut(small: RunningHub) -> None:
    kiosk = small.client("citizen-kiosk")
    first, second = sit_down(small, "1001", 1), sit_down(small, "1002", 2)
    ticket = first.serve(
        lambda: kiosk.ask(m.TakenTicket, "take_ticket", m.TakeTicket(channel="kiosk", lane="A")).ticket.id,
        finish=False,
    )
    first.clerk.call("transfer_ticket", m.Transfer(window=2, and_back=True), id=ticket)
    second.clerk.call("call_next", m.CallNext(), no=2)
    second.clerk.call("start_ticket", m.Nothing(), id=ticket)
    second.clerk.call("finish_ticket", m.Nothing(), id=ticket)
    assert refused(lambda: first.rate(ticket, 5)) == "not_yet_served", "it was only sent on from here"
    second.rate(ticket, 2)
    first.clerk.call("call_next", m.CallNext(), no=1)
    first.clerk.call("start_ticket", m.Nothing(), id=ticket)
    first.clerk.call("finish_ticket", m.Nothing(), id=ticket)
    first.rate(ticket, 5)
    small.kill()
    small.restart()
    assert [(row[1], row[2], row[4]) for row in rows(small)] == [(2, 2, 2), (3, 1, 5)]
    assert refused(lambda: second.rate(ticket, 5)) == "already_rated"
    connection = connect(small.house.database, read_only=True)
    assert audit(connection, load_keys(small.house.key)).wrong == ()
    connection.close()
    newest = max(device.id for device in small.operator.ask(m.Devices, "devices").devices)
    small.operator.call("revoke_device", m.Nothing(), id=newest)
    assert refused(lambda: second.rate(ticket, 5)) == "revoked"


def one_served(hall: Rehearsal) -> Actor:
    """A1 is served at window 1 now; gives the counter it was served at."""
    device = hall.run(lambda tx: access.add_device(tx, "counter", "窗口", 1)).device
    counter = Actor("counter", device, window=1)
    hall.run(lambda tx: access.sign_in(tx, counter, "1001"))
    clerk = Actor("clerk", device, "1001", 1, 1)
    hall.run(lambda tx: open_window(tx, clerk, 1))
    body = m.TakeTicket(channel="kiosk", lane="A")
    number = hall.run(lambda tx: taking.take_ticket(tx, hall.plan, hall.estimator, body))
    hall.run(lambda tx: calling.call_next(tx, hall.plan, hall.estimator, clerk, 1, finish_current=False))
    hall.run(lambda tx: serving.start(tx, hall.plan, clerk, get_ticket(tx.connection, number)))
    hall.run(lambda tx: serving.finish_own(tx, hall.plan, clerk, get_ticket(tx.connection, number)))
    return counter


def test_a_rating_comes_within_its_time_and_stands(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        counter = one_served(hall)
        body = m.RateTicket(window=1, level=5)

        def rate() -> None:
            hall.run(lambda tx: rating.rate(tx, counter, get_ticket(tx.connection, 1), body))

        hall.now += RATE_WITHIN + timedelta(seconds=1)
        with pytest.raises(Refused, match="rating_too_late"):
            rate()
        hall.later(seconds=-1)
        rate()
        for statement in ("UPDATE ratings SET level = 1", "DELETE FROM ratings"):
            with pytest.raises(IntegrityError, match="stand as given"):
                hall.connection.execute(statement)


def test_the_schema_itself_knows_one_rating_for_a_leg(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        one_served(hall)
        row = "INSERT INTO ratings (day, ticket, leg, window, clerk, level, reasons, at) VALUES "
        hall.connection.execute(row + "('2026-11-23', 1, 1, 1, '1001', 5, '[]', 0)")
        with pytest.raises(IntegrityError) as broken:
            hall.connection.execute(row + "('2026-11-23', 1, 1, 1, '1001', 4, '[]', 0)")
        assert refusal_of(broken.value).code == "already_rated"


def test_a_hall_of_the_first_step_is_brought_up(tmp_path: Path) -> None:
    connection = connect(tmp_path / "hall.db")
    HALL.apply(Database(connection), stop_before="0002_ratings")
    tables = "SELECT count(*) FROM sqlite_master WHERE name = 'ratings'"
    assert connection.execute(tables).fetchone() == (0,)
    migrate(connection)
    assert connection.execute(tables).fetchone() == (1,)
    assert {step.name for step in HALL.applied(Database(connection))} == STEPS
    connection.close()
