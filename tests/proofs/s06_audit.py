"""S6: the audit trail shows any change.

Facts, and the tables derived from them, are edited, cut, added to and reordered at random, as an intruder
with any SQLite would, one change at a time, the schema's own rules switched off and on again. The audit
must name each with its place: the fact, or the ticket, booking, slot, lane, rule or list. The controls
are an audit that does not follow the chain and one that does not compare the tables.
"""

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from shared.protocol import messages as m
from shared.services import booking, calling, leasing, promises, rating, serving, taking
from shared.services.people import Actor
from shared.services.rules import change_rules
from shared.services.windows import open_window
from shared.store import audit as auditing
from shared.store.house import House
from shared.store.keys import load_keys
from shared.store.sqlite import Connection, Error, connect
from shared.store.tickets import get_ticket
from shared.store.transaction import Transaction
from shared.testing import MONDAY_MORNING, Rehearsal, id_number, put_slots, rehearsal
from tests.proofs.outcome import Outcome

CLERK = Actor("clerk", 1, "1001", 1, 1)
Tables = Mapping[str, tuple[str, tuple[str, ...]]]
"""Table -> its key, and columns."""
FACTS: Tables = {"facts": ("seq", ("at", "name", "actor", "data", "link"))}
DERIVED: Tables = {
    "tickets": ("id", ("series", "number", "lane", "state", "sort_at", "due_at")),
    "stays": ("ticket, n", ("state", "lane", "began", "sort_at")),
    "legs": ("ticket, n", ("window", "clerk", "called_at", "started_at", "ended_at", "outcome", "chosen")),
    "ratings": ("id", ("ticket", "leg", "window", "level", "reasons", "at")),
    "settled": ("ticket", ("at", "actor")),
    "leases": ("id", ("day", "series", "first", "last", "device")),
    "bookings": ("id", ("state", "slot")),
    "slots": ("id", ("taken",)),
    "lanes": ("letter", ("waiting",)),
    "rules": ("n", ("at", "actor", "data")),
}
"""What facts tell of: table -> key, and the columns that follow from facts."""


BY_PLAN = frozenset({"lanes", "slots"})
"""Which rows there are is the plan's, not the facts'; how many wait or hold a place follows from them."""


@contextmanager
def history(folder: Path, tickets: int = 40) -> Iterator[House]:
    """A hall with something of everything, closed."""
    with rehearsal(folder) as hall:
        _live(hall, tickets)
        hall.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    yield House(folder)


def _live(hall: Rehearsal, tickets: int) -> None:
    run = partial(hall.run, actor="clerk:1001")
    run(partial(open_window, actor=CLERK, no=1))
    run(_sit_down)
    for n in range(tickets):
        hall.later(seconds=20)
        ticket = hall.run(partial(_take, hall))
        if n % 3 == 0:
            _serve(hall, ticket, good=n % 2 == 0)
    run(partial(change_rules, request=m.ChangeRules(return_penalty=5)))
    hall.run(lambda tx: leasing.lease_numbers(tx, hall.plan, 1, {}))
    _book(hall)


def _take(hall: Rehearsal, tx: Transaction) -> int:
    body = m.TakeTicket(channel="kiosk", matter="yyzz-bg")
    return taking.take_ticket(tx, hall.plan, hall.estimator, body)


def _sit_down(tx: Transaction) -> None:
    tx.execute(
        "INSERT INTO sessions (token, clerk, device, began_at) VALUES (x'01', '1001', 1, ?)", (tx.millis,)
    )


def _serve(hall: Rehearsal, ticket: int, *, good: bool) -> None:
    """Called out of order, then served and rated, or missed and back in the line."""
    run = partial(hall.run, actor="clerk:1001")

    def row(tx: Transaction) -> Any:
        return get_ticket(tx.connection, ticket)

    run(lambda tx: calling.call_ticket(tx, hall.plan, hall.estimator, CLERK, row(tx), "急"))
    hall.later(seconds=30)
    if not good:
        run(lambda tx: serving.miss(tx, hall.plan, CLERK, row(tx)))
        hall.later(seconds=30)
        run(lambda tx: serving.give_back_place(tx, hall.plan, row(tx)))
        return
    run(lambda tx: serving.start(tx, hall.plan, CLERK, row(tx)))
    hall.later(minutes=2)
    run(lambda tx: serving.finish(tx, row(tx)))
    run(lambda tx: rating.rate(tx, CLERK, row(tx), m.RateTicket(window=1, level=5)))
    if ticket % 2:
        run(lambda tx: promises.settle(tx, hall.plan, ticket))


def _book(hall: Rehearsal) -> None:
    first, second = put_slots(hall.house, "A", MONDAY_MORNING + timedelta(days=1), places=[2, 2])

    def work(tx: Transaction) -> None:
        who = [
            booking.applicant(tx, m.Identity(number=id_number(serial=n), name="王小明"), "kiosk")
            for n in (1, 2)
        ]
        rows = [booking.reserve(tx, hall.plan, one, first, "yyzz-bg") for one in who]
        booking.change(tx, hall.plan, booking.confirm(tx, hall.plan, rows[0]), second)
        booking.cancel(tx, hall.plan, rows[1])

    hall.run(work)


# -- an intruder --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in words, and the statements that make it."""

    words: str
    statements: Sequence[tuple[str, tuple[Any, ...]]]


