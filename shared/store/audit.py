"""`hall check`: is the file sound, is the chain of facts whole, and do the tables say what the facts say?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.domain.ticket import LIVE
from shared.store.keys import Keys
from shared.store.queries import sql
from shared.store.sqlite import Connection, Error
from shared.store.transaction import fact_content

START_LINK = bytes(32)
"""The link before the first fact."""
_MOST_FINDINGS = 20

Told = dict[str, Any]
"""The data of a ticket's fact."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong, each with its place; empty when all is well. `facts` were read."""

    facts: int
    wrong: tuple[str, ...]


def audit(connection: Connection, keys: Keys) -> Findings:
    """Check everything that can be checked without changing anything."""
    wrong: list[str] = []
    facts = 0
    connection.execute("BEGIN")  # one state throughout, also while the hub goes on
    try:
        wrong += _pages(connection)
        facts, broken = _chain(connection, keys)
        wrong += broken
        wrong += _tables_against_facts(connection)
        wrong += _counts(connection)
    except Error as error:
        wrong.append(f"the file cannot be read further: {error}")
    finally:
        connection.execute("ROLLBACK")
    return Findings(facts, tuple(wrong[:_MOST_FINDINGS]))


def _pages(connection: Connection) -> Iterator[str]:
    for (line,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
        if line != "ok":
            yield f"file: {line}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"table {table}, row {row}: its {parent} does not exist"


def _chain(connection: Connection, keys: Keys) -> tuple[int, list[str]]:
    """Follow the chain; the first broken link says where history was changed."""
    link, expected = START_LINK, 1
    rows = connection.execute("SELECT seq, at, name, actor, data, link FROM facts ORDER BY seq")
    for seq, at, name, actor, data, stored in rows:
        if seq != expected:
            return expected - 1, [f"facts {expected} to {seq - 1} are missing"]
        link = keys.link(link, fact_content(seq, at, name, actor, data.encode()))
        if link != bytes(stored):
            return expected - 1, [f"fact {seq} ({name}) or its link was changed"]
        expected = seq + 1
    head_seq, head_link = connection.execute(sql("read_head")).fetchone()
    if head_seq != expected - 1 or bytes(head_link) != link:
        return expected - 1, [f"the chain ends at fact {expected - 1}, but the hall noted {head_seq} facts"]
    return expected - 1, []


def _tables_against_facts(connection: Connection) -> Iterator[str]:
    """Each ticket stands as its last fact left it. Only live tickets are remembered on the way."""
    live: dict[int, Told] = {}
    taken = 0
    rows = connection.execute(
        "SELECT name, data FROM facts WHERE name GLOB 'ticket.*' "
        "AND name NOT IN ('ticket.name_shown', 'ticket.rated') ORDER BY seq"
    )
    for name, data in rows:
        told = json.loads(data)
        taken += name == "ticket.taken"
        live[told["ticket"]] = told
        if told["state"] not in LIVE:
            yield from _ticket_against_fact(connection, live.pop(told["ticket"]))
    for told in live.values():
        yield from _ticket_against_fact(connection, told)
    kept = connection.execute("SELECT count(*) FROM tickets").fetchone()[0]
    if kept != taken:
        yield f"{taken} tickets were taken, but the table has {kept}"


def _ticket_against_fact(connection: Connection, told: Told) -> Iterator[str]:
    row = connection.execute(
        "SELECT series, number, lane, state, moves, (SELECT count(*) FROM stays WHERE ticket = id) "
        "FROM tickets WHERE id = ?",
        (told["ticket"],),
    ).fetchone()
    if row is None:
        yield f"ticket {told['ticket']} ({told['number']}) has facts but is not in the table"
        return
    series, number, lane, state, moves, stays = row
    shown = f"{series}{number:03d}"
    if (told["number"], told["lane"], told["state"]) != (shown, lane, state):
        yield (
            f"ticket {told['ticket']} ({shown}, lane {lane}, {state}) is not as its last fact says: "
            f"{told['number']}, lane {told['lane']}, {told['state']}"
        )
    if stays != moves + 1:
        yield f"ticket {told['ticket']} ({shown}) has {stays} stays for {moves} moves"


def _counts(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT letter, waiting, "
        "(SELECT count(*) FROM tickets WHERE lane = letter AND state = 'waiting') FROM lanes"
    )
    for letter, kept, counted in rows:
        if kept != counted:
            yield f"lane {letter}: {kept} are said to wait, {counted} do"
