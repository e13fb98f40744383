"""The outbox: messages written in the transaction of what causes them, sent by the hub, then forgotten.

Without a gateway nothing is written: nobody keeps a telephone number for a message that will not be sent.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from shared.domain.contact import Channel, Contact
from shared.domain.delivery import MOST_ATTEMPTS, Attempt, Verdict, pause_after
from shared.domain.moments import to_millis
from shared.domain.refusals import Refused
from shared.domain.reminders import Kind, Message
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.sqlite import Connection
from shared.store.transaction import Transaction

KEPT = timedelta(days=30)
"""How long a message that is over is listed, without its address."""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that may go now. `name` stays the same however often it is sent."""

    id: int
    name: str
    kind: Kind
    contact: Contact
    fields: dict[str, str] = field(repr=False)
    attempts: int
    made_at: int
    deadline: int


def enqueue(tx: Transaction, message: Message) -> bool:
    """Keep a message to be sent, once what this transaction changes is on disk.

    False, and nothing is written, when no gateway is configured, when its time is over already, or when
    it was told on this occasion before.
    """
    deadline = to_millis(message.deadline)
    not_before = tx.millis if message.not_before is None else max(tx.millis, to_millis(message.not_before))
    if gateway_host(tx.connection) is None or deadline <= not_before:
        return False
    contact = message.contact
    row = tx.execute(
        sql("insert_message"),
        (
            new_name(), message.kind, message.about, message.occasion,
            contact.channel, contact.language, recipient_of(tx.keys, contact), tx.keys.seal(contact.address),
            contact.masked, json.dumps(dict(message.fields), ensure_ascii=False), tx.millis,
            not_before, not_before, deadline,
        ),
    ).fetchone()  # fmt: skip
    if row is not None:
        tx.fact("message.queued", id=row[0], kind=message.kind, about=message.about)
    return row is not None


def new_name() -> str:
    """An id for a message, under which the gateway knows it."""
    return str(uuid.uuid4())


def withdraw(tx: Transaction, about: str, *kinds: Kind) -> int:
    """Take back what is not sent yet about a thing, of some kinds or of all; how many they were."""
    parameters = (tx.millis, about, json.dumps(list(kinds or Kind)))
    return _ended(tx, "message.withdrawn", tx.execute(sql("withdraw_messages"), parameters).fetchall())


def use_gateway(tx: Transaction, host: str | None) -> None:
    """From now on messages go to `host`. None: nobody sends, and what was kept for that is dropped."""
    if host == gateway_host(tx.connection):
        return
    tx.execute(sql("set_gateway_host"), (host, tx.millis))
    tx.fact("messages.gateway_changed", host=host)
    if host is None:
        _ended(tx, "message.dropped", tx.execute(sql("drop_messages"), (tx.millis,)).fetchall())


def gateway_host(connection: Connection) -> str | None:
    """Whom messages go to; None for nobody."""
    host: str | None = connection.execute(sql("gateway_host")).fetchone()[0]
    return host


def recipient_of(keys: Keys, contact: Contact) -> bytes:
    """Tells two recipients apart without naming them (16 bytes)."""
    return keys.digest(b"contact", contact.channel.encode(), contact.address.encode())


# -- sending ------------------------------------------------------------------------------------------


def due(connection: Connection, keys: Keys, now: int, most: int) -> list[Due]:
    """What may go at `now` (ms), the longest due first: one message of each recipient at a time."""
    rows = connection.execute(sql("messages_due"), {"now": now, "most": most})
    return [_due(keys, *row) for row in rows]


def _due(
    keys: Keys,
    number: int,
    name: str,
    kind: str,
    channel: str,
    language: Any,
    address: bytes,
    fields: str,
    *rest: int,
) -> Due:
    contact = Contact(Channel(channel), keys.unseal(address), language)
    return Due(number, name, Kind(kind), contact, json.loads(fields), *rest)


def record(tx: Transaction, message: Due, attempt: Attempt, draw: float) -> None:
    """Keep what came of an attempt; nothing, when the message was withdrawn or dropped meanwhile."""
    told = {"id": message.id, "kind": message.kind}
    if attempt.verdict is Verdict.SENT:
        if tx.execute(sql("message_sent"), (attempt.status, tx.millis, message.id)).rowcount:
            tx.fact("message.sent", **told, attempts=message.attempts + 1)
        return
    attempts = message.attempts + 1
    if attempt.verdict is Verdict.AGAIN and attempts < MOST_ATTEMPTS:
        next_at = tx.millis + pause_after(attempts, attempt.asked, draw)
        tx.execute(sql("message_again"), (attempt.reason, attempt.status, next_at, message.id))
        return
    parameters = (attempt.reason, attempt.status, tx.millis, message.id)
    if tx.execute(sql("message_dead"), parameters).rowcount:
        tx.fact("message.dead", **told, attempts=attempts, why=attempt.reason, status=attempt.status)


def has_overdue(connection: Connection, now: int) -> bool:
    """Whether any message outlived its deadline at `now` (ms)."""
    return connection.execute(sql("overdue_messages"), (now,)).fetchone() is not None


def expire(tx: Transaction) -> int:
    """End what is too late to be sent; how many they were. What was over long ago is forgotten."""
    rows = tx.execute(sql("expire_messages"), (tx.millis, tx.millis)).fetchall()
    tx.execute(sql("forget_messages"), (tx.millis - round(KEPT.total_seconds() * 1000),))
    return _ended(tx, "message.expired", rows)


# -- what a manager does with a message that failed ------------------------------------------------------


def send_again(tx: Transaction, number: int) -> None:
    """Let a message that failed for good be tried again. Raises Refused: unknown_message, message_over."""
    kind, about = _dead(tx, number)
    if tx.execute(sql("message_requeued"), (tx.millis, number, tx.millis)).rowcount == 0:
        raise Refused("message_over")
    tx.fact("message.requeued", id=number, kind=kind, about=about)


def drop(tx: Transaction, number: int) -> None:
    """Give a message that failed for good up. Raises Refused: unknown_message, message_over."""
    kind, about = _dead(tx, number)
    tx.execute(sql("message_dropped"), (tx.millis, number))
    tx.fact("message.dropped", id=number, kind=kind, about=about)


def _dead(tx: Transaction, number: int) -> tuple[str, str]:
    row = tx.execute(sql("message_state"), (number,)).fetchone()
    if row is None:
        raise Refused("unknown_message")
    if row[0] != "dead":
        raise Refused("message_over")
    return row[1], row[2]


def _ended(tx: Transaction, fact: str, rows: Iterable[tuple[int, str, str]]) -> int:
    facts = [tx.fact(fact, id=number, kind=kind, about=about) for number, kind, about in rows]
    return len(facts)
