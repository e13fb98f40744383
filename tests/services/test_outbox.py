"""The outbox on the real store: written with what causes it, once, in order, nothing personal left."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain.contact import Contact, phone_contact
from shared.domain.delivery import MOST_ATTEMPTS, Attempt, Verdict, answered, unanswered
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import Kind, Message
from shared.services import outbox
from shared.store.audit import audit
from shared.store.transaction import Transaction
from shared.testing import Rehearsal, rehearsal

PHONE = "13800001234"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Rehearsal]:
    """A hall with a gateway."""
    with rehearsal(tmp_path / "hall") as found:
        found.run(lambda tx: outbox.use_gateway(tx, "sms.example"))
        yield found


def message(
    hall: Rehearsal,
    about: str = "booking:1",
    phone: str = PHONE,
    kind: Kind = Kind.TEST,
    start: float = 0,
    minutes: float = 60,
    occasion: str = "",
) -> Message:
    contact: Contact = phone_contact(phone)
    first = None if start == 0 else hall.now + timedelta(minutes=start)
    fields = {"number": "A017", "place": "一楼"} if kind is Kind.THREE_AHEAD else {}
    deadline = hall.now + timedelta(minutes=minutes)
    return Message(kind, contact, about, fields, deadline, first, occasion)


def put(hall: Rehearsal, *messages: Message) -> list[bool]:
    return [hall.run(lambda tx, one=one: outbox.enqueue(tx, one)) for one in messages]  # type: ignore[misc]


def due(hall: Rehearsal) -> list[outbox.Due]:
    return outbox.due(hall.connection, hall.keys, to_millis(hall.now), 99)


def attempt(hall: Rehearsal, one: outbox.Due, result: Attempt, draw: float = 1.0) -> None:
    hall.run(lambda tx: outbox.record(tx, one, result, draw))


def state(hall: Rehearsal, about: str = "booking:1") -> tuple[str, bool]:
    """Its state, and whether its address is still there."""
    row = hall.connection.execute(
        "SELECT state, address IS NOT NULL OR recipient IS NOT NULL FROM outbox WHERE about = ?", (about,)
    ).fetchone()
    return row[0], bool(row[1])


def told(hall: Rehearsal) -> list[str]:
    return [fact.name for fact in hall.facts if fact.name.startswith("message")]


def test_without_a_gateway_nothing_is_kept(tmp_path: Path) -> None:
    with rehearsal(tmp_path / "hall") as hall:
        assert put(hall, message(hall)) == [False]
        assert hall.connection.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0
        assert told(hall) == []


def test_a_message_is_kept_with_what_causes_it_or_not_at_all(hall: Rehearsal) -> None:
    def fail(tx: Transaction) -> None:
        assert outbox.enqueue(tx, message(hall))
        raise Refused("busy")

    with pytest.raises(Refused):
        hall.run(fail)
    assert due(hall) == []
    assert put(hall, message(hall)) == [True]
    assert [one.contact.address for one in due(hall)] == [PHONE]


def test_once_about_a_thing_on_an_occasion(hall: Rehearsal) -> None:
    one = message(hall)
    assert put(hall, one, one, message(hall, occasion="moved")) == [True, False, True]
    attempt(hall, due(hall)[0], answered(200))
    assert put(hall, one) == [False], "also when it was sent"


def test_the_address_is_sealed_and_goes_with_the_message(hall: Rehearsal, tmp_path: Path) -> None:
    put(hall, message(hall))
    assert state(hall) == ("waiting", True)
    attempt(hall, due(hall)[0], answered(202))
    assert state(hall) == ("sent", False)
    assert told(hall)[-2:] == ["message.queued", "message.sent"]
    for file in (tmp_path / "hall").iterdir():
        assert PHONE.encode() not in file.read_bytes(), file
    assert PHONE not in repr(hall.facts)
    assert audit(hall.connection, hall.keys).wrong == ()


def test_the_schema_holds_the_address_to_the_messages_life(hall: Rehearsal) -> None:
    put(hall, message(hall))
    for broken in ("state = 'sent', ended_at = 1", "address = NULL", "address = NULL, recipient = NULL"):
        with pytest.raises(Exception, match="address_ends_with_message"):
            hall.connection.execute(f"UPDATE outbox SET {broken}")  # noqa: S608 - of our own


def test_one_of_a_recipient_at_a_time_in_order(hall: Rehearsal) -> None:
    put(
        hall,
        message(hall, "booking:1"),
        message(hall, "booking:2"),
        message(hall, "booking:3", "13900001234"),
    )
    first, other = due(hall)
    assert (first.contact.address, other.contact.address) == (PHONE, "13900001234")
    attempt(hall, first, unanswered("timeout"))
    assert [one.id for one in due(hall)] == [other.id], "the second does not overtake the first"
    hall.later(minutes=15)
    assert [one.id for one in due(hall)] == [other.id, first.id]
    attempt(hall, first, answered(200))
    assert [one.contact.address for one in due(hall)] == [PHONE, "13900001234"]


def test_a_reminder_of_tomorrow_holds_nothing_up(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1", start=600, minutes=900), message(hall, "booking:2"))
    assert len(due(hall)) == 1
    attempt(hall, due(hall)[0], answered(200))
    assert due(hall) == []
    hall.later(minutes=600)
    assert len(due(hall)) == 1


def test_a_failed_attempt_comes_back_later_and_later(hall: Rehearsal) -> None:
    put(hall, message(hall, minutes=24 * 60))
    name = due(hall)[0].name
    waited = []
    for _ in range(MOST_ATTEMPTS - 1):
        one = due(hall)[0]
        assert one.name == name, "always under the same id"
        attempt(hall, one, unanswered("unreachable"))
        before = hall.now
        while not due(hall):
            hall.later(seconds=1)
        waited.append((hall.now - before).total_seconds())
    assert waited == sorted(waited)
    assert waited[0] == 5
    assert waited[-1] == 900
    attempt(hall, due(hall)[0], unanswered("unreachable"))
    assert state(hall) == ("dead", True), "tried often enough"


def test_what_the_gateway_refuses_is_dead_at_once(hall: Rehearsal) -> None:
    put(hall, message(hall))
    attempt(hall, due(hall)[0], answered(422))
    assert state(hall) == ("dead", True)
    assert hall.facts[-1].data["status"] == 422
    assert due(hall) == []


def test_a_dead_message_is_sent_again_or_dropped(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1"), message(hall, "booking:2", "13900001234"))
    names = []
    for one in due(hall):
        names.append(one.name)
        attempt(hall, one, answered(400))
    hall.run(lambda tx: outbox.send_again(tx, 1))
    assert [(one.name, one.attempts) for one in due(hall)] == [(names[0], 0)]
    hall.run(lambda tx: outbox.drop(tx, 2))
    assert state(hall, "booking:2") == ("dropped", False)
    for verb in (outbox.send_again, outbox.drop):
        with pytest.raises(Refused, match="message_over"):
            hall.run(lambda tx, verb=verb: verb(tx, 2))  # type: ignore[misc]
        with pytest.raises(Refused, match="unknown_message"):
            hall.run(lambda tx, verb=verb: verb(tx, 99))  # type: ignore[misc]


def test_a_late_message_is_never_sent(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1", minutes=10), message(hall, "booking:2", "13900001234", minutes=10))
    attempt(hall, due(hall)[1], answered(400))
    hall.later(minutes=10)
    assert due(hall) == [], "not even before it is marked as expired"
    with pytest.raises(Refused, match="message_over"):
        hall.run(lambda tx: outbox.send_again(tx, 2))
    assert outbox.has_overdue(hall.connection, to_millis(hall.now))
    assert hall.run(outbox.expire) == 2
    assert state(hall, "booking:1") == state(hall, "booking:2") == ("expired", False)
    assert not outbox.has_overdue(hall.connection, to_millis(hall.now))
    assert put(hall, message(hall, "booking:4", minutes=-1)) == [False]


def test_an_expired_message_holds_nobody_up(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1", minutes=1), message(hall, "booking:2"))
    hall.later(minutes=2)
    assert len(due(hall)) == 1


def test_what_is_no_longer_true_is_taken_back(hall: Rehearsal) -> None:
    put(
        hall, message(hall, "booking:1"), message(hall, "booking:1", occasion="x"), message(hall, "booking:2")
    )
    assert hall.run(lambda tx: outbox.withdraw(tx, "booking:1", Kind.DAY_BEFORE)) == 0
    assert hall.run(lambda tx: outbox.withdraw(tx, "booking:1", Kind.TEST, Kind.DAY_BEFORE)) == 2
    assert hall.run(lambda tx: outbox.withdraw(tx, "booking:2")) == 1
    assert state(hall) == ("withdrawn", False)


def test_an_answer_after_the_withdrawal_changes_nothing(hall: Rehearsal) -> None:
    put(hall, message(hall))
    one = due(hall)[0]
    hall.run(lambda tx: outbox.withdraw(tx, "booking:1"))
    for result in (answered(200), answered(400), Attempt(Verdict.AGAIN)):
        attempt(hall, one, result)
    assert state(hall) == ("withdrawn", False)
    assert told(hall)[-1] == "message.withdrawn"


def test_taking_the_gateway_away_forgets_what_waits(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1"), message(hall, "booking:2", "13900001234"))
    attempt(hall, due(hall)[1], answered(400))
    hall.run(lambda tx: outbox.use_gateway(tx, None))
    assert state(hall, "booking:1") == state(hall, "booking:2") == ("dropped", False)
    assert put(hall, message(hall, "booking:3")) == [False]
    before = len(hall.facts)
    hall.run(lambda tx: outbox.use_gateway(tx, None))
    assert len(hall.facts) == before, "nothing changes, nothing is told"


def test_what_was_over_long_ago_is_forgotten(hall: Rehearsal) -> None:
    put(hall, message(hall, "booking:1"))
    attempt(hall, due(hall)[0], answered(200))
    hall.now += outbox.KEPT + timedelta(minutes=1)
    put(hall, message(hall, "booking:2", minutes=1))
    hall.later(minutes=2)
    hall.run(outbox.expire)
    rows = hall.connection.execute("SELECT about FROM outbox").fetchall()
    assert rows == [("booking:2",)]