def change(
    connection: Connection, table: str, columns: Sequence[str], key: str, draw: random.Random
) -> Change:
    """A change to the rows of a table: one value edited, a row cut or doubled, two rows in each other's
    place.
    """
    rows = connection.execute(f"SELECT {key} FROM {table}").fetchall()  # noqa: S608  # names of this module
    where = " AND ".join(f"{part.strip()} = ?" for part in key.split(","))
    row = tuple(draw.choice(rows))
    kinds = ["edit"] * 6 + ["swap"] + ([] if table in BY_PLAN else ["cut", "add"])
    kind = draw.choice(kinds)
    if kind == "cut":
        return Change(f"{table} {row}: cut", [(f"DELETE FROM {table} WHERE {where}", row)])  # noqa: S608
    if kind == "add":
        return _added(connection, table, key, where, row)
    column = draw.choice(columns)
    (value,) = connection.execute(f"SELECT {column} FROM {table} WHERE {where}", row).fetchone()  # noqa: S608
    if kind == "swap":
        for other in draw.sample(rows, len(rows)):
            (theirs,) = connection.execute(
                f"SELECT {column} FROM {table} WHERE {where}",  # noqa: S608
                tuple(other),
            ).fetchone()
            if theirs != value:
                put = f"UPDATE {table} SET {column} = ? WHERE {where}"  # noqa: S608
                words = f"{table} {row}, {tuple(other)}: {column} exchanged"
                return Change(words, [(put, (theirs, *row)), (put, (value, *other))])
    put = f"UPDATE {table} SET {column} = ? WHERE {where}"  # noqa: S608
    return Change(
        f"{table} {row}: {column} edited", [(put, (_other(connection, table, column, value, draw), *row))]
    )


def _added(connection: Connection, table: str, key: str, where: str, row: tuple[Any, ...]) -> Change:
    """The row once more, under the next key."""
    names = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    last = key.split(",")[-1].strip()
    taken = ", ".join(
        "'Z'"
        if name == last == "letter"
        else f"(SELECT max({last}) + 1 FROM {table})"  # noqa: S608
        if name == last
        else name
        for name in names
    )
    put = f"INSERT INTO {table} SELECT {taken} FROM {table} WHERE {where}"  # noqa: S608
    return Change(f"{table} {row}: added once more", [(put, row)])


def _other(connection: Connection, table: str, column: str, value: Any, draw: random.Random) -> Any:
    """Another value of the same column if there is one, else the value with something changed in it."""
    found = connection.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT ?",  # noqa: S608
        (value,),
    ).fetchall()
    if found and draw.random() < 0.6:
        return draw.choice(found)[0]
    if isinstance(value, int) or value is None:
        return (value or 0) + draw.choice([-1, 1, 60_000])
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    at = draw.randrange(len(value))
    return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]


def done(house: House, wanted: Change) -> bool:
    """Make the change, without the schema's own rules; False when even then the schema allows no such row."""
    with closing(connect(house.database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        rules = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.execute("BEGIN")
        try:
            for name, _ in rules:
                connection.execute(f"DROP TRIGGER {name}")
            for statement, values in wanted.statements:
                connection.execute(statement, values)
            for _, statement in rules:
                connection.execute(statement)
        except Error:
            connection.execute("ROLLBACK")
            return False
        connection.execute("COMMIT")
    return True


# -- the proof ----------------------------------------------------------------------------------------


def tried(house: House, tables: Tables, each: int, seed: int = 1) -> tuple[int, list[str]]:
    """So many changes to each table; how many could be made, and those that the audit does not name."""
    draw, count, unseen = random.Random(seed), 0, []
    with closing(connect(house.database)) as connection:
        wanted = [
            (table, change(connection, table, columns, key, draw))
            for table, (key, columns) in tables.items()
            for _ in range(each)
        ]
    with TemporaryDirectory(dir=house.folder.parent) as made:
        for n, (_, one) in enumerate(wanted):
            copy = House(Path(made, str(n)))
            shutil.copytree(house.folder, copy.folder)
            if done(copy, one):
                count += 1
                if not named(copy):
                    unseen.append(f"{one.words}, and the audit finds all well")
            shutil.rmtree(copy.folder)
    return count, unseen


def named(house: House) -> tuple[str, ...]:
    """What the audit says."""
    with closing(connect(house.database, read_only=True)) as connection:
        return auditing.audit(connection, load_keys(house.key)).wrong


PARTS: dict[str, tuple[object, str]] = {
    "chain": (auditing._Chain, "follow"),
    "tables": (auditing, "tables_against_facts"),
}


@contextmanager
def without(part: str) -> Iterator[None]:
    """The controls: an audit that leaves a part of its work out."""
    owner, name = PARTS[part]
    kept = getattr(owner, name)
    setattr(owner, name, lambda *_: [])
    try:
        yield
    finally:
        setattr(owner, name, kept)


def prove() -> Outcome:
    """Two hundred changes to the facts, forty to each table, and both controls."""
    with TemporaryDirectory(prefix="s6-") as made, history(Path(made, "hall"), 120) as house:
        if said := named(house):
            return Outcome("S6", 1, [f"an honest file is called wrong: {said[0]}"], control_caught=False)
        facts, unseen = tried(house, FACTS, 200)
        rows, unseen_rows = tried(house, DERIVED, 40)
        with without("chain"):
            no_chain = tried(house, FACTS, 30)[1]
        with without("tables"):
            no_tables = tried(house, DERIVED, 5)[1]
    return Outcome("S6", facts + rows, [*unseen, *unseen_rows], bool(no_chain) and bool(no_tables))
