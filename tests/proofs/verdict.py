"""What a hall's file says after a fault, held against what people had been told."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from shared.store.audit import audit
from shared.store.house import House
from shared.store.keys import KeyFileError, load_keys
from shared.store.sqlite import Connection, Error, connect
from shared.store.writer import Reply
from tests.proofs.issuer import Issuer, order

REFUSED, UNKNOWN = b"store_unavailable", b"outcome_unknown"
"""A no that stays one, and one that leaves open what became of the order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody was told of an order."""

    status: int
    text: bytes


def told(output: bytes) -> dict[int, Answer]:
    """What an issuer answered, by order; the last answer counts."""
    lines = [line.split(b" ", 2) for line in output.splitlines()]
    return {int(n): Answer(int(status), text) for n, status, text in lines}


def broken(folder: Path, answers: Mapping[int, Answer], orders: int) -> Iterator[str]:
    """What is wrong in `folder` now, and after the orders 1 to `orders` were all given (again)."""
    house = House(folder)
    try:
        keys = load_keys(house.key)
        with closing(connect(house.database)) as connection:
            yield from audit(connection, keys).wrong
            yield from _undone(connection, answers)
            yield from _unordered(connection)
        yield from _repeated(house, answers, orders)
    except (KeyFileError, Error) as error:
        yield f"the hall cannot be used: {error}"


def _undone(connection: Connection, answers: Mapping[int, Answer]) -> Iterator[str]:
    """A number that was given is there; one that was refused is not."""
    kept = dict(connection.execute("SELECT id, answer FROM requests").fetchall())
    numbers = {
        number for (number,) in connection.execute("SELECT format('%s%03d', series, number) FROM tickets")
    }
    for n, answer in answers.items():
        found = kept.get(order(n))
        if answer.status == 201 and (found != answer.text or answer.text.decode() not in numbers):
            yield f"order {n} was answered {answer.text.decode()}, and the file has {found!r}"
        if answer.text == REFUSED and found is not None:
            yield f"order {n} was refused, and the file has {found!r}"


def _unordered(connection: Connection) -> Iterator[str]:
    count = "SELECT (SELECT count(*) FROM tickets), (SELECT count(*) FROM requests)"
    tickets, requests = connection.execute(count).fetchone()
    if tickets != requests:
        yield f"{requests} orders have {tickets} tickets"


def _repeated(house: House, answers: Mapping[int, Answer], orders: int) -> Iterator[str]:
    """Every order asked for again has one number: the one that was told before."""
    now: dict[int, Reply] = {}
    issuer = Issuer(house, say=now.__setitem__)
    with closing(issuer.connection):
        issuer.serve(list(range(1, orders + 1)))
        yield from _unordered(issuer.connection)
    for n, reply in now.items():
        before = answers.get(n)
        if reply.status != 201:
            yield f"order {n} was refused afterwards: {reply.body.decode()}"
        elif before is not None and before.status == 201 and before.text != reply.body:
            yield f"order {n} was answered {before.text.decode()}, and again {reply.body.decode()}"
    for number, count in Counter(reply.body for reply in now.values()).items():
        if count > 1:
            yield f"{number.decode()} was given {count} times"
