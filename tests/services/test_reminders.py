"""What the hall tells by itself: of bookings at the right time in the right language, of turns once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.domain.contact import Language, phone_contact
from shared.domain.delivery import answered
from shared.domain.moments import HALL_ZONE, to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import Kind, text_of
from shared.protocol.messages import TakeTicket
from shared.services import outbox, reminders
from shared.services.reminders import Appointment
from shared.services.serving import give_up
from shared.services.taking import take_ticket
from shared.store.tickets import TicketRow, get_ticket
from shared.testing import Rehearsal, rehearsal

THURSDAY = datetime(2026, 11, 26, 9, 20, tzinfo=HALL_ZONE)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """Monday morning, with a gateway."""
    with rehearsal(tmp_path / "hall") as found:
        found.run(lambda tx: outbox.use_gateway(tx, "sms.example"))
        yield found


def appointment(starts: datetime = THURSDAY, language: Language = "zh") -> Appointment:
    return Appointment(4, phone_contact("13800001234", language), "C", starts, "ABCD1234")


def tell(hall: Rehearsal, verb: Any, told: Appointment, *more: Any) -> None:
    hall.run(lambda tx: verb(tx, hall.plan, told, *more))


def due(hall: Rehearsal) -> list[str]:
    """What may go now, as text."""
    found = outbox.due(hall.connection, hall.keys, to_millis(hall.now), 9)
    return [text_of(one.kind, one.contact.language, one.fields) for one in found]


def send(hall: Rehearsal) -> list[str]:
    """Let all go that may, one after another; their texts."""
    texts: list[str] = []
    while found := outbox.due(hall.connection, hall.keys, to_millis(hall.now), 1):
        texts += due(hall)[:1]
        hall.run(lambda tx, one=found[0]: outbox.record(tx, one, answered(200), 1.0))  # type: ignore[misc]
    return texts


def states(hall: Rehearsal) -> list[tuple[str, str]]:
    rows = hall.connection.execute("SELECT kind, state FROM outbox ORDER BY id").fetchall()
    return [(kind, state) for kind, state in rows]


def test_a_booking_is_confirmed_now_and_reminded_the_day_before(hall: Rehearsal) -> None:
    tell(hall, reminders.booked, appointment())
    assert send(hall) == ["预约成功：11月26日 周四 09:20，不动产，预约码 ABCD1234。到后请先在取号机签到。"]
    hall.now = THURSDAY.replace(day=25, hour=15, minute=59)
    assert due(hall) == []
    hall.later(minutes=1)
    assert due(hall) == ["提醒：您预约了明天 11月26日 周四 09:20，不动产，预约码 ABCD1234。不来请提前取消。"]
    hall.now = hall.now.replace(hour=21, minute=0)
    assert due(hall) == [], "nobody is woken, and after midnight it would say tomorrow of today"


def test_in_english(hall: Rehearsal) -> None:
    tell(hall, reminders.booked, appointment(language="en"))
    (text,) = send(hall)
    assert text.startswith("Booked: Thu 26 Nov 09:20, Real estate, code ABCD1234.")


def test_who_books_for_tomorrow_in_the_evening_is_not_reminded_of_it(hall: Rehearsal) -> None:
    hall.now = THURSDAY.replace(day=25, hour=17)
    tell(hall, reminders.booked, appointment())
    assert [kind for kind, _ in states(hall)] == ["booked"]


def test_a_move_takes_the_old_reminder_back_and_back_again(hall: Rehearsal) -> None:
    tell(hall, reminders.booked, appointment())
    friday = THURSDAY + timedelta(days=1)
    for starts in (friday, THURSDAY, friday):
        hall.later(minutes=5)
        tell(hall, reminders.moved, appointment(starts))
    waiting = [kind for kind, state in states(hall) if state == "waiting"]
    assert waiting == ["moved", "day_before"]
    assert [kind for kind, state in states(hall) if state == "withdrawn"].count("day_before") == 3
    (text,) = send(hall)
    assert text.startswith("预约已改到 11月27日 周五")
    hall.now = THURSDAY.replace(hour=17)
    assert len(due(hall)) == 1


def test_a_cancelled_booking_is_not_reminded_of(hall: Rehearsal) -> None:
    tell(hall, reminders.booked, appointment())
    send(hall)
    tell(hall, reminders.cancelled, appointment())
    assert send(hall) == ["您 11月26日 周四 09:20 的不动产预约已取消。"]
    hall.now = THURSDAY.replace(day=25, hour=17)
    assert due(hall) == []


def test_what_the_hall_cannot_keep_is_told_instead_of_reminded(hall: Rehearsal) -> None:
    tell(hall, reminders.booked, appointment())
    send(hall)
    tell(hall, reminders.withdrawn, appointment())
    (text,) = send(hall)
    assert "请凭预约码 ABCD1234 另选时间" in text
    assert ("day_before", "withdrawn") in states(hall)


def test_an_offer_is_pointless_after_its_moment(hall: Rehearsal) -> None:
    until = hall.now + timedelta(hours=2)
    tell(hall, reminders.offered, appointment(), until)
    (text,) = due(hall)
    assert "请在 11月23日 周一 11:30 前" in text
    hall.now = until
    assert due(hall) == []


def test_without_a_gateway_bookings_are_made_in_silence(hall: Rehearsal) -> None:
    hall.run(lambda tx: outbox.use_gateway(tx, None))
    for verb in (reminders.booked, reminders.moved, reminders.cancelled, reminders.withdrawn):
        tell(hall, verb, appointment())
    assert states(hall) == []


# -- turns ---------------------------------------------------------------------------------------------


def take(hall: Rehearsal, lane: str = "A") -> TicketRow:
    request = TakeTicket(channel="kiosk", lane=lane)
    number = hall.run(lambda tx: take_ticket(tx, hall.plan, hall.estimator, request))
    return get_ticket(hall.connection, number)


def leave(hall: Rehearsal, ticket: TicketRow, purpose: Any = "turn") -> None:
    contact = phone_contact("13800001234")
    hall.run(lambda tx: reminders.leave_contact(tx, ticket, contact, [purpose]))


def wants(hall: Rehearsal) -> bool:
    return reminders.near_or_gone(hall.connection, to_millis(hall.now))


def test_a_turn_is_told_at_three_ahead_once(hall: Rehearsal) -> None:
    line = [take(hall) for _ in range(6)]
    leave(hall, line[4])
    assert not wants(hall), "four are ahead"
    hall.run(lambda tx: give_up(tx, line[1]))
    assert wants(hall)
    assert hall.run(lambda tx: reminders.tell_turns(tx, hall.plan)) == 1
    assert not wants(hall), "there is nothing more to do"
    leave(hall, line[4])
    assert hall.run(lambda tx: reminders.tell_turns(tx, hall.plan)) == 0, "once for a ticket"
    assert states(hall) == [("three_ahead", "waiting")]
    assert hall.connection.execute("SELECT count(*) FROM ticket_contacts").fetchone()[0] == 0


def test_appointments_that_are_due_count_as_ahead(hall: Rehearsal) -> None:
    last = [take(hall) for _ in range(3)][-1]
    leave(hall, last)
    request = TakeTicket(channel="kiosk", lane="A")
    for _ in range(2):
        hall.run(lambda tx: take_ticket(tx, hall.plan, hall.estimator, request, booked_for=hall.now))
    assert not wants(hall), "two walk-ins and two appointments are before it"


@pytest.mark.parametrize("purpose", ["turn", "result"])
def test_who_gave_up_is_forgotten(hall: Rehearsal, purpose: str) -> None:
    ticket = take(hall)
    leave(hall, ticket, purpose)
    hall.run(lambda tx: reminders.tell_turns(tx, hall.plan))
    hall.run(lambda tx: give_up(tx, get_ticket(tx.connection, ticket.id)))
    if purpose == "turn":
        assert wants(hall)
    hall.later(days=91)
    hall.run(lambda tx: reminders.tell_turns(tx, hall.plan))
    assert not wants(hall)
    assert hall.connection.execute("SELECT count(*) FROM ticket_contacts").fetchone()[0] == 0
    assert [state for _, state in states(hall)] == ["withdrawn"] * (purpose == "turn")


def test_a_contact_that_is_taken_back_is_gone(hall: Rehearsal) -> None:
    line = [take(hall) for _ in range(5)]
    leave(hall, line[-1])
    assert reminders.contact_shown(hall.connection, line[-1].id) == "138****1234"
    hall.run(lambda tx: reminders.forget_contact(tx, line[-1]))
    assert reminders.contact_shown(hall.connection, line[-1].id) == ""
    assert [fact.name for fact in hall.facts][-1] == "contact.withdrawn"


def test_a_contact_needs_a_gateway_and_a_turn_to_come(hall: Rehearsal) -> None:
    ticket = take(hall)
    gone = hall.run(lambda tx: give_up(tx, ticket))
    with pytest.raises(Refused, match="too_late_to_remind"):
        leave(hall, gone)
    hall.run(lambda tx: outbox.use_gateway(tx, None))
    with pytest.raises(Refused, match="no_gateway"):
        leave(hall, take(hall))


def test_a_result_is_told_to_who_asked_for_it(hall: Rehearsal) -> None:
    ticket = take(hall)
    with pytest.raises(Refused, match="no_contact"):
        hall.run(lambda tx: reminders.tell_result(tx, hall.plan, ticket))
    leave(hall, ticket, "result")
    hall.run(lambda tx: reminders.tell_result(tx, hall.plan, ticket))
    (text,) = send(hall)
    assert text == f"您以 {ticket.display} 号办理的事项已有结果，请带有效证件到一楼领取。"
    assert states(hall) == [(Kind.RESULT_READY, "sent")]
